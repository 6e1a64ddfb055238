"""A settled world for tests that go over every operation and must leave nothing behind."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.db import Database
from app.main import create_app
from tests.api.world import World, settle
from tests.callers import Service
from tests.make import make_organisation, make_settings
from tests.postgresql import give_back_database, new_database


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def settled_url(
    request: pytest.FixtureRequest,
    sqlite_template: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    if request.param == "postgresql":
        url = new_database()
        yield url
        give_back_database(url)
    else:
        copy = tmp_path_factory.mktemp("settled") / "handslag.db"
        shutil.copy(sqlite_template, copy)
        yield f"sqlite:///{copy}"


@pytest.fixture(scope="module")
def world(settled_url: str) -> Iterator[World]:
    """Shared by a module's tests, as they check that they store nothing."""
    database = Database(settled_url)
    app = create_app(make_settings(settled_url))
    with database.writing() as session:
        organisation_id = make_organisation(session).id
    with TestClient(app) as client:
        yield settle(Service(client, database, organisation_id))
    database.dispose()
