"""`handslag worker` does each run of PostgreSQL's queue exactly once, even if processes die."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from itertools import cycle
from uuid import UUID

import pytest
from sqlmodel import col, select, text

from app.background.worker import run_worker
from app.db import Database
from app.models.events import Event
from app.models.match_runs import MatchRun, MatchRunStatus, MatchRunWork
from app.models.proposals import Proposal
from app.services.ground.permissions import Actor
from app.services.runs.orders import RunOrder
from app.services.runs.queue import claim_run, order_run
from tests.background.market import make_market
from tests.background.processes import client_of, command, eventually, served
from tests.make import make_shown_key
from tests.postgresql import give_back_database, new_database

RUNS = 10
ORGANISATIONS = 4
ORDER = RunOrder(date(2018, 2, 1), None, None, (), ())
# Waits in the middle of storing, with the proposals written and not committed.
WAIT = """
CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN PERFORM pg_sleep(3600); RETURN NEW; END';
CREATE TRIGGER wait AFTER INSERT ON unfilled_slots EXECUTE FUNCTION wait();
"""
WAITING = """
SELECT COUNT(*) FROM pg_stat_activity
    WHERE wait_event = 'PgSleep' AND datname = current_database()
"""


@pytest.fixture
def database_url() -> Iterator[str]:
    """Only on PostgreSQL is there a queue."""
    url = new_database()
    yield url
    give_back_database(url)


@pytest.fixture
def actor(database: Database) -> Actor:
    with database.writing() as session:
        return make_market(session)


def ordered(database: Database, actor: Actor) -> UUID:
    with database.writing() as session:
        return order_run(session, actor, ORDER).id


def read(database: Database, match_run_id: UUID) -> tuple[MatchRun, MatchRunWork]:
    with database.reading() as session:
        run = session.get_one(MatchRun, match_run_id)
        return run, session.get_one(MatchRunWork, match_run_id)


def counted(database: Database, query: str) -> int:
    with database.reading() as session:
        return int(session.execute(text(query)).scalar_one())


def jobs(database: Database) -> int:
    return counted(
        database, "SELECT COUNT(*) FROM procrastinate_jobs WHERE task_name = 'do-match-run'"
    )


def execute(database: Database, statement: str) -> None:
    with database.writing() as session:
        session.execute(text(statement))


class TestQueue:
    def test_job_is_there_with_its_run(self, database: Database, actor: Actor) -> None:
        ordered(database, actor)
        assert jobs(database) == 1

    def test_no_run_no_job(self, database: Database, actor: Actor) -> None:
        """The job is added in the run's own transaction, and rolled back with it."""
        with database.writing() as session:
            order_run(session, actor, ORDER)
            session.rollback()
        assert jobs(database) == 0

    def test_once_does_what_waits_and_leaves_no_job(self, database: Database, actor: Actor) -> None:
        runs = [ordered(database, actor) for _ in range(3)]
        run_worker(database, once=True)
        done = [read(database, run) for run in runs]
        assert [run.status for run, _ in done] == [MatchRunStatus.COMPLETED] * 3
        assert [work.claimed_at for _, work in done] == sorted(
            work.claimed_at for _, work in done if work.claimed_at
        )
        assert jobs(database) == 0


