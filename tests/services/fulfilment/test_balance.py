"""Full-time months, and the starts that could still deliver what is missing."""

from datetime import date, timedelta

import pytest

from app.services.fulfilment.causes import causes_of
from app.services.fulfilment.hints import Hints
from app.services.fulfilment.verdict import Verdict
from tests.services.fulfilment.clause_cases import (
    BEGUN,
    ENDS,
    MONTHS,
    SPRING,
    cut,
    done,
    on,
    placed,
    quantities,
)

DAY = timedelta(days=1)
SPRING_START, SPRING_END = SPRING


class TestFullTimeMonths:
    def test_split_by_the_day(self) -> None:
        found = on(date(2018, 5, 31), placed(started=SPRING_START), **MONTHS)
        assert quantities(found) == {"delivered": 1, "active": 1}
        assert found.verdict == Verdict.ON_TRACK

    @pytest.mark.parametrize(
        ("agreed", "least", "clause", "delivered"),
        [
            (None, 50, None, 2),  # the slot's lowest extent
            (None, 50, 75, 3),  # or the clause's lowest, where it is higher
            (100, 50, 75, 4),  # or the agreed extent
            (25, 50, 75, 1),
        ],
    )
    def test_extent(
        self, agreed: int | None, least: int, clause: int | None, delivered: int
    ) -> None:
        terms = MONTHS | {"minimum_extent_percent": clause}
        found = on(SPRING_END, done(extent=agreed), extent=(least, 100), **terms)
        assert quantities(found)["delivered"] == delivered

    def test_no_more_than_the_slot_can_give(self) -> None:
        terms = MONTHS | {"minimum_extent_percent": 100}
        assert quantities(on(BEGUN, placed(), extent=(10, 20), **terms))["booked"] == 0.8

    def test_only_within_the_contract(self) -> None:
        early = placed(date(2017, 12, 1), date(2018, 3, 31))
        late = placed(date(2019, 6, 1), date(2019, 12, 31))
        for one in (early, late):
            assert quantities(on(BEGUN, one, **MONTHS))["booked"] == 0.5

    def test_two_decimals_at_the_end(self) -> None:
        thirds = [placed(date(2018, 4, 1), date(2018, 4, 10), extent=100) for _ in range(3)]
        assert quantities(on(BEGUN, *thirds, **MONTHS)) == {"booked": 1, "missing": 1}

    def test_parts_sum_to_the_rounded_whole(self) -> None:
        third = date(2018, 4, 1), date(2018, 4, 10)
        found = on(
            date(2018, 4, 10), done(*third, extent=100), placed(*third, extent=100), **MONTHS
        )
        assert quantities(found) == {"delivered": 0.33, "booked": 0.34, "missing": 1.33}

    def test_an_early_end_gives_its_months_back(self) -> None:
        found = on(date(2018, 6, 1), cut(date(2018, 5, 31), "supplier"), **MONTHS)
        assert quantities(found) == {"delivered": 1, "missing": 1}

    def test_credit_for_the_rest(self) -> None:
        terms = MONTHS | {"early_end_share_percent": 75}
        found = on(date(2018, 8, 1), cut(date(2018, 7, 1)), **terms)
        assert quantities(found) == {"delivered": 2, "credited": 0.48}
        assert (found.verdict, found.by_early_end_rule) == (Verdict.MET, True)

    def test_an_extension_counts_by_itself(self) -> None:
        first = done()
        more = placed(date(2018, 8, 1), date(2018, 8, 31), extends=first.id)
        assert quantities(on(date(2018, 8, 1), first, more, **MONTHS)) == {
            "delivered": 2,
            "booked": 0.5,
        }

    @pytest.mark.parametrize(
        ("day", "expected"),
        [(ENDS, {"booked": 1.5, "missing": 0.5}), (ENDS + DAY, {"missing": 2})],
    )
    def test_a_start_that_nobody_noted(self, day: date, expected: dict[str, float]) -> None:
        """A start may be noted until the contract is over; then the placement is lost."""
        booked = placed(date(2019, 4, 1), date(2019, 8, 31))
        found = on(day, booked, **MONTHS)
        assert (quantities(found), found.forecast.verdict) == (expected, Verdict.NOT_MET)
        causes = causes_of(found, Hints())
        assert ("authority-late" in {cause.code for cause in causes}) == (day > ENDS)
        assert sum(cause.quantity for cause in causes) == expected["missing"]

    def test_no_last_safe_start(self) -> None:
        assert on(BEGUN, **MONTHS).last_safe_start is None


class TestFirstStart:
    TERMS = {"first_start_within_months": 6}  # noqa: RUF012  # never changed

    def test_null_without_a_limit(self) -> None:
        assert on(BEGUN, placed(started=SPRING_START)).first_start_met is None

    @pytest.mark.parametrize(
        ("start", "met"), [(date(2018, 8, 31), True), (date(2018, 9, 1), False)]
    )
    def test_within_the_months(self, start: date, met: bool) -> None:
        started = placed(start, date(2018, 12, 31), started=start)
        assert on(date(2018, 10, 1), started, **self.TERMS).first_start_met is met

    def test_before_the_contract_is_no_start_of_it(self) -> None:
        early = placed(BEGUN - DAY, date(2018, 12, 31), started=BEGUN - DAY)
        assert on(date(2018, 5, 1), early, **self.TERMS).first_start_met is False

    def test_booked_one_has_not_started(self) -> None:
        assert on(date(2018, 5, 1), placed(), **self.TERMS).first_start_met is False


class TestStartsNeeded:
    def test_places(self) -> None:
        found = on(BEGUN, placed(), places=3).starts_needed
        assert found is not None
        assert (found.starts, found.by) == (2, date(2019, 3, 1))

    @pytest.mark.parametrize(
        ("day", "starts", "by"),
        [
            # Two months are missing: one person in full time suffices until 1 May 2019.
            (date(2018, 3, 1), 1, date(2019, 5, 1)),
            (date(2019, 5, 1), 1, date(2019, 5, 1)),
            (date(2019, 5, 2), 2, date(2019, 6, 1)),
            (date(2019, 6, 16), 4, date(2019, 6, 16)),
            (ENDS, 60, ENDS),
        ],
    )
    def test_full_time_months(self, day: date, starts: int, by: date) -> None:
        found = on(day, **MONTHS).starts_needed
        assert found is not None
        assert (found.starts, found.by) == (starts, by)

    def test_before_the_contract_it_counts_from_its_beginning(self) -> None:
        found = on(BEGUN - 30 * DAY, **MONTHS | {"full_time_months": 17}).starts_needed
        assert found is not None
        assert (found.starts, found.by >= BEGUN) == (2, True)

    def test_none_where_nothing_is_missing_or_nothing_helps(self) -> None:
        assert on(BEGUN, placed()).starts_needed is None
        assert on(date(2019, 3, 2)).starts_needed is None
        assert on(ENDS + DAY, **MONTHS).starts_needed is None
