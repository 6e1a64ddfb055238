"""The rules of dates, programme and working time."""

import numpy as np

from app.matching.kit import Ints, Mask
from app.matching.rules.case import Case, Facts
from app.matching.rules.counting import Failed
from app.matching.rules.rule import Found, Rule, by_value
from app.matching.sides.pools import Pairs, Pools
from app.matching.sides.prepared import PreparedCandidates, PreparedSlots
from app.matching.values import distinct


def _dates(case: Case) -> Facts | None:
    """The slot's months do not fit, from any start up to the latest, before either side ends.

    A later start never has an earlier end, so only the first day that both sides allow is tested.
    """
    start, needed, slot = case.start, case.needed_until, case.slot
    available_to = case.person.available_to
    end = slot.end if available_to is None else min(slot.end, available_to)
    if start <= slot.latest_start and needed is not None and needed <= end:
        return None
    days = {
        "start": start,
        "latest_start": slot.latest_start,
        "slot_end": slot.end,
        "needed_until": needed,
        "available_to": available_to,
    }
    told = {name: day.isoformat() for name, day in days.items() if day is not None}
    return {"months": slot.minimum_months, **told}


def _not_available(pairs: Pairs) -> Mask:
    """Compares bounds of both sides that were computed beforehand."""
    slots, people = pairs.pools.slots, pairs.pools.candidates
    fails: Mask = people.available_from[pairs.candidate] > slots.latest_from[pairs.slot]
    fails |= slots.needed_until[pairs.slot] > people.available_to[pairs.candidate]
    fails |= slots.months[pairs.slot] > people.longest_stay[pairs.candidate]
    return fails


def _count_not_available(both: Pools) -> Failed:
    """For each number of months, a table by first and last days counts the slots, or the people, of
    each cell; the cumulated table then says how many fit each row of the other side."""
    slots, people = both.slots, both.candidates
    fitting_slot = np.zeros(len(slots), dtype=np.int64)
    fitting_candidate = np.zeros(len(people), dtype=np.int64)
    for months in distinct(slots.months).tolist():
        rows = np.flatnonzero((slots.months == months) & (slots.latest_from > 0))
        stay = np.flatnonzero(people.longest_stay >= months)
        if rows.size and stay.size:
            of_slot, of_candidate = _within_both_ends(slots, people, rows, stay)
            fitting_slot[rows] += of_slot
            fitting_candidate[stay] += of_candidate
    return len(people) - fitting_slot, len(slots) - fitting_candidate


def _within_both_ends(
    slots: PreparedSlots, people: PreparedCandidates, rows: Ints, stay: Ints
) -> Failed:
    """Pairs where the person comes by the slot's last day and stays through its needed time."""
    latest, by_latest = np.unique(slots.latest_from[rows], return_inverse=True)
    needed, by_needed = np.unique(slots.needed_until[rows], return_inverse=True)
    come = np.searchsorted(latest, people.available_from[stay], side="left")
    gone = np.searchsorted(needed, people.available_to[stay], side="right")
    shape = (len(latest) + 1, len(needed) + 1)
    offers = _table(by_latest, by_needed + 1, shape)[::-1].cumsum(axis=0)[::-1].cumsum(axis=1)
    person = _table(come, gone, shape)[:, ::-1].cumsum(axis=1)[:, ::-1].cumsum(axis=0)
    return person[by_latest, by_needed + 1], offers[come, gone]


def _table(row: Ints, column: Ints, shape: tuple[int, int]) -> Ints:
    cells = np.bincount(row * shape[1] + column, minlength=shape[0] * shape[1])
    return cells.reshape(shape)


def _programme(case: Case) -> Facts | None:
    """The person is cleared for no programme that is as long as the slot's months."""
    least, longest = case.slot.minimum_months, 0
    for _, months in case.person.programmes:
        longest = max(longest, months)
    if longest >= least:
        return None
    return {"cleared": bool(case.person.programmes), "longest_months": longest, "months": least}


def _too_short(months: Ints, longest: Ints) -> Mask:
    fails: Mask = longest < months
    return fails


def _extent(case: Case) -> Facts | None:
    """No share of full time suits both sides and the clause."""
    offered, own, least = case.slot.extent, case.person.extent, case.slot.minimum_extent
    if max(offered[0], own[0], least) <= min(offered[1], own[1]):
        return None
    return {
        "offered_min": offered[0],
        "offered_max": offered[1],
        "clause_min": least,
        "wanted_min": own[0],
        "wanted_max": own[1],
    }


def _extents_apart(low: Ints, high: Ints, own_low: Ints, own_high: Ints) -> Mask:
    fails: Mask = np.maximum(low, own_low) > np.minimum(high, own_high)
    return fails


RULES = (
    Rule("not-available", _dates, _not_available, _count_not_available, Found.COMPILED),
    by_value(
        "programme-limit",
        _programme,
        lambda both: (both.slots.months,),
        lambda both: (both.candidates.programmes.longest,),
        _too_short,
        Found.COMPILED,
    ),
    by_value(
        "extent-mismatch",
        _extent,
        lambda both: (both.slots.extent[:, 0], both.slots.extent[:, 1]),
        lambda both: (both.candidates.extent[:, 0], both.candidates.extent[:, 1]),
        _extents_apart,
        Found.COMPILED,
    ),
)
