import os

import pytest

from tests.make import PEPPER
from tests.test_cli import run


@pytest.fixture(autouse=True)
def settings(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("HANDSLAG_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HANDSLAG_DATABASE_URL", database_url)
    monkeypatch.setenv("HANDSLAG_SECRET", PEPPER)


@pytest.fixture
def organisation_id() -> str:
    return run("create-organisation", "Östersunds kommun").strip()
