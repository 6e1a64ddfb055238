"""Both sides made ready for rules and criteria: numbers and bits instead of codes and dates.

Read `pools.py` (both sides together), `prepared.py` (one row a candidate, one a slot, and the
placements that stand), then what each fact is made of: `demands.py`, `occupations.py`,
`prefixes.py`, `footings.py` (months and closed programmes), `distance.py`, `travel_bounds.py` and
`windows.py`. May import values and kit.
"""
