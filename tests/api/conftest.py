"""A settled world for tests that go over every operation and must leave nothing behind."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.db import Database
from app.main import create_app
from tests.api.world import World, settle
from tests.callers import Service
from tests.make import make_organisation, make_settings
from tests.postgresql import give_back_database, new_database


@contextmanager
def settled_at(url: str) -> Iterator[World]:
    database = Database(url)
    app = create_app(make_settings(url))
    with database.writing() as session:
        organisation_id = make_organisation(session).id
    with TestClient(app) as client:
        yield settle(Service(client, database, organisation_id))
    database.dispose()


@pytest.fixture(scope="session")
def world_on(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], World]]:
    """The world on either kind of database, settled once: its tests check that they store
    nothing."""
    worlds: dict[str, World] = {}
    with ExitStack() as until_the_end:

        def settled(kind: str) -> World:
            if kind not in worlds:
                url = postgresql(until_the_end) if kind == "postgresql" else sqlite()
                worlds[kind] = until_the_end.enter_context(settled_at(url))
            return worlds[kind]

        def sqlite() -> str:
            copy = tmp_path_factory.mktemp("settled") / "handslag.db"
            return f"sqlite:///{shutil.copy(sqlite_template, copy)}"

        yield settled


def postgresql(until_the_end: ExitStack) -> str:
    url = new_database()
    until_the_end.callback(give_back_database, url)
    return url


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def settled_kind(request: pytest.FixtureRequest) -> str:
    kind: str = request.param
    return kind


@pytest.fixture(scope="module")
def world(settled_kind: str, world_on: Callable[[str], World]) -> World:
    return world_on(settled_kind)
