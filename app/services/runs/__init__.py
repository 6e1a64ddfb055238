"""Match runs, and matching that stores nothing; only this package and `engine` use `app.matching`.

The steps of a run: `orders.py`, `reading.py` (with `duties.py`, what clauses and checks make of
slots), `solving.py`, `between.py`, `storing.py`; in the background also `queue.py` and `states.py`.
What it answered: `match_runs.py`, `proposals.py`, `reserves.py`, `scenarios.py`, `proofs.py`.
Without a run: `matchings.py`, `assignments.py`. `forgetting.py` takes a person out of all runs.
May import fulfilment and all below.
"""
