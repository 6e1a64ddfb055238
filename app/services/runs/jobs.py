"""How workers hear of a queued run: by a job on PostgreSQL, by the row alone on SQLite."""

from uuid import UUID

from procrastinate import App, SyncPsycopgConnector
from sqlmodel import Session

TASK = "do-match-run"
QUEUE = "match-runs"

# Never opened: a job is deferred on the connection of the session that queues its run.
_jobs = App(connector=SyncPsycopgConnector())


def enqueue(session: Session, organisation_id: UUID, match_run_id: UUID) -> None:
    """In the session's own transaction: run and job are there together, or neither is.

    One job at a time for an organisation, in the order of ordering: of two runs the later one
    ordered must be the one that supersedes.
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
