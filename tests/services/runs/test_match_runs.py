"""Runs around the engine: their input as bytes, changes meanwhile, and persons deleted."""

import subprocess
import sys
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from sqlmodel import Session, select
from sqlmodel.sql.expression import SelectOfScalar

from app import matching as engine
from app.bench.instances import AS_OF, people_and_slots
from app.db import Database
from app.errors import Busy, Conflict, Invalid
from app.models.candidates import Candidate
from app.models.match_runs import MatchRun
from app.models.proposals import Proposal
from app.models.slots import Slot
from app.models.values import Demands, PairReference
from app.services.engine.snapshots import Snapshot, read_given, snapshot_of
from app.services.engine.values import EngineInput
from app.services.ground.permissions import Actor
from app.services.ground.records import find
from app.services.runs.between import PreparedRun, SolvedRun
from app.services.runs.forgetting import forget_in_runs, inputs_without
from app.services.runs.matchings import match_given
from app.services.runs.orders import RunOrder
from app.services.runs.proposals import list_unmatched_candidates
from app.services.runs.solving import prepare_run, solve_run
from app.services.runs.storing import store_run
from tests.make import make_candidate, make_clause, make_contract, make_slot

ORDER = RunOrder(date(2018, 2, 1), None, None, (), ())
HASH_IN_ANOTHER_PROCESS = """
from tests.services.runs.test_match_runs import snapshot, given_input
print(snapshot(given_input()).input_hash)
"""


def given_input() -> engine.Given:
    people, slots = people_and_slots(7, 40, 20)
    return engine.Given(
        engine.CandidateColumns.from_records(people),
        engine.SlotColumns.from_records(slots),
        engine.Policy(),
        AS_OF,
        forbidden=tuple((person.id, slots[0].id) for person in people[:3]),
    )


def snapshot(given: engine.Given) -> Snapshot:
    return snapshot_of(given, engine.solve(given).unmatched)


class TestSnapshot:
    def test_row_order_says_nothing(self) -> None:
        given, rng = given_input(), np.random.default_rng(1)
        shuffled = replace(
            given,
            candidates=given.candidates.taken(rng.permutation(len(given.candidates))),
            slots=given.slots.taken(rng.permutation(len(given.slots))),
            forbidden=(*reversed(given.forbidden), given.forbidden[0]),
        )
        assert snapshot(shuffled) == snapshot(given)

    @pytest.mark.parametrize("seed", ["0", "1"])
    def test_hash_seed_says_nothing(self, seed: str) -> None:
        command = [sys.executable, "-c", HASH_IN_ANOTHER_PROCESS]
        answer = subprocess.run(
            command, env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        )
        assert answer.stdout.strip() == snapshot(given_input()).input_hash


class TestStoreRun:
    @pytest.mark.parametrize(
        "deleted",
        [
            select(Candidate),
            select(Slot).where(Slot.places == 2),
            select(Slot).where(Slot.places == 0),  # not in any row of the answer, but in the input
        ],
    )
    def test_deleted_meanwhile_stores_nothing(
        self, database: Database, actor: Actor, deleted: SelectOfScalar[Candidate | Slot]
    ) -> None:
        solved = solved_run(database, actor)
        with database.writing() as session:
            session.delete(session.exec(deleted).one())
        with pytest.raises(Conflict) as refused, database.writing() as session:
            store_run(session, actor, solved)
        assert refused.value.code == "changed-meanwhile"
        with database.reading() as session:
            assert session.exec(select(MatchRun)).all() == []
            assert session.exec(select(Proposal)).all() == []

    def test_two_runs_prepared_at_once_leave_one_open_proposal(
        self, database: Database, actor: Actor
    ) -> None:
        first = solved_run(database, actor)
        with database.reading() as session:
            second = solve_run(prepare_run(session, actor, ORDER))
        for solved in (first, second):
            with database.writing() as session:
                store_run(session, actor, solved)
        with database.reading() as session:
            status = [one.status for one in session.exec(select(Proposal))]
        assert sorted(status) == ["proposed", "superseded"]


