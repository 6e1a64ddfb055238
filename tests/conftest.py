"""Every test that stores something runs on a real SQLite file and on a real PostgreSQL."""

import gc
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.api.http import ServiceState, Workers
from app.db import Database
from app.main import create_app, create_state, give_state
from app.migrating import migrate
from app.processes.large_work import LargeWork
from app.services.ground.permissions import Actor
from tests.callers import Caller, Service
from tests.make import make_actor, make_organisation, make_settings
from tests.postgresql import give_back_database, new_database

MEMORY = Path("/dev/shm")  # noqa: S108  # the tests make their own folder in it


def pytest_collection() -> None:
    gc.disable()


def pytest_collection_finish() -> None:
    """Excludes modules and tests, which stay until the end, from garbage collection: looking at
    them again and again would take a tenth of all the time."""
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty file to copy; migrating for each test would take most of the time."""
    path = tmp_path_factory.mktemp("template") / "handslag.db"
    database = Database(f"sqlite:///{path}")
    migrate(database)
    database.dispose()
    return path


@pytest.fixture(scope="session")
def sqlite_copy() -> Iterator[Path]:
    """The path of the file that each test uses in turn, in memory where the system can, because
    every commit waits for a disk."""
    with TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as folder:
        yield Path(folder) / "handslag.db"


class LentDatabase(Database):
    """One database object for all tests at an address. It keeps compiled statements and
    PostgreSQL's connections, which would otherwise take most of a test's time."""

    def dispose(self) -> None:
        """Does nothing, so that a service that ends does not close what the next test uses."""

    def close(self) -> None:
        super().dispose()


@pytest.fixture(scope="session")
def lent() -> Iterator[dict[str, LentDatabase]]:
    """The lent databases by their addresses."""
    databases: dict[str, LentDatabase] = {}
    yield databases
    for database in databases.values():
        database.close()


class LentWork(LargeWork):
    """One child process for the large work of all tests, because starting it takes a second."""

    def close(self) -> None:
        """Does nothing, so that a service that ends leaves it to the next test."""

    def end(self) -> None:
        super().close()


@pytest.fixture(scope="session")
def lent_work() -> Iterator[LentWork]:
    work = LentWork()
    yield work
    work.end()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(
    request: pytest.FixtureRequest,
    sqlite_template: Path,
    sqlite_copy: Path,
    lent: dict[str, LentDatabase],
) -> Iterator[str]:
    """The address of a migrated, empty database of the test's own."""
    if request.param == "postgresql":
        url = new_database()
        yield url
        if not give_back_database(url) and url in lent:
            lent.pop(url).close()
    else:
        for left in sqlite_copy.parent.iterdir():
            left.unlink()
        shutil.copy(sqlite_template, sqlite_copy)
        yield f"sqlite:///{sqlite_copy}"


@pytest.fixture
def database(
    database_url: str, sqlite_copy: Path, lent: dict[str, LentDatabase]
) -> Iterator[Database]:
    is_postgresql = database_url.startswith("postgresql")
    if not is_postgresql and database_url != f"sqlite:///{sqlite_copy}":
        own = Database(database_url)
        yield own
        own.dispose()
        return
    if database_url not in lent:
        lent[database_url] = LentDatabase(database_url)
    yield lent[database_url]
    if not is_postgresql:  # the next test has another file
        lent[database_url].close()


@pytest.fixture
def actor(database: Database) -> Actor:
    """An admin of a new organisation, for tests below HTTP."""
    with database.writing() as session:
        return make_actor(session)


@pytest.fixture(scope="session")
def app() -> FastAPI:
    """The service's routes, created once, because that takes longer than most tests."""
    return create_app(make_settings("sqlite://"))


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    """Calls the app without a network; its event loop and threads stay for all tests."""
    with TestClient(app) as client:
        yield client


@contextmanager
def served(
    app: FastAPI, client: TestClient, database: Database, state: ServiceState
) -> Iterator[Service]:
    """The app with this state, as its lifespan would start and stop it."""
    give_state(app, state)
    with database.writing() as session:
        organisation_id = make_organisation(session).id
    state.background.start()
    yield Service(client, database, organisation_id)
    state.background.stop()


@pytest.fixture
def service(
    app: FastAPI,
    client: TestClient,
    database_url: str,
    database: Database,
    lent_work: LentWork,
) -> Iterator[Service]:
    """The whole service on the test's database, called without a network."""
    state = create_state(make_settings(database_url), database)
    lent = replace(state, large_work=lent_work, batch_reading=lent_work)
    with served(app, client, database, lent) as service:
        yield service


@pytest.fixture
def queueing(
    app: FastAPI, client: TestClient, database_url: str, database: Database
) -> Iterator[Service]:
    """The service where every run is queued as a large one, and no worker takes it."""
    state = create_state(make_settings(database_url), database)
    queueing = replace(state, large_work=LargeWork(0), background=Workers())
    with served(app, client, database, queueing) as service:
        yield service


@pytest.fixture
def admin(service: Service) -> Caller:
    return service.caller()
