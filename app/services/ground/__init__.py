"""What use cases of every theme stand on.

`permissions.py` (who may what), `records.py` (rows and their events together), `events.py`,
`refusals.py` (still needed, already taken), `as_known.py` (rows as they were known at a moment),
`calendar.py` (months and overlaps), `suppression.py` (counts in which nobody can be told apart).
May import models and the ground floor.
"""
