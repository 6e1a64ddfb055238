"""A run is three steps, so that no lock is held while the engine works: `prepare_run` reads one
moment of the database, `solve` matches, and `storing` writes everything in one transaction.
"""

import time
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from app import matching as engine
from app.errors import FieldError, Invalid
from app.services.engine.answer_rows import Answer, answer_of
from app.services.engine.snapshots import Snapshot, snapshot_of
from app.services.ground.permissions import Actor
from app.services.runs.orders import RunOrder, check_order
from app.services.runs.reading import read_input


@dataclass(frozen=True)
class PreparedRun:
    order: RunOrder
    policy_id: UUID
    given: engine.Given


@dataclass(frozen=True)
class SolvedRun:
    prepared: PreparedRun
    snapshot: Snapshot
    matching: engine.ColumnMatching
    answer: Answer
    duration_ms: int


def prepare_run(session: Session, actor: Actor, order: RunOrder) -> PreparedRun:
    """One moment of the database; what the order names must be the organisation's own."""
    policy, scope = check_order(session, actor, order)
    return PreparedRun(order, policy.id, read_input(session, actor, policy, scope))


def solve(prepared: PreparedRun) -> SolvedRun:
    """Matches without any transaction open; pins that cannot be are a wrong field."""
    started = time.perf_counter()
    given = prepared.given
    _refuse_impossible_pins(given)
    try:
        matching = given.solve()
    except engine.TooLargeError as error:
        raise Invalid(FieldError("#", str(error))) from error
    except engine.MatchingInputError as error:
        raise Invalid(FieldError("#/pins", str(error).removeprefix("pins: "))) from error
    snapshot = snapshot_of(given, matching.unmatched)
    answer = answer_of(matching)
    milliseconds = round((time.perf_counter() - started) * 1000)
    return SolvedRun(prepared, snapshot, matching, answer, milliseconds)


def _refuse_impossible_pins(given: engine.Given) -> None:
    people = _rows_by_id(given.candidates) if given.pins else {}
    slots = _rows_by_id(given.slots) if given.pins else {}
    wrong = []
    for number, (candidate_id, slot_id) in enumerate(given.pins):
        if slot_id not in slots:
            detail = "is a slot of another contract than those in contractIds"
            wrong.append(FieldError(f"#/pins/{number}/slotId", detail))
        elif codes := _codes_against(given, people[candidate_id], slots[slot_id]):
            detail = f"the two cannot be paired: {', '.join(codes)}"
            wrong.append(FieldError(f"#/pins/{number}", detail))
    if wrong:
        raise Invalid(*wrong)


def _rows_by_id(columns: engine.CandidateColumns | engine.SlotColumns) -> dict[str, int]:
    return {name: row for row, name in enumerate(columns.id.tolist())}


def _codes_against(given: engine.Given, person: int, slot: int) -> list[str]:
    who, where = engine.candidate_at(given.candidates, person), engine.slot_at(given.slots, slot)
    forbidden = (who.id, where.id) in given.forbidden
    pair = engine.explain_pair(who, where, given.policy, as_of=given.as_of, forbidden=forbidden)
    return [reason.code for reason in pair.reasons]
