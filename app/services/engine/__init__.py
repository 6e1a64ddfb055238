"""Between rows and the engine: only this package and `runs` import `app.matching`.

Input: `stored_kinds.py` (how a field of each kind is stored), `values.py` (one row as a record),
`stored_columns.py` (rows in bulk), `columns.py` (candidates and slots as the engine's columns).
Questions: `one_pair.py` (one pair by the laws), `today.py` (many people and one slot by today's
rows). Output: `answers.py` (the answer as plain values and as rows), `snapshots.py` (the stored
input of a run). May import models and ground.
"""

from app.matching.kit import most_together

__all__ = ["most_together"]
