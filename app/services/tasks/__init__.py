"""What is due, for whom and by when: derived, never stored.

`kinds.py`, then one file for what tasks come of: `of_clauses.py`, `of_placements.py`,
`of_proposals.py`, `of_gates.py`; `tasks.py` puts them together. May import fulfilment and all
below.
"""
