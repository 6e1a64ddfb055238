"""This code reads what every release stored, and can delete a person from all of it."""

import json
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlmodel import select
from starlette.testclient import TestClient

from app.db import Database
from app.main import create_state, give_state
from app.matching import verify
from app.models.match_runs import MatchRunSnapshot
from app.models.organisations import Organisation
from tests.callers import Caller
from tests.make import make_settings, make_shown_key
from tests.stored.reading import PROPOSALS, UNMATCHED, Answers, Json, read_everything
from tests.stored.releases import FILES, name_of, opened, unpack
from tests.stored.traces import everything_in, tables_in

MOST_BYTES = 300_000
REDACTED = "409 /problems/redacted"
TERMS = ("points", "criteria", "programme", "startDate", "endDate")
KINDS = ("sqlite", "postgresql")
CASES = [(file, kind) for file in FILES for kind in KINDS]
# What a deleted person takes from a run: its proof, and lists that would have to be solved again.
GONE, GONE_WITH_ROWS = ("proof",), ("proof", "unmatched-candidates", "reserves")
# This file stores unmatched people as rows, which migration 0004 drops.
WITH_ROWS = "5ba3c7c"
CASES_WITH_ROWS = [case for case in CASES if name_of(case[0]) == WITH_ROWS]


@dataclass(frozen=True)
class Release:
    """A stored file at the newest migration, with its first snapshots and answers."""

    name: str
    database: Database
    snapshots: dict[str, bytes]
    answers: Answers
    file: Path

    def asked(self, question: str) -> list[Any]:
        """Of the file as the release left it."""
        return asked(self.file, question)


@pytest.fixture(
    scope="module", params=CASES, ids=[f"{name_of(file)}-{kind}" for file, kind in CASES]
)
def release(
    request: pytest.FixtureRequest, app: FastAPI, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Release]:
    file, kind = request.param
    stored = unpack(file, tmp_path_factory.mktemp("stored"))
    with opened(unpack(file, tmp_path_factory.mktemp("migrated")), kind) as database:
        with database.reading() as session:
            kept = session.exec(select(MatchRunSnapshot)).all()
            snapshots = {f"{one.match_run_id}": one.content for one in kept}
        with calling(app, database) as caller:
            answers = read_everything(caller)
        yield Release(name_of(file), database, snapshots, answers, stored)


@contextmanager
def calling(app: FastAPI, database: Database) -> Iterator[Caller]:
    """A caller with the key of a new admin of the stored organisation."""
    give_state(app, create_state(make_settings("sqlite://"), database))
    with database.writing() as session:
        organisation_id = session.exec(select(Organisation)).one().id
        key = make_shown_key(session, organisation_id)
    with TestClient(app) as client:
        yield Caller(client, key, organisation_id)


def asked(stored: Path, question: str) -> list[Any]:
    """Of the file as the release left it."""
    with closing(sqlite3.connect(stored)) as connection:
        return connection.execute(question).fetchall()


@pytest.mark.parametrize("file", FILES, ids=name_of)
class TestFile:
    def test_is_small(self, file: Path) -> None:
        assert len(file.read_bytes()) <= MOST_BYTES

    def test_holds_invented_people_alone(self, file: Path, tmp_path: Path) -> None:
        references = asked(unpack(file, tmp_path), "SELECT reference FROM candidates")
        assert len(references) > 1
        assert all(reference.startswith("EXEMPEL-") for (reference,) in references)


