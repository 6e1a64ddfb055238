"""Real processes of the service on a test's own database, and functions that wait for them."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import httpx

from app.api.http import BASE_PATH
from tests.make import PEPPER
from tests.test_cli import free_port

PATIENCE = 60  # seconds, enough for a busy machine
Seen = TypeVar("Seen")


def eventually(look: Callable[[], Seen]) -> Seen:
    """Asks again until the answer is true, and returns it."""
    deadline = time.monotonic() + PATIENCE
    between = threading.Event()
    while not (seen := look()):
        assert time.monotonic() < deadline, "waited in vain"
        between.wait(0.02)
    return seen


@contextmanager
def command(url: str, *arguments: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Runs `handslag` with these arguments; kills it at the block's end if it still runs."""
    settings = {
        "HANDSLAG_DATABASE_URL": url,
        "HANDSLAG_SECRET": PEPPER,
        "HANDSLAG_BACKGROUND_FROM_ROWS": "0",
        "MATCHING_WITHOUT_NUMBA": "1",  # loading it takes longer than small runs do
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "app.command", *arguments],
        env=os.environ | settings,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def served(url: str) -> Iterator[tuple["subprocess.Popen[bytes]", str]]:
    """Starts a service on a free port; gives its process and address, perhaps before it answers."""
    port = free_port()
    with command(url, "serve", "--port", str(port)) as process:
        yield process, f"http://127.0.0.1:{port}"


@contextmanager
def client_of(address: str, key: str = "") -> Iterator[httpx.Client]:
    """Waits until the service answers, and returns a client for it."""
    eventually(lambda: is_ready(address))
    headers = {"Authorization": f"Bearer {key}"}
    with httpx.Client(base_url=address + BASE_PATH, headers=headers, timeout=PATIENCE) as client:
        yield client


def is_ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/health/ready").is_success
    except httpx.TransportError:
        return False
