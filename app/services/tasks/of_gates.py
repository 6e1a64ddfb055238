"""Checks of employers that run out while somebody is, or may still be placed, in their slots."""

from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import or_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from app.models.gate_checks import GateCheck
from app.models.placements import BOOKED, Placement, PlacementStatus
from app.models.slots import Slot
from app.models.suppliers import Supplier
from app.services.ground import Actor, Gate, read_known_programmes, select_visible
from app.services.registers.gate_checks import last_valid_day
from app.services.tasks.kinds import Task, TaskKind

STANDING = (*BOOKED, PlacementStatus.ACTIVE)


def tasks_of_gates(session: Session, actor: Actor, today: date, until: date) -> Iterator[Task]:
    names = {row.id: row.name for row in session.exec(select_visible(Supplier, actor))}
    in_use = _suppliers_in_use(session, actor, today)
    gates = read_known_programmes(session, actor).gates
    for check in _newest(session, actor):
        due = last_valid_day(gates, check)
        if check.outcome == "passed" and due <= until and check.supplier_id in in_use:
            yield Task(
                kind=TaskKind.GATE_EXPIRING,
                due=due,
                resource="gate-checks",
                resource_id=check.id,
                facts={
                    "gate": _names_of(check.gate, gates),
                    "supplier": names[check.supplier_id],
                },
            )


def _names_of(code: str, gates: Mapping[str, Gate]) -> dict[str, str]:
    """The gate's name in each language; its code where nobody knows it."""
    known = gates.get(code)
    return {"sv": known.name, "en": known.english} if known else {"sv": code, "en": code}


def _newest(session: Session, actor: Actor) -> list[GateCheck]:
    """The newest check of each gate of each supplier."""
    newest: dict[tuple[UUID, str], GateCheck] = {}
    checks = session.exec(select_visible(GateCheck, actor))
    for check in sorted(checks, key=lambda one: (one.checked_on, one.created_at)):
        newest[check.supplier_id, check.gate] = check
    return list(newest.values())


def _suppliers_in_use(session: Session, actor: Actor, today: date) -> set[UUID]:
    """Suppliers with a slot that is still open, or with a placement that is not over."""
    held = select_columns(col(Placement.slot_id)).where(
        col(Placement.organisation_id) == actor.organisation_id,
        col(Placement.status).in_(STANDING),
    )
    is_open = (col(Slot.places) > 0) & (col(Slot.latest_start) >= today)
    query = select_columns(col(Slot.supplier_id)).where(
        col(Slot.organisation_id) == actor.organisation_id,
        or_(is_open, col(Slot.id).in_(held)),
    )
    return set(session.scalars(query.distinct()))
