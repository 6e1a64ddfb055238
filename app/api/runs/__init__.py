"""Matching over HTTP: kept as match runs, or computed from what is sent and stored nowhere.

In the order in which to read it:

- `engine_shapes`: how a worth, a proof, a reason or a pair looks in every answer
- `match_runs`, with `run_shapes`: ordering a run, following it, cancelling it
- `proposals`, `answers`: whom a run proposed, whom and what it left, and any pair explained
- `reserves`: who could have a slot's place next
- `scenarios`: what a change would do
- `proofs`: a file by which anyone can check that a run is optimal
- `matchings`, `assignments`: the same engine for callers who keep their people to themselves
- `matching_bodies`, `assignment_bodies`: what they send, read part by part and in bulk
- `own_ids`: the ids that those callers give

They import `app.api.http`, `app.api.words`, and from `app.api.registers` the examples of candidates
and slots.
"""
