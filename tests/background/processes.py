"""Real processes of the service on a database of the test's own, and how tests wait for them."""

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

PATIENCE = 60  # seconds, on a machine that has much else to do
Seen = TypeVar("Seen")


def eventually(look: Callable[[], Seen]) -> Seen:
    """The first thing seen that is true."""
    deadline = time.monotonic() + PATIENCE
    between = threading.Event()
    while not (seen := look()):
        assert time.monotonic() < deadline, "waited in vain"
        between.wait(0.02)
    return seen


@contextmanager
def command(url: str, *arguments: str) -> Iterator["subprocess.Popen[bytes]"]:
    """`handslag` with these arguments, killed when the block ends if it has not ended itself."""
    settings = {
        "HANDSLAG_DATABASE_URL": url,
        "HANDSLAG_SECRET": PEPPER,
        "HANDSLAG_BACKGROUND_FROM_ROWS": "0",
        "MATCHING_WITHOUT_NUMBA": "1",  # small runs; to load it takes longer than they do
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "app.cli", *arguments],
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
    """A service on a free port, and the address at which it will be ready."""
    port = free_port()
    with command(url, "serve", "--port", str(port)) as process:
        yield process, f"http://127.0.0.1:{port}"


@contextmanager
def client_of(address: str, key: str = "") -> Iterator[httpx.Client]:
    """As soon as the service there is ready."""
    eventually(lambda: is_ready(address))
    headers = {"Authorization": f"Bearer {key}"}
    with httpx.Client(base_url=address + BASE_PATH, headers=headers, timeout=PATIENCE) as client:
        yield client


def is_ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/health/ready").is_success
    except httpx.TransportError:
        return False
