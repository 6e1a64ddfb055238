"""Placements: who has which place, and when."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import Conflict, NotFound, NotPermitted
from app.models.candidates import Candidate
from app.models.clauses import Clause
from app.models.placements import Placement, PlacementFields, PlacementStatus
from app.models.slots import Slot, most_at_once
from app.services.engine import most_together
from app.services.ground import (
    Actor,
    add,
    find_for_change,
    may_see_candidate_of_placement,
    select_visible,
)
from app.services.placements.standing import select_standing
from app.services.placements.superseding import lock_open_proposals, supersede_after


@dataclass(frozen=True)
class PlacementFilter:
    """What a list of placements may be narrowed to."""

    candidate_id: UUID | None = None
    slot_id: UUID | None = None
    clause_id: UUID | None = None
    contract_id: UUID | None = None
    status: PlacementStatus | None = None


def select_visible_placements(
    actor: Actor, wanted: PlacementFilter = PlacementFilter()
) -> SelectOfScalar[Placement]:
    if wanted.candidate_id and not may_see_candidate_of_placement(actor):
        raise NotPermitted(f"The role {actor.role} may not ask where a candidate is placed.")
    query = select_visible(Placement, actor)
    for column in ("candidate_id", "slot_id", "clause_id", "status"):
        if (value := getattr(wanted, column)) is not None:
            query = query.where(getattr(Placement, column) == value)
    if wanted.contract_id is not None:
        clauses = select(Clause.id).where(
            Clause.organisation_id == actor.organisation_id,
            Clause.contract_id == wanted.contract_id,
        )
        query = query.where(col(Placement.clause_id).in_(clauses))
    return query


def lock_pair(
    session: Session, actor: Actor, slot_id: UUID, candidate_id: UUID
) -> tuple[Slot, Candidate]:
    """Locks both sides of a booking, which the caller has found, and their open proposals, in the
    order that every booking uses."""
    try:
        slot = find_for_change(session, actor, Slot, slot_id)
        candidate = find_for_change(session, actor, Candidate, candidate_id)
    except NotFound as error:
        raise Conflict(
            "changed-meanwhile",
            "The slot or the candidate was deleted at the same moment. Read them again and retry.",
        ) from error
    lock_open_proposals(session, actor, slot.id, candidate.id)
    return slot, candidate


def refuse_without_consent(candidate: Candidate) -> None:
    if not candidate.agreed_to_be_proposed:
        raise Conflict("not-consented", "The candidate does not agree to be proposed.")


def book(
    session: Session,
    actor: Actor,
    candidate: Candidate,
    slot: Slot,
    fields: PlacementFields,
    extends: UUID | None = None,
) -> Placement:
    """Books the place if it and the candidate are free; other proposals for them give way. The
    caller must have locked both rows."""
    _refuse_placed_candidate(session, actor, candidate, fields)
    _refuse_full_slot(session, actor, slot, fields)
    values = fields.model_dump() | {
        "organisation_id": actor.organisation_id,
        "clause_id": slot.clause_id,
        "extends_placement_id": extends,
        "key_id": actor.key_id,
        "decided_by": actor.caseworker,
    }
    placement = add(session, actor, Placement.model_validate(values))
    in_slot = session.exec(select_standing(actor).where(Placement.slot_id == slot.id))
    stays = [(one.first_day, one.last_day) for one in in_slot]
    supersede_after(session, actor, placement, stays, most_at_once(slot))
    return placement


def _refuse_placed_candidate(
    session: Session, actor: Actor, candidate: Candidate, fields: PlacementFields
) -> None:
    own = _select_overlapping(actor, fields).where(Placement.candidate_id == candidate.id)
    if (other := session.exec(own.limit(1)).first()) is not None:
        raise Conflict(
            "candidate-placed",
            f"The candidate has the placement {other.id} in a part of these dates.",
        )


def _refuse_full_slot(session: Session, actor: Actor, slot: Slot, fields: PlacementFields) -> None:
    others = session.exec(_select_overlapping(actor, fields).where(Placement.slot_id == slot.id))
    stays = [(other.first_day, other.last_day) for other in others]
    room = most_at_once(slot)
    if most_together(stays, fields.start_date, fields.end_date) >= room:
        taken = f"Every place of the slot ({room}) is taken in a part of these dates."
        raise Conflict("slot-full", taken if room else "The slot is closed: it has no places.")


def _select_overlapping(actor: Actor, fields: PlacementFields) -> SelectOfScalar[Placement]:
    return select_standing(actor).where(
        func.coalesce(col(Placement.started_on), col(Placement.start_date)) <= fields.end_date,
        func.coalesce(col(Placement.ended_on), col(Placement.end_date)) >= fields.start_date,
    )
