"""The door to the engine: stored rows and given terms become its values, its answers become rows.

1. ``stored_kinds``: how a field of each kind is stored. ``values``: single rows and terms as
   records. ``stored_columns``, ``columns``: many rows as columns, past the session.
2. ``snapshots``: what a run was given, kept with it.
3. ``answer_rows``, ``wire_json``: what the engine answered, as rows and as JSON.

It imports the engine, models, reference data and ``services.ground``.
"""

from app.matching.kit import most_together

__all__ = ["most_together"]
