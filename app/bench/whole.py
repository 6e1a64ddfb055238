"""The whole engine, from columns to an explained and certified result, at national scale.

Each figure is the median of RUNS in a process of its own (which gives the peak memory, the
columns themselves included), after one small matching that compiles or reads compiled code.
"""

import resource
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from app.bench import instances, national
from app.bench.engine import Row, repeated, seconds, use_numba
from app.bench.instances import AS_OF
from app.matching import Policy, match, match_columns

SEED = 7  # of those tried, the one nearest to the eight million pairs of the issue
SMALL, LARGE = (10_000, 2_000), (350_000, 30_000)


@dataclass(frozen=True)
class Whole:
    """Seconds of the ``first`` call of a process and of a ``match``, from rows in no order;
    ``pairs`` that were feasible; peak memory."""

    first: float
    match: float
    pairs: int
    gigabytes: float


def whole_rows(say: Callable[[str], None]) -> list[Row]:
    """Measure with numba and without, and from records; half a minute."""
    large, plain = in_own_process(LARGE, True), in_own_process(LARGE, False)
    small, small_plain = in_own_process(SMALL, True), in_own_process(SMALL, False)
    for found in (large, plain, small, small_plain):
        say(f"{found}")
    said = f"{large.pairs} feasible pairs; first call {large.first:.1f} s"
    region, nation = "10 000 x 2 000", "350 000 x 30 000"
    return [
        Row(f"{nation} whole engine, columns to result", large.match, "s", 4, 1, said),
        Row(f"{nation} whole engine, peak memory", large.gigabytes, "GB", 1.5, 0.8, "in all"),
        Row(
            f"{nation} whole engine without numba", plain.match, "s", 60, 20, "no aim in the issue"
        ),
        Row(f"{region} whole engine, columns to result", small.match, "s", 1, 0.2, ""),
        Row(f"{region} whole engine without numba", small_plain.match, "s", 1, 0.2, "numpy alone"),
        Row(f"{region} match() from records", from_records(SMALL), "s", 1, 0.5, "objects"),
    ]


def in_own_process(size: tuple[int, int], numba: bool) -> Whole:
    with ProcessPoolExecutor(
        1, mp_context=get_context("spawn"), initializer=use_numba, initargs=(numba,)
    ) as pool:
        return pool.submit(measure, size).result()


def measure(size: tuple[int, int]) -> Whole:
    warm = national.people_and_slots(1, 2_000, 300)
    first = seconds(lambda: match_columns(*warm, Policy(), as_of=AS_OF))
    given = national.people_and_slots(SEED, *size)
    pairs: list[int] = []

    def run() -> None:
        found = match_columns(*given, Policy(), as_of=AS_OF)
        pairs.append(found.counts.feasible_pairs)

    taken = repeated(run)
    gigabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return Whole(first, taken, pairs[0], gigabytes)


def from_records(size: tuple[int, int]) -> float:
    people, slots = instances.people_and_slots(SEED, *size)
    return repeated(lambda: match(people, slots, Policy(), as_of=AS_OF))
