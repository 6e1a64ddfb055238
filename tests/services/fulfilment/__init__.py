"""Verdicts of facts that the tests write out.

`clause_cases.py` makes the facts; `verdict_oracle.py` computes the verdict in a second way, from
the domain's text.
"""
