"""Match runs: rows become the engine's values, are matched outside any transaction, and come back.

A run is three steps, so that no lock is held while the engine works: `prepare_run` reads one
moment of the database, `solve` matches, `match_run_records.store_run` writes everything in one
transaction.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app import matching as engine
from app.errors import Conflict, FieldError, Invalid
from app.models.candidates import Candidate
from app.models.contracts import Contract
from app.models.match_runs import MatchRun, MatchRunStatus
from app.models.organisations import Organisation
from app.models.policies import Policy
from app.models.proposals import Proposal
from app.models.rows import stored_values
from app.models.slots import Slot
from app.models.values import PairReference
from app.services.engine.answer_rows import Answer, answer_of
from app.services.engine.snapshots import Snapshot, replace_snapshot, snapshot_of, snapshot_without
from app.services.ground.permissions import Actor
from app.services.ground.records import find, find_named, select_visible, touch
from app.services.registers.policies import newest_policy
from app.services.runs.reading import Scope, read_input

# By run: the version it had, and its snapshot without someone, who may not have been in it.
InputsLeft = Mapping[UUID, tuple[int, Snapshot | None]]

Json = dict[str, Any]

MOST_CLOCKS_DIFFER = timedelta(days=1)  # between machines that serve the same database


@dataclass(frozen=True)
class RunOrder:
    """What a caller asks of a run."""

    as_of: date
    policy_id: UUID | None
    contract_ids: list[UUID] | None
    pins: Sequence[PairReference]
    forbidden: Sequence[PairReference]


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


def select_visible_match_runs(
    actor: Actor,
    as_of: date | None = None,
    policy_id: UUID | None = None,
    status: MatchRunStatus | None = None,
) -> SelectOfScalar[MatchRun]:
    query = select_visible(MatchRun, actor)
    if status is not None:
        query = query.where(MatchRun.status == status)
    if as_of is not None:
        query = query.where(MatchRun.as_of == as_of)
    if policy_id is not None:
        query = query.where(MatchRun.policy_id == policy_id)
    return query


def find_completed(session: Session, actor: Actor, run_id: UUID) -> MatchRun:
    """The run, which must have its answer."""
    run = find(session, actor, MatchRun, run_id)
    if run.status != MatchRunStatus.COMPLETED:
        raise Conflict(
            "run-not-completed", f"The run is {run.status}: it has no answer to look at."
        )
    return run


def rows_of(run: MatchRun) -> int:
    """How large a completed run was: candidates and slots together."""
    assert run.counts is not None  # noqa: S101  # a CHECK of the table sees to it
    return run.counts["candidates"] + run.counts["slots"]


def prepare_run(session: Session, actor: Actor, order: RunOrder) -> PreparedRun:
    """One moment of the database; what the order names must be the organisation's own."""
    policy, scope = check_order(session, actor, order)
    return PreparedRun(order, policy.id, read_input(session, actor, policy, scope))


def check_order(session: Session, actor: Actor, order: RunOrder) -> tuple[Policy, Scope]:
    """What the order names, where all of it is the organisation's own."""
    policy = (
        find_named(session, actor, Policy, order.policy_id, "policyId")
        if order.policy_id
        else newest_policy(session, actor)
    )
    for number, contract_id in enumerate(order.contract_ids or ()):
        find_named(session, actor, Contract, contract_id, f"contractIds/{number}")
    scope = Scope(
        order.as_of,
        None if order.contract_ids is None else set(order.contract_ids),
        _checked_pairs(session, actor, "pins", order.pins),
        _checked_pairs(session, actor, "forbidden", order.forbidden),
    )
    return policy, scope


def order_values(order: RunOrder, policy_id: UUID) -> Json:
    """By the names of the stored run's columns."""
    return {
        "as_of": order.as_of,
        "policy_id": policy_id,
        "contract_ids": order.contract_ids,
        "pins": list(order.pins),
        "forbidden": list(order.forbidden),
    }


def without_pairs(run: MatchRun) -> Json:
    """Who was pinned or forbidden stands in the run, which a person can leave; events are kept."""
    return stored_values(run) | {"pins": len(run.pins), "forbidden": len(run.forbidden)}


def _checked_pairs(
    session: Session, actor: Actor, field: str, pairs: Sequence[PairReference]
) -> list[tuple[str, str]]:
    own_people = select(Candidate.id).where(Candidate.organisation_id == actor.organisation_id)
    own_slots = select(Slot.id).where(Slot.organisation_id == actor.organisation_id)
    people = set(session.exec(own_people)) if pairs else set()
    slots = set(session.exec(own_slots)) if pairs else set()
    wrong = []
    for number, pair in enumerate(pairs):
        if pair.candidate_id not in people:
            wrong.append(FieldError(f"#/{field}/{number}/candidateId", "names no candidate"))
        if pair.slot_id not in slots:
            wrong.append(FieldError(f"#/{field}/{number}/slotId", "names no slot"))
    if wrong:
        raise Invalid(*wrong)
    return [(str(pair.candidate_id), str(pair.slot_id)) for pair in pairs]


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


def inputs_without(session: Session, actor: Actor, candidate: Candidate) -> InputsLeft:
    """What forgetting leaves of each run's input, made before the writing transaction: every
    other write would wait meanwhile, longer with every run there has been."""
    return {
        run.id: (run.version, snapshot_without(session, run, candidate.id))
        for run in session.exec(_select_runs_since(actor, candidate))
    }


def forget_candidate(
    session: Session, actor: Actor, candidate: Candidate, left: InputsLeft
) -> None:
    """Takes the person out of every run: answers, input and pairs. Such runs say `redacted`."""
    lock_runs(session, actor)  # none is stored from an input that was read before
    locked = _select_runs_since(actor, candidate).with_for_update(key_share=True)
    for run in session.exec(locked).all():
        version, without = left.get(run.id, (0, None))
        if version != run.version:  # a run, or a change of one, that came in between
            without = snapshot_without(session, run, candidate.id)
        if without is not None:
            replace_snapshot(session, run, without)
        pairs = (*run.pins, *run.forbidden)
        if without or any(pair.candidate_id == candidate.id for pair in pairs):
            run.pins = [pair for pair in run.pins if pair.candidate_id != candidate.id]
            run.forbidden = [pair for pair in run.forbidden if pair.candidate_id != candidate.id]
            run.redacted = True
            touch(run)
        session.flush()  # a snapshot that waits to be written stays in memory
    session.exec(delete(Proposal).where(col(Proposal.candidate_id) == candidate.id))


def _select_runs_since(actor: Actor, candidate: Candidate) -> SelectOfScalar[MatchRun]:
    """Those that the person can be in."""
    since = candidate.created_at - MOST_CLOCKS_DIFFER
    return select_visible(MatchRun, actor).where(col(MatchRun.updated_at) >= since)


def lock_runs(session: Session, actor: Actor) -> None:
    """Until the transaction ends nobody else stores a run of the organisation's, or takes a person
    out of one: of two runs at once, one supersedes the other."""
    owner = select(Organisation).where(Organisation.id == actor.organisation_id)
    session.exec(owner.with_for_update(key_share=True)).one()
