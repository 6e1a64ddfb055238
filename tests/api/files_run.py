"""Which files of the app run code in one call: printed as JSON, by the call. A program of its own,
so that every thread that answers is watched from its beginning."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType, FrameType
from typing import Any

from starlette.testclient import TestClient

from app.db import Database
from app.main import create_app
from app.migrating import migrate
from tests.callers import Service
from tests.journeys import APPROVAL, AS_OF, make_case, proposals_of
from tests.make import make_organisation, make_settings

APP = Path(__file__).parents[2] / "app"


class Watch:
    """Threads stay, and each keeps the function that it began with: so one watches all calls."""

    def __init__(self) -> None:
        self.found: set[CodeType] = set()

    def note(self, frame: FrameType, event: str, _argument: Any) -> None:
        if event == "call":
            self.found.add(frame.f_code)

    @contextmanager
    def during(self, call: str, told: dict[str, list[str]]) -> Iterator[None]:
        self.found = set()
        yield
        ran = {Path(code.co_filename) for code in self.found if code.co_name != "<module>"}
        told[call] = sorted(str(path.relative_to(APP)) for path in ran if path.is_relative_to(APP))


def files_run(folder: str) -> Mapping[str, list[str]]:
    """A clause with two people, a run, a yes, and the clause's fulfilment."""
    url = f"sqlite:///{folder}/handslag.db"
    database = Database(url)
    migrate(database)
    with database.writing() as session:
        organisation_id = make_organisation(session).id
    told: dict[str, list[str]] = {}
    watch = Watch()
    threading.setprofile(watch.note)
    with TestClient(create_app(make_settings(url))) as client:
        service = Service(client, database, organisation_id)
        admin = service.caller()
        case = make_case(service, admin, people=2)
        with watch.during("match run", told):
            run = admin.post("/match-runs", {"asOf": AS_OF}).json()
        path = f"/proposals/{proposals_of(admin, run)[0]['id']}/decisions"
        with watch.during("decision", told):
            assert admin.post(path, APPROVAL).status_code == 201
        with watch.during("fulfilment", told):
            answer = admin.get(f"/clauses/{case.clause_id}/fulfilment?asOf={AS_OF}")
    assert answer.json()["booked"] == 1
    return told


if __name__ == "__main__":
    with TemporaryDirectory() as temporary:
        print(json.dumps(files_run(temporary)))
