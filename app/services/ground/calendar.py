"""Calendar months and overlaps of inclusive periods, as the domain counts them."""

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction

from app.reference.programmes import KnownProgrammes

DAY = timedelta(days=1)


def overlap(first: date, last: date, other_first: date, other_last: date) -> bool:
    return first <= other_last and other_first <= last


def last_day_of(start: date, months: int) -> date:
    """The last day of a period of `months` calendar months that begins on `start`."""
    # The engine counts in the same way on day numbers; a test compares the two.
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    day = min(start.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, day) - DAY


def last_day_in_programme(known: KnownProgrammes, code: str, first: date) -> date | None:
    """What the programme allows in all, from the first day under it; None without a limit here."""
    held = known.on(code, first)
    if held is None or held.longest_months is None:
        return None
    return last_day_of(first, held.longest_months)


def days_later(day: date, days: int) -> date:
    """The day that comes `days` days after `day`, or `date.max` where it would be later."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def latest_start(end: date, months: int) -> date | None:
    """The latest first day of so many months that end by `end`; None if it is before the year 1."""
    year, month = divmod((end.year * 12 + end.month - 1) - months, 12)
    if year < 1:
        return None
    # The months may begin on the first day of the month after only if `end` ends its month.
    following = last_day_of(date(year, month + 1, 1), 1) + DAY
    days = [following] + [following - n * DAY for n in range(1, 32)]
    return next((day for day in days if last_day_of(day, months) <= end), None)


def months_covered(first: date, last: date) -> Fraction:
    """The sum over calendar months of the share of each that the period covers."""
    if last < first:
        return Fraction(0)
    whole = (last.year - first.year) * 12 + last.month - first.month - 1
    length, last_length = (monthrange(day.year, day.month)[1] for day in (first, last))
    # `whole` counts the months between the first and the last, which are covered only in part.
    return whole + Fraction(length - first.day + 1, length) + Fraction(last.day, last_length)
