"""Match runs, and matching that stores nothing: with `engine`, the only door to `app.matching`.

A run in its order: `orders.py`, `reading.py` (with `duties.py`, what clauses and checks make of
slots), `solving.py`, `between.py`, `storing.py`; in the background by `queue.py`, through
`states.py`. What it answered: `match_runs.py`, `proposals.py`, `reserves.py`, `scenarios.py`,
`proofs.py`. Without a run: `matchings.py`, `assignments.py`. `forgetting.py` takes a person out of
all of it. May import fulfilment and all below.
"""
