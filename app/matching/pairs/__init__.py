"""The feasible pairs with their points.

`feasible.py` finds them by occupation, by position and by every rule. `kernel.py` is the compiled
test of one pair after another, `kernel_input.py` packs both sides for it. May import rules, sides
and all below.
"""
