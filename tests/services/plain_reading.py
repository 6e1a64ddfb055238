"""A run's input read in the plain way, every row an object: what its columns are held against."""

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session

from app import matching as engine
from app.models.candidates import Candidate
from app.models.clauses import Clause
from app.models.contracts import Contract
from app.models.slots import Slot
from app.services.fulfilment import Verdict
from app.services.fulfilment_reading import read_fulfilment
from app.services.match_run_inputs import Duty, candidate_value, closed_codes, slot_value
from app.services.periods import overlap
from app.services.permissions import Actor
from app.services.placements import select_standing
from app.services.records import select_visible


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
        taken = sum(
            overlap(one.first_day, one.last_day, first, last)
            for one in standing
            if one.slot_id == row.id
        )
        closed = closed_codes(row, duty, taken, as_of)
        yield slot_value(
            row,
            str(row.id),
            row.reference,
            str(row.supplier_id),
            duty,
            taken,
            tuple(sorted(closed)),
        )


def _duty(session: Session, actor: Actor, slot: Slot, as_of: date) -> Duty:
    if slot.clause_id is None:
        return Duty()
    clause = session.get_one(Clause, slot.clause_id)
    contract = session.get_one(Contract, clause.contract_id)
    state = read_fulfilment(session, actor, clause, as_of)
    return Duty.of(clause, contract, met=state.verdict == Verdict.MET)
