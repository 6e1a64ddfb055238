"""The profile is about HTTP, which is the same over either database: one is enough here."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def settled_url(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    copy = tmp_path_factory.mktemp("settled") / "handslag.db"
    shutil.copy(sqlite_template, copy)
    return f"sqlite:///{copy}"
