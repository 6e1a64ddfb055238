"""Prints what `handslag bench` measures, and writes it as JSON with the machine's description."""

import json
import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from app.bench import engine, large_bodies, over_http, reads, whole
from app.bench.engine import RUNS, SEED, Point, Row, measure_engine
from app.bench.followed_up import FOLLOW_UP, run_follow_up_bench
from app.bench.large_bodies import BODIES, run_bodies_bench
from app.bench.over_http import SIZES, run_bench
from app.bench.reads import READS, run_reads_bench
from app.bench.reserves import measure_reserves
from app.bench.stored import measure_stored
from app.bench.whole import measure_whole

Json = dict[str, Any]
PACKAGES = ("numpy", "scipy", "numba", "ortools", "fastapi", "sqlalchemy")
SEEDS = {
    "pairs": engine.SEED,
    "wholeEngine": whole.SEED,
    "overHttp": over_http.SEED,
    "readsMeanwhile": reads.SEED,
    "largeBodies": large_bodies.SEED,
}


def run_benches(console: Console, size: str | None, file: Path) -> None:
    """Measures one size, or all; prints tables and writes the file."""
    measured: Json = {}
    if size in (*SIZES, None):
        measured["overHttp"] = run_bench(console, size)
    if size in (FOLLOW_UP, None):
        measured["followUp"] = run_follow_up_bench(console)
    if size in (READS, None):
        measured["readsMeanwhile"] = run_reads_bench(console)
    if size in (BODIES, None):
        measured["largeBodies"] = run_bodies_bench(console)
    if size in (NATIONAL, None):
        measured["engine"], measured["times"] = run_national_bench(console)
    file.write_text(json.dumps(report(measured), indent=2) + "\n", encoding="utf-8")
    console.print(f"Every figure stands in {file}.")


def report(measured: Mapping[str, Sequence[Any]]) -> Json:
    """Lists of figures by their subject, with the machine and the seeds."""
    figures = {name: [asdict(one) for one in found] for name, found in measured.items()}
    return {"machine": machine(), "seeds": SEEDS, **figures}


def machine() -> Json:
    """The machine and its software, without anything that says whose it is."""
    return {
        "processors": os.cpu_count(),
        "architecture": platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
        **dict(_versions()),
    }


def _versions() -> Iterator[tuple[str, str]]:
    for package in PACKAGES:
        try:
            yield package, version(package)
        except PackageNotFoundError:
            continue


NATIONAL = "national"


def run_national_bench(console: Console) -> tuple[list[Row], list[Point]]:
    """Measures and prints the table, which takes some minutes. Needs OR-Tools, which developers
    have. Returns the table's lines, and the time of each solver at each size."""
    rows, points = measure_engine(console.print)
    rows += measure_whole(console.print)
    rows += measure_stored(console.print)
    rows += measure_reserves(console.print)
    table = Table(title=f"The engine, seed {SEED}, median of {RUNS}")
    for heading in ("what", "figure", "at least", "aim", "measured"):
        table.add_column(heading, justify="left" if heading in ("what", "measured") else "right")
    for row in rows:
        limits = (f"{limit:g} {row.unit}" for limit in (row.least, row.aim))
        table.add_row(row.what, f"{row.figure:.3g} {row.unit}", *limits, row.said)
    console.print(table)
    return rows, points
