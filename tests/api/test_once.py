"""One place, once: fifty clients at the same moment over real HTTP, on both databases."""

import socket
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
import uvicorn
from sqlmodel import select

from app.api.http import BASE_PATH
from app.db import Database
from app.main import create_app
from app.models.placements import Placement
from app.models.slots import Slot
from tests.callers import Caller, Service
from tests.journeys import (
    APPROVAL,
    add_slot,
    change_row,
    make_case,
    proposals_of,
    start_run,
)
from tests.make import make_settings

CLIENTS = 50
WAIT_SECONDS = 60


@pytest.fixture
def address(database_url: str) -> Iterator[str]:
    """The service as it is run: its own server, threads and connections, on a free port."""
    listener = socket.create_server(("127.0.0.1", 0))
    app = create_app(make_settings(database_url))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="on"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}{BASE_PATH}"
    server.should_exit = True
    thread.join(WAIT_SECONDS)
    listener.close()


def approve_at_once(address: str, admin: Caller, proposals: list[Any]) -> Counter[tuple[int, str]]:
    """Every proposal approved by a client of its own, all let go at the same moment."""
    together = threading.Barrier(len(proposals))

    def approve(proposal: Any) -> tuple[int, str]:
        headers = {"Authorization": f"Bearer {admin.key}"}
        with httpx.Client(headers=headers, timeout=WAIT_SECONDS) as client:
            client.get(f"{address}/api-info")
            together.wait(WAIT_SECONDS)
            answer = client.post(f"{address}/proposals/{proposal['id']}/decisions", json=APPROVAL)
        return answer.status_code, answer.json().get("type", "")

    with ThreadPoolExecutor(len(proposals)) as clients:
        return Counter(clients.map(approve, proposals))


def placements(database: Database) -> list[Placement]:
    with database.reading() as session:
        return list(session.exec(select(Placement)))


class TestLastPlace:
    def test_fifty_proposals_for_it(self, service: Service, admin: Caller, address: str) -> None:
        case = make_case(service, admin, people=CLIENTS, places=CLIENTS)
        proposals = proposals_of(admin, start_run(admin))
        assert len(proposals) == CLIENTS
        change_row(service, Slot, case.slot_id, places=1)
        answers = approve_at_once(address, admin, proposals)
        assert answers == {(201, ""): 1, (409, "/problems/slot-full"): CLIENTS - 1}
        assert len(placements(service.database)) == 1

    def test_fifty_approvals_of_one_proposal(
        self, service: Service, admin: Caller, address: str
    ) -> None:
        make_case(service, admin, people=1, places=CLIENTS)
        [proposal] = proposals_of(admin, start_run(admin))
        answers = approve_at_once(address, admin, [proposal] * CLIENTS)
        assert answers == {(201, ""): 1, (409, "/problems/already-decided"): CLIENTS - 1}
        assert len(placements(service.database)) == 1


class TestOneCandidate:
    def test_two_runs_propose_the_same_people(
        self, service: Service, admin: Caller, address: str
    ) -> None:
        people = CLIENTS // 2
        case = make_case(service, admin, people=people, places=people)
        first = proposals_of(admin, start_run(admin, contractIds=[str(case.contract_id)]))
        change_row(
            service, Slot, case.slot_id, clause_id=None
        )  # the second run does not match this slot
        add_slot(service, admin, case, clause_id=case.clause_id, places=people)
        second = proposals_of(admin, start_run(admin, contractIds=[str(case.contract_id)]))
        both = [one for pair in zip(first, second, strict=True) for one in pair]
        assert len(both) == len({one["id"] for one in both}) == CLIENTS
        answers = approve_at_once(address, admin, both)
        assert answers == {(201, ""): people, (409, "/problems/candidate-placed"): people}
        placed = [placement.candidate_id for placement in placements(service.database)]
        assert len(placed) == len(set(placed)) == people
