"""The verdict after follow-ups of a clause: excuses, time to rectify, inner deadlines."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.services.fulfilment.verdict import Verdict
from tests.services.fulfilment.clause_cases import (
    BEGUN,
    DIALOGUE,
    ENDS,
    SPRING,
    done,
    note,
    on,
    placed,
)

DAY = timedelta(days=1)
SPRING_START, SPRING_END = SPRING
LAST_SAFE = date(2019, 3, 1)


class TestExcuse:
    @pytest.mark.parametrize(
        ("quantity", "verdict"),
        [(None, Verdict.EXCUSED), (1, Verdict.EXCUSED), (2, Verdict.EXCUSED)],
    )
    def test_what_is_missing(self, quantity: int | None, verdict: Verdict) -> None:
        excuse = note("excuse-decided", ENDS + DAY, reason="efforts", quantity=quantity)
        assert on(ENDS, follow_ups=[excuse]).verdict == Verdict.IMPOSSIBLE
        assert on(ENDS + DAY, follow_ups=[excuse]).verdict == verdict

    def test_of_less_than_is_missing(self) -> None:
        halves = [
            note("excuse-decided", day, reason="lack-of-candidates", quantity=1)
            for day in (date(2018, 9, 1), date(2018, 10, 1))
        ]
        assert on(date(2018, 9, 1), follow_ups=halves, places=2).verdict == Verdict.AT_RISK
        assert on(date(2018, 10, 1), follow_ups=halves, places=2).verdict == Verdict.EXCUSED

    def test_of_nothing(self) -> None:
        excuse = note("excuse-decided", BEGUN, reason="efforts")
        assert on(SPRING_START, done(), follow_ups=[excuse]).verdict == Verdict.ON_TRACK
        assert on(SPRING_END, done(), follow_ups=[excuse]).verdict == Verdict.MET

    def test_of_a_dialogue(self) -> None:
        excuse = note("excuse-decided", BEGUN, reason="efforts")
        assert on(BEGUN, follow_ups=[excuse], **DIALOGUE).verdict == Verdict.EXCUSED


class TestRectification:
    TIME = note("rectification-set", date(2018, 9, 1), until=date(2018, 10, 31))

    @pytest.mark.parametrize(
        ("day", "verdict"),
        [
            (date(2018, 8, 31), Verdict.AT_RISK),
            (date(2018, 9, 1), Verdict.RECTIFICATION),
            (date(2018, 10, 31), Verdict.RECTIFICATION),
            (date(2018, 11, 1), Verdict.AT_RISK),
        ],
    )
    def test_while_the_time_lasts(self, day: date, verdict: Verdict) -> None:
        assert on(day, follow_ups=[self.TIME]).verdict == verdict

    def test_goes_before_a_contract_that_is_over(self) -> None:
        after = note("rectification-set", ENDS, until=ENDS + 30 * DAY)
        assert on(ENDS + DAY, follow_ups=[after]).verdict == Verdict.RECTIFICATION

    def test_does_not_go_before_what_is_met(self) -> None:
        assert on(date(2018, 9, 1), done(), follow_ups=[self.TIME]).verdict == Verdict.MET


class TestOverdue:
    TERMS: dict[str, Any] = {"first_start_within_months": 6}  # noqa: RUF012  # never changed
    DEADLINE = date(2018, 8, 31)

    def test_first_start(self) -> None:
        booked = placed(date(2018, 9, 1), date(2018, 12, 31))
        assert on(self.DEADLINE, booked, **self.TERMS).verdict == Verdict.ON_TRACK
        assert on(self.DEADLINE + DAY, booked, **self.TERMS).verdict == Verdict.OVERDUE

    def test_a_late_start_makes_it_good_but_not_in_time(self) -> None:
        late = placed(date(2018, 9, 1), date(2018, 12, 31), started=date(2018, 9, 1))
        found = on(self.DEADLINE + DAY, late, **self.TERMS)
        assert (found.verdict, found.first_start_met) == (Verdict.ON_TRACK, False)

    def test_an_offer_will_do(self) -> None:
        offer = note("offer-made", self.DEADLINE)
        found = on(self.DEADLINE + DAY, follow_ups=[offer], **self.TERMS)
        assert (found.verdict, found.first_start_met) == (Verdict.AT_RISK, True)

    @pytest.mark.parametrize(("offered", "met"), [(BEGUN - DAY, False), (BEGUN, True)])
    def test_an_offer_before_the_contract_is_none_of_it(self, offered: date, met: bool) -> None:
        found = on(self.DEADLINE + DAY, follow_ups=[note("offer-made", offered)], **self.TERMS)
        assert (found.verdict == Verdict.OVERDUE, found.first_start_met) == (not met, met)

    def test_reports(self) -> None:
        dates = {"report_dates": [date(2019, 1, 31), date(2018, 8, 31)]}
        first = note("report", date(2018, 8, 20))
        late = note("report", date(2019, 2, 15))
        for day, notes, verdict in (
            (date(2018, 8, 31), [], Verdict.AT_RISK),
            (date(2018, 9, 1), [], Verdict.OVERDUE),
            (date(2018, 9, 1), [first], Verdict.AT_RISK),
            (date(2019, 2, 1), [first, late], Verdict.OVERDUE),
            (date(2019, 2, 15), [first, late], Verdict.AT_RISK),
        ):
            assert on(day, follow_ups=notes, **dates).verdict == verdict

    def test_what_is_impossible_goes_before(self) -> None:
        assert on(LAST_SAFE + DAY, **self.TERMS).verdict == Verdict.IMPOSSIBLE


class TestDialogue:
    def test_met_from_the_day_it_was_held(self) -> None:
        held = note("dialogue-held", date(2018, 5, 2))
        days = (BEGUN - DAY, BEGUN, date(2018, 5, 2), ENDS + DAY)
        assert [on(day, follow_ups=[held], **DIALOGUE).verdict for day in days] == [
            Verdict.NOT_STARTED,
            Verdict.AT_RISK,
            Verdict.MET,
            Verdict.MET,
        ]

    def test_never_held(self) -> None:
        found = on(ENDS + DAY, **DIALOGUE)
        assert (found.verdict, found.balance) == (Verdict.NOT_MET, None)
