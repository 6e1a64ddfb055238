"""Between rows and the engine: with `runs`, the only door to `app.matching`.

In: `stored_columns.py` (rows in bulk as columns), `columns.py` (candidates and slots as the
engine's columns), `values.py` (one of each as a value). Asked: `one_pair.py` (one pair by the
laws), `today.py` (many people and one slot by today's rows). Out: `answers.py` (the answer as
plain values), `answer_rows.py` (as rows), `snapshots.py` (what a run was given, kept). May import
models and ground.
"""
