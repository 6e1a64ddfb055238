"""What a person reads who starts the service, and who starts it wrongly."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app.commands.serving import docs_page, listening, tell_where
from app.settings import Settings
from tests.background.processes import eventually, is_ready
from tests.test_cli import free_port, refused, run


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/handslag.db"


def test_says_where_things_are(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "app.command", "serve", "--port", f"{port}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        eventually(lambda: is_ready(f"http://127.0.0.1:{port}"))
        process.send_signal(signal.SIGINT)
        told = process.communicate(timeout=60)[0].decode().splitlines()
    assert process.returncode in {0, -signal.SIGINT}
    assert told[:2] == [
        f"Database: {os.environ['HANDSLAG_DATABASE_URL']}",
        f"Docs page: http://127.0.0.1:{port}/handslag/v1/docs",
    ]


@pytest.mark.parametrize(
    ("host", "shown"),
    [("0.0.0.0", "127.0.0.1"), ("::", "[::1]"), ("::1", "[::1]"), ("10.0.0.7", "10.0.0.7")],  # noqa: S104  # nothing listens
)
def test_docs_page_is_an_address_that_a_browser_opens(host: str, shown: str) -> None:
    assert docs_page(host, 8000) == f"http://{shown}:8000/handslag/v1/docs"


@pytest.mark.parametrize(
    ("public_url", "shown"),
    [
        ("https://api.kommun.example/arbetsmarknad/", "https://api.kommun.example/arbetsmarknad"),
        ("https://handslag.kommun.example", "http://127.0.0.1:8000"),
        (None, "http://127.0.0.1:8000"),
    ],
)
def test_docs_page_below_a_path_is_opened_through_the_gateway(
    public_url: str | None, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """At the own address it would be blank: what it loads has the path."""
    settings = {"public_url": public_url, "database_url": "sqlite://"}
    tell_where(Settings.model_validate(settings), "127.0.0.1", 8000)
    assert f"Docs page: {shown}/handslag/v1/docs\n" in capsys.readouterr().out


class TestAddress:
    def test_taken_port(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
            said = refused("serve", "--port", f"{port}")
        assert f"Port {port} is taken" in said
        assert "--port" in said

    @pytest.mark.parametrize("host", ["192.0.2.1", "no such host"])
    def test_that_is_not_of_this_machine(self, host: str) -> None:
        assert f"--host {host}" in refused("serve", "--host", host, "--port", "0")

    def test_no_answer_waits_for_more_to_send(self) -> None:
        """The end of an answer, a second packet, would wait until the client confirms the first."""
        (listener,) = listening("127.0.0.1", 0)
        with listener, socket.create_connection(listener.getsockname()):
            connection, _ = listener.accept()
            with connection:
                assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)

    def test_every_address_of_a_name(self) -> None:
        port = free_port()
        sockets = listening("localhost", port)
        assert {one.getsockname()[1] for one in sockets} == {port}
        for one in sockets:
            one.close()


class TestVariables:
    @pytest.mark.parametrize(
        ("name", "meant"),
        [
            ("HANDSLAG_DATABSE_URL", "HANDSLAG_DATABASE_URL"),
            ("HANDSLAG_DATABASE", "HANDSLAG_DATABASE_URL"),
            ("HANDSLAG_SECRETS", "HANDSLAG_SECRET"),
            ("handslag_public_uri", "HANDSLAG_PUBLIC_URL"),
        ],
    )
    @pytest.mark.parametrize("command", ["serve", "list-organisations", "openapi"])
    def test_misspelt(
        self, monkeypatch: pytest.MonkeyPatch, command: str, name: str, meant: str
    ) -> None:
        monkeypatch.setenv(name, "something")
        assert refused(command) == f"{name} is no setting. Was {meant} meant?"

    def test_of_something_else(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """As Kubernetes sets them for a service of the name handslag: told, and no hindrance."""
        names = ["HANDSLAG_PORT", "HANDSLAG_PORT_8000_TCP_ADDR", "HANDSLAG_SERVICE_HOST"]
        for name in names:
            monkeypatch.setenv(name, "10.0.0.7")
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = f"{other.getsockname()[1]}"
            command = [sys.executable, "-m", "app.command", "serve", "--port", port]
            ran = subprocess.run(command, capture_output=True, text=True)
        told = ran.stderr.splitlines()
        assert [line.split()[0] for line in told[:3]] == names
        assert "is taken" in told[3]


class TestDatabase:
    @pytest.mark.parametrize(
        "url",
        [
            "postgresql://me:hunter2@127.0.0.1:port/handslag",
            "postgresql+psycopg2://me:hunter2@127.0.0.1/handslag",
            "postgresql+nonsense://me:hunter2@127.0.0.1/handslag",
            "mysql://me:hunter2@127.0.0.1/handslag",
            "postgres:/me:hunter2@127.0.0.1/handslag",
            "handslag.db",
            "",
        ],
    )
    def test_address_that_is_none(self, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
        monkeypatch.setenv("HANDSLAG_DATABASE_URL", url)
        said = refused("serve")
        assert said.startswith("HANDSLAG_DATABASE_URL: give the address of a SQLite file")
        assert "hunter2" not in said

    @pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
    def test_address_as_postgresql_writes_it(self, scheme: str) -> None:
        url = Settings(database_url=f"{scheme}://me@127.0.0.1:1/handslag").database_url
        assert url == "postgresql+psycopg://me@127.0.0.1:1/handslag"

    def test_locked_file(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("HANDSLAG_LOCK_TIMEOUT_SECONDS", "0.1")
        run("create-organisation", "Östersund")
        with closing(sqlite3.connect(tmp_path / "handslag.db")) as other:
            other.execute("BEGIN EXCLUSIVE")
            assert "The database is locked" in refused("create-organisation", "Åre")
            assert "The database is locked" in refused("serve", "--port", "0")
