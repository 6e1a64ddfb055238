"""A solved run as rows: the run, its input, its whole answer and one event, in one transaction."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, cast, select
from sqlmodel import Session, col, update

from app import matching as engine
from app.clock import utc_now
from app.errors import Conflict
from app.models.candidates import Candidate
from app.models.match_runs import MatchRun, UnfilledSlot
from app.models.proposals import Proposal, ProposalStatus, SupersededBy
from app.models.rows import stored_values
from app.models.slots import Slot
from app.services import match_run_answers as answers
from app.services.match_run_results import Answer
from app.services.match_runs import SolvedRun, lock_runs
from app.services.permissions import Actor
from app.services.records import record, select_visible
from app.services.snapshots import add_snapshot
from app.services.stored_columns import (
    digits_of,
    insert_rows,
    instant_text,
    read_columns,
    with_hyphens,
)

Json = dict[str, Any]
VALUES_AT_ONCE = 500  # of one statement; databases have a limit
BY_NEWER_RUN: SupersededBy = "newer-run"


def store_run(session: Session, actor: Actor, solved: SolvedRun) -> MatchRun:
    """The run, its input and its whole answer; open proposals for the same slots give way."""
    lock_runs(session, actor)
    _refuse_deleted(session, actor, solved.prepared.given)
    run = _run_row(actor, solved)
    superseded = _supersede(session, actor, solved.prepared.given)
    session.add(run)
    session.flush()
    add_snapshot(session, run, solved.snapshot)
    _add_answer(session, run, solved.answer)
    proposed = {"proposals": len(solved.matching.proposals), "superseded": superseded}
    record(session, actor, "created", run, after=_without_pairs(run) | proposed)
    return run


def _add_answer(session: Session, run: MatchRun, answer: Answer) -> None:
    session.flush()  # past the session: what the rows lean on must be there
    owner = {"match_run_id": run.id.hex, "organisation_id": run.organisation_id.hex}
    now = instant_text(utc_now())
    times = {"created_at": now, "updated_at": now}
    insert_rows(session, Proposal, [row | owner | times for row in answer.proposals])
    insert_rows(session, UnfilledSlot, [row | owner for row in answer.unfilled])


def _refuse_deleted(session: Session, actor: Actor, given: engine.Given) -> None:
    """Not all that were read stand in rows of the answer, where a foreign key would hold them."""
    for model, rows in ((Candidate, given.candidates), (Slot, given.slots)):
        now = read_columns(session, model, select_visible(model, actor), ["id"])["id"].ids()
        if not set(now.tolist()).issuperset(rows.id.tolist()):
            raise Conflict(
                "changed-meanwhile",
                "A candidate or slot was deleted while the run was at work. Nothing was stored; "
                "start it again.",
            )


def _supersede(session: Session, actor: Actor, given: engine.Given) -> list[str]:
    """The open proposals of the slots that the run covers give way; their ids."""
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
    """Those of the slots, given by digits; locked in the one order that all use."""
    columns = cast(col(Proposal.id), Text), cast(col(Proposal.slot_id), Text)
    query = select(*columns).where(*_is_open(actor)).order_by(col(Proposal.id))
    locked = session.connection().execute(query.with_for_update(key_share=True))
    return [row_id for row_id, slot_id in locked if digits_of(slot_id) in slots]


def _is_open(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Proposal.organisation_id) == actor.organisation_id,
        col(Proposal.status) == ProposalStatus.PROPOSED,
    )


def _run_row(actor: Actor, solved: SolvedRun) -> MatchRun:
    order, matching = solved.prepared.order, solved.matching
    return MatchRun(
        organisation_id=actor.organisation_id,
        status="completed",
        as_of=order.as_of,
        policy_id=solved.prepared.policy_id,
        contract_ids=order.contract_ids,
        pins=list(order.pins),
        forbidden=list(order.forbidden),
        input_hash=solved.snapshot.input_hash,
        objective=answers.objective_json(matching.objective),
        certificate=answers.certificate_json(matching.certificate),
        counts=answers.counts_json(matching.counts),
        duration_ms=solved.duration_ms,
    )


def _without_pairs(run: MatchRun) -> Json:
    """Who was pinned or forbidden stands in the run, which a person can leave; events are kept."""
    values = stored_values(run)
    return values | {"pins": len(run.pins), "forbidden": len(run.forbidden)}
