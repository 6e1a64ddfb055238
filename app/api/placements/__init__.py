"""From a decision on a proposal to the outcome of a placement.

One file for each resource, in the order in which things happen:

- `decisions`, `decision_lifts`: yes or no to a proposal, and taking back a no
- `placements`: what is booked, also outside any run; what procurement does not see of it
- `placement_signatures`: who has signed the agreement
- `placement_moves`: each step from planned to ended
- `extensions`: a new placement that continues one
- `attendance_months`, `placement_outcomes`: what came of it

They import `app.api.http`.
"""
