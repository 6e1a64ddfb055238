"""Generates clients from the document, checks their types, and lets each play the journey.

usage: python -m scripts.clients.check ENVIRONMENT

ENVIRONMENT is a folder with the programs of requirements/clients.txt; Node.js must be there too.
Each client, unpatched, plays the Östersund journey against a service that this starts, and must
reach what app/demo/journey.py reaches.
"""

import json
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from app.api.door.application import create_api
from app.api.http import BASE_PATH, ServiceState
from app.db import Database
from app.demo.journey import travel
from app.demo.own_service import OwnService, own_service
from app.models.roles import Role
from app.services.registers.keys import create_key, create_organisation
from scripts.clients.commands import Failed, run
from scripts.clients.generators import GENERATORS, lost_operations

Json = dict[str, Any]
START = date(2018, 3, 1)
CORES = 2


def main(environment: Path) -> None:
    work = environment / "work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    (work / "openapi.json").write_text(json.dumps(printed_document()), encoding="utf-8")
    with own_service(work / "service.db", "Östersunds kommun") as service:
        with service.client() as api:
            expected = played(api)
        of_client = partial(check, environment, service, expected)
        try:
            with ThreadPoolExecutor(CORES) as lanes:
                list(lanes.map(of_client, GENERATORS))
        except Failed as failure:
            raise SystemExit(f"{failure}") from failure


def printed_document() -> Json:
    """As `handslag openapi` prints it."""
    document: Json = create_api(ServiceState(Database("sqlite://"), "", None, 0)).openapi()
    return document


def played(api: httpx.Client) -> Json:
    """What the Python example reaches, in the few figures that every journey prints."""
    outcome = travel(api, START)
    proof = api.get(f"/match-runs/{outcome.run['id']}/proof").text
    slots = outcome.slots
    return {
        "proposals": [[slots[one["slotId"]]["title"], one["points"]] for one in outcome.proposals],
        "unmatched": len(outcome.unmatched),
        "proofLines": len(proof.splitlines()),
        "verdict": outcome.fulfilment["verdict"],
        "booked": outcome.fulfilment["booked"],
    }


def check(environment: Path, service: OwnService, expected: Json, name: str) -> None:
    work = environment / "work" / name
    work.mkdir()
    document = work.parent / "openapi.json"
    journey = GENERATORS[name](environment, work, document)
    if lost := lost_operations(work, operations_of(document)):
        raise Failed(f"{name} has lost {', '.join(lost)}")
    key = key_of_another(work.parent / "service.db", service.secret, name)
    reached = json.loads(run(work, *journey, service.address + BASE_PATH, key, f"{START}"))
    if in_order(reached) != in_order(expected):
        raise Failed(f"{name} reached {reached}, not {expected}")
    print(f"{name}: generated, typed, and as far as the example: {reached['verdict']}", flush=True)


def key_of_another(file: Path, secret: str, name: str) -> str:
    """Each client has an organisation to itself."""
    database = Database(f"sqlite:///{file}")
    with database.writing() as session:
        owner = create_organisation(session, name)
        key = create_key(session, secret, owner.id, Role.ADMIN, name)
    database.dispose()
    return key


def operations_of(document: Path) -> list[str]:
    paths = json.loads(document.read_text(encoding="utf-8"))["paths"]
    return [one["operationId"] for operations in paths.values() for one in operations.values()]


def in_order(outcome: Json) -> Json:
    return outcome | {"proposals": sorted(outcome["proposals"])}


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
