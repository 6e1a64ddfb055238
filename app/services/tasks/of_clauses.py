"""What clauses that are not settled ask for: follow-ups, reports, and replacements."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from app.models.clauses import Clause
from app.services.fulfilment.balance import counted_places, months_of, rounded
from app.services.fulfilment.deadlines import unreported_dates
from app.services.fulfilment.reading import read_fulfilments
from app.services.fulfilment.stays import Part, Stay, may_be
from app.services.fulfilment.verdict import Fulfilment, Verdict
from app.services.ground import Actor, days_later, select_visible
from app.services.tasks.kinds import Task, TaskKind

# Counted from the day of an early end; a last safe start before then makes the task due earlier.
REPLACEMENT_DAYS = 30


def tasks_of_clauses(session: Session, actor: Actor, today: date, until: date) -> Iterator[Task]:
    clauses = select_visible(Clause, actor)
    for found in read_fulfilments(session, actor, clauses, today):
        due = [*_reports(found)]
        if not found.is_settled:
            due += [*_follow_up(found), *_replacements(found)]
        yield from (task for task in due if task.due <= until)


def _follow_up(found: Fulfilment) -> Iterator[Task]:
    clause = found.clause
    yield Task(
        kind=TaskKind.FOLLOW_UP_DUE,
        due=clause.next_follow_up_date,
        resource="clauses",
        resource_id=clause.id,
        responsible=clause.responsible,
        clause_id=clause.id,
        facts=_contract(found) | {"verdict": found.verdict},
    )


def _reports(found: Fulfilment) -> Iterator[Task]:
    """A clause that is met still owes missed reports; one that is settled otherwise owes none."""
    clause = found.clause
    unreported = unreported_dates(found.facts, found.terms, found.as_of)
    if found.verdict == Verdict.MET:
        unreported = tuple(one for one in unreported if one.due < found.as_of)
    elif found.is_settled:
        return
    for deadline in unreported:
        yield Task(
            kind=TaskKind.REPORT_DUE,
            due=deadline.due,
            resource="clauses",
            resource_id=clause.id,
            responsible=clause.responsible,
            clause_id=clause.id,
            number=deadline.number,
            facts=_contract(found) | {"number": deadline.number},
        )


def _replacements(found: Fulfilment) -> Iterator[Task]:
    """A task for each early end that nobody replaced: the latest ones, up to what is missing."""
    if found.balance is None or found.as_of > found.contract.end_date:
        return
    left = found.balance.missing
    for part, lost in reversed(_unreplaced(found)):
        if left <= 0:
            return
        left -= lost
        due = days_later(part.last, REPLACEMENT_DAYS)
        yield Task(
            kind=TaskKind.REPLACEMENT_DUE,
            due=min(due, found.last_safe_start or found.contract.end_date),
            resource="placements",
            resource_id=part.placement.id,
            clause_id=found.clause.id,
            facts=_contract(found)
            | {"slot": found.facts.slots[part.placement.slot_id].title, "day": part.last},
        )


def _unreplaced(found: Fulfilment) -> list[tuple[Part, Decimal]]:
    """The early ends that nobody replaced, oldest first; a later stay in the slot replaces one."""
    later = [stay for stay in found.stays if _is_new(stay, found.as_of)]
    later.sort(key=lambda stay: stay.first)
    left = []
    for part, lost in sorted(_lost(found), key=lambda pair: pair[0].last):
        in_slot = (stay for stay in later if stay.slot_id == part.placement.slot_id)
        other = next((stay for stay in in_slot if stay.first > part.last), None)
        if other is None:
            left.append((part, lost))
        else:
            later.remove(other)
    return left


def _is_new(stay: Stay, day: date) -> bool:
    """Whether the stay took place, or still may, and does not extend another one."""
    is_lived = bool(stay.over) or any(may_be(part, day) for part in stay.standing)
    return is_lived and stay.parts[0].placement.extends_placement_id is None


def _lost(found: Fulfilment) -> Iterator[tuple[Part, Decimal]]:
    """Placements that ended before their time, and what of the quantity each left open."""
    if found.terms.places is not None:
        states = counted_places(found.facts, found.terms, found.stays, found.as_of)
        for stay, state in zip(found.stays, states, strict=True):
            if state is None and stay.ended_by is not None:
                yield stay.parts[-1], Decimal(1)
        return
    for stay in found.stays:
        slot = found.facts.slots[stay.slot_id]
        for part in stay.parts:
            lost = months_of(part, found.terms, slot, found.contract, found.as_of).lost
            if lost and part.ended_by is not None:
                yield part, rounded(lost)


def _contract(found: Fulfilment) -> dict[str, Any]:
    return {"reference": found.contract.reference, "title": found.contract.title}
