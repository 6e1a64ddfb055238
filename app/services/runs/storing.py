"""Stores a solved run: its row, its input, its whole answer and one event, in one transaction."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, cast, select
from sqlmodel import Session, col, update

from app.clock import utc_now
from app.errors import Conflict
from app.matching import values as engine
from app.models.candidates import Candidate
from app.models.match_runs import MatchRun, MatchRunStatus, UnfilledSlot
from app.models.proposals import Proposal, ProposalStatus, SupersededBy
from app.models.slots import Slot
from app.services.engine import answers
from app.services.engine.answers import Answer
from app.services.engine.snapshots import add_snapshot
from app.services.engine.stored_columns import (
    digits_of,
    insert_rows,
    instant_text,
    read_columns,
    with_hyphens,
)
from app.services.ground import Actor, record, select_visible
from app.services.runs.between import SolvedRun
from app.services.runs.match_runs import lock_runs, without_pairs
from app.services.runs.orders import order_values
from app.services.runs.queue import Claim, claimed_run
from app.services.runs.states import move_run

Json = dict[str, Any]
VALUES_AT_ONCE = 500  # in one statement; databases limit them
BY_NEWER_RUN: SupersededBy = "newer-run"


def store_run(session: Session, actor: Actor, solved: SolvedRun) -> MatchRun:
    """Stores a run that was done within its request, with its input and its whole answer."""
    run = MatchRun(
        organisation_id=actor.organisation_id,
        status=MatchRunStatus.COMPLETED,
        **order_values(solved.prepared.order, solved.prepared.policy_id),
        **_answer(solved),
    )
    lock_runs(session, actor)
    session.add(run)
    told = _store_parts(session, actor, run, solved)
    record(session, actor, "created", run, after=without_pairs(run) | told)
    return run


def complete_run(session: Session, claim: Claim, solved: SolvedRun) -> None:
    """Stores the answer of an ordered run; ClaimLost where it is no longer this worker's."""
    lock_runs(session, claim.actor)
    run = claimed_run(session, claim)
    told = _store_parts(session, claim.actor, run, solved)
    for name, value in _answer(solved).items():
        setattr(run, name, value)
    move_run(session, claim.actor, run, MatchRunStatus.COMPLETED, **told)


def _store_parts(session: Session, actor: Actor, run: MatchRun, solved: SolvedRun) -> Json:
    """Stores everything but the run's own row; open proposals for the same slots give way."""
    _refuse_deleted(session, actor, solved.prepared.given)
    superseded = _supersede(session, actor, solved.prepared.given)
    add_snapshot(session, run, solved.snapshot)
    _add_answer(session, run, solved.answer)
    return {"proposals": len(solved.matching.proposals), "superseded": superseded}


def _add_answer(session: Session, run: MatchRun, answer: Answer) -> None:
    session.flush()  # the rows are inserted without the session, and need the run's row
    owner = {"match_run_id": run.id.hex, "organisation_id": run.organisation_id.hex}
    now = instant_text(utc_now())
    times = {"created_at": now, "updated_at": now}
    insert_rows(session, Proposal, [row | owner | times for row in answer.proposals])
    insert_rows(session, UnfilledSlot, [row | owner for row in answer.unfilled])


def _refuse_deleted(session: Session, actor: Actor, given: engine.Given) -> None:
    """Refuses if a candidate or slot was deleted; foreign keys guard only those in the answer."""
    for model, rows in ((Candidate, given.candidates), (Slot, given.slots)):
        now = read_columns(session, model, select_visible(model, actor), ["id"])["id"].ids()
        if not set(now.tolist()).issuperset(rows.id.tolist()):
            raise Conflict(
                "changed-meanwhile",
                "A candidate or slot was deleted while the run was at work. Nothing was stored; "
                "start it again.",
            )


def _supersede(session: Session, actor: Actor, given: engine.Given) -> list[str]:
    """Closes the open proposals of the slots that the run covers; returns their ids."""
    slot_ids = given.slots.id.tolist()
    gone = _locked_open_proposals(session, actor, set(map(digits_of, slot_ids)))
    for first in range(0, len(slot_ids) if gone else 0, VALUES_AT_ONCE):
        part = map(UUID, slot_ids[first : first + VALUES_AT_ONCE])
        session.exec(
            update(Proposal)
            .where(*_is_open(actor), col(Proposal.slot_id).in_(part))
            .values(
                version=Proposal.version + 1,
                status=ProposalStatus.SUPERSEDED,
                superseded_by=BY_NEWER_RUN,
                updated_at=utc_now(),
            )
            .execution_options(synchronize_session=False)
        )
    return list(with_hyphens(engine.names(gone)).tolist())


def _locked_open_proposals(session: Session, actor: Actor, slots: Collection[str]) -> list[str]:
    """The open proposals of the slots, whose ids are digits, locked in the order that all use."""
    columns = cast(col(Proposal.id), Text), cast(col(Proposal.slot_id), Text)
    query = select(*columns).where(*_is_open(actor)).order_by(col(Proposal.id))
    locked = session.connection().execute(query.with_for_update(key_share=True))
    return [row_id for row_id, slot_id in locked if digits_of(slot_id) in slots]


def _is_open(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Proposal.organisation_id) == actor.organisation_id,
        col(Proposal.status) == ProposalStatus.PROPOSED,
    )


def _answer(solved: SolvedRun) -> Json:
    """The run's answer by the names of its columns."""
    matching = solved.matching
    return {
        "input_hash": solved.snapshot.input_hash,
        "objective": answers.objective_json(matching.objective),
        "certificate": answers.certificate_json(matching.certificate),
        "counts": answers.counts_json(matching.counts),
        "duration_ms": solved.duration_ms,
        "completed_at": utc_now(),
    }
