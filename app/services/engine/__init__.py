"""Between rows and the engine: with `runs`, the only door to `app.matching`.

In: `stored_kinds.py` (how a field of each kind is stored), `values.py` (one row as a record),
`stored_columns.py` (rows in bulk), `columns.py` (candidates and slots as the engine's columns).
Asked: `one_pair.py` (one pair by the laws), `today.py` (many people and one slot by today's rows).
Out: `answers.py` (the answer as plain values), `answer_rows.py` (as rows), `snapshots.py` (what a
run was given, kept). May import models and ground.
"""

from app.matching.kit import most_together

__all__ = ["most_together"]
