"""Prepares both sides for rules and criteria: numbers and bits instead of codes and dates.

Read `pools.py` (both sides together), `prepared.py` (one row a candidate, one a slot, and the
placements that stand), then how each fact is prepared: `demands.py`, `occupations.py`,
`footings.py` (months and closed programmes), `distance.py`, `homes.py` (who is never too far) and
`windows.py`. May import values and kit.
"""
