"""A solved run as rows: the run, its input, its whole answer and one event, in one transaction."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlmodel import Session, SQLModel, col, select, update

from app import matching as engine
from app.clock import utc_now
from app.errors import Conflict
from app.models.candidates import Candidate
from app.models.match_runs import MatchRun, UnfilledSlot, UnmatchedCandidate
from app.models.organisations import Organisation
from app.models.proposals import Proposal, ProposalStatus
from app.models.rows import stored_values
from app.models.slots import Slot
from app.services import match_run_answers as answers
from app.services.match_runs import SolvedRun
from app.services.permissions import Actor
from app.services.records import record
from app.services.snapshots import add_snapshot

Json = dict[str, Any]
ROWS_AT_ONCE = 500  # parameters of one statement; databases have a limit


def store_run(session: Session, actor: Actor, solved: SolvedRun) -> MatchRun:
    """The run, its input and its whole answer; open proposals for the same slots give way."""
    # The organisation's row is the lock: of two runs at once, one supersedes the other.
    owner = select(Organisation).where(Organisation.id == actor.organisation_id)
    session.exec(owner.with_for_update(key_share=True)).one()
    _refuse_deleted(session, actor, solved.prepared.given)
    run = _run_row(actor, solved)
    superseded = _supersede(session, actor, solved.prepared.given)
    session.add(run)
    session.flush()
    add_snapshot(session, run, solved.snapshot)
    _insert(session, Proposal, _proposal_rows(run, solved.matching))
    _insert(session, UnmatchedCandidate, _unmatched_rows(run, solved.matching))
    _insert(session, UnfilledSlot, _unfilled_rows(run, solved.matching))
    proposed = {"proposals": len(solved.matching.proposals), "superseded": superseded}
    record(session, actor, "created", run, after=_without_pairs(run) | proposed)
    return run


def _refuse_deleted(session: Session, actor: Actor, given: engine.Given) -> None:
    """Rows in the answer are held by foreign keys; this also sees those that are in none."""
    for model, rows in ((Candidate, given.candidates), (Slot, given.slots)):
        own = select(model.id).where(model.organisation_id == actor.organisation_id)
        now = {str(row_id) for row_id in session.exec(own)}
        if not now.issuperset(rows.id.tolist()):
            raise Conflict(
                "changed-meanwhile",
                "A candidate or slot was deleted while the run was at work. Nothing was stored; "
                "start it again.",
            )


def _supersede(session: Session, actor: Actor, given: engine.Given) -> list[str]:
    slots = {UUID(slot_id) for slot_id in given.slots.id.tolist()}
    query = (
        select(Proposal.id, Proposal.slot_id)
        .where(
            Proposal.organisation_id == actor.organisation_id,
            Proposal.status == ProposalStatus.PROPOSED,
        )
        .order_by(col(Proposal.id))
        .with_for_update(key_share=True)
    )
    now = utc_now()
    gone = [row_id for row_id, slot_id in session.exec(query) if slot_id in slots]
    changes = {"status": ProposalStatus.SUPERSEDED, "updated_at": now}
    for first in range(0, len(gone), ROWS_AT_ONCE):
        session.exec(
            update(Proposal)
            .where(col(Proposal.id).in_(gone[first : first + ROWS_AT_ONCE]))
            .values(version=Proposal.version + 1, **changes)
            .execution_options(synchronize_session=False)
        )
    return [str(row_id) for row_id in gone]


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


def _proposal_rows(run: MatchRun, matching: engine.ColumnMatching) -> list[Json]:
    return [
        answers.proposal_json(proposal)
        | {
            "id": uuid4(),
            "organisation_id": run.organisation_id,
            "version": 1,
            "created_at": run.created_at,
            "updated_at": run.created_at,
            "match_run_id": run.id,
            "position": position,
            "candidate_id": UUID(proposal.candidate_id),
            "slot_id": UUID(proposal.slot_id),
            "status": ProposalStatus.PROPOSED,
        }
        for position, proposal in enumerate(engine.records.proposals(matching))
    ]


def _unmatched_rows(run: MatchRun, matching: engine.ColumnMatching) -> list[Json]:
    return [
        {
            "match_run_id": run.id,
            "position": position,
            "organisation_id": run.organisation_id,
            "candidate_id": UUID(unmatched.candidate_id),
            "reasons": answers.unmatched_reasons_json(unmatched),
        }
        for position, unmatched in enumerate(engine.records.unmatched_candidates(matching))
    ]


def _unfilled_rows(run: MatchRun, matching: engine.ColumnMatching) -> list[Json]:
    return [
        {
            "match_run_id": run.id,
            "position": position,
            "organisation_id": run.organisation_id,
            "slot_id": UUID(unfilled.slot_id),
            "places_left": unfilled.places_left,
            "reasons": answers.unfilled_reasons_json(unfilled),
        }
        for position, unfilled in enumerate(engine.records.unfilled_slots(matching))
    ]


def _insert(session: Session, model: type[SQLModel], rows: list[Json]) -> None:
    if rows:
        session.execute(insert(model), rows)


def _without_pairs(run: MatchRun) -> Json:
    """Who was pinned or forbidden stands in the run, which a person can leave; events are kept."""
    values = stored_values(run)
    return values | {"pins": len(run.pins), "forbidden": len(run.forbidden)}
