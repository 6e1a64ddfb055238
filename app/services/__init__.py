"""Use cases as functions of a session and an actor; they flush and never commit.

From the ground up: `ground`, then `registers` and `engine`, `placements`, `fulfilment`, and on top
`runs`, `reports` and `tasks`. Each room may import those below it; `engine` and `runs` alone
import `app.matching`.
"""
