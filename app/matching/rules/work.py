"""The rules of occupation and distance."""

from itertools import pairwise

import numpy as np

from app.matching.kit import THREADS, Ints, Mask, each, numba_is_used
from app.matching.rules import counting_kernel as kernel
from app.matching.rules.case import Case, Facts
from app.matching.rules.counting import Failed
from app.matching.rules.rule import Found, Rule
from app.matching.sides.distance import metres, metres_between
from app.matching.sides.occupations import LONGEST, nearness
from app.matching.sides.pools import Pairs, Pools, nth_entries
from app.matching.sides.prepared import PreparedCandidates
from app.matching.sides.windows import Line, Spans, line, near_pairs, spans


def _occupation(case: Case) -> Facts | None:
    """No wish is a group that holds the slot's occupation or shares enough first digits with it."""
    wishes, ssyk = case.person.occupations, case.slot.ssyk
    for wish in wishes:
        if nearness(wish, ssyk, case.digits):
            return None
    return {"wished": tuple(wishes), "offered": ssyk, "digits": case.digits}


def _not_sought(pairs: Pairs) -> Mask:
    fails = np.ones(len(pairs), dtype=np.bool_)
    wishes, ssyk = pairs.pools.candidates.occupations, pairs.pools.slots.ssyk
    for rows, entry in nth_entries(wishes.start, pairs):
        near = pairs.pools.nearness[wishes.number[entry], ssyk[pairs.slot[rows]]] > 0
        fails[rows[near]] = False
    return fails


def _count_not_sought(both: Pools) -> Failed:
    """The groups that one person seeks share no slot, so that their counts can be added."""
    groups = both.prefixes
    of_slot = groups.of_code[both.slots.ssyk].reshape(-1)
    row = np.repeat(np.arange(len(both.slots)), LONGEST)[of_slot >= 0]
    of_slot = of_slot[of_slot >= 0]
    person = np.repeat(np.arange(len(both.candidates)), np.diff(groups.start))
    seekers = np.bincount(groups.sought, minlength=groups.count)[of_slot]
    slots = np.bincount(of_slot, minlength=groups.count)[groups.sought]
    failed = np.full(len(both.slots), len(both.candidates))
    missed = np.full(len(both.candidates), len(both.slots))
    np.subtract.at(failed, row, seekers)
    np.subtract.at(missed, person, slots)
    return failed, missed


def _distance(case: Case) -> Facts | None:
    """The workplace is farther away than the person's longest distance, in whole metres. Within
    one municipality nobody is too far where either side has no position of its own."""
    if _in_one_municipality(case):
        return None
    apart = metres_between(case.person.position, case.slot.position)
    longest = 1000 * case.person.maximum_distance_km
    return {"metres": apart, "longest_metres": longest} if apart > longest else None


def _in_one_municipality(case: Case) -> bool:
    person, slot = case.person, case.slot
    has_no_position = not (person.has_position and slot.has_position)
    return has_no_position and person.municipality == slot.municipality != 0


def _too_far(pairs: Pairs) -> Mask:
    slots, people = pairs.pools.slots, pairs.pools.candidates
    apart = metres(slots.position[pairs.slot], people.position[pairs.candidate])
    fails: Mask = apart > people.longest_metres[pairs.candidate]
    return fails & ~people.homes.hold(pairs.candidate, slots.area[pairs.slot])


def _count_too_far(both: Pools) -> Failed:
    """All less those near, found through windows. Slots of an area at one place are one point,
    counted as often as there are slots on it."""
    people, candidates = both.candidates, len(both.candidates)
    places = np.column_stack([both.slots.position, both.slots.area])
    place, at, times = np.unique(places, axis=0, return_inverse=True, return_counts=True)
    row, area = np.arange(len(place), dtype=np.int32), place[:, 3].astype(np.int32)
    points = line(np.zeros(len(place), np.int32), row, place[:, :3], area)
    everyone = np.arange(candidates, dtype=np.int32)
    windows = spans(points, people, everyone, np.zeros(candidates, np.int32))
    count = _near_compiled if numba_is_used() else _near_plainly
    of_point, of_candidate = count(points, windows, people, times[points.row])
    near_slot = np.zeros(len(place), dtype=np.int64)
    near_slot[points.row] = of_point
    return candidates - near_slot[at.reshape(-1)], len(both.slots) - of_candidate


def _near_compiled(points: Line, windows: Spans, people: PreparedCandidates, times: Ints) -> Failed:
    x, y, z = (np.ascontiguousarray(axis) for axis in points.position.T)
    far, at_home = people.travel, people.homes
    given = (
        kernel.Points(x, y, z, points.area, times.astype(np.int64)),
        kernel.People(
            people.position,
            far.surely,
            far.possibly,
            at_home.area,
            at_home.either,
            windows.low,
            windows.high,
        ),
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
    more_of_point, more_of_person = _near_plainly(points, doubtful, people, times)
    return of_point + more_of_point, of_person + more_of_person


def _near_plainly(points: Line, windows: Spans, people: PreparedCandidates, times: Ints) -> Failed:
    place = np.zeros(len(times), dtype=np.int64)
    place[points.row] = np.arange(len(times))
    of_point = np.zeros(len(times), dtype=np.int64)
    of_person = np.zeros(len(people), dtype=np.int64)
    for row, candidate in near_pairs(points, windows, people):
        at = place[row]
        of_point += np.bincount(at, minlength=len(times))
        np.add.at(of_person, candidate, times[at])
    return of_point, of_person


RULES = (
    Rule("occupation-not-sought", _occupation, _not_sought, _count_not_sought, Found.BY_WINDOW),
    Rule("too-far", _distance, _too_far, _count_too_far, Found.BY_WINDOW),
)
