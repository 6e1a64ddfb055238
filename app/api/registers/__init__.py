"""What is registered before anybody can be matched, and what is recorded about it.

One file for each resource, with its shapes and its routes, in the order in which a case begins:

- `suppliers`, and `gate_checks`: what has been checked of them as employers
- `contracts`, `clauses`, `clause_versions`: what a clause asked, and from which day
- `quantities`: how much a clause could ask for, by the contract's value
- `slots` and `candidates`; `batches`: many of either in one call
- `policies`: the rules and weights of matching
- `programmes` and `gates`: what carries a placement, and what is checked of employers for it; dated
  reference data, and what the organisation registers of its own
- `events`, `keys`: who changed what, and with which key

They import `app.api.http` and `app.api.words`.
"""
