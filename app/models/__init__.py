"""Tables, one file per resource, over the fields they share with the wire.

Importing this package makes every table known, as migrations and create_all need.
"""

from app.models import (
    candidates,
    clauses,
    contracts,
    decisions,
    events,
    idempotency,
    keys,
    match_runs,
    organisations,
    placements,
    policies,
    proposals,
    slots,
    suppliers,
)

__all__ = [
    "candidates",
    "clauses",
    "contracts",
    "decisions",
    "events",
    "idempotency",
    "keys",
    "match_runs",
    "organisations",
    "placements",
    "policies",
    "proposals",
    "slots",
    "suppliers",
]
