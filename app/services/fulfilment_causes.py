"""Why places of a clause are missing, as far as slots, runs and proposals can tell today."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.models.clauses import Clause
from app.models.contracts import Contract
from app.models.decisions import Decision
from app.models.match_runs import MatchRun, UnfilledSlot
from app.models.placements import Placement
from app.models.proposals import Proposal, ProposalStatus
from app.models.slots import Slot
from app.services.fulfilment import Cause, Fulfilment, fulfilment_of
from app.services.permissions import Actor
from app.services.placements import most_at_once, select_standing
from app.services.records import find, select_visible
from app.services.uses import count_rows

NO_SLOT_OFFERED = "no-slot-offered"
SUPPLIER_DECLINED = "supplier-declined"
CANDIDATE_DECLINED = "candidate-declined"
PROPOSAL_DECLINED = "proposal-declined"  # for a reason that is neither side's own
FELL_SHORT = "placement-fell-short"  # never started, or over before its time
AWAITING_DECISION = "awaiting-decision"
NO_ELIGIBLE_CANDIDATE = "no-eligible-candidate"
NOT_MATCHED_YET = "not-matched-yet"
CAUSES = (
    NO_SLOT_OFFERED,
    FELL_SHORT,
    AWAITING_DECISION,
    SUPPLIER_DECLINED,
    CANDIDATE_DECLINED,
    PROPOSAL_DECLINED,
    NO_ELIGIBLE_CANDIDATE,
    NOT_MATCHED_YET,
)
DECLINED_BY = {
    "supplier-declined": SUPPLIER_DECLINED,
    "slot-withdrawn": SUPPLIER_DECLINED,
    "candidate-declined": CANDIDATE_DECLINED,
    "found-work": CANDIDATE_DECLINED,
    "in-training": CANDIDATE_DECLINED,
}


def read_fulfilment(session: Session, actor: Actor, clause: Clause, as_of: date) -> Fulfilment:
    """The clause's fulfilment on that date, with the causes of what is missing."""
    contract = find(session, actor, Contract, clause.contract_id)
    own_slots = select_visible(Slot, actor).where(col(Slot.clause_id) == clause.id)
    own_placements = select_standing(actor).where(col(Placement.clause_id) == clause.id)
    slots = {slot.id: slot for slot in session.exec(own_slots)}
    placements = list(session.exec(own_placements))
    found = fulfilment_of(clause, contract, slots, placements, as_of)
    return replace(found, causes=_causes(session, actor, found, slots, placements))


def _causes(
    session: Session,
    actor: Actor,
    found: Fulfilment,
    slots: Mapping[UUID, Slot],
    placements: Sequence[Placement],
) -> tuple[Cause, ...]:
    """Every missing place gets the first cause that has room for it; months have no causes yet."""
    clause = found.clause
    if clause.places is None or found.balance is None:
        return ()
    missing, counted = int(found.balance.missing), int(found.balance.covered)
    rooms = {
        NO_SLOT_OFFERED: max(0, clause.places - _offered(slots, placements)),
        FELL_SHORT: len(placements) - counted,
        AWAITING_DECISION: _open_proposals(session, actor, slots),
        **_declined(session, actor, slots),
        NO_ELIGIBLE_CANDIDATE: _unfilled_in_newest_run(session, actor, slots),
    }
    causes = []
    for code, room in rooms.items():
        if (places := min(missing, room)) > 0:
            causes.append(Cause(code, places))
            missing -= places
    return (*causes, Cause(NOT_MATCHED_YET, missing)) if missing else tuple(causes)


def _offered(slots: Mapping[UUID, Slot], placements: Sequence[Placement]) -> int:
    """Places that someone has had or has, and those that slots have beside them."""
    held = Counter(placement.slot_id for placement in placements)
    free = sum(max(0, most_at_once(slot) - held[slot.id]) for slot in slots.values())
    return len(placements) + free


def _open_proposals(session: Session, actor: Actor, slots: Collection[UUID]) -> int:
    query = select_visible(Proposal, actor).where(
        col(Proposal.slot_id).in_(slots), Proposal.status == ProposalStatus.PROPOSED
    )
    return count_rows(session, query)


def _declined(session: Session, actor: Actor, slots: Collection[UUID]) -> Counter[str]:
    """How many proposals each side, or neither, said no to; a pair twice declined counts twice."""
    query = (
        select(Decision.reason)
        .join(Proposal, col(Proposal.id) == Decision.proposal_id)
        .where(
            Decision.organisation_id == actor.organisation_id,
            Decision.outcome == "declined",
            col(Proposal.slot_id).in_(slots),
        )
    )
    reasons = session.exec(query)
    causes = Counter(DECLINED_BY.get(reason, PROPOSAL_DECLINED) for reason in reasons)
    return Counter({code: causes[code] for code in CAUSES if code in causes})


def _unfilled_in_newest_run(session: Session, actor: Actor, slots: Collection[UUID]) -> int:
    """Places that the newest run with any of the slots found nobody for."""
    proposed = select(Proposal.match_run_id).where(col(Proposal.slot_id).in_(slots))
    unfilled = select(UnfilledSlot.match_run_id).where(col(UnfilledSlot.slot_id).in_(slots))
    runs = select_visible(MatchRun, actor).where(
        col(MatchRun.id).in_(proposed) | col(MatchRun.id).in_(unfilled)
    )
    newest = runs.order_by(None).order_by(col(MatchRun.created_at).desc(), col(MatchRun.id))
    run = session.exec(newest.limit(1)).first()
    if run is None:
        return 0
    left = select(func.sum(UnfilledSlot.places_left)).where(
        UnfilledSlot.match_run_id == run.id, col(UnfilledSlot.slot_id).in_(slots)
    )
    return session.exec(left).one() or 0
