"""Extensions: a new placement from the day after another's end, linked to the one it extends."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlmodel import Session, col

from app.errors import Conflict, FieldError, Invalid
from app.models.candidates import Candidate
from app.models.clauses import Clause
from app.models.contracts import Contract
from app.models.placements import ExtensionFields, Placement, PlacementFields, PlacementStatus
from app.models.slots import Slot
from app.services.ground import (
    DAY,
    Actor,
    find,
    find_for_change,
    last_day_in_programme,
    last_day_of,
    read_known_programmes,
    refuse_programme_out_of_force,
    select_visible,
)
from app.services.placements.placements import book, lock_pair, refuse_without_consent

EXTENDABLE = (PlacementStatus.READY, PlacementStatus.ACTIVE, PlacementStatus.COMPLETED)


def extend_placement(
    session: Session, actor: Actor, placement_id: UUID, fields: ExtensionFields
) -> Placement:
    """Checks dates and time limits itself; room, consent and overlap as any booking does."""
    named = find(session, actor, Placement, placement_id)
    slot, candidate = lock_pair(session, actor, named.slot_id, named.candidate_id)
    placement = find_for_change(session, actor, Placement, placement_id)
    _refuse_ended(session, actor, placement)
    if fields.end_date <= placement.end_date:
        raise Invalid(FieldError("#/endDate", f"is not after {placement.end_date}"))
    refuse_without_consent(candidate)
    known = read_known_programmes(session, actor)
    refuse_programme_out_of_force(known, placement.programme, placement.end_date + DAY)
    chain_start = _first_of_chain(session, actor, placement).first_day
    in_all = last_day_in_programme(known, placement.programme, chain_start)
    limits = {f"{placement.programme} lasts, in all, until": in_all}
    limits |= _limits(session, actor, candidate, slot, placement)
    _refuse_beyond(limits, fields.end_date)
    if slot.supplier_id in candidate.avoided_supplier_ids:
        raise Conflict("vetoed", "The candidate now avoids this supplier.")
    values = placement.model_dump(include=set(PlacementFields.model_fields))
    booking = PlacementFields.model_validate(
        values | fields.model_dump() | {"start_date": placement.end_date + DAY}
    )
    return book(session, actor, candidate, slot, booking, extends=placement.id)


def _refuse_ended(session: Session, actor: Actor, placement: Placement) -> None:
    if placement.status not in EXTENDABLE:
        raise Conflict(
            "extension-forbidden",
            f"The placement is {placement.status}; one that is {' or '.join(EXTENDABLE)} "
            "can be extended.",
        )
    own = select_visible(Placement, actor).where(
        col(Placement.extends_placement_id) == placement.id,
        col(Placement.status) != PlacementStatus.CANCELLED,
    )
    if (other := session.exec(own).first()) is not None:
        raise Conflict("extension-forbidden", f"It is extended already, by {other.id}.")


def _first_of_chain(session: Session, actor: Actor, placement: Placement) -> Placement:
    while placement.extends_placement_id is not None:
        placement = find(session, actor, Placement, placement.extends_placement_id)
    return placement


def _limits(
    session: Session, actor: Actor, candidate: Candidate, slot: Slot, placement: Placement
) -> dict[str, date | None]:
    """The last day by each of slot, contract and person; None where it sets none."""
    return {
        "the slot ends": slot.end_date,
        "the contract ends": _contract_end(session, actor, slot),
        "the person is available until": candidate.available_to,
        "the person is cleared until": _cleared_until(candidate, placement),
    }


def _refuse_beyond(limits: Mapping[str, date | None], end: date) -> None:
    passed = [f"{what} {last}" for what, last in limits.items() if last and end > last]
    if passed:
        raise Conflict("extension-forbidden", f"It would go on too long: {'; '.join(passed)}.")


def _contract_end(session: Session, actor: Actor, slot: Slot) -> date | None:
    if slot.clause_id is None:
        return None
    clause = find(session, actor, Clause, slot.clause_id)
    return find(session, actor, Contract, clause.contract_id).end_date


def _cleared_until(candidate: Candidate, placement: Placement) -> date:
    """The last day allowed by the candidate's clearance, counted from the first day added."""
    granted = {one.code: one.maximum_months for one in candidate.programmes}
    months = granted.get(placement.programme, 0)
    return last_day_of(placement.end_date + DAY, months)
