"""The verdict by what happened to placements, on the days when it changes."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.services.fulfilment.verdict import WORST_FIRST, Verdict, fulfilment_of, with_call_offs
from tests.services.fulfilment.clause_cases import (
    BEGUN,
    CONTRACT,
    ENDS,
    MONTHS,
    case,
    clause,
    cut,
    done,
    note,
    on,
    placed,
    quantities,
    version,
)

DAY = timedelta(days=1)
SPRING_START, SPRING_END = date(2018, 4, 1), date(2018, 7, 31)
LAST_SAFE = date(2019, 3, 1)


class TestVerdict:
    @pytest.mark.parametrize(
        ("day", "verdict"),
        [
            (BEGUN - DAY, Verdict.NOT_STARTED),
            (BEGUN, Verdict.AT_RISK),
            (LAST_SAFE, Verdict.AT_RISK),
            (LAST_SAFE + DAY, Verdict.IMPOSSIBLE),
            (ENDS, Verdict.IMPOSSIBLE),
            (ENDS + DAY, Verdict.NOT_MET),
        ],
    )
    def test_nothing_done(self, day: date, verdict: Verdict) -> None:
        assert on(day).verdict == verdict

    @pytest.mark.parametrize(
        ("day", "state", "verdict"),
        [
            (BEGUN, "booked", Verdict.ON_TRACK),
            (SPRING_START - DAY, "booked", Verdict.ON_TRACK),
            (SPRING_START, "active", Verdict.ON_TRACK),
            (SPRING_END - DAY, "active", Verdict.ON_TRACK),
            (SPRING_END, "delivered", Verdict.MET),
            (date(2020, 1, 1), "delivered", Verdict.MET),
        ],
    )
    def test_as_agreed(self, day: date, state: str, verdict: Verdict) -> None:
        found = on(day, done())
        assert (quantities(found), found.verdict) == ({state: 1}, verdict)

    def test_booked_before_the_contract_begins(self) -> None:
        found = on(date(2018, 2, 1), placed())
        assert (found.verdict, quantities(found)) == (Verdict.NOT_STARTED, {"booked": 1})

    @pytest.mark.parametrize(
        ("day", "expected"),
        [(date(2018, 3, 9), {"booked": 1}), (date(2018, 3, 10), {"missing": 1})],
    )
    def test_called_off(self, day: date, expected: dict[str, int]) -> None:
        assert quantities(on(day, placed(cancelled=date(2018, 3, 10)))) == expected

    def test_booked_that_never_started_covers_nothing(self) -> None:
        assert on(SPRING_END, placed()).verdict == Verdict.ON_TRACK
        assert on(SPRING_END + DAY, placed()).verdict == Verdict.AT_RISK

    def test_no_show(self) -> None:
        gone = placed(ended=(date(2018, 4, 3), "participant"))
        assert quantities(on(date(2018, 4, 3), gone)) == {"missing": 1}

    @pytest.mark.parametrize("last", [SPRING_START, date(2018, 7, 30)])
    def test_no_show_where_a_start_was_noted(self, last: date) -> None:
        """The placement never began, although that was found out late, and nothing is credited."""
        gone = placed(started=SPRING_START, ended=(last, "participant"), reason="no-show")
        terms = {"first_start_within_months": 6, "early_end_share_percent": 75}
        for more in (terms, terms | MONTHS):
            found = on(date(2018, 9, 1), gone, **more)
            assert set(quantities(found)) == {"missing"}
            assert (found.first_start_met, found.verdict) == (False, Verdict.OVERDUE)

    def test_end_that_nobody_noted(self) -> None:
        """An end may be noted until the contract is over; then the placement is lost."""
        running = placed(started=SPRING_START)
        assert quantities(on(ENDS, running)) == {"active": 1}
        assert quantities(on(ENDS + DAY, running)) == {"missing": 1}

    @pytest.mark.parametrize(("last", "expected"), [(SPRING_END, 1), (SPRING_END - DAY, 0)])
    def test_least_time(self, last: date, expected: int) -> None:
        assert quantities(on(BEGUN, placed(end=last))).get("booked", 0) == expected
        assert quantities(on(last, done(end=last))).get("delivered", 0) == expected

    @pytest.mark.parametrize(
        ("began", "verdict", "extendable"),
        [
            (date(2019, 2, 1), Verdict.ON_TRACK, 0),
            (date(2019, 2, 2), Verdict.AT_RISK, 1),
            (LAST_SAFE, Verdict.AT_RISK, 1),
            (LAST_SAFE + DAY, Verdict.IMPOSSIBLE, 0),
        ],
    )
    def test_too_late_to_begin_but_not_to_go_on(
        self, began: date, verdict: Verdict, extendable: int
    ) -> None:
        short = placed(date(2019, 2, 1), date(2019, 5, 31), started=began)
        found = on(LAST_SAFE + DAY, short)
        assert (found.verdict, found.extendable) == (verdict, extendable)
        if extendable:
            narrow = on(LAST_SAFE + DAY, short, extent=(10, 49), minimum_extent_percent=50)
            assert (narrow.verdict, narrow.extendable) == (Verdict.IMPOSSIBLE, 0)
            assert on(LAST_SAFE + DAY, short, places=2).verdict == Verdict.IMPOSSIBLE
        assert on(LAST_SAFE + DAY, short, **MONTHS).extendable is None

    @pytest.mark.parametrize(("programme", "extendable"), [("own", 1), ("arbetspraktik", 0)])
    def test_no_longer_than_the_programme_lasts(self, programme: str, extendable: int) -> None:
        first = date(2018, 12, 1)
        stay = replace(placed(first, date(2019, 5, 31), started=first), programme=programme)
        assert on(LAST_SAFE, stay, minimum_months=7).extendable == extendable

    @pytest.mark.parametrize(("start", "booked"), [(LAST_SAFE, 1), (LAST_SAFE + DAY, 0)])
    def test_least_time_within_the_contract(self, start: date, booked: int) -> None:
        found = on(BEGUN, placed(start, date(2019, 12, 31)))
        assert quantities(found).get("booked", 0) == booked

    @pytest.mark.parametrize(("last", "booked"), [(date(2018, 6, 29), 0), (date(2018, 6, 30), 1)])
    def test_least_time_from_when_the_contract_begins(self, last: date, booked: int) -> None:
        found = on(BEGUN, placed(date(2017, 11, 1), last))
        assert quantities(found).get("booked", 0) == booked

    @pytest.mark.parametrize(
        ("most", "agreed", "booked"), [(49, None, 0), (50, None, 1), (100, 49, 0), (49, 50, 1)]
    )
    def test_extent_that_the_clause_asks_for(
        self, most: int, agreed: int | None, booked: int
    ) -> None:
        found = on(BEGUN, placed(extent=agreed), extent=(10, most), minimum_extent_percent=50)
        assert quantities(found).get("booked", 0) == booked

    def test_by_the_version_in_force(self) -> None:
        own = clause(places=1)
        versions = [version(own), version(own, 2, date(2018, 9, 1), places=2)]
        for day, verdict in ((date(2018, 8, 31), Verdict.MET), (date(2018, 9, 1), Verdict.AT_RISK)):
            assert on(day, done(), versions=versions).verdict == verdict


class TestEarlyEnd:
    RULE: dict[str, Any] = {"early_end_share_percent": 75}  # noqa: RUF012  # never changed
    # 1 April to 31 July are 122 days: 91 are 74.6 %, 92 are 75.4 %.
    SHORT, ENOUGH = date(2018, 6, 30), date(2018, 7, 1)

    @pytest.mark.parametrize(("last", "delivered"), [(SHORT, 0), (ENOUGH, 1)])
    def test_share_of_the_agreed_days(self, last: date, delivered: int) -> None:
        found = on(date(2018, 9, 1), cut(last), **self.RULE)
        assert quantities(found).get("credited", 0) == delivered
        assert quantities(found).get("delivered", 0) == delivered
        assert found.by_early_end_rule == bool(delivered)

    @pytest.mark.parametrize(
        ("by", "verdict"),
        [
            ("participant", Verdict.MET),
            ("just-cause", Verdict.MET),
            ("supplier", Verdict.AT_RISK),
            ("authority", Verdict.AT_RISK),
        ],
    )
    def test_by_whom(self, by: Any, verdict: Verdict) -> None:
        assert on(date(2018, 9, 1), cut(self.ENOUGH, by), **self.RULE).verdict == verdict

    def test_not_without_the_rule(self) -> None:
        assert on(date(2018, 9, 1), cut(self.ENOUGH)).verdict == Verdict.AT_RISK

    def test_enough_of_the_clause_needs_no_rule(self) -> None:
        long = cut(date(2018, 8, 15), "supplier", end=date(2018, 12, 31))
        found = on(date(2018, 9, 1), long)
        assert (found.verdict, found.by_early_end_rule) == (Verdict.MET, False)

    def test_not_of_what_was_agreed_too_short(self) -> None:
        short = cut(date(2018, 6, 29), end=date(2018, 6, 30))
        assert on(date(2018, 9, 1), short, **self.RULE).verdict == Verdict.AT_RISK

    def test_a_late_start_is_no_day_of_it(self) -> None:
        late = placed(started=date(2018, 4, 3), ended=(self.ENOUGH, "participant"))
        assert on(date(2018, 9, 1), late, **self.RULE).verdict == Verdict.AT_RISK


class TestCallOffs:
    TEMPLATE: dict[str, Any] = {  # noqa: RUF012  # never changed
        "places": None,
        "minimum_months": None,
        "quantity_per_call_off": True,
    }

    def test_without_any(self) -> None:
        assert on(BEGUN, **self.TEMPLATE).verdict == Verdict.NOT_STARTED

    def test_the_worst_decides(self) -> None:
        heirs = [on(SPRING_END, done()), on(SPRING_END)]
        found = with_call_offs(on(SPRING_END, **self.TEMPLATE), heirs)
        assert (found.verdict, found.forecast.verdict) == (Verdict.AT_RISK, Verdict.NOT_MET)

    def test_a_clause_with_a_quantity_of_its_own_stands_alone(self) -> None:
        assert with_call_offs(on(SPRING_END, done()), [on(SPRING_END)]).verdict == Verdict.MET


class TestForecast:
    def test_if_all_goes_as_planned(self) -> None:
        found = on(BEGUN, placed(), placed(), places=3).forecast
        assert found.verdict == Verdict.NOT_MET
        assert [found.delivered, found.missing] == [2, 1]

    def test_with_an_excuse(self) -> None:
        excuse = note("excuse-decided", BEGUN, reason="efforts")
        assert on(BEGUN, follow_ups=[excuse]).forecast.verdict == Verdict.EXCUSED

    @pytest.mark.parametrize("day", [BEGUN, SPRING_END, ENDS + DAY])
    def test_met(self, day: date) -> None:
        assert on(day, done()).forecast.verdict == Verdict.MET


class TestSettled:
    def test_a_no_needs_what_it_led_to(self) -> None:
        day = ENDS + DAY
        assert not on(day).is_settled
        for kind in ("sanction", "no-sanction"):
            assert on(day, follow_ups=[note(kind, day)]).is_settled
        assert not on(ENDS, follow_ups=[note("sanction", ENDS)]).is_settled

    def test_a_sanction_before_the_end_was_for_something_else(self) -> None:
        day = ENDS + 30 * DAY
        for kind in ("sanction", "no-sanction"):
            assert not on(day, follow_ups=[note(kind, ENDS)]).is_settled
            assert on(day, follow_ups=[note(kind, ENDS + DAY)]).is_settled

    def test_a_framework_s_no_is_its_call_offs(self) -> None:
        template = TestCallOffs.TEMPLATE
        early = CONTRACT.model_copy(update={"end_date": date(2018, 12, 31)})
        day, last = date(2019, 1, 31), early.end_date
        heir = fulfilment_of(replace(case(), contract=early), day)
        for said, is_settled in ((last, False), (last + DAY, True)):
            own = on(day, follow_ups=[note("sanction", said)], **template)
            found = with_call_offs(own, [heir])
            assert (found.verdict, found.is_settled) == (Verdict.NOT_MET, is_settled)

    def test_met(self) -> None:
        assert on(SPRING_END, done()).is_settled


def test_every_verdict_has_its_place_among_the_worst() -> None:
    assert set(WORST_FIRST) == set(Verdict)


def test_facts_without_slots_or_placements() -> None:
    assert case().placements == ()
