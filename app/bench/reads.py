"""How long a read takes while a match run is at work in the background, and without one."""

import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from statistics import median

import httpx
from rich.console import Console
from rich.table import Table

from app.bench.instances import AS_OF, people_and_slots
from app.bench.registers import as_registered, register
from app.demo.journey import post
from app.demo.own_service import own_service

READS = "reads"
SEED = 2017
CANDIDATES, PLACES = 10_000, 2_000
IDLE_READS = 500
RUNS = 5
EVERYTHING = {"HANDSLAG_BACKGROUND_FROM_ROWS": "0"}


@dataclass(frozen=True)
class Latency:
    """Median milliseconds of the reads, the number of reads, and how long the runs took."""

    idle_ms: float
    meanwhile_ms: float
    ratio: float
    reads: int
    seconds: float


def run_reads_bench(console: Console) -> list[Latency]:
    """Measure, and print the table."""
    latency = measure()
    title = f"Reads while {RUNS} runs of {CANDIDATES} x {PLACES} are at work, SQLite, seed {SEED}"
    table = Table(title=title)
    for heading in ("idle, median", "meanwhile, median", "ratio", "reads meanwhile", "runs took"):
        table.add_column(heading, justify="right")
    table.add_row(
        f"{latency.idle_ms:.2f} ms",
        f"{latency.meanwhile_ms:.2f} ms",
        f"{latency.ratio:.2f}",
        f"{latency.reads}",
        f"{latency.seconds:.1f} s",
    )
    console.print(table)
    return [latency]


def measure() -> Latency:
    people, slots = as_registered(*people_and_slots(SEED, CANDIDATES, PLACES))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.db"
        with own_service(file, "Exempelregionen", EVERYTHING) as service, service.client() as api:
            register(api, people, slots)
            reads = _reads(api)
            idle = median(next(reads) for _ in range(IDLE_READS))
            started = time.perf_counter()
            runs = [post(api, "/match-runs", {"asOf": f"{AS_OF}"})["id"] for _ in range(RUNS)]
            taken = list(_until_over(api, runs[-1], reads))
            seconds = time.perf_counter() - started
    return Latency(idle, median(taken), median(taken) / idle, len(taken), seconds)


def _reads(api: httpx.Client) -> Iterator[float]:
    """Milliseconds of each read, one after the other: a row, a page, another row."""
    (supplier,) = api.get("/suppliers?limit=1").json()["items"]
    (slot,) = api.get("/slots?limit=1").json()["items"]
    for path in cycle((f"/suppliers/{supplier['id']}", "/candidates", f"/slots/{slot['id']}")):
        started = time.perf_counter()
        api.get(path).raise_for_status()
        yield (time.perf_counter() - started) * 1000


def _until_over(api: httpx.Client, run_id: str, reads: Iterator[float]) -> Iterator[float]:
    while api.get(f"/match-runs/{run_id}").json()["progress"] is not None:
        for _ in range(10):
            yield next(reads)
