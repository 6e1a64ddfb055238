"""One worker does a run once: claims, fences, attempts, and kill -9 at every moment."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event
from sqlmodel import Session, func, select
from structlog.testing import capture_logs

from app.background.runs import do_run
from app.db import Database
from app.models.candidates import Candidate
from app.models.events import Event
from app.models.match_runs import (
    Failure,
    MatchRun,
    MatchRunSnapshot,
    MatchRunStatus,
    MatchRunWork,
    Phase,
    UnfilledSlot,
    UnmatchedCandidates,
)
from app.models.proposals import Proposal, ProposalStatus
from app.services.ground.permissions import Actor
from app.services.runs.between import SolvedRun
from app.services.runs.orders import RunOrder
from app.services.runs.queue import (
    MOST_ATTEMPTS,
    Claim,
    ClaimLost,
    claim_run,
    note_phase,
    order_run,
    put_back,
    put_back_lost,
)
from app.services.runs.solving import prepare_run, solve_run
from app.services.runs.storing import complete_run
from tests.background.market import make_market
from tests.sampling import TIMES

ORDER = RunOrder(date(2018, 2, 1), None, None, (), ())
PARTS: tuple[Any, ...] = (Proposal, UnfilledSlot, UnmatchedCandidates, MatchRunSnapshot)


@pytest.fixture
def actor(database: Database) -> Actor:
    with database.writing() as session:
        return make_market(session)


def ordered(database: Database, actor: Actor) -> UUID:
    with database.writing() as session:
        return order_run(session, actor, ORDER).id


def claimed(database: Database, match_run_id: UUID) -> Claim:
    with database.writing() as session:
        claim = claim_run(session, match_run_id, "tests")
    assert claim is not None
    return claim


def solved(database: Database, claim: Claim) -> SolvedRun:
    with database.reading() as session:
        return solve_run(prepare_run(session, claim.actor, claim.order))


def lose(database: Database, match_run_id: UUID, attempt: int) -> None:
    """Puts the run back as a service or worker does that finds it left by a dead one."""
    with database.writing() as session:
        put_back_lost(session, match_run_id, attempt)


def read(database: Database, match_run_id: UUID) -> MatchRun:
    with database.reading() as session:
        return session.get_one(MatchRun, match_run_id)


def attempts_at(database: Database, match_run_id: UUID) -> int:
    with database.reading() as session:
        return session.get_one(MatchRunWork, match_run_id).attempt


def parts_of(database: Database, match_run_id: UUID) -> list[int]:
    """How many rows of each part the run has."""

    def counted(session: Session, part: Any) -> int:
        query = select(func.count()).where(part.match_run_id == match_run_id)
        return session.exec(query).one()

    with database.reading() as session:
        return [counted(session, part) for part in PARTS]


def proposed(database: Database) -> set[UUID]:
    """The runs that have open proposals."""
    query = select(Proposal.match_run_id).where(Proposal.status == ProposalStatus.PROPOSED)
    with database.reading() as session:
        return set(session.exec(query))


def actions(database: Database, match_run_id: UUID) -> list[str]:
    query = select(Event).where(Event.resource_id == match_run_id)
    with database.reading() as session:
        return [event.action for event in sorted(session.exec(query), key=lambda one: one.at)]


def url_of(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


def delete_one_candidate(database: Database) -> UUID:
    with database.writing() as session:
        candidate = session.exec(select(Candidate).limit(1)).one()
        session.delete(candidate)
        return candidate.id


WHOLE = [1, 1, 1, 1]  # of an organisation's small market


class TestClaim:
    def test_of_many_workers_one_gets_it(self, database: Database, actor: Actor) -> None:
        match_run_id = ordered(database, actor)

        def claim(number: int) -> Claim | None:
            with database.writing() as session:
                return claim_run(session, match_run_id, f"worker {number}")

        with ThreadPoolExecutor(8) as workers:
            claims = list(workers.map(claim, range(8)))
        assert len([one for one in claims if one]) == 1
        assert attempts_at(database, match_run_id) == 1

    def test_says_who_and_when(self, database: Database, actor: Actor) -> None:
        match_run_id = ordered(database, actor)
        claimed(database, match_run_id)
        with database.reading() as session:
            work = session.get_one(MatchRunWork, match_run_id)
        assert (work.worker, work.claimed_at is not None) == ("tests", True)

    def test_is_done_in_the_name_of_who_ordered(self, database: Database, actor: Actor) -> None:
        assert claimed(database, ordered(database, actor)).actor == actor


class TestFence:
    """A worker that counted as dead, but lives, can change nothing any more."""

    def test_cannot_store(self, database: Database, actor: Actor) -> None:
        match_run_id = ordered(database, actor)
        late = claimed(database, match_run_id)
        answer = solved(database, late)
        lose(database, match_run_id, late.attempt)
        newer = claimed(database, match_run_id)
        with pytest.raises(ClaimLost), database.writing() as session:
            complete_run(session, late, answer)
        assert parts_of(database, match_run_id) == [0, 0, 0, 0]
        with database.writing() as session:
            complete_run(session, newer, answer)
        assert parts_of(database, match_run_id) == WHOLE
        assert read(database, match_run_id).status == MatchRunStatus.COMPLETED

    def test_cannot_tell_of_progress_nor_give_it_back(
        self, database: Database, actor: Actor
    ) -> None:
        match_run_id = ordered(database, actor)
        late = claimed(database, match_run_id)
        lose(database, match_run_id, late.attempt)
        with pytest.raises(ClaimLost), database.writing() as session:
            note_phase(session, late, Phase.SOLVING)
        with pytest.raises(ClaimLost), database.writing() as session:
            put_back(session, late, Failure.BUSY, "")

    def test_who_finds_it_late_leaves_the_newer_attempt(
        self, database: Database, actor: Actor
    ) -> None:
        match_run_id = ordered(database, actor)
        first = claimed(database, match_run_id)
        lose(database, match_run_id, first.attempt)
        claimed(database, match_run_id)
        lose(database, match_run_id, first.attempt)
        assert read(database, match_run_id).status == MatchRunStatus.RUNNING


class TestAttempts:
    def test_last_loss_fails_with_a_reason(self, database: Database, actor: Actor) -> None:
        match_run_id = ordered(database, actor)
        for number in range(1, MOST_ATTEMPTS + 1):
            assert read(database, match_run_id).status == MatchRunStatus.QUEUED
            assert claimed(database, match_run_id).attempt == number
            lose(database, match_run_id, number)
        run = read(database, match_run_id)
        assert run.status == MatchRunStatus.FAILED
        assert run.failure is not None
        assert run.failure["code"] == "worker-lost"
        assert actions(database, match_run_id) == ["created", "failed"]

    def test_deleted_meanwhile_is_read_anew(self, database: Database, actor: Actor) -> None:
        """A person is deleted between reading and storing."""
        match_run_id = ordered(database, actor)
        gone: list[UUID] = []

        def leave(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            if "proposals" in statement and "FROM proposals" in statement and not gone:
                gone.append(delete_one_candidate(database))

        database_at_work = Database(url_of(database))
        event.listen(database_at_work.engine, "before_cursor_execute", leave)
        with capture_logs():
            do_run(database_at_work, match_run_id)
        database_at_work.dispose()
        assert read(database, match_run_id).status == MatchRunStatus.QUEUED
        assert parts_of(database, match_run_id) == [0, 0, 0, 0]
        do_run(database, match_run_id)
        assert parts_of(database, match_run_id) == WHOLE

    def test_what_never_goes_well_fails_at_last(self, database: Database, actor: Actor) -> None:
        match_run_id = ordered(database, actor)

        def break_off(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            if statement.startswith("INSERT INTO unfilled_slots"):
                raise RuntimeError("for this test")

        database_at_work = Database(url_of(database))
        event.listen(database_at_work.engine, "before_cursor_execute", break_off)
        with capture_logs() as log:
            for number in range(1, MOST_ATTEMPTS + 1):
                assert read(database, match_run_id).status == MatchRunStatus.QUEUED
                do_run(database_at_work, match_run_id)
                assert attempts_at(database, match_run_id) == number
                assert parts_of(database, match_run_id) == [0, 0, 0, 0]
        database_at_work.dispose()
        assert [line["log_level"] for line in log].count("error") == MOST_ATTEMPTS
        run = read(database, match_run_id)
        assert run.failure is not None
        assert (run.failure["code"], "for this test" in run.failure["detail"]) == ("fault", False)


class TestStop:
    """kill -9 before every statement and every commit of a run, one after the other; every fifth
    in `make test`."""

    @pytest.fixture
    def killer(self, database: Database) -> Iterator["subprocess.Popen[str]"]:
        command = [sys.executable, "-m", "tests.background.moments", url_of(database)]
        plain = os.environ | {"MATCHING_WITHOUT_NUMBA": "1"}  # each copy would load numba
        with subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=plain,
            text=True,
        ) as process:
            yield process

    @pytest.mark.sampled
    def test_at_any_moment(
        self, database: Database, actor: Actor, killer: "subprocess.Popen[str]"
    ) -> None:
        earlier = ordered(database, actor)
        assert done_until(killer, earlier, 0) == 0
        moment, code = 0, -9
        while code == -9:
            moment += 1 if TIMES > 1 else 5
            match_run_id = ordered(database, actor)
            code = done_until(killer, match_run_id, moment)
            run, attempt = read(database, match_run_id), attempts_at(database, match_run_id)
            if run.status != MatchRunStatus.COMPLETED:
                assert run.status in {MatchRunStatus.QUEUED, MatchRunStatus.RUNNING}, moment
                assert parts_of(database, match_run_id) == [0, 0, 0, 0], moment
                assert proposed(database) == {earlier}, moment
            lose(database, match_run_id, attempt)
            do_run(database, match_run_id)
            assert parts_of(database, match_run_id) == WHOLE, moment
            assert proposed(database) == {match_run_id}, moment
            assert actions(database, match_run_id) == ["created", "completed"], moment
            earlier = match_run_id
        assert (code, moment > 30) == (0, True)


def done_until(killer: "subprocess.Popen[str]", match_run_id: UUID, moment: int) -> int:
    assert killer.stdin is not None
    assert killer.stdout is not None
    killer.stdin.write(f"{match_run_id} {moment}\n")
    killer.stdin.flush()
    return int(killer.stdout.readline())
