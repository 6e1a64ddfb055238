"""Calendar months: the service counts as the engine does, and counts the same back as forth."""

from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.matching.values import last_day_of as engines_last_day
from app.services.ground.calendar import (
    last_day_of,
    latest_start,
    months_covered,
    overlap,
)

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
MONTHS = st.integers(1, 120)


class TestLastDayOf:
    @given(DAYS, MONTHS)
    def test_as_the_engine_counts(self, start: date, months: int) -> None:
        expected = engines_last_day(np.array(start.toordinal()), np.array(months))
        assert last_day_of(start, months).toordinal() == int(expected)

    def test_past_the_last_year_is_the_last_day(self) -> None:
        assert last_day_of(date(9999, 12, 1), 1) == date.max
        assert last_day_of(date(9999, 12, 31), 120) == date.max


class TestLatestStart:
    @given(DAYS, MONTHS)
    def test_fits_and_a_day_later_does_not(self, end: date, months: int) -> None:
        start = latest_start(end, months)
        assert start is not None
        assert last_day_of(start, months) <= end < last_day_of(start + timedelta(1), months)

    def test_before_the_first_year(self) -> None:
        assert latest_start(date(1, 3, 31), 3) is None

    def test_at_the_last_day(self) -> None:
        assert latest_start(date.max, 1) == date(9999, 12, 1)


class TestMonthsCovered:
    @pytest.mark.parametrize(
        ("first", "last", "months"),
        [
            (date(2018, 3, 1), date(2018, 6, 30), Fraction(4)),
            (date(2018, 2, 15), date(2018, 2, 28), Fraction(1, 2)),
            (date(2018, 1, 31), date(2018, 2, 1), Fraction(1, 31) + Fraction(1, 28)),
            (date(2018, 3, 2), date(2018, 3, 1), Fraction(0)),
            (date(9999, 12, 1), date.max, Fraction(1)),
        ],
    )
    def test_share_of_each_calendar_month(self, first: date, last: date, months: Fraction) -> None:
        assert months_covered(first, last) == months


class TestOverlap:
    def test_one_common_day(self) -> None:
        march, april = (date(2018, 3, 1), date(2018, 3, 31)), (date(2018, 3, 31), date(2018, 4, 30))
        assert overlap(*march, *april)
        assert not overlap(*march, date(2018, 4, 1), date(2018, 4, 30))
