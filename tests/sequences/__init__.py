"""No sequence of calls breaks a promise.

`machine.py` makes sequences up out of `calls.py` and `market.py`; `ledger.py` keeps what should
have come of them, and `oracle.py` with `stays.py` judges each verdict on its own.
"""
