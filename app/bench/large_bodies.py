"""What one large body costs, and what it costs everybody else.

Measured on a service of its own: how long `/health/live` takes while one call of 31 MB runs, and
how much memory six of them at once add, over the service and its children (Linux: PSS). Refusals
with 503 are answers too, and are counted.
"""

import json
import os
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import numpy as np
from rich.console import Console
from rich.table import Table

from app.bench.instances import AS_OF, people_and_slots
from app.bench.registers import SUPPLIERS, as_registered, person_line
from app.demo.own_service import OwnService, own_service

BODIES = "bodies"
SEED = 2017
PAIRS, CANDIDATES, SLOTS, MOST_POINTS = 640_000, 20_000, 2_000, 100
BYTES = 31 * 1024 * 1024
MOST_ITEMS = 10_000
AT_ONCE, PINGS = 6, 100
SECONDS_BETWEEN_PINGS, SECONDS_BETWEEN_LOOKS = 0.01, 0.1
MEGABYTE = 2**20


@dataclass(frozen=True)
class BodyCost:
    """`worst_ping_ms`: of a hundred `/health/live` while one call runs, which takes `seconds`.

    `added_mb`: what AT_ONCE such calls at once add at most to a service that was at rest, with the
    children that it starts for them; `warm_mb`: the same after a first call; `statuses`: of them.
    """

    path: str
    megabytes: float
    seconds: float
    worst_ping_ms: float
    median_ping_ms: float
    added_mb: float
    warm_mb: float
    statuses: dict[int, int]


def run_bodies_bench(console: Console) -> list[BodyCost]:
    """Measures each operation that takes large bodies, and prints a table."""
    found = [measure(path, make()) for path, make in MADE.items()]
    table = Table(title=f"One call of 31 MB, and {AT_ONCE} at once; SQLite, seed {SEED}")
    for heading in (
        "operation",
        "MB",
        "one call",
        "live, worst",
        "live, median",
        "added",
        "when warm",
        "six",
    ):
        table.add_column(heading, justify="right")
    for one in found:
        table.add_row(
            one.path,
            f"{one.megabytes:.1f}",
            f"{one.seconds:.1f} s",
            f"{one.worst_ping_ms:.0f} ms",
            f"{one.median_ping_ms:.1f} ms",
            f"{one.added_mb:.0f} MB",
            f"{one.warm_mb:.0f} MB",
            ", ".join(f"{count} x {status}" for status, count in one.statuses.items()),
        )
    console.print(table)
    return found


def pairs_body() -> bytes:
    """Ready-made pairs, each with a candidate and a slot of the lists."""
    random = np.random.default_rng(SEED)
    candidate = np.sort(random.integers(CANDIDATES, size=2 * PAIRS))
    slot = random.integers(SLOTS, size=2 * PAIRS)
    chosen = np.unique(candidate * SLOTS + slot)[:PAIRS]
    points = random.integers(1, MOST_POINTS, size=len(chosen))
    pairs = [
        f'{{"candidateId":"{one // SLOTS:x}","slotId":"{one % SLOTS:x}","points":{worth}}}'
        for one, worth in zip(chosen.tolist(), points.tolist(), strict=True)
    ]
    slots = [{"id": f"{one:x}", "places": 8, "tier": one % 2} for one in range(SLOTS)]
    people = [{"id": f"{one:x}"} for one in range(CANDIDATES)]
    head = json.dumps({"slots": slots, "candidates": people}, separators=(",", ":"))
    return f'{head[:-1]},"pairs":[{",".join(pairs)}]}}'.encode()


def matching_body() -> bytes:
    """As many candidates as the body holds, and no slots: all of the time goes into reading."""
    people = [line | {"id": line["reference"]} for line in _people(40_000)]
    return _filled({"asOf": f"{AS_OF}", "slots": []}, "candidates", people)


def batch_body() -> bytes:
    """A whole batch of candidates, with skills until the body is full."""
    people = _people(MOST_ITEMS)
    each = (BYTES - len(json.dumps(people))) // MOST_ITEMS // 24
    skills = [f"skill-of-some-length-{one}" for one in range(min(each, 200))]
    return _filled({}, "items", [line | {"skills": skills} for line in people])


