"""Matching over HTTP, kept as runs or stored nowhere.

In the order in which to read it:

- `test_match_runs`, `test_proposals`: what goes into a run and what comes out
- `test_duties`, `test_closed_slots`: which places come first, and which are closed
- `test_background_runs`, `test_large_work`: large runs, and large work in a child process
- `test_reserves`, `test_scenarios`, `test_scenario_refusals`, `test_proofs`: questions about a run
- `test_matchings`, `test_assignments`, `test_assignments_optimal`: matching that stores nothing
- `test_assignment_bodies`: what is read in bulk is what the shapes take

`changes` makes the changes that scenarios ask about.
"""
