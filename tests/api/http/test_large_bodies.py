"""Large bodies: how many are held at once, and where they are read."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import anyio
import pytest
from fastapi import FastAPI

from app.api.http import BASE_PATH
from app.api.http.guard import BODY_LIMIT
from app.main import give_state
from app.processes.large_bodies import LargeBodies
from app.processes.large_work import LargeWork
from tests.api.registering import candidate_body, ids
from tests.callers import Caller

BODIES = {
    "/candidate-batches": b'{"items": []}',
    "/slot-batches": b'{"items": []}',
    "/matchings": b'{"candidates": [], "slots": []}',
    "/assignments": b'{"candidates": [], "slots": [], "pairs": []}',
}


class Reading(LargeWork):
    """Hands all work to a child process, and counts how often."""

    asked = 0

    def _ask(self, order: Any) -> tuple[bool, Any]:
        self.asked += 1
        return super()._ask(order)


@pytest.fixture
def full(app: FastAPI, admin: Caller) -> Caller:
    """Of a service that holds as many large bodies as it can."""
    give_state(app, replace(app.state.handslag, large_bodies=LargeBodies(0, seconds_to_wait=0.02)))
    return admin


@pytest.fixture
def reading(app: FastAPI, admin: Caller) -> Iterator[Reading]:
    reading = Reading(from_rows=0)
    give_state(app, replace(app.state.handslag, batch_reading=reading))
    yield reading
    reading.close()


def send(caller: Caller, path: str, size: int, announced: bool = True) -> Any:
    body = BODIES[path].ljust(size)
    headers = {"Content-Type": "application/json"}
    return caller.call("POST", path, headers=headers, content=body if announced else iter([body]))


@pytest.mark.parametrize("path", BODIES)
def test_without_room_a_large_body_is_refused_and_a_small_one_is_not(
    full: Caller, path: str
) -> None:
    assert send(full, path, BODY_LIMIT).status_code == 200
    for refused in (send(full, path, BODY_LIMIT + 1), send(full, path, 100, announced=False)):
        assert (refused.status_code, refused.json()["type"]) == (503, "/problems/unavailable")
        assert int(refused.headers["retry-after"]) > 0


def test_a_body_that_does_not_arrive_gives_its_room_to_others(app: FastAPI, admin: Caller) -> None:
    room = LargeBodies(1, seconds_to_wait=0.02, seconds_to_arrive=0.05)
    give_state(app, replace(app.state.handslag, large_bodies=room))

    async def never_whole() -> dict[str, Any]:
        await anyio.Event().wait()
        raise AssertionError("nothing comes")

    sent: list[Any] = []

    async def keep(message: Any) -> None:
        sent.append(message)

    key = f"Bearer {admin.key}".encode()
    headers = [(b"authorization", key), (b"content-type", b"application/json")]
    path = f"{BASE_PATH}/candidate-batches"
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": headers,
    }
    anyio.run(app, scope, never_whole, keep)
    assert sent[0]["status"] == 400
    assert "within 0 seconds" in json.loads(sent[1]["body"])["detail"]
    assert send(admin, "/candidate-batches", 100, announced=False).status_code == 200


def test_a_batch_is_read_by_a_child_process(admin: Caller, reading: Reading) -> None:
    """Its answer, its repeat and its refusals are those of a batch that is read here."""
    right = [candidate_body(reference=f"AF-{number}") for number in range(60)]
    wrong = [*right, candidate_body(reference="AF-60", waitingSince="2018-02-30"), "text"]
    key = {"Idempotency-Key": "order-1"}
    answers = [admin.post("/candidate-batches", {"items": wrong}, headers=key) for _ in range(2)]
    assert answers[0].json()["created"] == 60
    assert [one["index"] for one in answers[0].json()["rejected"]] == [60, 61]
    assert answers[1].content == answers[0].content
    other = admin.post("/candidate-batches", {"items": right}, headers=key)
    assert other.json()["errors"][0]["pointer"] == "Idempotency-Key"
    assert admin.post("/slot-batches", {"items": None}).json()["errors"][0]["pointer"] == "#/items"
    assert reading.asked == 4
    assert len(ids(admin.get("/candidates?limit=100"))) == 60


def test_a_repeat_is_known_wherever_it_is_read(
    app: FastAPI, admin: Caller, reading: Reading
) -> None:
    body = {"items": [candidate_body(reference="AF-1")]}
    key = {"Idempotency-Key": "order-1"}
    there = admin.post("/candidate-batches", body, headers=key)
    give_state(app, replace(app.state.handslag, batch_reading=LargeWork()))
    here = admin.post("/candidate-batches", body, headers=key)
    assert here.content == there.content
    assert len(ids(admin.get("/events?resource=candidate-batches"))) == 1