MADE: dict[str, Callable[[], bytes]] = {
    "/assignments": pairs_body,
    "/matchings": matching_body,
    "/candidate-batches": batch_body,
}


def _people(count: int) -> list[dict[str, Any]]:
    people, _ = as_registered(*people_and_slots(SEED, count, 0))
    nobody = {f"supplier-{number}": "" for number in range(SUPPLIERS)}
    return [person_line(person, nobody) | {"avoidedSupplierIds": []} for person in people]


def _filled(body: dict[str, Any], name: str, items: list[dict[str, Any]]) -> bytes:
    """The body with as many of the items as stay under BYTES."""
    each = len(json.dumps(items[:100])) / 100
    return json.dumps(body | {name: items[: int(BYTES / each)]}).encode()


def measure(path: str, body: bytes) -> BodyCost:
    with tempfile.TemporaryDirectory() as folder, own_service(Path(folder) / "b.db", "A") as own:
        at_rest = _bytes_of_descendants()
        send_large(own, path, body)  # the first call compiles, and starts a child
        started = time.perf_counter()
        pings, calls = _pings_meanwhile(own, lambda: send_large(own, path, body))
        seconds = (time.perf_counter() - started) / calls
        with _peak_memory() as memory, ThreadPoolExecutor(AT_ONCE) as pool:
            waiting = [pool.submit(send_large, own, path, body) for _ in range(AT_ONCE)]
            statuses = Counter(one.result() for one in waiting)
    return BodyCost(
        path,
        len(body) / MEGABYTE,
        seconds,
        max(pings),
        float(np.median(pings)),
        (memory.peak - at_rest) / MEGABYTE,
        (memory.peak - memory.before) / MEGABYTE,
        dict(statuses),
    )


def send_large(own: OwnService, path: str, body: bytes) -> int:
    with own.client() as api:
        headers = {"Content-Type": "application/json"}
        return api.post(path, content=body, headers=headers).status_code


def _pings_meanwhile(own: OwnService, call: Callable[[], object]) -> tuple[list[float], int]:
    """Milliseconds of PINGS calls of `/health/live`, and how many large calls ran meanwhile."""
    pings: list[float] = []
    calls = 0
    with ThreadPoolExecutor(1) as pool, httpx.Client(base_url=own.address, timeout=600) as api:
        api.get("/health/live")
        while len(pings) < PINGS:
            running = pool.submit(call)
            calls += 1
            while not running.done():
                started = time.perf_counter()
                api.get("/health/live").raise_for_status()
                pings.append((time.perf_counter() - started) * 1000)
                time.sleep(SECONDS_BETWEEN_PINGS)
    return pings, calls


@dataclass
class Memory:
    """Bytes of this process's descendants, at first and at most."""

    before: int = field(default_factory=lambda: _bytes_of_descendants())
    peak: int = 0


@contextmanager
def _peak_memory() -> Iterator[Memory]:
    memory, over = Memory(), threading.Event()

    def look() -> None:
        while not over.wait(SECONDS_BETWEEN_LOOKS):
            memory.peak = max(memory.peak, _bytes_of_descendants())

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield memory
    finally:
        over.set()
        thread.join()


def _bytes_of_descendants() -> int:
    return sum(_proportional_bytes(process) for process in _descendants(os.getpid()))


def _descendants(process: int) -> Iterator[int]:
    for child, parent in _parents().items():
        if parent == process:
            yield child
            yield from _descendants(child)


def _parents() -> dict[int, int]:
    """The parent of every process; the name before it, in parentheses, may hold anything."""
    parents = {}
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(FileNotFoundError, ProcessLookupError):
            after_name = (process / "stat").read_text().rpartition(")")[2]
            parents[int(process.name)] = int(after_name.split()[1])
    return parents


def _proportional_bytes(process: int) -> int:
    """What the process holds, with its share of what it has in common with others."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
