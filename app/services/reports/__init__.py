"""Reports on where clauses stand.

`reports.py` is the value that every format shows, with `sums.py` (places and months) and
`persons.py` (who was placed, in counts where nobody can be recognised); `report_links.py` opens one
to a person without a key; `milestones.py` is what OCDS shows. May import fulfilment and all below.
"""
