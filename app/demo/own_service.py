"""Starts a service process on a fresh SQLite file, for the demo and the bench."""

import os
import secrets
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from app.api.http import BASE_PATH
from app.db import Database
from app.errors import HandslagError
from app.migrating import migrate
from app.models.roles import Role
from app.services.registers.keys import create_key, create_organisation

SECONDS_TO_START = 30


@dataclass(frozen=True)
class OwnService:
    """The service's address, its secret, and the key of an admin."""

    address: str
    secret: str
    key: str

    def client(self) -> httpx.Client:
        return httpx.Client(
            base_url=self.address + BASE_PATH,
            headers={"Authorization": f"Bearer {self.key}", "Handslag-Caseworker": "caseworker-1"},
            timeout=600,
        )


@contextmanager
def own_service(
    file: Path, organisation: str, settings: Mapping[str, str] | None = None
) -> Iterator[OwnService]:
    """Runs the service until the block ends; deletes what the file held before."""
    secret = secrets.token_urlsafe(32)
    key = _fresh_database(file, organisation, secret)
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    own = {"HANDSLAG_DATABASE_URL": f"sqlite:///{file}", "HANDSLAG_SECRET": secret}
    process = _start(port, own | dict(settings or {}))
    try:
        _wait_until_ready(process, address)
        yield OwnService(address, secret, key)
    finally:
        process.terminate()
        process.wait()


def _fresh_database(file: Path, organisation: str, secret: str) -> str:
    _refuse_in_use(file)
    for old in (file, Path(f"{file}-wal"), Path(f"{file}-shm")):
        old.unlink(missing_ok=True)
    database = Database(f"sqlite:///{file}")
    migrate(database)
    with database.writing() as session:
        owner = create_organisation(session, organisation)
        key = create_key(session, secret, owner.id, Role.ADMIN, "own service")
    database.dispose()
    return key


def _refuse_in_use(file: Path) -> None:
    """Refuses a file that a service uses: it would go on writing to the deleted file."""
    if file.exists():
        with closing(sqlite3.connect(file, timeout=1)) as connection:
            try:
                connection.execute("PRAGMA journal_mode=DELETE")
            except sqlite3.OperationalError as error:
                message = f"{file} is in use by a service that runs. Stop it first."
                raise HandslagError(message) from error


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _start(port: int, settings: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    inherited = {name: value for name, value in os.environ.items() if "HANDSLAG_" not in name}
    # -P: a folder `app` in the working directory is not ours.
    command = [sys.executable, "-P", "-m", "app.command", "serve", "--port", str(port)]
    return subprocess.Popen(  # noqa: S603  # the command is our own; no caller sets a part of it
        command,
        env=inherited | dict(settings),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _wait_until_ready(process: "subprocess.Popen[bytes]", address: str) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{address}/health/ready").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise RuntimeError("The service did not start. Run `handslag serve` to see why.")
