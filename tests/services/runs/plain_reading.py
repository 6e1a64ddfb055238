"""Reads a run's input with every row an object; tests compare the columns with it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sqlmodel import Session

from app import matching as engine
from app.models.candidates import Candidate
from app.models.clauses import Clause
from app.models.contracts import Contract
from app.models.slots import Slot, most_at_once
from app.services.engine.values import Duty, candidate_value, closed_codes, slot_value
from app.services.fulfilment.reading import read_fulfilment
from app.services.ground.calendar import DAY
from app.services.ground.permissions import Actor
from app.services.ground.records import select_visible
from app.services.placements.standing import select_standing
from app.services.runs.duties import tier_of


def plain_candidates(session: Session, actor: Actor, as_of: date) -> Iterator[engine.Candidate]:
    standing = session.exec(select_standing(actor)).all()
    for row in session.exec(select_visible(Candidate, actor)):
        placed = [
            (one.first_day, one.last_day)
            for one in standing
            if one.candidate_id == row.id and one.last_day >= as_of
        ]
        yield candidate_value(row, str(row.id), row.reference, row.avoided_supplier_ids, placed)


def plain_slots(session: Session, actor: Actor, as_of: date) -> Iterator[engine.Slot]:
    standing = session.exec(select_standing(actor)).all()
    for row in session.exec(select_visible(Slot, actor)):
        duty = _duty(session, actor, row, as_of)
        first, last = (
            max(row.earliest_start, duty.first_day, as_of),
            min(row.end_date, duty.last_day),
        )
        stays = [(one.first_day, one.last_day) for one in standing if one.slot_id == row.id]
        starts = (first + n * DAY for n in range((row.latest_start - first).days + 1))
        room = most_at_once(row)
        free = [day for day in starts if _taken(stays, day, last) < room]
        opens = free[0] if free else first
        taken = _taken(stays, opens, last)
        closed = closed_codes(row, duty, taken, as_of)
        offered = slot_value(
            row,
            str(row.id),
            row.reference,
            str(row.supplier_id),
            duty,
            taken,
            tuple(sorted(closed)),
        )
        yield replace(offered, earliest_start=opens if opens > first else offered.earliest_start)


def _taken(stays: list[tuple[date, date]], first: date, last: date) -> int:
    days = (first + n * DAY for n in range((last - first).days + 1))
    return max((sum(start <= day <= end for start, end in stays) for day in days), default=0)


def _duty(session: Session, actor: Actor, slot: Slot, as_of: date) -> Duty:
    if slot.clause_id is None:
        return Duty()
    clause = session.get_one(Clause, slot.clause_id)
    contract = session.get_one(Contract, clause.contract_id)
    state = read_fulfilment(session, actor, clause, as_of)
    return Duty.of(clause, contract, tier_of(state))
