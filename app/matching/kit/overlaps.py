"""How many inclusive periods cover the same day."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

AnyDay = TypeVar("AnyDay", int, date)


def most_together(periods: Iterable[tuple[AnyDay, AnyDay]], first: AnyDay, last: AnyDay) -> int:
    """The most inclusive periods that cover the same day of first..last."""
    within = [(start, end) for start, end in periods if start <= last and first <= end]
    # The number rises only on days when a period begins, or on the first day.
    days = {max(start, first) for start, _ in within}
    return max((sum(start <= day <= end for start, end in within) for day in days), default=0)