class TestForgetCandidate:
    def test_leaves_every_run(self, database: Database, actor: Actor) -> None:
        solved = solved_run(database, actor)
        with database.writing() as session:
            gone = session.exec(select(Candidate)).one()
            other = make_candidate(session, actor)
            slot = session.exec(select(Slot).where(Slot.places == 2)).one()
            pair = PairReference(candidate_id=gone.id, slot_id=slot.id)
        pinned = replace(ORDER, pins=[pair])
        with database.reading() as session:
            later = solve_run(prepare_run(session, actor, pinned))
        with database.writing() as session:
            runs = [store_run(session, actor, one) for one in (solved, later)]
        with database.reading() as session:
            left = inputs_without(session, actor, gone)
        assert set(left) == {run.id for run in runs}
        with database.writing() as session:
            forget_in_runs(session, actor, gone, left)
            session.delete(session.get_one(Candidate, gone.id))
        with database.reading() as session:
            for run in session.exec(select(MatchRun)):
                assert (run.redacted, run.version, run.pins) == (True, 2, [])
                assert set(read_given(session, run).candidates.id.tolist()) <= {str(other.id)}
            assert gone.id not in set(session.exec(select(Proposal.candidate_id)))
        assert len(runs) == 2

    def test_the_others_stay_as_they_were(self, database: Database, actor: Actor) -> None:
        with database.writing() as session:
            make_slot(session, actor, required=Demands(driving_licences=["B"]))
            people = [make_candidate(session, actor).id for _ in range(3)]
        with database.reading() as session:
            solved = solve_run(prepare_run(session, actor, ORDER))
        with database.writing() as session:
            run = store_run(session, actor, solved)
            before = unmatched_of(session, run)
            forget_in_runs(session, actor, session.get_one(Candidate, people[1]), {})
            assert unmatched_of(session, run) == [
                one for one in before if one["candidate_id"] != str(people[1])
            ]
        assert len(before) == 3
        assert all(one["reasons"] and one["near_misses"] for one in before)

    def test_nothing_is_stored_of_someone_who_is_just_leaving(
        self, database: Database, actor: Actor, database_url: str
    ) -> None:
        with database.writing() as session:
            make_slot(session, actor, places=0)
            candidate_id = make_candidate(session, actor).id
        with database.reading() as session:
            solved = solve_run(prepare_run(session, actor, ORDER))
        other = Database(database_url, lock_timeout_seconds=0.1)
        with database.writing() as session:
            candidate = session.get_one(Candidate, candidate_id)
            forget_in_runs(session, actor, candidate, {})
            session.delete(candidate)
            session.flush()
            with pytest.raises(Busy), other.writing() as another:
                store_run(another, actor, solved)
        other.dispose()

    def test_run_that_came_between_preparing_and_deleting(
        self, database: Database, actor: Actor
    ) -> None:
        solved = solved_run(database, actor)
        with database.writing() as session:
            gone = session.exec(select(Candidate)).one()
            run = store_run(session, actor, solved)
            forget_in_runs(session, actor, gone, {run.id: (run.version - 1, None)})
            assert read_given(session, run).candidates.id.tolist() == []

    def test_leaves_other_runs_alone(self, database: Database, actor: Actor) -> None:
        solved = solved_run(database, actor)
        with database.writing() as session:
            run = store_run(session, actor, solved)
            stranger = make_candidate(session, actor)
            forget_in_runs(session, actor, stranger, {})
        with database.reading() as session:
            kept = find(session, actor, MatchRun, run.id)
            assert (kept.redacted, kept.version) == (False, 1)
            assert len(session.exec(select(Proposal)).all()) == 1


class TestLimits:
    def test_too_many_pairs_to_test(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("app.matching.pairs.feasible.MOST_TESTS", 0)
        people, slots = people_and_slots(7, 40, 20)
        with pytest.raises(Invalid, match="pairs to test"):
            match_given(
                EngineInput(AS_OF, engine.Policy(), tuple(people), tuple(slots)), with_pairs=False
            )
        with pytest.raises(Invalid, match="pairs to test"):
            solve_run(PreparedRun(ORDER, UUID(int=0), given_input()))


def unmatched_of(session: Session, run: MatchRun) -> list[dict[str, Any]]:
    items, total = list_unmatched_candidates(session, run, slice(0, 20))
    assert len(items) == total
    return items


def solved_run(database: Database, actor: Actor) -> SolvedRun:
    """A run of one candidate and one place that fit, which is matched but not stored."""
    with database.writing() as session:
        _fill(session, actor)
    with database.reading() as session:
        return solve_run(prepare_run(session, actor, ORDER))


def _fill(session: Session, actor: Actor) -> None:
    contract = make_contract(session, actor)
    clause = make_clause(session, actor, contract_id=contract.id)
    for places in (2, 0):
        terms = {"supplier_id": contract.supplier_id, "clause_id": clause.id}
        make_slot(session, actor, places=places, **terms)
    make_candidate(session, actor)
