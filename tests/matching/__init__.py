"""The engine against judges of its own.

`make.py` (a pair that fits, changed one thing at a time), `shapes.py` (markets of every shape),
`judges.py` and `dense.py` (slow and plain second opinions). Rooms as in `app/matching`.
"""
