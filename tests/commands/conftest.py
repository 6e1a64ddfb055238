import pytest

from tests.test_cli import run, settings

__all__ = ["organisation_id", "settings"]


@pytest.fixture
def organisation_id() -> str:
    return run("create-organisation", "Östersunds kommun").strip()
