from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.matching.values import (
    add_months,
    earliest_start_for,
    last_day_of,
    latest_start_for,
    whole_months,
)
from tests.matching.judges import months_later


def shifted(day: date, months: int) -> date:
    return date.fromordinal(int(add_months(np.array(day.toordinal()), np.array(months))))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2018, 1, 31), 1, date(2018, 2, 28)),
        (date(2020, 1, 31), 1, date(2020, 2, 29)),
        (date(2018, 2, 28), 1, date(2018, 3, 28)),
        (date(2018, 8, 31), 3, date(2018, 11, 30)),
        (date(2018, 12, 31), 2, date(2019, 2, 28)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2018, 3, 1), 4, date(2018, 7, 1)),
        (date(1969, 12, 31), 2, date(1970, 2, 28)),
    ],
)
def test_a_month_that_is_too_short_ends_on_its_last_day(
    day: date, months: int, expected: date
) -> None:
    assert shifted(day, months) == expected


def test_four_months_from_the_first_of_march_end_with_june() -> None:
    last = last_day_of(np.array(date(2018, 3, 1).toordinal()), np.array(4))
    assert date.fromordinal(int(last)) == date(2018, 6, 30)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 240))
def test_months_agree_with_the_calendar(day: date, months: int) -> None:
    assert shifted(day, months) == months_later(day, months)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 60))
def test_a_later_start_never_ends_earlier(day: date, months: int) -> None:
    assert shifted(day, months) <= shifted(day + timedelta(days=1), months)


@pytest.mark.parametrize(
    ("end", "months"),
    [(date(2018, 2, 27), 0), (date(2018, 2, 28), 1), (date(2018, 3, 31), 2), (date(2017, 1, 1), 0)],
)
def test_whole_months_passed_since_the_last_of_january(end: date, months: int) -> None:
    assert whole_months(date(2018, 1, 31), end) == months


@pytest.mark.parametrize("months", [1, 2, 12, 13, 30])
def test_bounds_of_starts_are_those_that_every_day_by_itself_gives(months: int) -> None:
    """Two years of ends, with a leap day among them, against every start that could matter."""
    starts = np.arange(date(2014, 1, 1).toordinal(), date(2021, 1, 1).toordinal())
    ends = np.arange(date(2019, 6, 1).toordinal(), date(2020, 7, 1).toordinal())
    last = last_day_of(starts, np.array(months))
    latest, earliest = (
        latest_start_for(ends, np.array(months)),
        earliest_start_for(ends, np.array(months)),
    )
    assert latest.tolist() == [int(starts[last <= end].max()) for end in ends]
    assert earliest.tolist() == [int(starts[last >= end].min()) for end in ends]