class TestLostRuns:
    """Lost runs, which a worker looks for when it starts and every half minute."""

    def test_job_of_a_waiting_run_is_lost(self, database: Database, actor: Actor) -> None:
        run = ordered(database, actor)
        execute(database, "DELETE FROM procrastinate_jobs")
        run_worker(database, once=True)
        assert read(database, run)[0].status == MatchRunStatus.COMPLETED

    def test_job_of_a_run_at_work_is_lost(self, database: Database, actor: Actor) -> None:
        run = ordered(database, actor)
        with database.writing() as session:
            assert claim_run(session, run, "one that is gone")
        execute(database, "DELETE FROM procrastinate_jobs")
        run_worker(database, once=True)
        done, work = read(database, run)
        assert (done.status, work.attempt) == (MatchRunStatus.COMPLETED, 2)

    def test_job_of_a_cancelled_run(self, database: Database, actor: Actor) -> None:
        run = ordered(database, actor)
        execute(database, "UPDATE match_runs SET status = 'cancelled'")
        run_worker(database, once=True)
        assert (read(database, run)[0].status, jobs(database)) == (MatchRunStatus.CANCELLED, 0)

    def test_job_that_two_have_put_back(self, database: Database, actor: Actor) -> None:
        run = ordered(database, actor)
        execute(
            database,
            "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args)"
            " SELECT queue_name, task_name, lock, args FROM procrastinate_jobs",
        )
        run_worker(database, once=True)
        done, work = read(database, run)
        assert (done.status, work.attempt) == (MatchRunStatus.COMPLETED, 1)
        assert (completions(database, run), jobs(database)) == (1, 0)

    def test_worker_killed_in_the_middle_of_storing(
        self, database: Database, database_url: str, actor: Actor
    ) -> None:
        """Nothing half done is stored, and the next worker does the run."""
        run = ordered(database, actor)
        execute(database, WAIT)
        with command(database_url, "worker") as process:
            eventually(lambda: counted(database, WAITING))
            assert (read(database, run)[1].phase, proposals_of(database, run)) == ("storing", 0)
            process.kill()
        eventually(lambda: let_go(database))
        assert (read(database, run)[0].status, proposals_of(database, run)) == ("running", 0)
        execute(database, "DROP FUNCTION wait CASCADE")
        # Sets the heartbeat half a minute back instead of waiting.
        execute(
            database, "UPDATE procrastinate_workers SET last_heartbeat = NOW() - '1h'::interval"
        )
        run_worker(database, once=True)
        done, work = read(database, run)
        assert (done.status, work.attempt) == (MatchRunStatus.COMPLETED, 2)
        assert (completions(database, run), proposals_of(database, run)) == (1, 1)
        assert jobs(database) == 0


def let_go(database: Database) -> bool:
    """Ends waiting connections; PostgreSQL notices a dead client only when it next writes to it."""
    query = WAITING.replace("COUNT(*)", "pg_terminate_backend(pid)")
    execute(database, query)
    return counted(database, WAITING) == 0


def completions(database: Database, run: UUID) -> int:
    query = select(Event).where(Event.resource_id == run, Event.action == "completed")
    with database.reading() as session:
        return len(session.exec(query).all())


def proposals_of(database: Database, run: UUID) -> int:
    with database.reading() as session:
        return len(session.exec(select(Proposal).where(Proposal.match_run_id == run)).all())


class TestTogether:
    def test_two_servers_and_two_workers(self, database: Database, database_url: str) -> None:
        """Each of ten runs of four organisations is done once, and both workers take part."""
        keys = []
        with database.writing() as session:
            for _ in range(ORGANISATIONS):
                keys.append(make_shown_key(session, make_market(session).organisation_id))
        with ExitStack() as together:
            for _ in range(2):
                together.enter_context(command(database_url, "worker"))
            addresses = [together.enter_context(served(database_url))[1] for _ in range(2)]
            servers = [together.enter_context(client_of(address)) for address in addresses]
            eventually(lambda: counted(database, "SELECT COUNT(*) FROM procrastinate_workers") == 2)
            for number, server, key in zip(range(RUNS), cycle(servers), cycle(keys)):
                headers = {"Authorization": f"Bearer {key}"}
                answer = server.post("/match-runs", json={"asOf": "2018-02-01"}, headers=headers)
                assert answer.status_code == 202, number
            eventually(lambda: len(done(database)) == RUNS)
        runs = done(database)
        assert {work.attempt for work in runs} == {1}
        assert len({work.worker for work in runs}) == 2
        assert all(completions(database, work.match_run_id) == 1 for work in runs)
        assert all(proposals_of(database, work.match_run_id) == 1 for work in runs)


def done(database: Database) -> list[MatchRunWork]:
    query = (
        select(MatchRunWork)
        .join(MatchRun, col(MatchRun.id) == MatchRunWork.match_run_id)
        .where(MatchRun.status == MatchRunStatus.COMPLETED)
    )
    with database.reading() as session:
        return list(session.exec(query))
