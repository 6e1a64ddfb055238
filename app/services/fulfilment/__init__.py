"""What a clause asked, what is delivered, and the verdict; nothing of it is stored but follow-ups.

Read `facts.py` (what a verdict is made of), `stays.py` (a placement on one day), `balance.py`
(what counts), `deadlines.py`, `verdict.py`. Why something is missing: `causes.py` with
`cause_codes.py`, by what was `lost.py` and by what runs and people said, `hints.py`. `reading.py`
reads facts in bulk, `overview.py` many clauses at once, `follow_ups.py` keeps what is done. May
import placements, registers and ground; needs nothing of the engine.
"""
