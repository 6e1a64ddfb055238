"""Tasks of placements: the agreement, the start, the end, and the outcome are to be noted."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from app.models.clauses import Clause
from app.models.contracts import Contract
from app.models.placement_outcomes import PlacementOutcome
from app.models.placement_signatures import PARTIES, PlacementSignature
from app.models.placements import BOOKED, OVER, Placement, PlacementStatus
from app.models.slots import Slot
from app.services.ground import DAY, Actor, last_day_of
from app.services.tasks.kinds import Task, TaskKind

OUTCOMES_AFTER = (0, 3, 6, 12)  # months


def tasks_of_placements(session: Session, actor: Actor, until: date) -> Iterator[Task]:
    signed, told = _signed(session, actor, until), _told(session, actor, until)
    for placement in session.execute(_due_with_place(actor, until)):
        if placement.status in BOOKED:
            yield _task(placement, TaskKind.PLACEMENT_SHOULD_START, placement.start_date)
            missing = [party for party in PARTIES if party not in signed[placement.id]]
            if missing and placement.status == PlacementStatus.PLANNED:
                kind, due = TaskKind.AGREEMENT_DUE, placement.start_date
                yield _task(placement, kind, due, parties=missing)
        elif placement.status == PlacementStatus.ACTIVE:
            yield _task(placement, TaskKind.PLACEMENT_SHOULD_END, placement.end_date)
        else:
            yield from _outcomes(placement, told[placement.id], until)


COLUMNS = (
    "id",
    "clause_id",
    "status",
    "start_date",
    "end_date",
    "ended_on",
    "decided_by",
)


def _due_with_place(actor: Actor, until: date) -> Any:
    """Placements due, each with its slot's title and the reference of its contract, if any."""
    return (
        _due(actor, until, *COLUMNS)
        .add_columns(col(Slot.title).label("slot"), col(Contract.reference))
        .join(Slot, col(Slot.id) == Placement.slot_id)
        .outerjoin(Clause, col(Clause.id) == Placement.clause_id)
        .outerjoin(Contract, col(Contract.id) == Clause.contract_id)
    )


def _due(actor: Actor, until: date, *names: str) -> Any:
    """Placements of which something may be due by the day."""
    status = col(Placement.status)
    return select_columns(*(getattr(Placement, name) for name in names)).where(
        col(Placement.organisation_id) == actor.organisation_id,
        or_(
            and_(status.in_(BOOKED), col(Placement.start_date) <= until),
            and_(status == PlacementStatus.ACTIVE, col(Placement.end_date) <= until),
            and_(status.in_(OVER), col(Placement.ended_on) <= until),
        ),
    )


def _signed(session: Session, actor: Actor, until: date) -> dict[UUID, set[str]]:
    query = select_columns(col(PlacementSignature.placement_id), col(PlacementSignature.party))
    return _by_placement(session, query, PlacementSignature.placement_id, actor, until)


def _told(session: Session, actor: Actor, until: date) -> dict[UUID, set[int]]:
    query = select_columns(col(PlacementOutcome.placement_id), col(PlacementOutcome.after_months))
    return _by_placement(session, query, PlacementOutcome.placement_id, actor, until)


def _by_placement(
    session: Session, query: Any, column: Any, actor: Actor, until: date
) -> dict[UUID, set[Any]]:
    found: dict[UUID, set[Any]] = defaultdict(set)
    for placement_id, value in session.execute(
        query.where(col(column).in_(_due(actor, until, "id")))
    ):
        found[placement_id].add(value)
    return found


def _outcomes(placement: Any, told: set[int], until: date) -> Iterator[Task]:
    last: date = placement.ended_on
    for months in OUTCOMES_AFTER:
        due = last_day_of(last, months) + DAY if months else last
        if months not in told and due <= until:
            yield _task(placement, TaskKind.OUTCOME_DUE, due, number=months, day=last)


def _task(placement: Any, kind: TaskKind, due: date, number: int = 0, **facts: Any) -> Task:
    return Task(
        kind=kind,
        due=due,
        resource="placements",
        resource_id=placement.id,
        responsible=placement.decided_by,
        clause_id=placement.clause_id,
        number=number,
        facts={"day": due, "months": number}
        | {"slot": placement.slot, "reference": placement.reference}
        | facts,
    )
