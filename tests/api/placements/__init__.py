"""From a decision on a proposal to the outcome of a placement.

One file for each resource of app/api/placements. `test_superseding` tests what happens to open
proposals when a person or a slot's last place is taken.
"""
