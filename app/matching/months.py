"""Calendar months on day numbers (date.toordinal), one value or a whole array at once."""

from datetime import date

import numpy as np

from app.matching.arrays import Ints

EPOCH = date(1970, 1, 1).toordinal()
LAST_DAY = date.max.toordinal()
"""Stands for "no end"."""


def add_months(days: Ints, months: Ints) -> Ints:
    """The same day of the month so many months on, or that month's last day if it is shorter.

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
    """The last day of so many months that begin on ``start``."""
    return add_months(start, months) - 1


def whole_months(start: date, end: date) -> int:
    """How many whole months have passed from start to end, at least 0."""
    passed = (end.year - start.year) * 12 + end.month - start.month
    if add_months(np.array(start.toordinal()), np.array(passed)) > end.toordinal():
        passed -= 1
    return max(passed, 0)
