"""A database that cannot be opened: which, where and what to do, and nothing of its password."""

import socket
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from tests.postgresql import new_unmigrated_database
from tests.test_cli import refused

COMMANDS = [
    ["list-organisations"],
    ["migrate"],
    ["serve"],
]

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def said_of(monkeypatch: pytest.MonkeyPatch, url: str, *arguments: str) -> str:
    monkeypatch.setenv("HANDSLAG_DATABASE_URL", url)
    said = refused(*(arguments or ("list-organisations",)))
    assert said.startswith("HANDSLAG_DATABASE_URL ")
    return said


@pytest.mark.parametrize("arguments", COMMANDS)
def test_folder_that_does_not_exist(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: list[str]
) -> None:
    said = said_of(monkeypatch, f"sqlite:///{tmp_path}/none/x.db", *arguments)
    assert f"{tmp_path}/none/x.db" in said
    assert "create the folder" in said


def test_folder_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert "name a file in it" in said_of(monkeypatch, f"sqlite:///{tmp_path}")


def test_file_of_another_kind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("No database at all.\n")
    said = said_of(monkeypatch, f"sqlite:///{tmp_path}/notes.txt")
    assert f"{tmp_path}/notes.txt" in said
    assert "no SQLite database. Name another file" in said


@pytest.mark.parametrize("arguments", COMMANDS)
def test_postgresql_that_nobody_started(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    url = f"postgresql://u:ge%40heim@127.0.0.1:{port}/d"
    said = said_of(monkeypatch, url, *arguments)
    assert f"127.0.0.1:{port}" in said
    assert "Start the PostgreSQL" in said
    assert "heim" not in said


def test_postgresql_without_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    url = make_url(new_unmigrated_database()).set(database="nowhere")
    said = said_of(monkeypatch, url.render_as_string(hide_password=False))
    assert "no database nowhere: create it" in said


def test_postgresql_without_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    url = make_url(new_unmigrated_database()).set(username="nobody-here")
    said = said_of(monkeypatch, url.render_as_string(hide_password=False))
    assert "no user nobody-here" in said


def test_host_that_has_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    said = said_of(monkeypatch, "postgresql://u:geheim@nohost.invalid/d")
    assert "at nohost.invalid" in said
    assert "geheim" not in said


@pytest.mark.parametrize(
    "password", ["ge@heim", "ge@hei/heim", "@heim", "heim@", "ge?x@heim", "ge@heim:heim", "h@e@im"]
)
def test_sign_that_is_read_as_another(monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    monkeypatch.setenv("HANDSLAG_DATABASE_URL", f"postgresql://u:{password}@127.0.0.1:20999/d")
    said = refused("list-organisations")
    assert "HANDSLAG_DATABASE_URL" in said
    assert "%40" in said or "give the address" in said
    assert "heim" not in said
