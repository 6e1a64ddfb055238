"""A run has three steps, so that no lock is held while the engine works: `prepare_run` reads one
moment of the database, `solve_run` matches, and `storing` writes everything in one transaction.
"""

import time

from sqlmodel import Session

from app.errors import FieldError, Invalid
from app.matching import values as engine
from app.matching.engine import solve
from app.matching.errors import MatchingInputError, TooLargeError
from app.services.engine.answers import answer_of
from app.services.engine.one_pair import codes_against
from app.services.engine.snapshots import snapshot_of
from app.services.ground import Actor
from app.services.runs.between import PreparedRun, SolvedRun
from app.services.runs.orders import RunOrder, check_order
from app.services.runs.reading import read_input


def prepare_run(session: Session, actor: Actor, order: RunOrder) -> PreparedRun:
    """Reads one moment of the database; what the order names must be the organisation's own."""
    policy, scope = check_order(session, actor, order)
    return PreparedRun(order, policy.id, read_input(session, actor, policy, scope))


def solve_run(prepared: PreparedRun) -> SolvedRun:
    """Matches while no transaction is open; Invalid where a pin is impossible."""
    started = time.perf_counter()
    given = prepared.given
    _refuse_impossible_pins(given)
    try:
        matching = solve(given)
    except TooLargeError as error:
        raise Invalid(FieldError("#", str(error))) from error
    except MatchingInputError as error:
        raise Invalid(FieldError("#/pins", str(error).removeprefix("pins: "))) from error
    snapshot = snapshot_of(given, matching.unmatched)
    answer = answer_of(matching)
    milliseconds = round((time.perf_counter() - started) * 1000)
    return SolvedRun(prepared, snapshot, matching, answer, milliseconds)


def _refuse_impossible_pins(given: engine.Given) -> None:
    slots = set(given.slots.id.tolist()) if given.pins else set()
    wrong = []
    for number, (candidate_id, slot_id) in enumerate(given.pins):
        if slot_id not in slots:
            detail = "is a slot of another contract than those in contractIds"
            wrong.append(FieldError(f"#/pins/{number}/slotId", detail))
        elif codes := codes_against(given, candidate_id, slot_id):
            detail = f"the two cannot be paired: {', '.join(codes)}"
            wrong.append(FieldError(f"#/pins/{number}", detail))
    if wrong:
        raise Invalid(*wrong)
