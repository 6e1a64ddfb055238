"""No sequence of calls breaks what the service promises.

`machine.py` makes sequences from `calls.py` and `market.py`; `ledger.py` checks what is listed
after them, and `oracle.py` with `stays.py` computes each verdict by itself.
"""
