"""How many of a slot's places the placements in it take, and from which day one is free."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from app.matching.kit import most_together
from app.matching.values.slots import SlotColumns


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


def _opening(
    slots: SlotColumns, row: int, periods: Sequence[tuple[int, int]], first: int
) -> tuple[int, int]:
    """The first day from which the slot has a free place until its end, and how many are taken
    from then on; the slot's first day where no place becomes free."""
    latest, end = int(slots.latest_start[row]), int(slots.end[row])
    room = min(int(slots.places[row]), int(slots.supervisor_capacity[row]))
    freed = sorted(last + 1 for _, last in periods if first <= last < end)
    for day in (first, *freed):
        taken = most_together(periods, day, end)
        if taken < room and day <= max(latest, first):
            return day, taken
    return first, most_together(periods, first, end)
