"""Counting pairs that are too far apart: all less those near, found through windows."""

from itertools import pairwise

import numpy as np

from app.matching.kit import THREADS, Ints, each, numba_is_used
from app.matching.rules import counting_kernel as kernel
from app.matching.rules.count_values import Failed
from app.matching.sides.pools import Pools
from app.matching.sides.prepared import PreparedCandidates
from app.matching.sides.windows import Line, Spans, line, near_pairs, spans


def too_far(both: Pools) -> Failed:
    """Slots at one place are one point, counted as often as there are slots on it."""
    people, candidates = both.candidates, len(both.candidates)
    place, at, times = np.unique(
        both.slots.position, axis=0, return_inverse=True, return_counts=True
    )
    points = line(np.zeros(len(place), np.int32), np.arange(len(place), dtype=np.int32), place)
    everyone = np.arange(candidates, dtype=np.int32)
    windows = spans(points, people, everyone, np.zeros(candidates, np.int32))
    count = _compiled if numba_is_used() else _plainly
    of_point, of_candidate = count(points, windows, people, times[points.row])
    near_slot = np.zeros(len(place), dtype=np.int64)
    near_slot[points.row] = of_point
    return candidates - near_slot[at.reshape(-1)], len(both.slots) - of_candidate


def _compiled(points: Line, windows: Spans, people: PreparedCandidates, times: Ints) -> Failed:
    x, y, z = (np.ascontiguousarray(axis) for axis in points.position.T)
    far = people.reach
    given = (
        kernel.Points(x, y, z, times.astype(np.int64)),
        kernel.People(people.position, far.surely, far.possibly, windows.low, windows.high),
    )
    of_person = np.zeros(len(people), dtype=np.int64)

    def work(part: tuple[int, int]) -> Ints:
        of_point = np.zeros(len(x), dtype=np.int64)
        kernel.count_near(*given, *part, of_point, of_person)
        return of_point

    cuts = np.linspace(0, len(people), 4 * THREADS + 1).astype(np.int64).tolist()
    of_point = np.sum(each(work, pairwise(cuts)), axis=0)
    left = np.flatnonzero(of_person < 0).astype(np.int32)
    of_person[left] = 0
    doubtful = Spans(left, windows.low[left], windows.high[left])
    more_of_point, more_of_person = _plainly(points, doubtful, people, times)
    return of_point + more_of_point, of_person + more_of_person


def _plainly(points: Line, windows: Spans, people: PreparedCandidates, times: Ints) -> Failed:
    place = np.zeros(len(times), dtype=np.int64)
    place[points.row] = np.arange(len(times))
    of_point = np.zeros(len(times), dtype=np.int64)
    of_person = np.zeros(len(people), dtype=np.int64)
    for row, candidate in near_pairs(points, windows, people):
        at = place[row]
        of_point += np.bincount(at, minlength=len(times))
        np.add.at(of_person, candidate, times[at])
    return of_point, of_person
