"""Takes ready-made pairs and gives a proven optimum; knows candidates and slots only as numbers.

Read `market.py` (places, tiers, pairs, and the blocks they form), `tiers.py` (tiers as exact
integers), `assignment.py` (the steps in order), then each step: `ways.py` chooses between
`pairing.py` (linear_sum_assignment on blocks), `paths.py` (shortest paths, on `path_columns.py`)
and `scipy_fallback.py`; `prices.py` with `spreading.py` finds every price, `tight.py` the one
pairing that follows, `certificate.py` proves it. May import values and kit.
"""
