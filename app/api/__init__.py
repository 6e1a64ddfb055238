"""The only package that knows HTTP: every route, what it reads and what it answers.

In the order in which to read it:

- `http`: what every route uses: calls, answers, keys, problems, parameters
- `words`: texts in Swedish and English
- `registers`: what is registered: suppliers, contracts, clauses, slots, candidates, policies
- `runs`: matching: runs and their proposals, and what is matched without being stored
- `fulfilment`: where clauses stand, and what is to be done
- `placements`: decisions, and placements from the first signature to the outcome
- `reports`: what can be printed, summed and published
- `door`: the app put together of all routes, and its OpenAPI document

Each room imports only rooms named before it; `runs` and `fulfilment` do not know each other, nor do
`placements` and `reports`. A stored resource has the same file name here as in services and models.
A route reads the call, calls one function of services, and answers.
"""
