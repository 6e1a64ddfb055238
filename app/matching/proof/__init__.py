"""A result that anyone can check.

`lines.py` writes it, `verification.py` checks it with numpy alone: it imports nothing of the
engine, so that it runs wherever it is copied.
"""
