"""The compiled rules and criteria, for one pair after another.

The tests are those of the rules of ``rules.table``, and the points those of the criteria of
``rules.scoring``, which say why. Here a pair is dropped at the first rule that it fails.
"""

from typing import NamedTuple

import numpy as np

from app.matching.kit import Floats, Indices, Ints, Mask, compiled
from app.matching.sides.distance import ARCSINE_SERIES, EARTH_RADIUS, HALVINGS

FROM, TO, STAY, PROGRAMME, LEAST, MOST, LONGEST, AGREED, WAITED = range(9)
"""Columns of ``Sides.people``; LONGEST in metres, WAITED in points."""

LATEST_FROM, UNTIL, START, END, MONTHS, FOOTING, LOWEST, HIGHEST = range(8)
SSYK, SUPPLIER, LANGUAGES, PREFERS, OPEN_TO_ALL, GATED = range(8, 14)
"""Columns of ``Sides.slots``. PREFERS: how many demands; OPEN_TO_ALL: no groups are named; GATED:
some programme is closed."""

SERIES = ARCSINE_SERIES[::-1]
S1, S2, S3, S4 = ARCSINE_SERIES[1:5]

SHORT = 0.02
"""Half a chord; the next term of the series is below the last bit there."""


class Sides(NamedTuple):
    """Both sides row by row. Sets are 32 bits to an int64, so that none is negative.

    ``people`` (n, 9) and ``slots`` (S, 14) int32. The lists of a person, in compressed rows:
    wishes, avoided suppliers, programmes, placements that stand, forbidden slots.
    ``closed_programmes``: as ``Footings.closed``.
    """

    people: Indices
    has: Ints
    needed: Ints
    valid_to: Indices
    wish_start: Ints
    wish: Indices
    avoided_start: Ints
    avoided: Indices
    programme_start: Ints
    programme: Indices
    programme_months: Ints
    closed_programmes: Mask
    standing_start: Ints
    standing_first: Ints
    standing_last: Ints
    standing_since: Ints
    forbidden_start: Ints
    forbidden: Indices
    slots: Indices
    required: Ints
    preferred: Ints
    margin: Ints
    adaptations: Ints
    wanted: Mask


class Tables(NamedTuple):
    """Points worked out beforehand: ``nearness`` (wished, slot codes) permille; ``order`` permille
    by place in the wishes; ``skills`` [preferred, held]; ``extent`` [own, common] permille;
    ``margin`` [languages, steps] permille; ``weights`` in the order of CRITERIA."""

    nearness: Ints
    order: Ints
    skills: Ints
    extent: Ints
    margin: Ints
    weights: Ints


class Windows(NamedTuple):
    """Person ``candidate[q]`` meets the points ``low[q]`` .. ``high[q]``, of slots ``row``.
    ``area`` of a point; ``home`` and ``either`` of a person, as in ``Homes``."""

    candidate: Indices
    low: Ints
    high: Ints
    row: Indices
    point: Floats
    person: Floats
    surely: Floats
    possibly: Floats
    area: Indices
    home: Indices
    either: Indices


@compiled
def metres_of(squared: float) -> int:
    """Equals ``distance.metres``, from the squared chord. To some 250 km a short series gives
    the same, unless it ends within a tenth of a millimetre of half a metre."""
    half = np.sqrt(squared) * 0.5
    if half < SHORT:
        square = half * half
        series = 1.0 + square * (S1 + square * (S2 + square * (S3 + square * S4)))
        long = series * half * (2 * EARTH_RADIUS)
        whole = np.floor(long)
        if abs(long - whole - 0.5) > 1e-4:
            return int(whole + 1.0) if long - whole > 0.5 else int(whole)
    return _exact_metres(half)


@compiled
def _exact_metres(sine: float) -> int:
    for _ in range(HALVINGS):
        cosine = np.sqrt(max(1.0 - sine * sine, 0.0))
        sine = sine / np.sqrt(2.0 * (1.0 + cosine))
    square = sine * sine
    total = 0.0
    for coefficient in SERIES:
        total = total * square + coefficient
    return int(np.rint(total * sine * 2**HALVINGS * (2 * EARTH_RADIUS)))


@compiled
def _lacks(asked: Ints, one: int, held: Ints, other: int) -> bool:
    """Whether the one row's set holds something that the other's does not."""
    missing = 0
    for word in range(asked.shape[1]):
        missing |= asked[one, word] & ~held[other, word]
    found: bool = missing != 0
    return found


@compiled
def _common(asked: Ints, one: int, held: Ints, other: int) -> int:
    """How many members both rows' sets share."""
    count = 0
    for word in range(asked.shape[1]):
        bits = asked[one, word] & held[other, word]
        while bits:
            bits &= bits - 1
            count += 1
    return count


@compiled
def _has_time(sides: Sides, c: int, s: int) -> bool:
    """Whether dates, programme and extent of both sides fit."""
    people, slots = sides.people, sides.slots
    fits: bool = (
        people[c, FROM] <= slots[s, LATEST_FROM]
        and slots[s, UNTIL] <= people[c, TO]
        and slots[s, MONTHS] <= people[c, STAY]
        and slots[s, MONTHS] <= people[c, PROGRAMME]
        and max(people[c, LEAST], slots[s, LOWEST]) <= min(people[c, MOST], slots[s, HIGHEST])
    )
    return fits


