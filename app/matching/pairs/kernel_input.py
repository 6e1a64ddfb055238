"""Finds the feasible pairs by the compiled kernel: packs both sides and calls it in parts."""

from itertools import pairwise

import numpy as np

from app.matching.kit import Indices, Ints, Words, each
from app.matching.pairs import kernel
from app.matching.rules.scoring import ORDER_OF_WISH, SOFT_CRITERIA, waiting_points
from app.matching.sides.pools import Pools
from app.matching.sides.windows import Line, Spans
from app.matching.values import CRITERIA, Policy, starts_of

TESTS_AT_ONCE = 1_000_000
"""Of one part: at most 16 megabytes of pairs each."""

Part = tuple[Indices, Ints, Ints]
"""Slots and points of some windows' pairs, and how many each window has."""


def compiled_pairs(
    both: Pools, policy: Policy, points: Line, windows: Spans
) -> tuple[Ints, Indices, Ints]:
    """(n + 1,) where each candidate's pairs begin, then slots and points of all pairs."""
    people = both.candidates
    given = kernel.Windows(
        windows.candidate,
        windows.low,
        windows.high,
        points.row,
        points.position,
        people.position,
        people.travel.surely,
        people.travel.possibly,
        points.area,
        people.homes.area,
        people.homes.either,
    )
    sides, tables = packed(both, policy), point_tables(both, policy)
    # Points of 0 stay 0 where numpy still adds a criterion.
    least = int(all(one.is_compiled for one in SOFT_CRITERIA))

    def work(part: tuple[int, int, int]) -> Part:
        first, last, tests = part
        slot, worth = np.empty(tests, np.int32), np.empty(tests, np.int64)
        ends = np.empty(last - first, np.int64)
        found = kernel.collect_pairs(given, sides, tables, first, last, slot, worth, ends)
        return slot[:found].copy(), np.maximum(worth[:found], least), np.diff(ends, prepend=0)

    parts = each(work, _parts(windows))
    none = (np.zeros(0, np.int32), np.zeros(0, np.int64), np.zeros(0, np.int64))
    slot, worth, lengths = (np.concatenate(c) for c in zip(none, *parts, strict=True))
    return starts_of(lengths)[both.prefixes.start], slot, worth


def _parts(windows: Spans) -> list[tuple[int, int, int]]:
    """First and last window of each part, and how many tests lie in it."""
    upto = starts_of(windows.high - windows.low)
    cuts = np.searchsorted(upto, np.arange(TESTS_AT_ONCE, upto[-1], TESTS_AT_ONCE)).tolist()
    bounds = sorted({0, *cuts, len(upto) - 1})
    return [(first, last, int(upto[last] - upto[first])) for first, last in pairwise(bounds)]


def packed(both: Pools, policy: Policy) -> kernel.Sides:
    """Both sides, packed for the kernel."""
    people, slots = both.candidates, both.slots
    forbidden = both.forbidden[np.argsort(both.forbidden[:, 1], kind="stable")]
    lengths = np.bincount(forbidden[:, 1], minlength=len(people))
    return kernel.Sides(
        people=_people(both, policy),
        has=_halves(people.has),
        needed=_halves(people.needed),
        valid_to=people.valid_to.astype(np.int32),
        wish_start=people.occupations.start,
        wish=people.occupations.number,
        avoided_start=people.avoided_start,
        avoided=people.avoided,
        programme_start=people.programmes.granted.start,
        programme=people.programmes.column,
        programme_months=people.programmes.granted.value,
        closed_programmes=both.footings.closed,
        standing_start=people.standing.start,
        standing_first=people.standing.first,
        standing_last=people.standing.last,
        standing_since=people.standing.since,
        forbidden_start=starts_of(lengths),
        forbidden=np.ascontiguousarray(forbidden[:, 0]),
        slots=_slots(both),
        required=_halves(slots.required),
        preferred=_halves(slots.preferred),
        margin=_halves(slots.margin),
        adaptations=_halves(slots.adaptations),
        wanted=slots.wanted,
    )


def _people(both: Pools, policy: Policy) -> Indices:
    people = both.candidates
    columns = {
        kernel.FROM: people.available_from,
        kernel.TO: people.available_to,
        kernel.STAY: people.longest_stay,
        kernel.PROGRAMME: people.programmes.longest,
        kernel.LEAST: people.extent[:, 0],
        kernel.MOST: people.extent[:, 1],
        kernel.LONGEST: people.longest_metres,
        kernel.AGREED: people.agreed,
        kernel.WAITED: waiting_points(people.waited, policy.weights["waiting"]),
    }
    return np.stack([columns[place].astype(np.int32) for place in range(len(columns))], axis=1)


def _slots(both: Pools) -> Indices:
    slots = both.slots
    columns = {
        kernel.LATEST_FROM: slots.latest_from,
        kernel.UNTIL: slots.needed_until,
        kernel.START: slots.start,
        kernel.END: slots.end,
        kernel.MONTHS: slots.months,
        kernel.FOOTING: slots.footing,
        kernel.LOWEST: slots.extent[:, 0],
        kernel.HIGHEST: slots.extent[:, 1],
        kernel.SSYK: slots.ssyk,
        kernel.SUPPLIER: slots.supplier,
        kernel.LANGUAGES: slots.languages,
        kernel.PREFERS: np.bitwise_count(slots.preferred).sum(axis=1),
        kernel.OPEN_TO_ALL: ~np.any(slots.wanted, axis=1),
        kernel.GATED: both.footings.gated()[slots.footing],
    }
    return np.stack([columns[place].astype(np.int32) for place in range(len(columns))], axis=1)


def _halves(words: Words) -> Ints:
    """(rows, 2 x words) the same bits, 32 in each number."""
    halves = np.ascontiguousarray(words, dtype="<u8").view("<u4").astype(np.int64)
    return halves.reshape(len(words), 2 * words.shape[1])


def point_tables(both: Pools, policy: Policy) -> kernel.Tables:
    """The divisions of ``scoring``, computed once for every possible value."""
    most = int(np.bitwise_count(both.slots.preferred).sum(axis=1).max(initial=0))
    wanted, held = np.indices((most + 1, most + 1))
    weight = policy.weights["skills"]
    skills = np.where(wanted > 0, weight * held // np.maximum(wanted, 1), weight)
    own, common = np.indices((102, 102))
    spoken = int(both.slots.languages.max(initial=0))
    languages, steps = np.indices((spoken + 1, 3 * spoken + 1))
    margin = np.where(languages > 0, 1000 * steps // np.maximum(3 * languages, 1), 1000)
    return kernel.Tables(
        nearness=both.nearness,
        order=np.array(ORDER_OF_WISH, dtype=np.int64),
        skills=skills.astype(np.int64),
        extent=(1000 * common // np.maximum(own, 1)).astype(np.int64),
        margin=margin.astype(np.int64),
        weights=np.array([policy.weights.get(name, 0) for name in CRITERIA], dtype=np.int64),
    )
