"""The service on SQLite and its one child, with real processes and a real kill -9."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sqlmodel import select

from app.background.supervisor import COMMAND, Supervisor
from app.db import Database
from app.models.match_runs import MatchRun, MatchRunStatus, MatchRunWork, UnmatchedCandidates
from app.models.proposals import Proposal
from app.services.ground.permissions import Actor
from app.services.runs.orders import RunOrder
from app.services.runs.queue import MOST_ATTEMPTS, order_run
from app.services.runs.states import cancel_run
from tests.background.market import make_market
from tests.background.processes import client_of, eventually, served
from tests.make import make_shown_key

ORDER = RunOrder(date(2018, 2, 1), None, None, (), ())
# A child that claims a run and never finishes it; like the real one, it ends with its parent.
STUCK = """
import os, sqlite3, sys
rows = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=10)
rows.execute("BEGIN IMMEDIATE")
queued = "SELECT id FROM match_runs WHERE status = 'queued' ORDER BY created_at LIMIT 1"
(run,) = rows.execute(queued).fetchone()
rows.execute("UPDATE match_runs SET status = 'running' WHERE id = ?", (run,))
claim = "SET attempt = attempt + 1, worker = ? WHERE match_run_id = ?"
rows.execute("UPDATE match_run_works " + claim, (os.getpid(), run))
rows.execute("COMMIT")
sys.stdin.read()
"""
# Computes for hours in the middle of storing, with the proposals written and not committed.
HOURS = """
CREATE TRIGGER hours AFTER INSERT ON unfilled_slots BEGIN
    SELECT (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1e12)
        SELECT COUNT(*) FROM n);
END
"""


@pytest.fixture(params=["sqlite"])
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Only on SQLite is there a child."""
    copy = tmp_path / "handslag.db"
    copy.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{copy}"


@pytest.fixture
def actor(database: Database) -> Actor:
    with database.writing() as session:
        return make_market(session)


def ordered(database: Database, actor: Actor) -> UUID:
    with database.writing() as session:
        return order_run(session, actor, ORDER).id


def status_of(database: Database, match_run_id: UUID) -> str:
    with database.reading() as session:
        return session.get_one(MatchRun, match_run_id).status


def work_of(database: Database, match_run_id: UUID) -> MatchRunWork:
    with database.reading() as session:
        return session.get_one(MatchRunWork, match_run_id)