@compiled
def _has_open_programme(sides: Sides, c: int, s: int) -> bool:
    """Whether a programme that is long enough is open at the slot."""
    if not sides.slots[s, GATED]:
        return True
    months, footing = sides.slots[s, MONTHS], sides.slots[s, FOOTING]
    for k in range(sides.programme_start[c], sides.programme_start[c + 1]):
        is_closed = sides.closed_programmes[footing, sides.programme[k]]
        if sides.programme_months[k] >= months and not is_closed:
            return True
    return False


@compiled
def _in_a_group(sides: Sides, c: int, s: int) -> bool:
    if sides.slots[s, OPEN_TO_ALL]:
        return True
    for group in range(sides.wanted.shape[1]):
        if sides.wanted[s, group] and sides.valid_to[c, group] >= sides.slots[s, START]:
            return True
    return False


@compiled
def _is_kept_apart(sides: Sides, c: int, s: int) -> bool:
    """Whether an avoided supplier, a standing placement or the caller keeps the pair apart."""
    for k in range(sides.avoided_start[c], sides.avoided_start[c + 1]):
        if sides.avoided[k] == sides.slots[s, SUPPLIER]:
            return True
    for k in range(sides.standing_start[c], sides.standing_start[c + 1]):
        day = max(sides.people[c, FROM], sides.slots[s, START])
        runs_on = day >= sides.standing_first[k] or sides.slots[s, END] >= sides.standing_first[k]
        since = sides.standing_since[k, sides.slots[s, FOOTING]]
        if runs_on and since <= day <= sides.standing_last[k]:
            return True
    for k in range(sides.forbidden_start[c], sides.forbidden_start[c + 1]):
        if sides.forbidden[k] == s:
            return True
    return False


@compiled
def _points(sides: Sides, tables: Tables, c: int, s: int, metres: int) -> int:
    """The sum of the compiled criteria."""
    weights, ssyk = tables.weights, sides.slots[s, SSYK]
    best, order = 0, 0
    for k in range(sides.wish_start[c], sides.wish_start[c + 1]):
        near = tables.nearness[sides.wish[k], ssyk] * tables.order[order]
        best = max(best, near)
        order = min(order + 1, tables.order.shape[0] - 1)
    held = _common(sides.preferred, s, sides.has, c)
    languages = sides.slots[s, LANGUAGES]
    steps = _common(sides.margin, s, sides.has, c) if languages else 0
    low = max(sides.people[c, LEAST], sides.slots[s, LOWEST])
    high = min(sides.people[c, MOST], sides.slots[s, HIGHEST])
    own = sides.people[c, MOST] - sides.people[c, LEAST] + 1
    fit = tables.extent[own, high - low + 1] + tables.margin[languages, steps]
    longest = sides.people[c, LONGEST]
    points: int = weights[0] * best // 1_000_000 + tables.skills[sides.slots[s, PREFERS], held]
    points += sides.people[c, WAITED] + weights[4] * fit // 2000
    if longest > 0:
        points += weights[2] * max(longest - metres, 0) // longest
    else:
        points += weights[2]
    return points


@compiled
def collect_pairs(
    windows: Windows,
    sides: Sides,
    tables: Tables,
    first: int,
    last: int,
    slot: Indices,
    points: Ints,
    ends: Ints,
) -> int:
    """Writes the pairs of windows first .. last - 1 into ``slot`` and ``points``, and into
    ``ends[q - first]`` how many there are after window q; returns how many there are in all."""
    found = 0
    for q in range(first, last):
        c = windows.candidate[q]
        x, y, z = windows.person[c, 0], windows.person[c, 1], windows.person[c, 2]
        surely, possibly = windows.surely[c], windows.possibly[c]
        home, either = windows.home[c], windows.either[c]
        high = windows.high[q] if sides.people[c, AGREED] else windows.low[q]
        for k in range(np.uint64(windows.low[q]), np.uint64(high)):
            dx, dy, dz = windows.point[k, 0] - x, windows.point[k, 1] - y, windows.point[k, 2] - z
            squared = dx * dx + dy * dy + dz * dz
            is_near = squared < surely or (home >= 0 and windows.area[k] | either == home)
            if squared > possibly and not is_near:
                continue
            s = windows.row[k]
            if _lacks(sides.required, s, sides.has, c) or not _has_time(sides, c, s):
                continue
            if _lacks(sides.needed, c, sides.adaptations, s) or not _in_a_group(sides, c, s):
                continue
            if not _has_open_programme(sides, c, s) or _is_kept_apart(sides, c, s):
                continue
            metres = metres_of(squared)
            if not is_near and metres > sides.people[c, LONGEST]:
                continue
            slot[found], points[found] = s, _points(sides, tables, c, s, metres)
            found += 1
        ends[q - first] = found
    return found
