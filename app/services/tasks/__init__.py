"""What is due, for whom and by when: computed when asked, never stored.

`kinds.py`, then one file for each source of tasks: `of_clauses.py`, `of_placements.py`,
`of_proposals.py`, `of_gates.py`, `of_references.py`; `tasks.py` puts them together. May import
fulfilment and all below.
"""
