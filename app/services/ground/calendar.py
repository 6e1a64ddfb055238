"""Calendar months and overlaps of inclusive periods, as the domain counts them."""

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction

from app.reference.programmes import programme_on

DAY = timedelta(days=1)


def overlap(first: date, last: date, other_first: date, other_last: date) -> bool:
    return first <= other_last and other_first <= last


def last_day_of(start: date, months: int) -> date:
    """The last day of so many calendar months that begin on `start`."""
    # The engine counts the same way on day numbers; the two are compared in a test.
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    day = min(start.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, day) - DAY


def last_day_in_programme(code: str, first: date) -> date | None:
    """What the programme allows in all, from the first day under it; None without a limit here."""
    known = programme_on(code, first)
    if known is None or known.longest_months is None:
        return None
    return last_day_of(first, known.longest_months)


def days_later(day: date, days: int) -> date:
    """So many days on, or the last day there is."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def latest_start(end: date, months: int) -> date | None:
    """The latest day from which so many months are over by `end`; None before the year 1."""
    year, month = divmod((end.year * 12 + end.month - 1) - months, 12)
    if year < 1:
        return None
    # A month later is too late, unless the end is a month's last day: then its first day will do.
    following = last_day_of(date(year, month + 1, 1), 1) + DAY
    days = [following] + [following - n * DAY for n in range(1, 32)]
    return next((day for day in days if last_day_of(day, months) <= end), None)


def months_covered(first: date, last: date) -> Fraction:
    """The sum over calendar months of the share of each that the period covers."""
    if last < first:
        return Fraction(0)
    whole = (last.year - first.year) * 12 + last.month - first.month - 1
    length, last_length = (monthrange(day.year, day.month)[1] for day in (first, last))
    # One month too few, less what is left out before and after, is all but those two months.
    return whole + Fraction(length - first.day + 1, length) + Fraction(last.day, last_length)
