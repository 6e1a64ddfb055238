"""Employer gates: which checks a programme asks for, and which of them stand on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import FieldError, Invalid
from app.models.gate_checks import GateCheck, GateCheckFields, GateOutcome
from app.models.suppliers import Supplier
from app.reference.programmes import GATES, programme_on
from app.services.ground import Actor, add, find, last_day_of, select_visible


@dataclass(frozen=True)
class GateCheckFilter:
    """What a list of checks may be narrowed to."""

    gate: str | None = None
    outcome: GateOutcome | None = None


def select_visible_gate_checks(
    actor: Actor, supplier_id: UUID, wanted: GateCheckFilter = GateCheckFilter()
) -> SelectOfScalar[GateCheck]:
    query = select_visible(GateCheck, actor).where(col(GateCheck.supplier_id) == supplier_id)
    if wanted.gate is not None:
        query = query.where(col(GateCheck.gate) == wanted.gate)
    if wanted.outcome is not None:
        query = query.where(col(GateCheck.outcome) == wanted.outcome)
    return query


def record_gate_check(
    session: Session, actor: Actor, supplier_id: UUID, fields: GateCheckFields, today: date
) -> GateCheck:
    """Checks are only ever added: the newest by its day counts."""
    supplier = find(session, actor, Supplier, supplier_id)
    if fields.checked_on > today:
        raise Invalid(FieldError("#/checkedOn", f"is after today, {today}: record it when made"))
    if fields.checked_by is None and actor.caseworker is None:
        advice = "say who checked, here or in the header Handslag-Caseworker"
        raise Invalid(FieldError("#/checkedBy", advice))
    values = fields.model_dump() | {
        "organisation_id": actor.organisation_id,
        "supplier_id": supplier.id,
        "key_id": actor.key_id,
        "decided_by": actor.caseworker,
    }
    return add(session, actor, GateCheck.model_validate(values))


def read_missing_gates(
    session: Session, actor: Actor, supplier_id: UUID, programme: str, day: date
) -> list[str]:
    """The checks that the programme asks for and the supplier has not passed, for that day."""
    checks = session.exec(select_visible_gate_checks(actor, supplier_id))
    return missing_gates(checks, programme, day)


def missing_gates(checks: Iterable[GateCheck], programme: str, day: date) -> list[str]:
    """In the programme's own order; a programme of which nothing is known asks for none."""
    known = programme_on(programme, day)
    open_gates = standing_gates(checks, day) if known else set()
    return [gate for gate in known.gates if gate not in open_gates] if known else []


def standing_gates(checks: Iterable[GateCheck], day: date) -> set[str]:
    """Gates whose newest check on or before the day was passed and still holds."""
    newest: dict[str, GateCheck] = {}
    for check in sorted(checks, key=lambda one: (one.checked_on, one.created_at)):
        if check.checked_on <= day:
            newest[check.gate] = check
    return {gate for gate, check in newest.items() if _holds(check, day)}


def last_valid_day(check: GateCheck) -> date:
    """What the check says itself, or else the reference data; where neither does, no end."""
    if check.valid_until is not None:
        return check.valid_until
    months = GATES[check.gate].valid_months
    return last_day_of(check.checked_on, months) if months else date.max


def _holds(check: GateCheck, day: date) -> bool:
    return check.outcome == "passed" and day <= last_valid_day(check)
