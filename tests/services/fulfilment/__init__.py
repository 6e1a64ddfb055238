"""Verdicts of facts that are written out.

`clause_cases.py` makes the facts, `verdict_oracle.py` is the domain's text read a second time.
"""
