"""What a clause asked, what is delivered, and the verdict; only follow-ups are stored.

Read `facts.py` (what a verdict follows from), `stays.py` (a placement on one day), `balance.py`
(what counts), `deadlines.py`, `verdict.py`. `causes.py` with `cause_codes.py` says why something
is missing, from stays that count for nothing (`lost.py`) and from runs and decisions (`hints.py`).
`reading.py` reads facts in bulk, `overview.py` is about many clauses at once, `follow_ups.py`
stores follow-ups. May import placements, registers and ground, and nothing of the engine.
"""
