"""Employer gates: which checks a programme asks for, and which of them hold on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import FieldError, Invalid
from app.models.gate_checks import GateCheck, GateCheckFields, GateOutcome
from app.models.suppliers import Supplier
from app.services.ground import (
    Actor,
    Gate,
    KnownProgrammes,
    add,
    find,
    last_day_of,
    read_known_programmes,
    refuse_unknown_gates,
    select_visible,
)


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
    """Adds a check; none is ever changed, and of each gate the one with the newest day counts."""
    supplier = find(session, actor, Supplier, supplier_id)
    refuse_unknown_gates(read_known_programmes(session, actor), {"#/gate": fields.gate})
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
    """The checks that the programme asks for and that the supplier has not passed on that day."""
    checks = session.exec(select_visible_gate_checks(actor, supplier_id))
    return missing_gates(read_known_programmes(session, actor), checks, programme, day)


def missing_gates(
    known: KnownProgrammes, checks: Iterable[GateCheck], programme: str, day: date
) -> list[str]:
    """The missing gates in the programme's order. All that there are, whatever was passed, for a
    programme that is unknown or not in force on the day."""
    asked = known.on(programme, day)
    if asked is None:
        return list(known.gates)
    open_gates = standing_gates(known.gates, checks, day)
    return [gate for gate in asked.gates if gate not in open_gates]


def standing_gates(gates: Mapping[str, Gate], checks: Iterable[GateCheck], day: date) -> set[str]:
    """Gates whose newest check on or before the day was passed and still holds that day."""
    newest: dict[str, GateCheck] = {}
    for check in sorted(checks, key=lambda one: (one.checked_on, one.created_at)):
        if check.checked_on <= day:
            newest[check.gate] = check
    return {
        gate
        for gate, check in newest.items()
        if check.outcome == "passed" and day <= last_valid_day(gates, check)
    }


def last_valid_day(gates: Mapping[str, Gate], check: GateCheck) -> date:
    """The last day by the check, or else by its gate; the day of the check for an unknown gate."""
    if check.valid_until is not None:
        return check.valid_until
    if check.gate not in gates:
        return check.checked_on
    months = gates[check.gate].valid_months
    return last_day_of(check.checked_on, months) if months else date.max
