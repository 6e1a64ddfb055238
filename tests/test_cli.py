"""The handslag command as an operator or a script runs it: plain output, errors in one line."""

import json
import os
import socket
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text
from sqlmodel import select
from typer.testing import CliRunner

from app.api.http import EXAMPLE_ADDRESS
from app.cli import app
from app.clock import SWEDEN, today_in_sweden, utc_now
from app.db import Database
from app.migrating import is_newest
from app.models.events import Event
from app.models.keys import Key, Role
from app.services.registers.keys import authenticate
from tests.make import PEPPER
from tests.postgresql import new_unmigrated_database

UNKNOWN_ID = "7f1c9a52-3c8e-4f5c-9d55-0f6a5b1f2a10"


@pytest.fixture(autouse=True)
def settings(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("HANDSLAG_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HANDSLAG_DATABASE_URL", database_url)
    monkeypatch.setenv("HANDSLAG_SECRET", PEPPER)


def run(*arguments: str) -> str:
    """Runs a command that must succeed, and returns what it printed."""
    result = CliRunner().invoke(app, arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def refused(*arguments: str) -> str:
    """Runs a command that must fail, and returns its one line on stderr."""
    result = CliRunner().invoke(app, arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    return result.stderr.strip()


@pytest.fixture
def organisation_id() -> str:
    return run("create-organisation", "Östersunds kommun").strip()


class TestCreateOrganisation:
    def test_prints_its_id_alone(self) -> None:
        printed = run("create-organisation", "Östersunds kommun")
        assert printed == f"{UUID(printed.strip())}\n"

    @pytest.mark.parametrize("name", ["", "  ", "x" * 201])
    def test_bad_name(self, name: str) -> None:
        assert refused("create-organisation", name).startswith("name: ")

    def test_is_recorded(self, database: Database, organisation_id: str) -> None:
        with database.reading() as session:
            events = {event.resource: event for event in session.exec(select(Event))}
        assert set(events) == {"organisations", "policies"}
        assert str(events["organisations"].resource_id) == organisation_id
        assert {event.actor for event in events.values()} == {None}


class TestCreateKey:
    def test_prints_the_key_alone_and_it_opens(
        self, database: Database, organisation_id: str
    ) -> None:
        printed = run("create-key", organisation_id, "--role", "caseworker", "--label", "Ärenden")
        assert printed.count("\n") == 1
        with database.reading() as session:
            actor = authenticate(session, PEPPER, printed.strip(), utc_now())
            key = session.get(Key, actor.key_id)
        assert (str(actor.organisation_id), actor.role) == (organisation_id, Role.CASEWORKER)
        assert key is not None
        assert (key.label, key.expires_at) == ("Ärenden", None)

    def test_expires_after_its_last_day(self, database: Database, organisation_id: str) -> None:
        last = today_in_sweden() + timedelta(days=30)
        run("create-key", organisation_id, "--role", "admin", "--expires", last.isoformat())
        with database.reading() as session:
            expires_at = session.exec(select(Key.expires_at)).one()
        assert expires_at is not None
        end = expires_at.astimezone(SWEDEN)
        assert (end.date(), end.hour, end.minute) == (last, 23, 59)

    def test_may_hold_for_today_alone(self, organisation_id: str) -> None:
        today = today_in_sweden().isoformat()
        run("create-key", organisation_id, "--role", "admin", "--expires", today)

    def test_is_recorded_without_its_hash(self, database: Database, organisation_id: str) -> None:
        key = run("create-key", organisation_id, "--role", "admin").strip()
        with database.reading() as session:
            event = session.exec(select(Event).where(Event.resource == "keys")).one()
            stored = session.exec(select(Key)).one()
        assert event.action == "created"
        assert event.after is not None
        told = json.dumps(event.after)
        assert stored.secret_hash not in told
        assert key.split("_", 2)[2] not in told

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["no-id", "--role", "admin"], "That is not an id"),
            ([UNKNOWN_ID, "--role", "admin"], UNKNOWN_ID),
            ([UNKNOWN_ID, "--role", "king"], "caseworker, procurement, auditor, admin"),
            ([UNKNOWN_ID, "--role", "admin", "--expires", "soon"], "YYYY-MM-DD"),
            ([UNKNOWN_ID, "--role", "admin", "--expires", "2018-01-01"], "past"),
            ([UNKNOWN_ID, "--role", "admin", "--expires", "2100-12-31"], UNKNOWN_ID),
            ([UNKNOWN_ID, "--role", "admin", "--expires", "2101-01-01"], "up to 2100-12-31"),
        ],
    )
    def test_bad_argument(self, arguments: list[str], said: str) -> None:
        assert said in refused("create-key", *arguments)

    def test_without_a_secret(self, monkeypatch: pytest.MonkeyPatch, organisation_id: str) -> None:
        monkeypatch.delenv("HANDSLAG_SECRET")
        assert "HANDSLAG_SECRET" in refused("create-key", organisation_id, "--role", "admin")

    @pytest.mark.parametrize("secret", ["x" * 15, " " * 16])
    def test_short_secret_is_not_repeated(
        self, monkeypatch: pytest.MonkeyPatch, organisation_id: str, secret: str
    ) -> None:
        monkeypatch.setenv("HANDSLAG_SECRET", secret)
        said = refused("create-key", organisation_id, "--role", "admin")
        assert said.startswith("HANDSLAG_SECRET: ")
        assert "at least 16 characters" in said
        assert "xxx" not in said


