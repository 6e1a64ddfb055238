"""Use cases as functions of a session and an actor; they flush and never commit.

From the lowest up: `ground`, then `registers` and `engine`, `placements`, `fulfilment`, and on top
`runs`, `reports` and `tasks`. Each package may import those below it; only `engine` and `runs`
import `app.matching`.
"""
