"""Counting pairs whose dates do not fit, by tables of days."""

import numpy as np

from app.matching.kit import Ints, Mask, each, numba_is_used
from app.matching.rules import counting_kernel as kernel
from app.matching.rules.count_values import CELLS_AT_ONCE, Failed, below
from app.matching.sides.pools import Pools
from app.matching.sides.prepared import PreparedCandidates, PreparedSlots
from app.matching.values import distinct


def not_available(both: Pools) -> Failed:
    """For each number of months, a table of first days by last days holds how many slots, or how
    many candidates, lie in each cell; sums over its corners are the pairs that fit."""
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


def outside_target_group(both: Pools) -> Failed:
    """For each set of groups that some slot names: the last day in any of them against starts."""
    slots, people = both.slots, both.candidates
    of_slot = np.zeros(len(slots), dtype=np.int64)
    of_candidate = np.zeros(len(people), dtype=np.int64)
    wanted, number = np.unique(slots.wanted, axis=0, return_inverse=True)
    for one, groups in enumerate(wanted):
        if groups.any():
            rows = np.flatnonzero(number.reshape(-1) == one)
            last = people.valid_to[:, groups].max(axis=1)
            of_slot[rows], too_late = below(last, slots.start[rows])
            of_candidate += too_late
    return of_slot, of_candidate


def already_placed(both: Pools) -> Failed:
    """The people with placements that stand against every slot: few enough to be tested."""
    slots, people = both.slots, both.candidates
    placed = np.flatnonzero(np.diff(people.standing.start))
    count = _run_into_compiled if numba_is_used() else _run_into_plainly
    height = max(1, CELLS_AT_ONCE // max(1, len(slots)))
    parts = [placed[first : first + height] for first in range(0, len(placed), height)]
    counted = each(lambda rows: count(slots, people, rows), parts)
    of_slot = np.zeros(len(slots), dtype=np.int64)
    of_candidate = np.zeros(len(people), dtype=np.int64)
    for rows, (more, of_row) in zip(parts, counted, strict=True):
        of_slot += more
        of_candidate[rows] = of_row
    return of_slot, of_candidate


def _run_into_compiled(slots: PreparedSlots, people: PreparedCandidates, rows: Ints) -> Failed:
    one = people.standing
    periods = kernel.Periods(one.start, one.first, one.last, one.since, people.available_from)
    starts = kernel.Starts(slots.start, slots.end, slots.footing)
    of_slot, of_row = np.zeros(len(slots), np.int64), np.zeros(len(rows), np.int64)
    kernel.count_run_into(periods, starts, rows, of_slot, of_row)
    return of_slot, of_row


def _run_into_plainly(slots: PreparedSlots, people: PreparedCandidates, rows: Ints) -> Failed:
    fails = _run_into(slots, people, rows)
    return np.count_nonzero(fails, axis=0), np.count_nonzero(fails, axis=1)


def _run_into(slots: PreparedSlots, people: PreparedCandidates, rows: Ints) -> Mask:
    """(rows, S) bool."""
    periods = people.standing
    lengths = np.diff(periods.start)[rows]
    day = np.maximum(slots.start, people.available_from[rows, None])
    fails = np.zeros(day.shape, dtype=np.bool_)
    for order in range(int(lengths.max(initial=0))):
        some = np.flatnonzero(lengths > order)
        entry = periods.start[rows[some]] + order
        first, last = periods.first[entry, None], periods.last[entry, None]
        since = periods.since[entry][:, slots.footing]
        overlaps = (day[some] <= last) & (day[some] >= since)
        fails[some] |= overlaps & ((day[some] >= first) | (slots.end >= first))
    return fails
