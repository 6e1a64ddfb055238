"""The proof of a result, which anyone can check.

`lines.py` writes it, `verification.py` checks it and needs only numpy: it imports nothing of the
engine, so that it runs wherever it is copied.
"""
