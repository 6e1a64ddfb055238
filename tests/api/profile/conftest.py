"""The profile is about HTTP, which is the same over either database: one is enough here."""

import pytest


@pytest.fixture(scope="module")
def settled_kind() -> str:
    return "sqlite"
