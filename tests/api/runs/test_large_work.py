"""What concerns many rows is computed by a child process: the answers are the same to the byte."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from app.api.runs.assignment_bodies import AssignmentInput
from app.api.runs.matching_bodies import MatchingInput
from app.main import give_state
from app.processes.large_work import LargeWork
from tests.callers import Caller, Service
from tests.journeys import make_case, start_run


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """These calls read one row of one table: one database is enough."""
    copy = tmp_path / "handslag.db"
    shutil.copy(sqlite_template, copy)
    return f"sqlite:///{copy}"


class CountingWork(LargeWork):
    """Hands all work to a child process, and counts how often."""

    asked = 0

    def _ask(self, order: Any) -> tuple[bool, Any]:
        self.asked += 1
        return super()._ask(order)


@pytest.fixture
def large_work(app: FastAPI, service: Service) -> Iterator[CountingWork]:
    large_work = CountingWork(from_rows=0)
    yield large_work
    large_work.close()


def test_answers_and_refusals_are_those_of_the_service_itself(
    app: FastAPI, service: Service, admin: Caller, large_work: CountingWork
) -> None:
    case = make_case(service, admin, people=3, places=1)
    run = f"/match-runs/{start_run(admin)['id']}"
    changes = [
        {"kind": "places", "slotId": str(case.slot_id), "places": 2},
        {"kind": "remove-candidate", "candidateId": str(case.slot_id)},
    ]
    pairs = AssignmentInput.example["pairs"]
    calls: list[tuple[str, Any]] = [
        (f"{run}/scenarios", {"changes": changes[:1]}),
        (f"{run}/scenarios", {"changes": changes}),
        (f"{run}/proof", None),
        ("/matchings", MatchingInput.example),
        ("/assignments", AssignmentInput.example),
        ("/assignments", AssignmentInput.example | {"pairs": [*pairs, *pairs]}),
    ]

    def answers() -> list[tuple[int, bytes]]:
        found = [
            admin.get(path) if body is None else admin.post(path, body) for path, body in calls
        ]
        return [(answer.status_code, answer.content) for answer in found]

    here = answers()
    assert [status for status, _ in here] == [200, 422, 200, 200, 200, 422]
    give_state(app, replace(app.state.handslag, large_work=large_work))
    assert answers() == here
    assert large_work.asked == len(calls)
