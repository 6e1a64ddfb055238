"""A contract's obligations as milestones: what is due when, since when it is met, or what is short.

The statuses are the four of OCDS, so that the release shows them unchanged.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal
from uuid import UUID

from sqlmodel import Session, col

from app.models.contracts import Contract
from app.models.follow_ups import FollowUpKind
from app.models.organisations import Organisation
from app.models.suppliers import Supplier
from app.services.fulfilment.deadlines import first_start_deadline
from app.services.fulfilment.verdict import Fulfilment, Verdict
from app.services.ground import Actor, find
from app.services.reports.reports import ReportedClause, read_clauses

# Verdicts under which the missing quantity cannot, or need not, be delivered any more.
GIVEN_UP = {Verdict.NOT_MET, Verdict.IMPOSSIBLE, Verdict.EXCUSED}
DAY = timedelta(days=1)
Obligation = Literal["quantity", "dialogue", "first-start", "report"]


class MilestoneStatus(StrEnum):
    """Where an obligation stands on a day, in OCDS's words."""

    SCHEDULED = "scheduled"
    MET = "met"
    NOT_MET = "notMet"
    PARTIALLY_MET = "partiallyMet"


@dataclass(frozen=True)
class Milestone:
    """One obligation of a clause on one day; `met_on` is the first day on which it was met.

    `order` numbers the contract's clauses, `number` a clause's milestones of one kind, from 1.
    """

    found: Fulfilment
    order: int
    obligation: Obligation
    due: date
    status: MilestoneStatus
    met_on: date | None = None
    number: int = 1


@dataclass(frozen=True)
class ContractMilestones:
    organisation: str
    contract: Contract
    supplier: Supplier
    has_clauses: bool
    milestones: tuple[Milestone, ...]


def read_milestones(
    session: Session, actor: Actor, contract_id: UUID, as_of: date
) -> ContractMilestones:
    contract = find(session, actor, Contract, contract_id)
    clauses = read_clauses(session, actor, col(Contract.id) == contract.id)
    return ContractMilestones(
        organisation=session.get_one(Organisation, actor.organisation_id).name,
        contract=contract,
        supplier=find(session, actor, Supplier, contract.supplier_id),
        has_clauses=bool(clauses),
        milestones=tuple(
            milestone
            for order, clause in enumerate(clauses, 1)
            for milestone in _milestones(clause, order, as_of)
        ),
    )


def _milestones(clause: ReportedClause, order: int, as_of: date) -> Iterator[Milestone]:
    """The deadlines inside the contract, and then the whole clause."""
    found = clause.on(as_of)
    yield from _inner_milestones(clause, found, order)
    end = found.contract.end_date
    met_on = _first_day(clause, as_of, lambda one: one.verdict == Verdict.MET)
    status = _status(end, as_of, met_on)
    if status != MilestoneStatus.MET:
        status = _how_far(found, status)
    whole: Obligation = "dialogue" if found.terms.kind == "dialogue" else "quantity"
    yield Milestone(found, order, whole, end, status, met_on)


def _inner_milestones(clause: ReportedClause, found: Fulfilment, order: int) -> Iterator[Milestone]:
    """The milestones of the first start and the reports, where the clause asks for them."""
    as_of = found.as_of
    due = first_start_deadline(found.terms, found.contract)
    if due is not None:
        met_on = _first_day(clause, as_of, lambda one: bool(one.first_start_met))
        yield Milestone(found, order, "first-start", due, _status(due, as_of, met_on), met_on)
    reports = found.facts.follow_ups_on(as_of, FollowUpKind.REPORT)
    for index, due in enumerate(sorted(found.terms.report_dates)):
        met_on = reports[index].on if index < len(reports) else None
        status = _status(due, as_of, met_on)
        yield Milestone(found, order, "report", due, status, met_on, index + 1)


def _status(due: date, as_of: date, met_on: date | None) -> MilestoneStatus:
    if met_on is not None:
        return MilestoneStatus.MET
    return MilestoneStatus.NOT_MET if as_of > due else MilestoneStatus.SCHEDULED


def _how_far(found: Fulfilment, status: MilestoneStatus) -> MilestoneStatus:
    """The status of a quantity not met: it may be met in part, or given up before it is due."""
    if found.balance is not None and found.balance.delivered > 0:
        return MilestoneStatus.PARTIALLY_MET
    return MilestoneStatus.NOT_MET if found.verdict in GIVEN_UP else status


def _first_day(
    clause: ReportedClause, as_of: date, holds: Callable[[Fulfilment], bool]
) -> date | None:
    """The first day since which `holds` is true without a break. New terms and new call-offs can
    ask for more; between two such days, what is met stays met."""
    if not holds(clause.on(as_of)):
        return None
    facts = (clause.facts, *clause.call_offs)
    turns = {one.contract.start_date for one in facts}
    turns |= {version.effective_from or as_of for one in facts for version in one.versions}
    first = as_of
    for turn in sorted((day for day in turns if day <= as_of), reverse=True):
        first = _halved(clause, turn, first, holds)
        if first > turn or not holds(clause.on(turn - DAY)):
            return first
        first = turn - DAY
    return first


def _halved(
    clause: ReportedClause, earliest: date, latest: date, holds: Callable[[Fulfilment], bool]
) -> date:
    """The first day, by bisection, on which `holds` is true; it is true on the latest."""
    before, day = earliest.toordinal() - 1, latest.toordinal()
    while day - before > 1:
        middle = (before + day) // 2
        if holds(clause.on(date.fromordinal(middle))):
            day = middle
        else:
            before = middle
    return date.fromordinal(day)
