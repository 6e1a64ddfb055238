"""How many of a slot's places the placements in it take, and from which day one is free."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from app.matching.values.columns import SlotColumns

Day = TypeVar("Day", int, date)


def filled(slots: SlotColumns, as_of: int) -> SlotColumns:
    """The slots as the placements in them leave them on a day number: ``occupied``, and for one
    that is full at first, a later ``earliest_start``. Those without placements stay as they are.
    """
    stays: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row, first, last in slots.placed.tolist():
        stays[row].append((first, last))
    starts, occupied = slots.earliest_start.copy(), slots.occupied.copy()
    for row, periods in stays.items():
        own = int(slots.own_start[row])
        opens, occupied[row] = _opening(slots, row, periods, max(own, as_of))
        starts[row] = max(own, opens) if opens > as_of else own
    return replace(slots, earliest_start=starts, occupied=occupied)


def most_together(periods: Iterable[tuple[Day, Day]], first: Day, last: Day) -> int:
    """How many of the inclusive periods hold on one and the same day of first..last, at most."""
    within = [(start, end) for start, end in periods if start <= last and first <= end]
    # Only where one begins, or the time does, can there be more than the day before.
    days = {max(start, first) for start, _ in within}
    return max((sum(start <= day <= end for start, end in within) for day in days), default=0)


def _opening(
    slots: SlotColumns, row: int, periods: Sequence[tuple[int, int]], first: int
) -> tuple[int, int]:
    """The first day from which the slot has a place free until its end, and how many are taken
    from then on; its first day where there is none."""
    latest, end = int(slots.latest_start[row]), int(slots.end[row])
    room = min(int(slots.places[row]), int(slots.supervisor_capacity[row]))
    freed = sorted(last + 1 for _, last in periods if first <= last < end)
    for day in (first, *freed):
        taken = most_together(periods, day, end)
        if taken < room and day <= max(latest, first):
            return day, taken
    return first, most_together(periods, first, end)
