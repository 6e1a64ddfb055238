"""Ready-made pairs in, a proven optimum out; knows nothing of candidates or slots as people know
them.

Read `market.py` (places, tiers, pairs, and the blocks they fall into), `tiers.py` (tiers as exact
integers), `assignment.py` (the way through), then its steps: `ways.py` chooses between
`pairing.py` (linear_sum_assignment on blocks), `paths.py` (shortest paths, on `path_columns.py`)
and `scipy_fallback.py`; `prices.py` with `spreading.py` finds every price, `tight.py` the one
pairing that follows, `certificate.py` proves it. May import values and kit.
"""
