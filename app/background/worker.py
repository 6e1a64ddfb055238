"""Does runs from PostgreSQL's queue, beside any number of other workers."""

import asyncio
from contextlib import suppress
from uuid import UUID

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import DeleteJobCondition, Status

from app.background.runs import do_run
from app.db import Database
from app.models.match_runs import MatchRunStatus
from app.services.runs.queue import QUEUE, TASK, put_back_lost, unfinished_runs

SECONDS_BETWEEN_HEARTBEATS = 10
SECONDS_WITHOUT_HEARTBEAT = 30  # after which a worker counts as dead
EVERY_HALF_MINUTE = "* * * * * */30"  # the sixth field is the second
SECONDS_BETWEEN_LOOKS = 1  # an idle worker is not notified when an organisation's turn comes
CONNECTIONS = 4  # for the queue, beside those of the database


def run_worker(database: Database, once: bool) -> None:
    """Does one run at a time until it is stopped or none waits; a stop lets the present run end."""
    asyncio.run(_work(database, once))


async def _work(database: Database, once: bool) -> None:
    queue = _queue_app(database)
    async with queue.open_async():
        await take_up_lost_runs(queue, database)
        await queue.run_worker_async(
            queues=[QUEUE],
            wait=not once,
            fetch_job_polling_interval=SECONDS_BETWEEN_LOOKS,
            # The run stores its outcome, so that a finished job is not needed any more.
            delete_jobs=DeleteJobCondition.ALWAYS,
            update_heartbeat_interval=SECONDS_BETWEEN_HEARTBEATS,
            stalled_worker_timeout=SECONDS_WITHOUT_HEARTBEAT,
        )


def _queue_app(database: Database) -> App:
    address = database.engine.url.set(drivername="postgresql")
    conninfo = address.render_as_string(hide_password=False)
    queue = App(connector=PsycopgConnector(conninfo=conninfo, min_size=1, max_size=CONNECTIONS))

    @queue.task(name=TASK, queue=QUEUE)
    def do_match_run(match_run_id: str) -> None:
        do_run(database, UUID(match_run_id))

    @queue.periodic(cron=EVERY_HALF_MINUTE)
    @queue.task(name="take-up-lost-runs", queue=QUEUE, queueing_lock="take-up-lost-runs")
    async def take_up(timestamp: int) -> None:
        await take_up_lost_runs(queue, database)

    return queue


async def take_up_lost_runs(queue: App, database: Database) -> None:
    """Queues every unfinished run again that has lost its worker or its job.

    Runs are read before jobs: run and job are stored together, so that each run read has its job.
    """
    runs = await asyncio.to_thread(_read_unfinished, database)
    jobs = await queue.job_manager.list_jobs_async(queue=QUEUE, task=TASK)
    stalled = await queue.job_manager.get_stalled_jobs(
        queue=QUEUE, seconds_since_heartbeat=SECONDS_WITHOUT_HEARTBEAT
    )
    dead = {job.id for job in stalled if job.id is not None}
    alive = {
        str(job.task_kwargs["match_run_id"])
        for job in jobs
        if job.status in {Status.TODO.value, Status.DOING.value} and job.id not in dead
    }
    for match_run_id, attempt in runs.items():
        if str(match_run_id) not in alive:
            await asyncio.to_thread(_put_back, database, match_run_id, attempt)
    for job_id in dead:
        with suppress(ConnectorException):  # another worker has finished it
            await queue.job_manager.finish_job_by_id_async(job_id, Status.FAILED, delete_job=True)


def _read_unfinished(database: Database) -> dict[UUID, int]:
    with database.reading() as session:
        return unfinished_runs(session, MatchRunStatus.QUEUED, MatchRunStatus.RUNNING)


def _put_back(database: Database, match_run_id: UUID, attempt: int) -> None:
    with database.writing() as session:
        put_back_lost(session, match_run_id, attempt)
