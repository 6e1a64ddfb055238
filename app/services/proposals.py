"""Reading what a run answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app import matching as engine
from app.errors import NotFound
from app.models.match_runs import MatchRun, UnfilledSlot, UnmatchedCandidate
from app.models.proposals import Proposal, ProposalStatus
from app.services.match_run_answers import Json, criteria_json, reason_json
from app.services.permissions import Actor
from app.services.records import select_visible
from app.services.snapshots import read_given

MOST_NEAR_MISSES = 5


@dataclass(frozen=True)
class ProposalFilter:
    """What a run's list of proposals may be narrowed to."""

    status: ProposalStatus | None = None
    slot_id: UUID | None = None
    candidate_id: UUID | None = None


def select_visible_proposals(
    actor: Actor, run: MatchRun, wanted: ProposalFilter
) -> SelectOfScalar[Proposal]:
    """In the run's own order: by slot, then by candidate."""
    query = select_visible(Proposal, actor).where(Proposal.match_run_id == run.id)
    for column in ("status", "slot_id", "candidate_id"):
        if (value := getattr(wanted, column)) is not None:
            query = query.where(getattr(Proposal, column) == value)
    return query.order_by(None).order_by(col(Proposal.position))


def select_unmatched_candidates(actor: Actor, run: MatchRun) -> SelectOfScalar[UnmatchedCandidate]:
    return (
        select(UnmatchedCandidate)
        .where(
            UnmatchedCandidate.organisation_id == actor.organisation_id,
            UnmatchedCandidate.match_run_id == run.id,
        )
        .order_by(col(UnmatchedCandidate.position))
    )


def select_unfilled_slots(actor: Actor, run: MatchRun) -> SelectOfScalar[UnfilledSlot]:
    return (
        select(UnfilledSlot)
        .where(
            UnfilledSlot.organisation_id == actor.organisation_id,
            UnfilledSlot.match_run_id == run.id,
        )
        .order_by(col(UnfilledSlot.position))
    )


def near_misses_of(given: engine.Given, candidate_ids: Sequence[UUID]) -> dict[UUID, list[Json]]:
    """The slots of the run that each person fails by one rule, by the input it was given."""
    missed = engine.near_misses(given, [f"{one}" for one in candidate_ids], most=MOST_NEAR_MISSES)
    return {
        one: [{"slotId": miss.slot_id} | reason_json(miss.reason) for miss in missed[f"{one}"]]
        for one in candidate_ids
    }


def explain_pair_of_run(
    session: Session, actor: Actor, run: MatchRun, candidate_id: UUID, slot_id: UUID
) -> Json:
    """One pair as the run saw it: chosen, possible, or impossible and why."""
    given = read_given(session, run)
    person = engine.candidate_at(
        given.candidates, _row_of(given.candidates, "candidates", candidate_id)
    )
    slot = engine.slot_at(given.slots, _row_of(given.slots, "slots", slot_id))
    pair = engine.explain_pair(
        person,
        slot,
        given.policy,
        as_of=given.as_of,
        forbidden=(person.id, slot.id) in given.forbidden,
    )
    wanted = ProposalFilter(slot_id=slot_id, candidate_id=candidate_id)
    chosen = session.exec(select_visible_proposals(actor, run, wanted)).first()
    return {
        "candidateId": candidate_id,
        "slotId": slot_id,
        "status": "chosen" if chosen else "possible" if pair.feasible else "impossible",
        "points": pair.points,
        "criteria": criteria_json(pair.criteria),
        "programme": pair.programme,
        "startDate": pair.start,
        "endDate": pair.end,
        "reasons": [reason_json(reason) for reason in pair.reasons],
    }


def _row_of(
    columns: engine.CandidateColumns | engine.SlotColumns, resource: str, row_id: UUID
) -> int:
    rows = np.flatnonzero(columns.id == str(row_id))
    if not len(rows):
        raise NotFound(resource, row_id)
    return int(rows[0])
