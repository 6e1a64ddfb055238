"""Tables, with one file for each resource, and the fields that they share with the wire.

Importing this package registers every table, which migrations and create_all need.
"""

from app.models import (
    attendance_months,
    candidates,
    clauses,
    contracts,
    decisions,
    events,
    follow_ups,
    gate_checks,
    gates,
    idempotency,
    keys,
    match_runs,
    organisations,
    placement_outcomes,
    placement_signatures,
    placements,
    policies,
    programmes,
    proposals,
    report_links,
    slots,
    suppliers,
)

__all__ = [
    "attendance_months",
    "candidates",
    "clauses",
    "contracts",
    "decisions",
    "events",
    "follow_ups",
    "gate_checks",
    "gates",
    "idempotency",
    "keys",
    "match_runs",
    "organisations",
    "placement_outcomes",
    "placement_signatures",
    "placements",
    "policies",
    "programmes",
    "proposals",
    "report_links",
    "slots",
    "suppliers",
]
