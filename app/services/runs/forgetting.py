"""Deletes a person from the register, from every run, and from answers kept for repeats.

docs/decisions/0005-forgetting-a-person.md says what must be gone and what may stay.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.models.candidates import Candidate
from app.models.decisions import Decision
from app.models.idempotency import IdempotencyRecord
from app.models.keys import Key
from app.models.match_runs import MatchRun
from app.models.placements import Placement
from app.models.proposals import Proposal
from app.services.engine.snapshots import Remains, replace_snapshot, snapshot_without
from app.services.ground import Actor, forget_values, record, refuse_if_used, select_visible, touch
from app.services.registers.shared_references import leave_shared
from app.services.runs.match_runs import lock_runs

# By run: its version, and what is left of its snapshot; None where the person was not in it.
InputsLeft = Mapping[UUID, tuple[int, Remains | None]]


def prepare_deletion(session: Session, actor: Actor, candidate: Candidate) -> InputsLeft:
    """The slow part of a deletion, which only reads; it refuses what the deletion would refuse."""
    _refuse_used(session, actor, candidate)
    return inputs_without(session, actor, candidate)


def delete_candidate(
    session: Session, actor: Actor, candidate: Candidate, left: InputsLeft
) -> None:
    """Deletes the person from every table; events say only that somebody was deleted, and when."""
    _refuse_used(session, actor, candidate)
    forget_in_runs(session, actor, candidate, left)
    forget_values(session, actor, candidate.id)
    _forget_answers(session, actor, candidate.id)
    record(session, actor, "deleted", candidate)
    session.delete(candidate)
    session.flush()
    leave_shared(session, actor, candidate)


def inputs_without(session: Session, actor: Actor, candidate: Candidate) -> InputsLeft:
    """What is left of each run's input without the person. It is computed before the writing
    transaction, because every other write would wait for it, and it takes longer with each run."""
    return {
        run.id: (run.version, snapshot_without(session, run, candidate.id))
        for run in session.exec(select_visible(MatchRun, actor))
    }


def forget_in_runs(session: Session, actor: Actor, candidate: Candidate, left: InputsLeft) -> None:
    """Takes the person out of every run: answers, input and pairs. Such runs say `redacted`."""
    lock_runs(session, actor)  # no run is stored meanwhile that still has the person
    # All of them, whenever they were made: clocks differ, and an id does not.
    locked = select_visible(MatchRun, actor).with_for_update(key_share=True)
    for run in session.exec(locked).all():
        version, without = left.get(run.id, (0, None))
        if version != run.version:  # the run is new, or changed since `left` was read
            without = snapshot_without(session, run, candidate.id)
        if without is not None:
            replace_snapshot(session, run, without)
        pairs = (*run.pins, *run.forbidden)
        if without or any(pair.candidate_id == candidate.id for pair in pairs):
            run.pins = [pair for pair in run.pins if pair.candidate_id != candidate.id]
            run.forbidden = [pair for pair in run.forbidden if pair.candidate_id != candidate.id]
            run.redacted = True
            touch(run)
        session.flush()  # an unwritten snapshot would stay in memory
    session.exec(delete(Proposal).where(col(Proposal.candidate_id) == candidate.id))


def _refuse_used(session: Session, actor: Actor, candidate: Candidate) -> None:
    advice = "What is recorded stays. Withdraw agreedToBeProposed to leave the person out."
    refuse_if_used(session, "candidate", _users(actor, candidate), advice)


def _users(actor: Actor, candidate: Candidate) -> dict[str, SelectOfScalar[Any]]:
    proposals = select(Proposal.id).where(Proposal.candidate_id == candidate.id)
    return {
        "placements": select_visible(Placement, actor).where(
            col(Placement.candidate_id) == candidate.id
        ),
        "decisions": select_visible(Decision, actor).where(
            col(Decision.proposal_id).in_(proposals)
        ),
    }


def _forget_answers(session: Session, actor: Actor, candidate_id: UUID) -> None:
    """Deletes answers kept for repeats that name the person."""
    own_keys = select(Key.id).where(Key.organisation_id == actor.organisation_id)
    about = col(IdempotencyRecord.content).contains(str(candidate_id))
    session.execute(
        delete(IdempotencyRecord).where(col(IdempotencyRecord.key_id).in_(own_keys), about)
    )
