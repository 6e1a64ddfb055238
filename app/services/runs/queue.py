"""Runs in the background: callers order them, one worker claims each, and lost ones are put back.

Workers find a queued run by its job on PostgreSQL, and by its row on SQLite.
"""

from dataclasses import dataclass
from uuid import UUID

from procrastinate import App, SyncPsycopgConnector
from sqlmodel import Session, col, func, select

from app.clock import utc_now
from app.models.candidates import Candidate
from app.models.keys import Key
from app.models.match_runs import Failure, MatchRun, MatchRunStatus, MatchRunWork, Phase
from app.models.roles import Role
from app.models.slots import Slot
from app.services.ground import Actor, record
from app.services.runs.match_runs import without_pairs
from app.services.runs.orders import RunOrder, check_order, order_values
from app.services.runs.states import is_unfinished, move_run

TASK = "do-match-run"
QUEUE = "match-runs"

# The connector is never opened: a job is deferred on the session's own connection.
_jobs = App(connector=SyncPsycopgConnector())
MOST_ATTEMPTS = 3
# The share of a run that is done when a phase begins, measured with 10 000 candidates.
SHARES = {Phase.WAITING: 0.0, Phase.READING: 0.05, Phase.SOLVING: 0.5, Phase.STORING: 0.8}


@dataclass(frozen=True)
class Claim:
    """One attempt of one worker at one run, with its order."""

    match_run_id: UUID
    attempt: int
    actor: Actor
    order: RunOrder


class ClaimLost(Exception):
    """The run was cancelled or is another worker's now: this worker must store nothing."""


def count_rows_to_match(session: Session, actor: Actor) -> int:
    """The organisation's candidates and slots: the time of a run grows with their number."""
    return sum(
        session.exec(
            select(func.count()).where(model.organisation_id == actor.organisation_id)
        ).one()
        for model in (Candidate, Slot)
    )


def order_run(session: Session, actor: Actor, order: RunOrder) -> MatchRun:
    """Queues a run for a worker, which reads the run's input when its turn comes."""
    policy, _ = check_order(session, actor, order)
    run = MatchRun(
        organisation_id=actor.organisation_id,
        status=MatchRunStatus.QUEUED,
        **order_values(order, policy.id),
    )
    session.add(run)
    session.flush()
    session.add(MatchRunWork(match_run_id=run.id, key_id=actor.key_id, caseworker=actor.caseworker))
    record(session, actor, "created", run, after=without_pairs(run))
    _enqueue(session, run.organisation_id, run.id)
    session.flush()
    return run


def progress_of(session: Session, run: MatchRun) -> MatchRunWork | None:
    """The phase and share of a run; None where it is over."""
    return session.get(MatchRunWork, run.id) if is_unfinished(run) else None


def oldest_queued(session: Session) -> UUID | None:
    """The oldest queued run of all organisations, for a worker without a queue."""
    query = select(MatchRun.id).where(MatchRun.status == MatchRunStatus.QUEUED)
    return session.exec(query.order_by(col(MatchRun.created_at), col(MatchRun.id)).limit(1)).first()


def claim_run(session: Session, match_run_id: UUID, worker: str) -> Claim | None:
    """Claims the run for this worker; None when it no longer waits."""
    run, work = _locked(session, match_run_id)
    if run.status != MatchRunStatus.QUEUED:
        return None
    actor = _orderer(session, run, work)
    move_run(session, actor, run, MatchRunStatus.RUNNING)
    work.attempt += 1
    work.worker, work.claimed_at = worker, utc_now()
    session.flush()
    order = RunOrder(run.as_of, run.policy_id, run.contract_ids, run.pins, run.forbidden)
    return Claim(run.id, work.attempt, actor, order)


def note_phase(session: Session, claim: Claim, phase: Phase) -> None:
    claimed_run(session, claim)
    work = session.get_one(MatchRunWork, claim.match_run_id)
    work.phase, work.share = phase, SHARES[phase]
    session.flush()


def claimed_run(session: Session, claim: Claim) -> MatchRun:
    """The run, locked; ClaimLost where this attempt is no longer the one at work on it."""
    run, work = _locked(session, claim.match_run_id)
    if run.status != MatchRunStatus.RUNNING or work.attempt != claim.attempt:
        raise ClaimLost
    return run


def fail_run(session: Session, claim: Claim, code: Failure, detail: str) -> None:
    _fail(session, claim.actor, claimed_run(session, claim), code, detail)


def put_back(session: Session, claim: Claim, code: Failure, detail: str) -> None:
    """Queues the run again, from the start; after the last attempt it fails with the reason."""
    _put_back(session, claimed_run(session, claim), code, detail)


def put_back_lost(session: Session, match_run_id: UUID, attempt: int) -> None:
    """Does the same for a worker that died; does nothing where the run has gone on since."""
    run, work = _locked(session, match_run_id)
    if run.status == MatchRunStatus.RUNNING and work.attempt == attempt:
        detail = f"The process at work on it ended, {MOST_ATTEMPTS} times. Its log may say why."
        _put_back(session, run, Failure.WORKER_LOST, detail)
    elif run.status == MatchRunStatus.QUEUED and work.attempt == attempt:
        _enqueue(session, run.organisation_id, run.id)


def unfinished_runs(session: Session, *statuses: MatchRunStatus) -> dict[UUID, int]:
    """The unfinished runs of all organisations, with the number of the newest attempt."""
    query = (
        select(MatchRun.id, MatchRunWork.attempt)
        .join(MatchRunWork, col(MatchRunWork.match_run_id) == MatchRun.id)
        .where(col(MatchRun.status).in_(statuses))
        .order_by(col(MatchRun.created_at), col(MatchRun.id))
    )
    return dict(session.exec(query).all())


def _put_back(session: Session, run: MatchRun, code: Failure, detail: str) -> None:
    work = session.get_one(MatchRunWork, run.id)
    actor = _orderer(session, run, work)
    if work.attempt >= MOST_ATTEMPTS:
        _fail(session, actor, run, code, detail)
        return
    move_run(session, actor, run, MatchRunStatus.QUEUED)
    work.phase, work.share = Phase.WAITING, SHARES[Phase.WAITING]
    _enqueue(session, run.organisation_id, run.id)
    session.flush()


def _fail(session: Session, actor: Actor, run: MatchRun, code: Failure, detail: str) -> None:
    run.failure = {"code": code, "detail": detail}
    move_run(session, actor, run, MatchRunStatus.FAILED, failure=run.failure)


def _locked(session: Session, match_run_id: UUID) -> tuple[MatchRun, MatchRunWork]:
    query = (
        select(MatchRun, MatchRunWork)
        .join(MatchRunWork, col(MatchRunWork.match_run_id) == MatchRun.id)
        .where(MatchRun.id == match_run_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    run, work = session.exec(query).one()
    return run, work


def _orderer(session: Session, run: MatchRun, work: MatchRunWork) -> Actor:
    """The actor who ordered the run; all that a worker does for it is done in that actor's name."""
    key = session.get_one(Key, work.key_id)
    return Actor(run.organisation_id, key.id, Role(key.role), work.caseworker)


def _enqueue(session: Session, organisation_id: UUID, match_run_id: UUID) -> None:
    """Adds the job in the session's own transaction, so that run and job are stored together.

    An organisation's jobs are done one at a time, in the order in which they were ordered, so that
    the run ordered later supersedes the earlier one.
    """
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        task = _jobs.configure_task(
            TASK,
            queue=QUEUE,
            lock=str(organisation_id),
            connection=connection.connection.driver_connection,
        )
        task.defer(match_run_id=str(match_run_id))