class TestSupervisor:
    """The child gets stuck, so that the tests have time to act on it."""

    @pytest.fixture
    def supervisor(self, database: Database, database_url: str) -> Iterator[Supervisor]:
        path = database_url.removeprefix("sqlite:///")
        supervisor = Supervisor(database, {}, (sys.executable, "-c", STUCK, path))
        yield supervisor
        supervisor.stop()

    def at_work(self, database: Database, match_run_id: UUID, attempt: int = 1) -> int:
        """Waits until a process has claimed the run, and returns its id."""

        def look() -> int | None:
            work = work_of(database, match_run_id)
            is_running = status_of(database, match_run_id) == MatchRunStatus.RUNNING
            return int(work.worker or 0) if is_running and work.attempt == attempt else None

        return eventually(look) or 0

    def test_child_that_is_killed_leaves_the_run_to_the_next(
        self, database: Database, actor: Actor, supervisor: Supervisor
    ) -> None:
        match_run_id = ordered(database, actor)
        supervisor.wake()
        for attempt in range(1, MOST_ATTEMPTS + 1):
            os.kill(self.at_work(database, match_run_id, attempt), signal.SIGKILL)
        eventually(lambda: status_of(database, match_run_id) == MatchRunStatus.FAILED)
        with database.reading() as session:
            failure = session.get_one(MatchRun, match_run_id).failure
        assert failure is not None
        assert failure["code"] == "worker-lost"

    def test_cancelled_run_frees_the_child_for_the_next(
        self, database: Database, actor: Actor, supervisor: Supervisor
    ) -> None:
        first, second = ordered(database, actor), ordered(database, actor)
        supervisor.wake()
        process = self.at_work(database, first)
        with database.writing() as session:
            cancel_run(session, actor, session.get_one(MatchRun, first))
        supervisor.break_off()
        assert self.at_work(database, second) != process
        assert status_of(database, first) == MatchRunStatus.CANCELLED

    def test_one_run_at_a_time(
        self, database: Database, actor: Actor, supervisor: Supervisor
    ) -> None:
        first, second = ordered(database, actor), ordered(database, actor)
        supervisor.wake()
        supervisor.wake()
        self.at_work(database, first)
        supervisor.wake()
        assert status_of(database, second) == MatchRunStatus.QUEUED

    def test_end_of_the_service_is_the_end_of_the_child(
        self, database: Database, actor: Actor, supervisor: Supervisor
    ) -> None:
        match_run_id = ordered(database, actor)
        supervisor.wake()
        process = self.at_work(database, match_run_id)
        supervisor.stop()
        assert not is_alive(process)
        assert status_of(database, match_run_id) == MatchRunStatus.QUEUED
        supervisor.wake()  # comes too late and does no harm
        assert work_of(database, match_run_id).attempt == 1

    def test_nothing_to_do_starts_nothing(
        self, database: Database, actor: Actor, supervisor: Supervisor
    ) -> None:
        supervisor.start()
        assert supervisor.process is None


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_child_that_has_done_its_work_ends_well_beside_a_parent_that_lives(
    database: Database, database_url: str, actor: Actor
) -> None:
    match_run_id = ordered(database, actor)
    child = subprocess.Popen(
        COMMAND,
        env=os.environ | {"HANDSLAG_DATABASE_URL": database_url},
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert (child.wait(60), status_of(database, match_run_id)) == (0, MatchRunStatus.COMPLETED)
    _, told = child.communicate()
    assert b"Fatal" not in told, told


class TestService:
    def test_killed_in_the_middle_of_storing(
        self, database: Database, database_url: str, actor: Actor
    ) -> None:
        """Nothing half done is stored, the child ends too, and the next start does the run."""
        path = database_url.removeprefix("sqlite:///")
        with database.writing() as session:
            key = make_shown_key(session, actor.organisation_id)
        outside(path, HOURS)
        with served(database_url) as (process, address), client_of(address, key) as client:
            answer = client.post("/match-runs", json={"asOf": "2018-02-01"})
            assert answer.status_code == 202
            run = UUID(answer.json()["id"])
            eventually(lambda: work_of(database, run).phase == "storing" and is_locked(path))
            shown = client.get(f"/match-runs/{run}").json()
            assert (shown["status"], shown["progress"]["phase"]) == ("running", "storing")
            child = int((work_of(database, run).worker or "").rpartition(":")[2])
            process.kill()
        eventually(lambda: not is_alive(child))
        assert status_of(database, run) == MatchRunStatus.RUNNING
        assert rows_of(database, run) == (0, 0)
        outside(path, "DROP TRIGGER hours")
        following = Supervisor(database, {"HANDSLAG_DATABASE_URL": database_url}, COMMAND)
        following.start()
        eventually(lambda: status_of(database, run) == MatchRunStatus.COMPLETED)
        following.stop()
        assert work_of(database, run).attempt == 2
        assert rows_of(database, run) == (1, 1)


def outside(path: str, statement: str) -> None:
    """Runs a statement on the file without the service."""
    with sqlite3.connect(path, timeout=10) as rows:
        rows.execute(statement)
    rows.close()


def is_locked(path: str) -> bool:
    """Whether another connection holds the write lock."""
    rows = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        rows.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return True
    finally:
        rows.close()
    return False


def rows_of(database: Database, run: UUID) -> tuple[int, int]:
    """How many proposals and lists of unmatched candidates the run has."""
    with database.reading() as session:
        proposals = select(Proposal).where(Proposal.match_run_id == run)
        left = select(UnmatchedCandidates).where(UnmatchedCandidates.match_run_id == run)
        return len(session.exec(proposals).all()), len(session.exec(left).all())
