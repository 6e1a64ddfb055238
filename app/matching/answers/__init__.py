"""Makes the answer from the arrays of the optimum.

Read `terms.py` (a pair's points, programme and dates), then `column_results.py` (the
answer's columns), `assembly.py` (how they are put together) and `as_values.py` (the columns as
plain values). May import pairs, rules, both sides and the optimum, and all below.
"""
