"""Measures the engine, from canonical pairs to certified pairing, and general solvers.

One run measures everything on the same machine. Each figure is the median of RUNS in a process of
its own, which gives the peak memory, after one call that compiles or loads the compiled code.
Rivals solve once. The bench stops if any reaches another total.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields, replace
from multiprocessing import get_context
from pathlib import Path
from statistics import median

import numpy as np

from app.bench.instances import random_market
from app.bench.markets import Columns, columns
from app.matching.kit import WITHOUT, Ints
from app.matching.optimum.assignment import Solution, certify, solve_market
from app.matching.optimum.market import Market
from app.matching.optimum.tiers import scale
from app.matching.optimum.ways import Weighted, offer_places

Size = tuple[int, int]
"""Candidates and places."""

Seconds = dict[str, float]
"""By solver."""

SEED, RUNS = 2018, 5
REGION, SCARCE, NATION = (10_000, 2_000), (30_000, 30_000), (350_000, 30_000)
SIZES: tuple[Size, ...] = (
    (1_000, 200),
    (3_000, 600),
    REGION,
    (35_000, 5_000),
    (110_000, 12_000),
    NATION,
)
OURS = "handslag"
NAMES = ("dense", "sparse", "flow")
DENSE_CELLS = 25_000_000
"""Above it the matrix of all places and candidates takes gigabytes: nationally 84."""


@dataclass(frozen=True)
class Figures:
    """Seconds to optimal ``prices``, from canonical pairs to ``proof``, from pairs as stored
    (``random``), and of the ``first`` call; peak memory; how many pairs;
    the total worth that rivals must reach."""

    first: float
    prices: float
    proof: float
    random: float
    gigabytes: float
    pairs: int
    worth: int


@dataclass(frozen=True)
class Row:
    """One line of the table: its subject, the figure and its unit, and the limit it should keep."""

    what: str
    figure: float
    unit: str
    least: float
    aim: float
    said: str


@dataclass(frozen=True)
class Point:
    """One solver on one market: seconds from canonical pairs to its answer, ours certified."""

    solver: str
    candidates: int
    places: int
    pairs: int
    seconds: float


def measure_engine(say: Callable[[str], None]) -> tuple[list[Row], list[Point]]:
    """Measures everything; nearly all of the minutes that it takes are the rivals'."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = {size: figures(folder, size, say) for size in (*SIZES, SCARCE)}
        plain = in_own_process(file_of(folder, REGION), plain=True)
        say(f"{REGION} without numba: {plain}")
        rivals = {size: rivals_of(folder, size, own.worth, say) for size, own in found.items()}
    return rows(found, plain, rivals), points(found, rivals)


def rows(found: dict[Size, Figures], plain: Figures, rivals: dict[Size, Seconds]) -> list[Row]:
    """The table's lines; the national market is compared with the faster of two rivals."""
    region, scarce, nation = found[REGION], found[SCARCE], found[NATION]
    dense, best = rivals[REGION]["dense"], min(rivals[NATION].values())
    small, large = told(REGION), told(NATION)
    others = ", ".join(f"{name} {taken:.1f} s" for name, taken in rivals[SCARCE].items())

    def faster(what: str, own: float, rival: float, least: float, aim: float) -> Row:
        return Row(what, rival / own, "x", least, aim, f"{own:.4f} s against {rival:.2f} s")

    return [
        faster(f"{small}, canonical pairs to proof, against dense", region.proof, dense, 20, 100),
        faster(f"{large}, optimal prices alone", nation.prices, best, 200, 1000),
        faster(f"{large}, canonical pairs to proof", nation.proof, best, 15, 50),
        faster(f"{large}, from pairs in random order", nation.random, best, 5, 15),
        Row(f"{told(SCARCE)} scarce, pairs to proof", scarce.proof, "s", 3, 0.7, others),
        Row(f"{large}, peak memory", nation.gigabytes, "GB", 1.5, 0.8, "a process of its own"),
        Row(f"{small}, plain Python", plain.proof, "s", 1, 0.2, "canonical pairs to proof"),
        Row("first call in a process", nation.first, "s", 60, 2, "numba; not in the figures above"),
    ]


