"""Placements, from the decision that books them until after their end.

Read `booking_rules.py` (may this pair be booked), `standing.py` (what stands already),
`placements.py` (the booking, once and only once), `outside_runs.py`, `decisions.py` and
`decision_lifts.py`, `superseding.py` (which proposals give way). Then a placement's life:
`placement_signatures.py`, `placement_moves.py` (the one table of moves), `extensions.py`,
`attendance_months.py`, `placement_outcomes.py`. May import registers, engine and ground.
"""
