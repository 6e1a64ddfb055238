"""The rules of standing placements, forbidden pairs and missing checks of employers."""

import numpy as np

from app.matching.kit import Ints, Mask, each, numba_is_used
from app.matching.rules import counting_kernel as kernel
from app.matching.rules.case import NO_FACTS, Case, Facts
from app.matching.rules.counting import CELLS_AT_ONCE, Failed
from app.matching.rules.rule import Found, Rule, nobody
from app.matching.sides.pools import Pairs, Pools, nth_entries
from app.matching.sides.prepared import PreparedCandidates, PreparedSlots


def _placement(case: Case) -> Facts | None:
    """A placement that stands overlaps the time from the first day to the proposed end. Each is
    told as "first day/last day"."""
    placed = case.person.placed
    if not placed:
        return None
    start = case.start
    end = max(start, case.proposed_end())
    for first, last in placed:
        if first <= end and start <= last:
            periods = sorted(f"{one.isoformat()}/{other.isoformat()}" for one, other in placed)
            return {"start": start.isoformat(), "placed": tuple(periods)}
    return None


def _already_placed(pairs: Pairs) -> Mask:
    slots, people = pairs.pools.slots, pairs.pools.candidates
    periods = people.standing
    fails = np.zeros(len(pairs), dtype=np.bool_)
    for rows, entry in nth_entries(periods.start, pairs):
        slot = pairs.slot[rows]
        day = np.maximum(slots.start[slot], people.available_from[pairs.candidate[rows]])
        overlaps = (day <= periods.last[entry]) & (day >= periods.since[entry, slots.footing[slot]])
        overlaps &= (day >= periods.first[entry]) | (slots.end[slot] >= periods.first[entry])
        fails[rows] |= overlaps
    return fails


def _count_already_placed(both: Pools) -> Failed:
    """Tests people with standing placements against every slot, as such people are few."""
    slots, people = both.slots, both.candidates
    placed = np.flatnonzero(np.diff(people.standing.start))
    count = _run_into_compiled if numba_is_used() else _run_into_plainly
    height = max(1, CELLS_AT_ONCE // max(1, len(slots)))
    parts = [placed[first : first + height] for first in range(0, len(placed), height)]
    counted = each(lambda rows: count(slots, people, rows), parts)
    of_slot, of_candidate = nobody(both)
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


def _ban(case: Case) -> Facts | None:
    """The caller forbids the pair."""
    return NO_FACTS if case.forbidden else None


def _forbidden(pairs: Pairs) -> Mask:
    width = max(len(pairs.pools.candidates), 1)
    if not len(pairs.pools.forbidden):
        return np.zeros(len(pairs), dtype=np.bool_)
    slot, candidate = pairs.pools.forbidden.astype(np.int64).T
    fails: Mask = np.isin(
        pairs.slot.astype(np.int64) * width + pairs.candidate, slot * width + candidate
    )
    return fails


def _count_forbidden(both: Pools) -> Failed:
    slot, candidate = both.forbidden.T
    sides = ((slot, both.slots), (candidate, both.candidates))
    of_slot, of_candidate = (np.bincount(rows, minlength=len(side)) for rows, side in sides)
    return of_slot, of_candidate


def _gates(case: Case) -> Facts | None:
    """Every programme that would be long enough asks for checks that the employer lacks."""
    least, closed = case.slot.minimum_months, case.slot.closed_programmes
    long_enough = tuple(code for code, months in case.person.programmes if months >= least)
    return {"programmes": long_enough} if long_enough and closed.issuperset(long_enough) else None


def _gate_missing(pairs: Pairs) -> Mask:
    slots, people, closed = pairs.pools.slots, pairs.pools.candidates, pairs.pools.footings.closed
    fails: Mask = people.programmes.longest[pairs.candidate] >= slots.months[pairs.slot]
    granted, column = people.programmes.granted, people.programmes.column
    for rows, entry in nth_entries(granted.start, pairs):
        slot = pairs.slot[rows]
        carries = granted.value[entry] >= slots.months[slot]
        carries &= ~closed[slots.footing[slot], column[entry]]
        fails[rows[carries]] = False
    return fails


def _count_gate_missing(both: Pools) -> Failed:
    """Counts, for each footing that closes programmes, people whose long enough ones it closes."""
    people, known = both.candidates.programmes, both.footings
    person, months = people.granted.rows(), people.granted.value
    slots = np.bincount(known.of_slot, minlength=len(known))
    on_footing = np.zeros(len(known), dtype=np.int64)
    of_candidate = np.zeros(len(both.candidates), dtype=np.int64)
    for one in np.flatnonzero(known.gated()):
        fails = people.longest >= known.months[one]
        fails[person[(months >= known.months[one]) & ~known.closed[one, people.column]]] = False
        on_footing[one] = np.count_nonzero(fails)
        of_candidate += fails * slots[one]
    return on_footing[known.of_slot], of_candidate


RULES = (
    Rule(
        "already-placed",
        _placement,
        _already_placed,
        _count_already_placed,
        Found.COMPILED,
        may_be_set_aside=False,
    ),
    Rule(
        "forbidden-pair",
        _ban,
        _forbidden,
        _count_forbidden,
        Found.COMPILED,
        may_be_set_aside=False,
    ),
    Rule(
        "gate-missing",
        _gates,
        _gate_missing,
        _count_gate_missing,
        Found.COMPILED,
        may_be_set_aside=False,
    ),
)