class TestRevokeKey:
    def test_valid_then_again(self, database: Database, organisation_id: str) -> None:
        run("create-key", organisation_id, "--role", "admin")
        with database.reading() as session:
            key_id = str(session.exec(select(Key.id)).one())
        assert run("revoke-key", key_id) == ""
        with database.reading() as session:
            assert session.exec(select(Key.revoked_at)).one() is not None
            actions = session.exec(select(Event.action).where(Event.resource == "keys")).all()
        assert sorted(actions) == ["created", "revoked"]
        assert "revoked" in refused("revoke-key", key_id)

    def test_unknown(self) -> None:
        assert UNKNOWN_ID in refused("revoke-key", UNKNOWN_ID)


class TestDatabase:
    def test_sqlite_follows_by_itself(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        url = f"sqlite:///{tmp_path}/new.db"
        monkeypatch.setenv("HANDSLAG_DATABASE_URL", url)
        run("create-organisation", "Östersunds kommun")
        database = Database(url)
        assert is_newest(database)
        database.dispose()

    @pytest.mark.parametrize(
        "arguments",
        [["create-organisation", "x"], ["revoke-key", UNKNOWN_ID], ["serve"], ["worker"]],
    )
    def test_postgresql_refuses_with_advice(
        self, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
    ) -> None:
        monkeypatch.setenv("HANDSLAG_DATABASE_URL", new_unmigrated_database())
        assert "handslag migrate" in refused(*arguments)

    def test_postgresql_after_migrate(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HANDSLAG_DATABASE_URL", new_unmigrated_database())
        run("migrate")
        run("create-organisation", "Östersunds kommun")

    @pytest.mark.parametrize(
        ("url", "said"),
        [
            ("postgresql+psycopg://nobody@127.0.0.1:1/none", "does not answer"),
            ("sqlite:////no/such/folder/handslag.db", "create the folder"),
            ("sqlite://", "name a file"),
            ("sqlite:///:memory:", "name a file"),
            ("mysql://somewhere/handslag", "HANDSLAG_DATABASE_URL"),
            ("nonsense", "HANDSLAG_DATABASE_URL"),
        ],
    )
    def test_that_cannot_be_reached(
        self, monkeypatch: pytest.MonkeyPatch, url: str, said: str
    ) -> None:
        monkeypatch.setenv("HANDSLAG_DATABASE_URL", url)
        assert said in refused("create-organisation", "x")

    def test_file_of_another_kind(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        (tmp_path / "notes.db").write_text("No database at all, but long enough to be read.\n" * 9)
        monkeypatch.setenv("HANDSLAG_DATABASE_URL", f"sqlite:///{tmp_path}/notes.db")
        assert "cannot be used" in refused("create-organisation", "x")

    def test_database_of_something_else(self, database: Database) -> None:
        with database.writing() as session:
            session.execute(text("DROP TABLE alembic_version"))
        assert "of something else" in refused("migrate")

    def test_database_of_a_newer_handslag(self, database: Database) -> None:
        with database.writing() as session:
            session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        assert "a newer one has used it" in refused("migrate")
        with database.writing() as session:  # for the next user of this database
            session.execute(text("DELETE FROM alembic_version"))


class TestPublicUrl:
    @pytest.mark.parametrize(
        "url",
        [
            "http://handslag.example",
            "https://handslag.example/handslag/v1",
            "https://handslag.example?a=1",
            "https://me:secret@handslag.example",
        ],
    )
    def test_that_is_more_than_a_host(self, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
        monkeypatch.setenv("HANDSLAG_PUBLIC_URL", url)
        assert "HANDSLAG_PUBLIC_URL" in refused("openapi")


class TestOpenapi:
    def test_names_the_example_address_alone(self) -> None:
        document = json.loads(run("openapi"))
        assert document["servers"] == [{"url": EXAMPLE_ADDRESS}]
        assert "/candidates/{candidateId}" in document["paths"]

    def test_names_the_public_address_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HANDSLAG_PUBLIC_URL", "https://handslag.ostersund.example")
        document = json.loads(run("openapi"))
        assert document["servers"] == [{"url": "https://handslag.ostersund.example/handslag/v1"}]

    def test_needs_no_secret_and_no_database(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("HANDSLAG_SECRET")
        monkeypatch.setenv("HANDSLAG_DATABASE_URL", "sqlite:////no/such/folder/handslag.db")
        assert json.loads(run("openapi"))["openapi"].startswith("3.1")


class TestBench:
    def test_unknown_size(self) -> None:
        assert "municipal" in refused("bench", "galactic")


class TestWorker:
    def test_on_sqlite(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("HANDSLAG_DATABASE_URL", f"sqlite:///{tmp_path}/new.db")
        assert "not needed" in refused("worker")


class TestServe:
    def test_without_a_secret(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("HANDSLAG_SECRET")
        assert "HANDSLAG_SECRET" in refused("serve")

    def test_logs_one_json_object_a_line(self) -> None:
        """The log has one line for the request; uvicorn's access log adds none."""
        lines = [json.loads(line) for line in lines_of_a_short_service("/health/live")]
        assert all({"event", "level", "timestamp"} <= line.keys() for line in lines)
        requests = [line for line in lines if line.get("path") == "/health/live"]
        assert [(line["event"], line["status"]) for line in requests] == [("request", 200)]
        assert "/health/live" not in " ".join(line["event"] for line in lines)


def lines_of_a_short_service(path: str) -> list[str]:
    """The lines that a real process on a free port writes to stderr while it answers one call."""
    port = free_port()
    command = [sys.executable, "-m", "app.command", "serve", "--port", str(port)]
    lines: list[str] = []
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        guard = threading.Timer(60, process.kill)
        guard.start()
        assert process.stderr is not None
        for line in process.stderr:
            lines.append(line)
            if "running on" in line:
                httpx.get(f"http://127.0.0.1:{port}{path}")
                process.terminate()
        guard.cancel()
    return lines


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