class TestRead:
    def test_everything_is_answered(self, release: Release) -> None:
        """Only what a deleted person has taken from a run is refused."""
        parts = GONE_WITH_ROWS if release.name == WITH_ROWS else GONE
        redacted = [run["id"] for run in release.answers.runs if run["redacted"]]
        gone = tuple(f"/match-runs/{run}/{part}" for run in redacted for part in parts)
        refused = {path: REDACTED for path in release.answers.by_path if path.startswith(gone)}
        assert release.answers.refused() == refused
        assert len(refused) == len(parts)

    def test_runs_are_all_there(self, release: Release) -> None:
        stored = release.asked("SELECT input_hash FROM match_runs ORDER BY created_at")
        assert [run["inputHash"] for run in release.answers.runs] == [one for (one,) in stored]
        assert [run["redacted"] for run in release.answers.runs] == [True, False, False, False]

    def test_proofs_hold(self, release: Release) -> None:
        for run in release.answers.runs[1:]:
            proof = release.answers.by_path[f"/match-runs/{run['id']}/proof"]
            found = verify(json.loads(line) for line in proof.text.splitlines())
            assert found.points + found.pinned_points == run["objective"]["points"]
            assert found.of["inputHash"] == run["inputHash"]

    def test_pairs_are_explained_as_they_were_proposed(self, release: Release) -> None:
        for run in release.answers.runs:
            explained = release.answers.pairs_of(run)
            chosen = [pair for pair in explained.values() if pair["status"] == "chosen"]
            assert chosen
            for proposal in release.answers.of_run(run, PROPOSALS):
                pair = explained.get((proposal["candidateId"], proposal["slotId"]), proposal)
                assert [pair[term] for term in TERMS] == [proposal[term] for term in TERMS]

    def test_whom_a_run_left_are_those_without_a_proposal(self, release: Release) -> None:
        for run in release.answers.runs[1:]:
            unmatched = release.answers.of_run(run, UNMATCHED)
            proposed = release.answers.of_run(run, PROPOSALS)
            assert len(unmatched) + len(proposed) == run["counts"]["candidates"]
            assert all(one["reasons"] for one in unmatched)

    @pytest.mark.parametrize("release", CASES_WITH_ROWS, indirect=True, scope="module")
    def test_lists_that_a_migration_left_behind_are_told_anew(self, release: Release) -> None:
        stored = release.asked(
            "SELECT match_run_id, candidate_id, reasons FROM unmatched_candidates"
            " JOIN match_runs ON match_run_id = match_runs.id WHERE NOT redacted"
            " ORDER BY match_runs.created_at, position",
        )
        told = [
            (run["id"], one["candidateId"], [without_text(reason) for reason in one["reasons"]])
            for run in release.answers.runs[1:]
            for one in release.answers.of_run(run, UNMATCHED)
        ]
        assert [(plain(run), plain(one), reasons) for run, one, reasons in told] == [
            (run, one, json.loads(reasons)) for run, one, reasons in stored
        ]

    def test_snapshots_are_what_was_stored_and_hashed(self, release: Release) -> None:
        stored = release.asked("SELECT content FROM match_run_snapshots")
        assert sorted(release.snapshots.values()) == sorted(content for (content,) in stored)
        for run in release.answers.runs[1:]:
            content = zlib.decompress(release.snapshots[run["id"]])
            assert sha256(content).hexdigest() == run["inputHash"]


class TestForget:
    def test_person_leaves_every_run(self, release: Release, app: FastAPI) -> None:
        with calling(app, release.database) as caller:
            person = somebody_proposed(caller)
            assert person["reference"] in everything_in(release.database)
            answer = caller.delete(f"/candidates/{person['id']}", person["version"])
            assert answer.status_code == HTTPStatus.NO_CONTENT, answer.text
            left = tables_in(release.database)
            assert {name for name, text in left.items() if person["reference"] in text} == set()
            # The event that somebody was deleted stays, without anything about the person.
            assert {name for name, text in left.items() if person["id"] in text} == {"events"}
            (*_, run) = caller.get("/match-runs?limit=100").json()["items"]
            assert run["redacted"]
            refused = caller.get(f"/match-runs/{run['id']}/proof").json()
            assert refused["type"] == "/problems/redacted"
            assert_explained(caller, run)


def assert_explained(caller: Caller, run: Json) -> None:
    """Asserts that the others' proposals are as they were."""
    proposals = caller.get(f"/match-runs/{run['id']}/{PROPOSALS}").json()["items"]
    assert proposals
    for one in proposals[:2]:
        pair = f"candidateId={one['candidateId']}&slotId={one['slotId']}"
        explained = caller.get(f"/match-runs/{run['id']}/pairs?{pair}").json()
        assert [explained[term] for term in TERMS] == [one[term] for term in TERMS]


def without_text(reason: Json) -> Json:
    """The answer as it was stored: without texts, and without nulls."""
    return {name: value for name, value in reason.items() if value is not None and name != "text"}


def plain(row_id: str) -> str:
    return row_id.replace("-", "")


def somebody_proposed(caller: Caller) -> Json:
    """Somebody whom the newest run proposed, without any decision or placement."""
    runs = caller.get("/match-runs?limit=100").json()["items"]
    first, newest = (
        caller.get(f"/match-runs/{run['id']}/{PROPOSALS}").json()["items"]
        for run in (runs[0], runs[-1])
    )
    placed = caller.get("/placements?limit=100").json()["items"]
    decided = [one for one in first if one["status"] in ("approved", "declined")]
    used = {one["candidateId"] for one in (*placed, *decided)}
    person_id = next(one["candidateId"] for one in newest if one["candidateId"] not in used)
    answer = caller.get(f"/candidates/{person_id}")
    shown: Json = answer.json()
    return shown | {"version": int(answer.headers["etag"].strip('"'))}
