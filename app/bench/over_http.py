"""Measures a match run over HTTP, from POST until its proposals are stored and listed.

Beside it, measures the engine alone, from the same columns to the same result, and the bare
linear_sum_assignment on the same pairs. Registering candidates and slots is not counted.
"""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from statistics import median
from typing import TypeVar

import httpx
import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from scipy.optimize import linear_sum_assignment

from app.bench.instances import AS_OF, people_and_slots
from app.bench.registers import as_registered, register
from app.clock import utc_now
from app.db import Database
from app.demo.journey import post
from app.demo.own_service import OwnService, own_service
from app.matching import Matching, Policy, Slot, match, solve
from app.processes.garbage import collect_seldom
from app.services.engine.answers import answer_of
from app.services.engine.snapshots import snapshot_of
from app.services.ground import Actor
from app.services.registers.keys import authenticate
from app.services.runs.between import SolvedRun
from app.services.runs.orders import RunOrder
from app.services.runs.solving import prepare_run, solve_run
from app.services.runs.storing import store_run

Result = TypeVar("Result")

SEED = 2017
RUNS = 3
STEPS = ("read", "engine", "snapshot", "rows", "store")


@dataclass(frozen=True)
class Size:
    candidates: int
    places: int


SIZES = {
    "municipal": (Size(200, 80), Size(2_000, 500)),
    "regional": (Size(10_000, 2_000),),
}


@dataclass(frozen=True)
class Measured:
    """Seconds, each the median of RUNS; `parts` are of runs in this process on the same database.

    ``http``: from POST to the first page of the stored proposals. ``engine``: from columns to
    result. ``lsa``: linear_sum_assignment alone, on all pairs.
    """

    size: Size
    pairs: int
    lsa: float
    engine: float
    http: float
    parts: dict[str, float]


def run_bench(console: Console, name: str | None = None) -> list[Measured]:
    """Measures the named sizes, or all, and prints a table."""
    sizes = SIZES[name] if name else chain.from_iterable(SIZES.values())
    found = [measure(size) for size in sizes]
    table = Table(title=f"Match run over HTTP, SQLite, seed {SEED}, median of {RUNS}")
    for heading in ("candidates x places", "pairs", "over HTTP", "engine alone", "bare LSA"):
        table.add_column(heading, justify="right")
    table.add_column("where")
    for measured in found:
        _add_row(table, measured)
    console.print(table)
    return found


def _add_row(table: Table, measured: Measured) -> None:
    parts = ", ".join(f"{name} {seconds:.3f}" for name, seconds in measured.parts.items())
    table.add_row(
        f"{measured.size.candidates} x {measured.size.places}",
        str(measured.pairs),
        f"{measured.http:.3f} s",
        _share(measured.http, measured.engine),
        _share(measured.http, measured.lsa),
        parts,
    )


def _share(whole: float, part: float) -> str:
    return f"{part:.4f} s: {whole / part:.1f} x"


def measure(size: Size) -> Measured:
    people, slots = as_registered(*people_and_slots(SEED, size.candidates, size.places))
    matching = match(people, slots, Policy(), as_of=AS_OF)
    cost = _cost(matching, slots)
    lsa = _median_seconds(lambda: linear_sum_assignment(cost))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.db"
        with own_service(file, "Exempelregionen") as service, service.client() as api:
            register(api, people, slots)
            _run_and_list(api)  # compiles, or loads the compiled code
            http = _median_seconds(lambda: _run_and_list(api))
            parts = measure_steps(file, service, RUNS)
    engine = parts.pop("engine alone")
    return Measured(size, matching.counts.feasible_pairs, lsa, engine, http, parts)


def _run_and_list(api: httpx.Client) -> None:
    run = post(api, "/match-runs", {"asOf": f"{AS_OF}"})
    api.get(f"/match-runs/{run['id']}/proposals").raise_for_status()


def _cost(matching: Matching, slots: list[Slot]) -> NDArray[np.float64]:
    """(places, candidates) float64: -points of a feasible pair, else 0."""
    places = {slot.id: slot.places for slot in slots}
    pairs = matching.pairs
    cost = np.zeros((len(pairs.slot_ids), len(pairs.candidate_ids)))
    cost[pairs.slot, pairs.candidate] = -pairs.points
    return np.repeat(cost, [places[slot_id] for slot_id in pairs.slot_ids], axis=0)


def measure_steps(file: Path, service: OwnService, rounds: int) -> dict[str, float]:
    """Seconds of each step of a run, each the median of so many rounds."""
    database = Database(f"sqlite:///{file}")
    with database.reading() as session:
        actor = authenticate(session, service.secret, service.key, utc_now())
    collect_seldom()  # as the service does
    measured = [_steps(database, actor) for _ in range(rounds)]
    database.dispose()
    return {step: median(one[step] for one in measured) for step in measured[0]}


def _steps(database: Database, actor: Actor) -> dict[str, float]:
    order = RunOrder(AS_OF, None, None, (), ())
    with database.reading() as session:
        prepared, reading = _timed(lambda: prepare_run(session, actor, order))
    solved = solve_run(prepared)
    _, storing = _timed(lambda: _store(database, actor, solved))
    matching, engine = _timed(lambda: solve(prepared.given))
    _, packing = _timed(lambda: snapshot_of(prepared.given, matching.unmatched))
    _, rows = _timed(lambda: answer_of(matching))
    named = (reading, engine, packing, rows, storing, engine)
    return dict(zip((*STEPS, "engine alone"), named, strict=True))


def _store(database: Database, actor: Actor, solved: SolvedRun) -> None:
    with database.writing() as session:
        store_run(session, actor, solved)


def _timed(step: Callable[[], Result]) -> tuple[Result, float]:
    started = time.perf_counter()
    result = step()
    return result, time.perf_counter() - started


def _median_seconds(step: Callable[[], object]) -> float:
    return median(_timed(step)[1] for _ in range(RUNS))
