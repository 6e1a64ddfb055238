"""The whole engine, from columns to an explained and certified result, at national scale.

Each figure is the median of RUNS in a process of its own, after one small matching that compiles
or loads the compiled code. The peak memory is the process's, with the columns.
"""

import resource
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from app.bench import instances, national
from app.bench.engine import Row, repeated, seconds, told, use_numba
from app.bench.instances import AS_OF
from app.matching import CandidateColumns, Given, Policy, SlotColumns, match, solve
from app.matching.optimum.assignment import certify

SEED = 7  # of the seeds tried, it comes nearest to eight million pairs
SMALL, LARGE = (10_000, 2_000), (350_000, 30_000)


@dataclass(frozen=True)
class Whole:
    """Seconds of the ``first`` call of a process, of a ``match``, from rows in no order, and of its
    ``check`` of the certificate alone; ``pairs`` that were feasible; peak memory."""

    first: float
    match: float
    check: float
    pairs: int
    gigabytes: float


def measure_whole(say: Callable[[str], None]) -> list[Row]:
    """Measures with and without numba, and from records, which takes half a minute."""
    large, plain = in_own_process(LARGE, True), in_own_process(LARGE, False)
    small, small_plain = in_own_process(SMALL, True), in_own_process(SMALL, False)
    for found in (large, plain, small, small_plain):
        say(f"{found}")
    said = f"{large.pairs} feasible pairs; first call {large.first:.1f} s"
    share = 100 * large.check / large.match
    region, nation = told(SMALL), told(LARGE)
    return [
        Row(f"{nation} whole engine, columns to result", large.match, "s", 4, 1, said),
        Row(f"{nation} certificate's share of it", share, "%", 15, 5, f"{large.check:.4f} s"),
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
    first = seconds(lambda: solve(Given(*warm, Policy(), AS_OF)))
    given = national.people_and_slots(SEED, *size)
    check, pairs = checked(*given)
    taken = repeated(lambda: solve(Given(*given, Policy(), AS_OF)))
    gigabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return Whole(first, taken, check, pairs, gigabytes)


def checked(people: CandidateColumns, slots: SlotColumns) -> tuple[float, int]:
    """Seconds to check the certificate alone, and the number of feasible pairs in it."""
    found = solve(Given(people, slots, Policy(), AS_OF))
    return repeated(lambda: certify(found.solution)), found.counts.feasible_pairs


def from_records(size: tuple[int, int]) -> float:
    people, slots = instances.people_and_slots(SEED, *size)
    return repeated(lambda: match(people, slots, Policy(), as_of=AS_OF))
