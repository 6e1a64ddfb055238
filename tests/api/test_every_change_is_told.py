"""Every operation that writes leaves events of its own, or writes nothing at all.

That a refused call leaves none is tested in test_bad_input.py, test_permissions.py and
tests/sequences, which compare everything that is stored, events included.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.event import listen, remove
from sqlmodel import select

from app.errors import Busy
from app.models.events import Event
from tests.api.document import OPERATIONS, Json, Operation
from tests.api.registering import move, sign
from tests.api.registers.test_keys import id_of
from tests.api.world import World, settle_in
from tests.callers import Caller, Service
from tests.make import COMPANY_NUMBERS

CASEWORKER = "caseworker-17"
WRITING = [one for one in OPERATIONS if one.stores or one.method in {"PATCH", "DELETE"}]
# These calls change many rows at once, and leave one event.
WHOLE = {"/candidate-batches", "/slot-batches", "/match-runs"}
CHANGES: dict[str, Json] = {
    "/suppliers/{supplierId}": {"name": "Nytt namn AB"},
    "/contracts/{contractId}": {"title": "Nytt namn"},
    "/clauses/{clauseId}": {"responsible": "Inköp"},
    "/slots/{slotId}": {"title": "Nytt namn"},
    "/candidates/{candidateId}": {"maximumDistanceKm": 1},
    "/attendance-months/{attendanceMonthId}": {"daysAttended": 0},
    "/placement-outcomes/{placementOutcomeId}": {"outcome": "other"},
}
# What an event holds; the events of a deleted person lose their values.
HAS = {
    "created": {"before": False, "after": True},
    "changed": {"before": True, "after": True},
    "revoked": {"before": True, "after": True},
    "stored": {"before": True, "after": True},
    "deleted": {"before": True, "after": False},
    "superseded": {"before": False, "after": True},
}
EMPTIED = {"deleteCandidate": {"before": False}}
# Only a run that waits can be cancelled: test_background_runs.py tests its events.
ELSEWHERE = {"/match-runs/{matchRunId}"}
# The world's placement has ended early and cannot be extended: extend() makes another.
EXTENSIONS = "/placements/{placementId}/extensions"
SIGNATURE = "/placement-signatures/{placementSignatureId}"
# What a second row must have of its own; nothing uses that row, so it can be deleted.
ANOTHER: dict[str, Json] = {
    "suppliers": {"organisationNumber": COMPANY_NUMBERS[1]},
    "contracts": {"reference": "KS 2"},
    "clauses": {},
    "slots": {"reference": None},
    "candidates": {"reference": "AF-2"},
}


@contextmanager
def untellable() -> Iterator[None]:
    """No event can be stored, as if the database failed at it."""

    def refuse(*_: object) -> None:
        raise Busy("The event cannot be written.")

    listen(Event, "before_insert", refuse)
    try:
        yield
    finally:
        remove(Event, "before_insert", refuse)


@dataclass
class Watched(World):
    """Looks at what each writing call leaves behind."""

    told: set[str] = field(default_factory=set)

    def body(self, operation: Operation) -> Any:
        """The example, but with a change in a batch, which would leave no event otherwise."""
        body = super().body(operation)
        if operation.path == "/slot-batches":
            body["items"][0] |= {"tasks": "Nya uppgifter"}
        return body

    def send(self, operation: Operation, caller: Caller | None = None, **more: Any) -> Any:
        if operation not in WRITING or (operation.path == EXTENSIONS and "path" not in more):
            return super().send(operation, caller, **more)
        headers = {"Handslag-Caseworker": CASEWORKER} | more.pop("headers", {})
        stored, known = self.rows(), {one.id for one in self.events()}
        with untellable():
            refused = super().send(operation, caller, headers=headers, **more)
        assert refused.json()["type"] == "/problems/busy", (operation.id, refused.text)
        assert self.rows() == stored, operation.id
        answer = super().send(operation, caller, headers=headers, **more)
        assert answer.is_success, (operation.id, answer.text)
        told = [one for one in self.events() if one.id not in known]
        check_told(self, operation, address_of(answer), told)
        self.told.add(operation.id)
        return answer

    def events(self) -> list[Event]:
        with self.service.database.reading() as session:
            return list(session.exec(select(Event)))


def address_of(answer: Any) -> str:
    """The address of what was written: its Location, or else the path that was called."""
    return str(answer.headers.get("location", answer.request.url.path))


def check_told(world: World, operation: Operation, address: str, told: list[Event]) -> None:
    actors = {(str(one.actor), one.caseworker) for one in told}
    assert actors == {(id_of(world.admin), CASEWORKER)}, operation.id
    own = [one for one in told if address.endswith(str(one.resource_id))]
    if operation.path in WHOLE:
        assert len(told) == 1, operation.id
        own = told
    assert own, operation.id
    for one in own:
        has = {"before": one.before is not None, "after": one.after is not None}
        assert has == HAS[one.action] | EMPTIED.get(operation.id, {}), operation.id
        assert one.before != one.after or operation.id in EMPTIED, operation.id


def test_of_every_change_all_or_nothing_is_stored(service: Service) -> None:
    """Sends each operation twice: first when its event cannot be written, then as usual."""
    service.caller()  # the key that is revoked: the oldest one comes first in the list
    world = Watched(service, service.caller())
    settle_in(world)
    extend(world)
    for operation in (one for one in WRITING if one.method == "PATCH"):
        if operation.path in CHANGES:
            headers = {"If-Match": world.version(operation)}
            world.send(operation, json=CHANGES[operation.path], headers=headers)
    for operation in (one for one in WRITING if one.method == "DELETE"):
        path = another(world, operation)
        version = world.admin.get(path).headers["etag"]
        world.send(operation, path=path, headers={"If-Match": version})
    assert {one.id for one in WRITING if one.path not in ELSEWHERE} == world.told


def extend(world: Watched) -> None:
    posts = {one.path: one for one in WRITING if one.method == "POST"}
    candidate = world.body(posts["/candidates"]) | {"reference": "AF-3"}
    candidate_id = world.send(posts["/candidates"], json=candidate).json()["id"]
    body = world.body(posts["/placements"]) | {"candidateId": candidate_id, "endDate": "2018-06-30"}
    placement = world.send(posts["/placements"], json=body).json()["id"]
    sign(world.admin, placement)
    correct_signature(world, placement)
    move(world.admin, placement, "ready", "2018-02-20")
    world.send(posts[EXTENSIONS], path=EXTENSIONS.format(placementId=placement))


def correct_signature(world: Watched, placement: str) -> None:
    """Possible only while the placement is planned."""
    patch = next(one for one in WRITING if one.path == SIGNATURE)
    [*_, last] = world.admin.get(f"/placements/{placement}/signatures").json()["items"]
    path = SIGNATURE.format(placementSignatureId=last["id"])
    body = {"signedOn": "2018-02-18"}
    world.send(patch, path=path, json=body, headers={"If-Match": '"1"'})


def another(world: World, operation: Operation) -> str:
    """The path of a row to delete: a new one, but of keys the spare one."""
    collection = operation.path.split("/")[-2]
    if collection not in ANOTHER:
        return world.path(operation)
    making = next(
        one for one in WRITING if one.method == "POST" and one.path.endswith(f"/{collection}")
    )
    answer = world.send(making, json=world.body(making) | ANOTHER[collection])
    return f"/{collection}/{answer.json()['id']}"
