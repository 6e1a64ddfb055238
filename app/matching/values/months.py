"""Calendar months on day numbers (date.toordinal), one value or a whole array at once."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

import numpy as np

from app.matching.kit import Ints

EPOCH = date(1970, 1, 1).toordinal()


def day_numbers(iso_dates: Sequence[str | None]) -> Ints:
    """Day numbers of ISO dates as a database gives them; LAST_DAY for None."""
    texts = np.array([f"{date.max}" if day is None else day for day in iso_dates], dtype=np.str_)
    return texts.astype("datetime64[D]").astype(np.int64) + EPOCH


def add_months(days: Ints, months: Ints) -> Ints:
    """The same day so many months later, or the last day of a month that is too short.

    Shapes broadcast. 2018-01-31 + 1 month = 2018-02-28.
    """
    dates = (np.asarray(days) - EPOCH).astype("datetime64[D]")
    month = dates.astype("datetime64[M]")
    day_of_month = dates - month.astype("datetime64[D]")
    first = (month + months).astype("datetime64[D]")
    last = (month + months + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
    found: Ints = np.minimum(first + day_of_month, last).astype(np.int64) + EPOCH
    return found


def last_day_of(start: Ints, months: Ints) -> Ints:
    """The last day of a period of so many months that begins on ``start``."""
    return add_months(start, months) - 1


def last_day(start: date, months: int) -> date | None:
    """The last day for one date; None where it would be after `date.max`."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year > date.max.year:
        first_beyond = (year, month, start.day) == (date.max.year + 1, 0, 1)
        return date.max if first_beyond else None
    day = min(start.day, monthrange(year, month + 1)[1])
    return date.fromordinal(date(year, month + 1, day).toordinal() - 1)


def latest_start_for(end: Ints, months: Ints) -> Ints:
    """The last day on which so many months can begin and still end by ``end``."""
    first, day, full = _month_of(np.asarray(end) + 1)
    month = first - months
    found = np.where(day == full, _length(month), np.minimum(day, _length(month)))
    return _first_day(month) + found - 1


def earliest_start_for(end: Ints, months: Ints) -> Ints:
    """The first day from which so many months reach ``end`` or go beyond it."""
    first, day, _ = _month_of(np.asarray(end) + 1)
    month = first - months
    found: Ints = np.minimum(_first_day(month) + day - 1, _first_day(month + 1))
    return found


def months_between(start: Ints, end: Ints) -> Ints:
    """How many whole months have passed from start to end, -1 or less where end comes first."""
    passed = _month_of(end)[0] - _month_of(start)[0]
    found: Ints = passed - (add_months(start, passed) > end)
    return found


def whole_months(start: date, end: date) -> int:
    """How many whole months have passed from start to end, at least 0."""
    passed = (end.year - start.year) * 12 + end.month - start.month
    same_day = min(start.day, monthrange(end.year, end.month)[1])
    return max(passed - (same_day > end.day), 0)


def _month_of(days: Ints) -> tuple[Ints, Ints, Ints]:
    """Months since the epoch, day of the month from 1, and the length of that month."""
    dates = (np.asarray(days) - EPOCH).astype("datetime64[D]")
    month = dates.astype("datetime64[M]").astype(np.int64)
    return month, days - _first_day(month) + 1, _length(month)


def _first_day(month: Ints) -> Ints:
    found: Ints = month.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) + EPOCH
    return found


def _length(month: Ints) -> Ints:
    return _first_day(month + 1) - _first_day(month)
