"""Reports on where clauses stand.

`reports.py` is the value that every format shows, with `sums.py` (places and months) and
`persons.py` (who was placed, in counts where nobody can be recognised); `milestones.py` is what
OCDS shows. May import fulfilment and all below.
"""
