"""A person is deleted from every run, also from one whose snapshot this code cannot read."""

import zlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select
from structlog.testing import capture_logs

from app import matching as engine
from app.db import Database
from app.errors import Conflict
from app.matching.stored.named_arrays import from_bytes, to_bytes
from app.models.candidates import Candidate
from app.models.match_runs import MatchRun, MatchRunSnapshot, UnmatchedCandidates
from app.services.engine.snapshots import read_given
from app.services.ground.permissions import Actor
from app.services.runs.forgetting import forget_in_runs, inputs_without
from app.services.runs.proposals import read_unmatched
from app.services.runs.solving import prepare_run, solve_run
from app.services.runs.storing import store_run
from tests.make import make_candidate, make_slot
from tests.services.runs.test_match_runs import ORDER

Damage = Callable[[bytes], bytes]


def of_a_later_release(content: bytes) -> bytes:
    terms, arrays = from_bytes(zlib.decompress(content))
    return zlib.compress(to_bytes(terms | {"version": 99}, arrays.items()))


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def something_else(_: bytes) -> bytes:
    return zlib.compress(b"not what was packed")


DAMAGES = pytest.mark.parametrize("damage", [of_a_later_release, half, something_else])


def stored_run(database: Database, actor: Actor) -> MatchRun:
    """A stored run of two people and one place."""
    with database.writing() as session:
        make_slot(session, actor, places=1)
        for _ in range(2):
            make_candidate(session, actor)
    with database.reading() as session:
        solved = solve_run(prepare_run(session, actor, ORDER))
    with database.writing() as session:
        return store_run(session, actor, solved)


def spoil(session: Session, model: Any, run: MatchRun, damage: Damage) -> None:
    kept = session.get_one(model, run.id)
    kept.content = damage(kept.content)
    session.flush()


def forget_first(database: Database, actor: Actor) -> str:
    """Deletes the first candidate and returns their id."""
    with database.reading() as session:
        person = session.exec(select(Candidate).order_by(col(Candidate.id))).all()[0]
        left = inputs_without(session, actor, person)
    with database.writing() as session:
        forget_in_runs(session, actor, person, left)
        session.delete(session.get_one(Candidate, person.id))
    return str(person.id)


class TestUnreadableSnapshot:
    @DAMAGES
    def test_goes_as_a_whole(self, database: Database, actor: Actor, damage: Damage) -> None:
        run = stored_run(database, actor)
        with database.writing() as session:
            spoil(session, MatchRunSnapshot, run, damage)
        forget_first(database, actor)
        with database.reading() as session:
            assert session.exec(select(MatchRunSnapshot)).all() == []
            assert session.exec(select(UnmatchedCandidates)).all() == []
            kept = session.get_one(MatchRun, run.id)
            assert (kept.redacted, kept.input_hash) == (True, run.input_hash)
            for read in (read_given, read_unmatched):
                with pytest.raises(Conflict) as refused:
                    read(session, kept)
                assert refused.value.code == "redacted"

    @DAMAGES
    def test_list_alone_goes_alone(self, database: Database, actor: Actor, damage: Damage) -> None:
        run = stored_run(database, actor)
        with database.writing() as session:
            spoil(session, UnmatchedCandidates, run, damage)
        with capture_logs() as log:
            gone = forget_first(database, actor)
        assert [line["event"] for line in log] == ["unreadable unmatched candidates deleted"]
        with database.reading() as session:
            kept = session.get_one(MatchRun, run.id)
            assert kept.redacted
            assert len(read_given(session, kept).candidates) == 1
            assert gone not in read_given(session, kept).candidates.id.tolist()
            with pytest.raises(Conflict) as refused:
                read_unmatched(session, kept)
            assert refused.value.code == "redacted"


class TestRunsOfAnyTime:
    @pytest.mark.parametrize("days", [-400, -2, 2, 400])
    def test_person_leaves_whatever_the_clocks_said(
        self, database: Database, actor: Actor, days: int
    ) -> None:
        """The machine that registered the person was so many days ahead of the run's."""
        run = stored_run(database, actor)
        with database.writing() as session:
            stored = session.get_one(MatchRun, run.id)
            for person in session.exec(select(Candidate)):
                person.created_at = person.updated_at = stored.updated_at + timedelta(days)
        gone = forget_first(database, actor)
        with database.reading() as session:
            kept = session.get_one(MatchRun, run.id)
            assert kept.redacted
            assert gone not in read_given(session, kept).candidates.id.tolist()

    def test_run_without_the_person_stays_as_it_is(self, database: Database, actor: Actor) -> None:
        run = stored_run(database, actor)
        with database.writing() as session:
            late = make_candidate(session, actor)
            content = session.get_one(MatchRunSnapshot, run.id).content
            forget_in_runs(session, actor, late, {})
            kept = session.get_one(MatchRun, run.id)
            assert (kept.redacted, kept.version) == (False, run.version)
            assert session.get_one(MatchRunSnapshot, run.id).content == content


class TestListFromBeforeItWasKeptAsColumns:
    """Migration 0004 left such lists behind."""

    def without_list(self, database: Database, actor: Actor) -> MatchRun:
        run = stored_run(database, actor)
        with database.writing() as session:
            session.delete(session.get_one(UnmatchedCandidates, run.id))
        return run

    def test_is_told_anew(self, database: Database, actor: Actor) -> None:
        run = stored_run(database, actor)
        with database.writing() as session:
            kept = read_unmatched(session, run)
            session.delete(session.get_one(UnmatchedCandidates, run.id))
            session.flush()
            anew = read_unmatched(session, run)
        assert len(kept) == 1
        assert engine.pack_unmatched(anew) == engine.pack_unmatched(kept)

    def test_is_not_told_of_fewer_people(self, database: Database, actor: Actor) -> None:
        run = self.without_list(database, actor)
        forget_first(database, actor)
        with database.reading() as session:
            kept = session.get_one(MatchRun, run.id)
            assert len(read_given(session, kept).candidates) == 1
            with pytest.raises(Conflict) as refused:
                read_unmatched(session, kept)
            assert refused.value.code == "redacted"
