"""The proof of a run: what the run answered, for anyone to check."""

import json
import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from app.api.runs.proofs import EXAMPLE_LINES
from app.db import Database
from app.matching import verify
from app.models.keys import Role
from app.models.match_runs import MatchRun
from app.services.runs.match_runs import find_completed
from app.services.runs.proofs import AnswerDiffers, order_proof, write_proof
from tests.callers import Caller, Service
from tests.journeys import actor_of, add_candidate, add_slot, change_row, make_case, start_run

Json = dict[str, Any]


def proof_of(caller: Caller, run: Json) -> list[Json]:
    answer = caller.get(f"/match-runs/{run['id']}/proof")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line) for line in answer.text.splitlines()]


def of_kind(lines: list[Json], kind: str) -> list[Json]:
    return [line for line in lines if line["kind"] == kind]


class TestReadProof:
    def test_proves_what_the_run_answered(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin, people=4, places=2)
        add_slot(service, admin, case, places=1)
        run = start_run(admin)
        found = verify(proof_of(admin, run))
        reached = run["certificate"]["primal"]
        assert found.places_by_tier == {2: 0, 1: 2, 0: 1}
        assert (found.points, found.pairs) == (reached["points"], run["counts"]["feasiblePairs"])

    def test_says_whose_it_is(self, service: Service, admin: Caller) -> None:
        make_case(service, admin)
        run = start_run(admin)
        told = {"matchRunId": run["id"], "inputHash": run["inputHash"], "asOf": run["asOf"]}
        assert verify(proof_of(admin, run)).of == told

    def test_names_ids_and_no_references(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin, people=2)
        lines = proof_of(admin, start_run(admin))
        people = {line["id"] for line in of_kind(lines, "candidate")}
        assert people == {str(one) for one in case.candidate_ids}
        assert [line["id"] for line in of_kind(lines, "slot")] == [str(case.slot_id)]
        assert "AF-" not in json.dumps(lines)

    def test_says_what_was_pinned(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin, people=2, places=2)
        pinned = case.candidate_ids[1]
        run = start_run(admin, pins=[{"candidateId": str(pinned), "slotId": str(case.slot_id)}])
        lines = proof_of(admin, run)
        (pin,) = lines[0]["pins"]
        assert of_kind(lines, "candidate")[pin["candidate"]]["id"] == str(pinned)
        found = verify(lines)
        assert (found.matched, found.pins) == (1, 1)
        assert found.points + found.pinned_points == run["objective"]["points"]

    def test_of_nobody_and_nothing(self, admin: Caller) -> None:
        assert verify(proof_of(admin, start_run(admin))).matched == 0

    def test_is_the_same_whatever_changes_later(self, service: Service, admin: Caller) -> None:
        make_case(service, admin, people=2)
        run = start_run(admin)
        first = proof_of(admin, run)
        add_candidate(service, admin)
        assert proof_of(admin, run) == first

    def test_comes_as_a_file_to_those_who_ask_for_one(
        self, service: Service, admin: Caller
    ) -> None:
        """Some clients know no lines of JSON; whoever takes both gets those."""
        make_case(service, admin, people=2)
        path = f"/match-runs/{start_run(admin)['id']}/proof"
        lines, file = "application/x-ndjson", "application/octet-stream"
        kinds = dict.fromkeys(("*/*", lines, f"{lines}, {file}"), lines) | {file: file}
        answers = {accept: admin.get(path, headers={"Accept": accept}) for accept in kinds}
        assert {accept: one.headers["content-type"] for accept, one in answers.items()} == kinds
        assert len({one.content for one in answers.values()}) == 1

    def test_leaves_no_file_behind(
        self, admin: Caller, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        run = start_run(admin)
        folder = tmp_path / "temporary"
        folder.mkdir()
        monkeypatch.setattr(tempfile, "tempdir", str(folder))
        assert proof_of(admin, run)
        assert list(folder.iterdir()) == []

    def test_of_a_redacted_run_is_refused_with_the_reason(
        self, service: Service, admin: Caller
    ) -> None:
        case = make_case(service, admin, people=2, places=1)
        run = start_run(admin)
        assert admin.delete(f"/candidates/{case.candidate_ids[0]}").status_code == 204
        answer = admin.get(f"/match-runs/{run['id']}/proof")
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/redacted")
        assert "Start a new run" in answer.json()["detail"]
        assert verify(proof_of(admin, start_run(admin))).matched == 1

    def test_of_somebody_elses_run(self, service: Service, admin: Caller) -> None:
        run = start_run(admin)
        assert service.stranger().get(f"/match-runs/{run['id']}/proof").status_code == 404

    @pytest.mark.parametrize("role", [Role.PROCUREMENT, Role.AUDITOR])
    def test_role_that_may_not(self, service: Service, admin: Caller, role: Role) -> None:
        run = start_run(admin)
        answer = service.caller(role).get(f"/match-runs/{run['id']}/proof")
        assert answer.status_code == 403


class TestWriteProof:
    @pytest.mark.parametrize("field", ["objective", "certificate"])
    def test_another_answer_than_the_stored_one_is_a_fault(
        self, service: Service, admin: Caller, database: Database, tmp_path: Path, field: str
    ) -> None:
        make_case(service, admin, people=2)
        run = start_run(admin)
        other = run[field] | ({"points": 1} if field == "objective" else {"pairsChecked": 1})
        run_id = UUID(run["id"])
        change_row(service, MatchRun, run_id, **{field: other})
        with database.reading() as session:
            order = order_proof(session, find_completed(session, actor_of(admin), run_id))
        with pytest.raises(AnswerDiffers):
            write_proof(order, tmp_path / "proof.ndjson")
        assert not list(tmp_path.glob("*.ndjson"))


def test_the_documented_example_is_a_proof() -> None:
    assert verify(json.loads(line) for line in EXAMPLE_LINES).points == 925
