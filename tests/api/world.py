"""One organisation with one of each resource, made by following the document itself.

Every POST is sent as its documentation shows it, with real ids in place of the invented ones;
every list is read; and each Location and each self link says which id belongs to which path.
A new resource is part of it as soon as it is documented.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import text
from sqlmodel import SQLModel

from app.api.http import BASE_PATH
from tests.api.document import OPERATIONS, Json, Operation
from tests.api.registering import move, open_gates, sign
from tests.callers import Caller, Service

UUID_TEXT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ABSENT_ID = "00000000-0000-4000-8000-000000000000"
# What the documented examples need so that a match run finds a pair in them.
FITTING: dict[str, Json] = {
    "/candidates": {
        "occupations": [{"ssyk": "7111", "conceptId": None}],
        "languages": [{"code": "sv", "level": 4}],
        "drivingLicences": ["B"],
        "maximumDistanceKm": 2000,
        "availableFrom": "2018-02-01",
        "availableTo": None,
        "extentPercent": {"min": 50, "max": 100},
        "neededAdaptations": [],
        "agreedToBeProposed": True,
    },
    "/match-runs": {"asOf": "2018-02-01", "pins": [], "forbidden": []},
    # A decline can be lifted, and leaves the place for the placement outside runs.
    "/proposals/{proposalId}/decisions": {
        "outcome": "declined",
        "reason": "candidate-declined",
        "extentPercent": None,
    },
    # Candidate and slot break no rule.
    "/placements": {"overrides": []},
}
# Where the first of several examples would not do: another signs for the others, and begins it.
CHOSEN = {
    "/placements/{placementId}/signatures": "supplier-signs",
    "/placements/{placementId}/transitions": "ended-early",
}
# What must be there first, though the document does not say so: a run without slots finds no pair,
# and a placement outside runs would take the candidate from the decision.
AFTER = {
    "/match-runs": {"slotId", "candidateId"},
    "/placements": {"decisionId"},
    "/placements/{placementId}/extensions": {"placementSignatureId"},
    "/placements/{placementId}/transitions": {"placementSignatureId"},
    "/placements/{placementId}/attendance-months": {"placementMoveId"},
    "/placements/{placementId}/outcomes": {"placementMoveId"},
}


@dataclass
class World:
    """What is stored, and how to call any operation on it."""

    service: Service
    admin: Caller
    known: dict[str, str] = field(default_factory=dict)

    def path(self, operation: Operation, **other: str) -> str:
        return operation.path.format(**(self.known | other))

    def body(self, operation: Operation) -> Any:
        """The operation's documented example, about what is stored here."""
        assert operation.body is not None
        named = operation.body["examples"]
        chosen = CHOSEN.get(operation.path, next(iter(named)))
        example = deepcopy(named[chosen]["value"])
        if operation.method == "POST":
            example |= FITTING.get(operation.path, {})
        return self._with_real_ids(example)

    def query(self, operation: Operation) -> dict[str, str]:
        """The parameters that the operation cannot do without."""
        parameters = operation.spec.get("parameters", [])
        needed = [one["name"] for one in parameters if one["in"] == "query" and one["required"]]
        return {name: self.known[name] for name in needed}

    def version(self, operation: Operation) -> str:
        """The newest ETag of what the operation changes."""
        return str(self.admin.get(self.path(operation)).headers["etag"])

    def send(self, operation: Operation, caller: Caller | None = None, **more: Any) -> Any:
        """The operation as it is meant to be called; `more` says what is different this time."""
        path = more.pop("path", None) or self.path(operation)
        more["params"] = self.query(operation) | more.get("params", {})
        if operation.body and not {"json", "content"} & set(more):
            more["json"] = self.body(operation)
        return (caller or self.admin).call(operation.method, path, **more)

    def rows(self) -> dict[str, list[str]]:
        """Everything that is stored: tests compare it before and after a call."""
        with self.service.database.reading() as session:
            return {
                table.name: sorted(
                    str(row)
                    for row in session.execute(text(f'SELECT * FROM "{table.name}"'))  # noqa: S608  # our own table names
                )
                for table in SQLModel.metadata.sorted_tables
            }

    def can_call(self, operation: Operation) -> bool:
        return set(operation.path_parameters) <= set(self.known)

    def learn(self, address: str) -> None:
        """Which id belongs to which path parameter, from an address that the service gave."""
        path = address.partition(BASE_PATH)[2].partition("?")[0]
        for operation in OPERATIONS:
            pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", operation.path)
            found = re.fullmatch(pattern, path)
            for name, value in found.groupdict().items() if found else ():
                self.known.setdefault(name, value)

    def _with_real_ids(self, value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {key: self._with_real_ids(part, key) for key, part in value.items()}
        if isinstance(value, list):
            return [self._with_real_ids(part, name.removesuffix("s")) for part in value]
        if isinstance(value, str) and name.endswith("Id") and UUID_TEXT.fullmatch(value):
            return self.known.get(name, value)
        return value


def settle(service: Service) -> World:
    service.caller()  # the key that tests may revoke: the oldest one comes first in the list
    world = World(service, service.caller())
    settle_in(world)
    return world


def settle_in(world: World) -> None:
    """Calls operations until nothing new can be called."""
    waiting = [one for one in OPERATIONS if one.stores or (one.method == "GET" and one.is_list)]
    while ready := [one for one in waiting if _is_ready(world, one)]:
        for operation in ready:
            if operation.stores and operation.path in PREPARATIONS:
                PREPARATIONS[operation.path](world)
            for address in _addresses(world.send(operation)):
                world.learn(address)
        waiting = [one for one in waiting if one not in ready]


def references_in(value: Any, name: str = "", place: str = "#") -> Iterator[tuple[str, str]]:
    """Each field of a body that names another row: its pointer, and the path parameter's name."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from references_in(part, key, f"{place}/{key}")
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from references_in(part, name.removesuffix("s"), f"{place}/{index}")
    elif isinstance(value, str) and name.endswith("Id") and UUID_TEXT.fullmatch(value):
        yield place, name


def _open_gates(world: World) -> None:
    open_gates(world.admin, world.known["supplierId"])


def _start_placement(world: World) -> None:
    """Signs for the other two and begins it: the examples sign for the supplier, and end it."""
    placement = world.known["placementId"]
    sign(world.admin, placement, ["participant", "authority"])
    move(world.admin, placement, "ready", "2018-03-01")
    move(world.admin, placement, "active", "2018-03-01")


# What must have happened before an operation's documented example can.
PREPARATIONS = {
    "/slots": _open_gates,
    "/placements/{placementId}/transitions": _start_placement,
}


def _is_ready(world: World, operation: Operation) -> bool:
    needed = {name for _, name in references_in(world.body(operation))} if operation.body else set()
    needed |= AFTER.get(operation.path, set())
    return world.can_call(operation) and needed <= set(world.known)


def _addresses(answer: Any) -> Iterator[str]:
    if "location" in answer.headers:
        yield answer.headers["location"]
    if answer.is_success and answer.content:
        for item in answer.json().get("items", []):
            if isinstance(item, dict) and "_links" in item:
                yield item["_links"]["self"]["href"]
