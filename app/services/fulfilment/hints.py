"""What runs, decisions and checks say about a clause's slots, to explain why places are missing."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, union_all
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, or_
from sqlmodel.sql.expression import SelectOfScalar

from app.clock import utc_now
from app.models.clauses import Clause
from app.models.decisions import Decision, DecisionLift
from app.models.gate_checks import GateCheck
from app.models.match_runs import MatchRun, UnfilledSlot
from app.models.proposals import Proposal, ProposalStatus
from app.models.slots import Slot
from app.services.ground import Actor, select_visible


@dataclass(frozen=True)
class Unfilled:
    """How many places the newest run that covered a slot left, how many people each rule ruled
    out there, and how many people the run had."""

    places: int
    reasons: Sequence[Mapping[str, Any]]
    candidates: int


@dataclass(frozen=True)
class Hints:
    """For each slot: the days of runs with an open proposal, the reasons of declined ones, and what
    the newest run left. For each supplier: its checks."""

    open_since: Mapping[UUID, Sequence[date]] = field(default_factory=dict)
    declined: Mapping[UUID, Counter[str]] = field(default_factory=dict)
    unfilled: Mapping[UUID, Unfilled] = field(default_factory=dict)
    checks: Mapping[UUID, Sequence[GateCheck]] = field(default_factory=dict)

    def tell_of(self, slot_id: UUID) -> bool:
        """Whether a run, a proposal or a decision says why the slot has places left."""
        return slot_id in self.unfilled or slot_id in self.declined or slot_id in self.open_since


@dataclass(frozen=True)
class _Asked:
    session: Session
    actor: Actor
    slots: Any
    as_of: date
    known_at: datetime

    @property
    def runs(self) -> tuple[Any, ...]:
        """Conditions: runs for a day up to `as_of`, completed by the moment `known_at`."""
        return (
            col(MatchRun.organisation_id) == self.actor.organisation_id,
            col(MatchRun.as_of) <= self.as_of,
            col(MatchRun.completed_at) <= self.known_at,
        )


def read_hints(
    session: Session,
    actor: Actor,
    clauses: SelectOfScalar[Clause],
    as_of: date,
    known_at: datetime | None = None,
) -> Hints:
    clause_ids = clauses.order_by(None).with_only_columns(col(Clause.id))
    slots = select_columns(col(Slot.id)).where(col(Slot.clause_id).in_(clause_ids))
    asked = _Asked(session, actor, slots, as_of, known_at or utc_now())
    suppliers = select_columns(col(Slot.supplier_id)).where(col(Slot.clause_id).in_(clause_ids))
    return Hints(_open_since(asked), _declined(asked), _unfilled(asked), _checks(asked, suppliers))


def _open_since(asked: _Asked) -> dict[UUID, list[date]]:
    """A closed proposal is never changed again, so that it was open until its last change."""
    was_open = or_(
        col(Proposal.status) == ProposalStatus.PROPOSED,
        col(Proposal.updated_at) > asked.known_at,
    )
    query = (
        select_columns(col(Proposal.slot_id), col(MatchRun.as_of))
        .join(MatchRun, col(MatchRun.id) == Proposal.match_run_id)
        .where(*asked.runs, col(Proposal.slot_id).in_(asked.slots), was_open)
    )
    found = defaultdict(list)
    for slot_id, day in asked.session.execute(query):
        found[slot_id].append(day)
    return found


def _declined(asked: _Asked) -> dict[UUID, Counter[str]]:
    lifted = select_columns(col(DecisionLift.decision_id)).where(
        col(DecisionLift.created_at) <= asked.known_at
    )
    query = (
        select_columns(col(Proposal.slot_id), col(Decision.reason))
        .join(Decision, col(Decision.proposal_id) == Proposal.id)
        .join(MatchRun, col(MatchRun.id) == Proposal.match_run_id)
        .where(
            *asked.runs,
            col(Proposal.slot_id).in_(asked.slots),
            col(Decision.outcome) == "declined",
            col(Decision.decided_at) <= asked.known_at,
            col(Decision.id).not_in(lifted),
        )
    )
    found: dict[UUID, Counter[str]] = defaultdict(Counter)
    for slot_id, reason in asked.session.execute(query):
        found[slot_id][reason] += 1
    return found


def _unfilled(asked: _Asked) -> dict[UUID, Unfilled]:
    """What each slot's newest run left there, among runs for a day up to the slot's last start;
    slots that this run filled are left out."""
    covered = union_all(*(_covered(asked, model) for model in (Proposal, UnfilledSlot))).subquery()
    newest = (
        select_columns(covered.c.slot_id, func.max(covered.c.completed_at).label("completed_at"))
        .group_by(covered.c.slot_id)
        .subquery()
    )
    query = (
        select_columns(
            col(UnfilledSlot.slot_id),
            col(UnfilledSlot.places_left),
            col(UnfilledSlot.reasons),
            col(MatchRun.counts),
        )
        .join(MatchRun, col(MatchRun.id) == UnfilledSlot.match_run_id)
        .join(newest, newest.c.slot_id == UnfilledSlot.slot_id)
        .where(*asked.runs, col(MatchRun.completed_at) == newest.c.completed_at)
    )
    return {
        slot_id: Unfilled(places, reasons, counts["candidates"])
        for slot_id, places, reasons, counts in asked.session.execute(query)
    }


def _covered(asked: _Asked, model: type[Proposal] | type[UnfilledSlot]) -> Any:
    return (
        select_columns(col(model.slot_id), col(MatchRun.completed_at))
        .join(MatchRun, col(MatchRun.id) == model.match_run_id)
        .join(Slot, col(Slot.id) == model.slot_id)
        .where(*asked.runs, col(model.slot_id).in_(asked.slots))
        .where(col(MatchRun.as_of) <= col(Slot.latest_start))
    )


def _checks(asked: _Asked, suppliers: Any) -> dict[UUID, list[GateCheck]]:
    query = select_visible(GateCheck, asked.actor).where(
        col(GateCheck.supplier_id).in_(suppliers), col(GateCheck.created_at) <= asked.known_at
    )
    found = defaultdict(list)
    for check in asked.session.exec(query):
        found[check.supplier_id].append(check)
    return found
