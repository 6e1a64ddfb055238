"""Starts a service of its own, lets the journey happen on it, and shows what came out."""

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from pathlib import Path

import httpx
from rich.console import Console

from app.api.state import BASE_PATH
from app.clock import today_in_sweden
from app.db import Database
from app.demo.example import months_later
from app.demo.journey import travel
from app.demo.tables import show_outcome
from app.models.keys import Role
from app.services.keys import create_key, create_organisation
from app.services.migrations import migrate

DATABASE_FILE = Path("handslag-demo.db")
SECONDS_TO_START = 30


def run_demo(console: Console) -> None:
    """The Östersund case, beginning next month, on a fresh SQLite file."""
    secret = secrets.token_urlsafe(32)
    key = _fresh_database(secret)
    start = months_later(today_in_sweden(), 1)
    console.print(f"[bold]Östersund, avtalsstart {start}[/bold] (leverantör och personer påhittade)")
    with _service(secret) as address, _client(address, key) as api:
        outcome = travel(api, start)
    show_outcome(console, outcome)
    _show_how_to_go_on(console, secret, key)


def _fresh_database(secret: str) -> str:
    """An admin's key to a new organisation in a new file."""
    for file in DATABASE_FILE.parent.glob(f"{DATABASE_FILE.name}*"):
        file.unlink()
    database = Database(f"sqlite:///{DATABASE_FILE}")
    migrate(database)
    with database.writing() as session:
        organisation = create_organisation(session, "Östersunds kommun")
        key = create_key(session, secret, organisation.id, Role.ADMIN, "demo")
    database.dispose()
    return key


@contextmanager
def _service(secret: str) -> Iterator[str]:
    """The address of a service process that ends with the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "HANDSLAG_DATABASE_URL": f"sqlite:///{DATABASE_FILE}",
        "HANDSLAG_SECRET": secret,
    }
    environment.pop("HANDSLAG_PUBLIC_URL", None)
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(process, address)
        yield address
    finally:
        process.terminate()
        process.wait()


def _wait_until_ready(process: "subprocess.Popen[bytes]", address: str) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{address}/health/ready").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise SystemExit("The service did not start. Run `handslag serve` to see why.")


def _client(address: str, key: str) -> httpx.Client:
    return httpx.Client(
        base_url=address + BASE_PATH,
        headers={"Authorization": f"Bearer {key}", "Handslag-Caseworker": "demo-caseworker"},
        timeout=30,
    )


def _show_how_to_go_on(console: Console, secret: str, key: str) -> None:
    console.print("\nLook around in what the demo left, with the docs page in a browser:")
    settings = f"HANDSLAG_DATABASE_URL=sqlite:///{DATABASE_FILE} HANDSLAG_SECRET={secret}"
    for line in (
        f"  {settings} .venv/bin/handslag serve",
        f"  http://127.0.0.1:8000{BASE_PATH}/docs",
        f"  Authorize: {key}",
    ):
        console.print(line, soft_wrap=True, highlight=False)


