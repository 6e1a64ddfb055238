"""The hard rules and the soft criteria, with one entry for each.

Read `case.py` (one pair as plain values), `rule.py` (what a rule is), then the rules by theme:
`work.py`, `time.py`, `qualifications.py`, `persons.py`, `standing.py`; `table.py` lists them all.
`scoring.py` is the table of criteria. `counted.py` counts how often each rule fails over everyone,
by `counting.py` and, compiled, `counting_kernel.py`. May import sides and all below.
"""
