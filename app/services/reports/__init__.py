"""Where clauses stand, told at once.

`reports.py` is the value that every format is made of, with `sums.py` (places and months) and
`persons.py` (who was placed, told so that nobody is told apart); `milestones.py` is what OCDS
shows. May import fulfilment and all below.
"""
