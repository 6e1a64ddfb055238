"""How many inclusive periods hold at once."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

AnyDay = TypeVar("AnyDay", int, date)


def most_together(periods: Iterable[tuple[AnyDay, AnyDay]], first: AnyDay, last: AnyDay) -> int:
    """How many of the inclusive periods hold on one and the same day of first..last, at most."""
    within = [(start, end) for start, end in periods if start <= last and first <= end]
    # Only where one begins, or the time does, can there be more than the day before.
    days = {max(start, first) for start, _ in within}
    return max((sum(start <= day <= end for start, end in within) for day in days), default=0)
