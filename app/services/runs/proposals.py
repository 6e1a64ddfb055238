"""Reads what a run answered."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.clock import day_in_sweden
from app.errors import Conflict
from app.matching.answers import as_values
from app.matching.engine import solve
from app.matching.just_missed import near_misses
from app.models.match_runs import MatchRun, MatchRunStatus, UnfilledSlot
from app.models.proposals import Proposal, ProposalStatus
from app.services.engine.answers import Json, criteria_json, reason_json, unmatched_reasons_json
from app.services.engine.one_pair import explained_in
from app.services.engine.snapshots import UnmatchedColumns, read_given, read_stored_unmatched
from app.services.ground import Actor, select_visible

MOST_NEAR_MISSES = 5


@dataclass(frozen=True)
class ProposalFilter:
    """What a run's list of proposals may be narrowed to."""

    status: ProposalStatus | None = None
    slot_id: UUID | None = None
    candidate_id: UUID | None = None


def age_in_days(proposal: Proposal, today: date) -> int:
    """How long a proposal waited: until today, or until it was decided or gave way."""
    is_open = proposal.status == ProposalStatus.PROPOSED
    until = today if is_open else day_in_sweden(proposal.updated_at)
    return (until - day_in_sweden(proposal.created_at)).days


def select_visible_proposals(
    actor: Actor, run: MatchRun, wanted: ProposalFilter
) -> SelectOfScalar[Proposal]:
    """A run's proposals in its order: by slot, then by candidate."""
    query = select_visible(Proposal, actor).where(Proposal.match_run_id == run.id)
    for column in ("status", "slot_id", "candidate_id"):
        if (value := getattr(wanted, column)) is not None:
            query = query.where(getattr(Proposal, column) == value)
    return query.order_by(None).order_by(col(Proposal.position))


def select_unfilled_slots(actor: Actor, run: MatchRun) -> SelectOfScalar[UnfilledSlot]:
    return (
        select(UnfilledSlot)
        .where(
            UnfilledSlot.organisation_id == actor.organisation_id,
            UnfilledSlot.match_run_id == run.id,
        )
        .order_by(col(UnfilledSlot.position))
    )


def read_unmatched(session: Session, run: MatchRun) -> UnmatchedColumns:
    """The unmatched, as rows of `read_given`. Where the run is older than migration 0004, which
    dropped its list, the run is solved again."""
    stored = read_stored_unmatched(session, run)
    if stored is not None:
        return stored
    if run.redacted:  # solved again, it would leave others unmatched
        raise Conflict(
            "redacted",
            "Someone whom the run matched has left the service, and the list of those whom it left "
            "without a place went with them. Start a new run for a new list.",
        )
    return solve(read_given(session, run)).unmatched


def list_unmatched_candidates(
    session: Session, run: MatchRun, part: slice
) -> tuple[list[Json], int]:
    """A part of those whom the run left without a place, and how many they are in all.

    Each comes with the reasons, and with the slots that the person fails by one rule, by the run's
    input. The list is empty until the run is completed.
    """
    if run.status != MatchRunStatus.COMPLETED:
        return [], 0
    unmatched, given = read_unmatched(session, run), read_given(session, run)
    shown = list(
        as_values.unmatched_candidates(unmatched.part(part), given.candidates.id, given.slots.id)
    )
    ids = [one.candidate_id for one in shown]
    missed = near_misses(given, ids, most=MOST_NEAR_MISSES)
    items = [
        {
            "candidate_id": one.candidate_id,
            "reasons": unmatched_reasons_json(one),
            "near_misses": [
                {"slot_id": miss.slot_id} | reason_json(miss.reason)
                for miss in missed[one.candidate_id]
            ],
        }
        for one in shown
    ]
    return items, len(unmatched)


def explain_pair_of_run(
    session: Session, actor: Actor, run: MatchRun, candidate_id: UUID, slot_id: UUID
) -> Json:
    """One pair as the run saw it: chosen, possible, or impossible and why."""
    pair = explained_in(read_given(session, run), candidate_id, slot_id)
    wanted = ProposalFilter(slot_id=slot_id, candidate_id=candidate_id)
    chosen = session.exec(select_visible_proposals(actor, run, wanted)).first()
    return {
        "candidate_id": candidate_id,
        "slot_id": slot_id,
        "status": "chosen" if chosen else "possible" if pair.feasible else "impossible",
        "points": pair.points,
        "criteria": criteria_json(pair.criteria),
        "programme": pair.programme,
        "start_date": pair.start,
        "end_date": pair.end,
        "reasons": [reason_json(reason) for reason in pair.reasons],
    }