def points(found: dict[Size, Figures], rivals: dict[Size, Seconds]) -> list[Point]:
    """The points by solver, then by size."""
    taken = {size: {OURS: found[size].proof} | rivals[size] for size in SIZES}
    return [
        Point(solver, *size, found[size].pairs, taken[size][solver])
        for solver in (OURS, *NAMES)
        for size in SIZES
        if solver in taken[size]
    ]


def told(size: Size) -> str:
    return " x ".join(f"{number:,}".replace(",", " ") for number in size)


def figures(folder: Path, size: Size, say: Callable[[str], None]) -> Figures:
    """Stores a market in order and shuffled, and measures both."""
    drawn = columns(SEED, *size)
    market = drawn.market()
    weight = weighted(market).weights()
    store(file_of(folder, size), drawn, indptr=market.edges.indptr, weight=weight)
    store(file_of(folder, size, "-shuffled"), drawn.shuffled(SEED))
    del drawn, market, weight
    own = in_own_process(file_of(folder, size))
    mixed = in_own_process(file_of(folder, size, "-shuffled"))
    if mixed.worth != own.worth:
        raise RuntimeError(f"{size}: {mixed.worth} in random order, {own.worth} in canonical order")
    peak = max(own.gigabytes, mixed.gigabytes)
    found = replace(own, random=mixed.random, gigabytes=peak)
    say(f"{size}: {found}")
    return found


def file_of(folder: Path, size: Size, order: str = "") -> Path:
    return folder / f"{size[0]}-{size[1]}{order}.npz"


def store(path: Path, drawn: Columns, **more: Ints) -> None:
    columns_of = {field.name: getattr(drawn, field.name) for field in fields(drawn)}
    np.savez(path, allow_pickle=False, **columns_of, **more)


def read(path: Path) -> Columns:
    with np.load(path) as file:
        pairs = file["slot"], file["candidate"], file["points"]
        return Columns(file["places"], file["tiers"], int(file["candidates"]), *pairs)


def weighted(market: Market) -> Weighted:
    bonuses, blocks = scale(market)
    bonus = bonuses.of_slots(market, blocks)
    return Weighted(market.edges, market.places, market.points, bonus)


def in_own_process(path: Path, plain: bool = False) -> Figures:
    """Measures in a fresh process, so that its peak memory is that of this market."""
    with ProcessPoolExecutor(
        1, mp_context=get_context("spawn"), initializer=use_numba, initargs=(not plain,)
    ) as pool:
        return pool.submit(measure, path).result()


def use_numba(wanted: bool) -> None:
    os.environ[WITHOUT] = "" if wanted else "1"


def measure(path: Path) -> Figures:
    """Medians of RUNS, after one call that compiles or loads the compiled code."""
    small = random_market(np.random.default_rng(1), 600, 600, 0.1)
    first = seconds(lambda: certify(solve_market(small)))
    given = read(path)
    market = given.market()
    solution = solve_market(market)
    return Figures(
        first=first,
        prices=repeated(lambda: offer_places(weighted(market))),
        proof=repeated(lambda: certify(solve_market(market))),
        random=repeated(lambda: certify(solve_market(given.market()))),
        gigabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20,
        pairs=len(market.edges),
        worth=worth(solution),
    )


def worth(solution: Solution) -> int:
    matched = np.flatnonzero(solution.slot_of >= 0)
    used = solution.market.edges.positions(solution.slot_of[matched], matched)
    return sum(weighted(solution.market).weights(used).tolist())


def rivals_of(folder: Path, size: Size, worth: int, say: Callable[[str], None]) -> Seconds:
    names = [name for name in NAMES if name != "dense" or size[0] * size[1] <= DENSE_CELLS]
    found = {name: rival(file_of(folder, size), name, worth) for name in names}
    say(f"{size}: {found}")
    return found


def rival(path: Path, name: str, worth: int) -> float:
    """Seconds of another solver in a process of its own; fails where it reaches another worth."""
    command = [sys.executable, "-P", "-m", "app.bench.rivals", str(path), name]
    answer = subprocess.run(  # noqa: S603  # the command is our own module with our own file
        command, check=True, capture_output=True, text=True
    )
    taken, reached = json.loads(answer.stdout)
    if reached != worth:
        raise RuntimeError(f"{name} reaches {reached}, the engine {worth}")
    return float(taken)


def repeated(call: Callable[[], object]) -> float:
    return median(seconds(call) for _ in range(RUNS))


def seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start
