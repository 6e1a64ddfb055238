"""Who is near whom: points are sorted along the earth's axis and searched through a window.

Points of one group (an occupation) lie together, ascending in z. Whoever is near a point is near it
along each axis, so that a window of z holds all near points and few others. A window is as wide as
it must be to hold the slots of a person's municipality that are never too far (``homes``).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from app.matching.kit import Floats, Indices, Ints, Mask
from app.matching.sides.distance import metres, sum_of_squares
from app.matching.sides.prepared import PreparedCandidates
from app.matching.values import entries_of, starts_of

TESTS_AT_ONCE = 500_000
"""Of one batch without numba: some ten megabytes for each step."""

APART = 8.0
"""Between the keys of two groups, so far that no window reaches into the next."""

WIDEST = 3.0
"""Of a window; z lies in -1..1."""


@dataclass(frozen=True, slots=True)
class Line:
    """Points in groups: ``row`` (entries,) the slot of each, ``position`` (entries, 3), ``area``
    (entries,), ``key`` (entries,) ascending: APART x group + z."""

    row: Indices
    position: Floats
    area: Indices
    key: Floats


@dataclass(frozen=True, slots=True)
class Spans:
    """Windows: person ``candidate[q]`` meets the points ``low[q]`` .. ``high[q]`` of a line."""

    candidate: Indices
    low: Ints
    high: Ints

    def tests(self) -> int:
        """How many pairs lie in the windows."""
        return int((self.high - self.low).sum())


def line(group: Indices, row: Indices, position: Floats, area: Indices) -> Line:
    """``group``, ``row``: (entries,) of a point; ``position``: (rows, 3); ``area``: (rows,)."""
    key = APART * group + position[row, 2]
    order = np.argsort(key, kind="stable")
    row = row[order]
    return Line(row, np.ascontiguousarray(position[row]), area[row], key[order])


def spans(points: Line, people: PreparedCandidates, candidate: Indices, group: Indices) -> Spans:
    """The window of each person (q,) among the points of a group (q,): all that are near, and all
    where the person is at home."""
    z, home = people.position[:, 2], people.homes
    window = np.minimum(people.travel.window, WIDEST)
    south, north = np.minimum(z - window, home.south), np.maximum(z + window, home.north)
    low = np.searchsorted(points.key, APART * group + south[candidate], side="left")
    high = np.searchsorted(points.key, APART * group + north[candidate], side="right")
    return Spans(candidate, low, high)


def near_pairs(
    points: Line, windows: Spans, people: PreparedCandidates
) -> Iterator[tuple[Indices, Indices]]:
    """Slots and candidates (k,) of near pairs, batch by batch, candidates in order of windows."""
    lengths = starts_of(windows.high - windows.low)
    first = 0
    while first < len(windows.low):
        last = int(np.searchsorted(lengths, lengths[first] + TESTS_AT_ONCE, side="right")) - 1
        part = slice(first, max(last, first + 1))
        first = part.stop
        bounds = np.stack([windows.low[part], windows.high[part]], axis=1).reshape(-1)
        windows_only = np.arange(0, len(bounds), 2)
        _, entry = entries_of(bounds, windows_only)
        candidate = np.repeat(windows.candidate[part], windows.high[part] - windows.low[part])
        near = people.homes.hold(candidate, points.area[entry])
        near |= _are_near(points.position[entry], people, candidate)
        yield points.row[entry[near]], candidate[near]


def _are_near(position: Floats, people: PreparedCandidates, candidate: Indices) -> Mask:
    """(k,) bool, by the bounds where they decide and by whole metres where they do not."""
    own = people.position[candidate]
    squared = sum_of_squares(position, own)
    near: Mask = squared < people.travel.surely[candidate]
    doubtful = np.flatnonzero(~near & (squared <= people.travel.possibly[candidate]))
    longest = people.longest_metres[candidate[doubtful]]
    near[doubtful] = metres(position[doubtful], own[doubtful]) <= longest
    return near
