"""The verdict by every state of its placements, on the days where it turns."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID, uuid4

import pytest

from app.models.clauses import Clause
from app.models.contracts import Contract
from app.models.placements import Placement
from app.models.slots import Slot
from app.models.values import Demands, Extent, Occupation
from app.services.fulfilment import Fulfilment, Verdict, fulfilment_of

IDS = {name: uuid4() for name in ("organisation_id", "contract_id", "slot_id", "key_id")}
SLOT_ID = IDS["slot_id"]
BEGUN = date(2018, 3, 1)
CONTRACT = Contract(
    organisation_id=IDS["organisation_id"],
    reference="KS 2017/0412",
    title="Ombyggnad av Palmcrantzskolan",
    supplier_id=uuid4(),
    cpv_code="45214200-2",
    municipality_code="2380",
    start_date=BEGUN,
    end_date=date(2019, 6, 30),
)


def clause(**overrides: Any) -> Clause:
    values = {
        "organisation_id": IDS["organisation_id"],
        "contract_id": IDS["contract_id"],
        "kind": "internship",
        "places": 1,
        "minimum_months": 4,
        "responsible": "Upphandlingsenheten",
        "next_follow_up_date": date(2018, 6, 1),
    }
    return Clause.model_validate(values | overrides)


def placement(status: str, **overrides: Any) -> Placement:
    values = {
        "organisation_id": IDS["organisation_id"],
        "candidate_id": uuid4(),
        "slot_id": SLOT_ID,
        "status": status,
        "start_date": date(2018, 4, 1),
        "end_date": date(2018, 7, 31),
        "programme": "arbetspraktik",
        "reason": "good-fit",
        "key_id": IDS["key_id"],
    }
    return Placement.model_validate(values | overrides)


def slots(least_extent: int, most_extent: int = 100) -> dict[UUID, Slot]:
    values = {
        "organisation_id": IDS["organisation_id"],
        "supplier_id": uuid4(),
        "title": "Snickare",
        "occupation": Occupation(ssyk="7111"),
        "places": 2,
        "earliest_start": BEGUN,
        "latest_start": date(2018, 9, 1),
        "end_date": date(2019, 6, 30),
        "extent_percent": Extent(min=least_extent, max=most_extent),
        "municipality_code": "2380",
        "required": Demands(),
        "preferred": Demands(),
    }
    return {SLOT_ID: Slot.model_validate(values)}


def on(day: date, *placements: Placement, **terms: Any) -> Fulfilment:
    return fulfilment_of(clause(**terms), CONTRACT, slots(50), placements, day)


class TestVerdict:
    @pytest.mark.parametrize(
        ("day", "verdict"),
        [
            (date(2018, 2, 28), Verdict.NOT_STARTED),
            (BEGUN, Verdict.AT_RISK),
            (date(2019, 6, 30), Verdict.AT_RISK),
            (date(2019, 7, 1), Verdict.NOT_MET),
        ],
    )
    def test_nothing_done(self, day: date, verdict: Verdict) -> None:
        assert on(day).verdict == verdict

    @pytest.mark.parametrize(
        ("status", "verdict"),
        [
            ("planned", Verdict.ON_TRACK),
            ("ready", Verdict.ON_TRACK),
            ("active", Verdict.ON_TRACK),
            ("completed", Verdict.MET),
            ("cancelled", Verdict.AT_RISK),
        ],
    )
    def test_by_status(self, status: str, verdict: Verdict) -> None:
        assert on(date(2018, 7, 31), placement(status)).verdict == verdict

    def test_booked_before_the_contract_begins(self) -> None:
        found = on(date(2018, 2, 1), placement("planned"))
        assert found.verdict == Verdict.NOT_STARTED
        assert found.balance is not None
        assert [found.balance.booked, found.balance.missing] == [1, 0]

    @pytest.mark.parametrize(
        ("day", "state"),
        [
            (date(2018, 3, 31), "booked"),
            (date(2018, 4, 1), "active"),
            (date(2018, 7, 30), "active"),
            (date(2018, 7, 31), "delivered"),
        ],
    )
    def test_completed_one_by_its_own_dates(self, day: date, state: str) -> None:
        found = on(day, placement("completed"))
        assert getattr(found.balance, state) == 1

    def test_met_stays_met_after_the_contract(self) -> None:
        assert on(date(2020, 1, 1), placement("completed")).verdict == Verdict.MET

    @pytest.mark.parametrize(("last", "booked"), [(date(2018, 7, 31), 1), (date(2018, 7, 30), 0)])
    def test_least_time(self, last: date, booked: int) -> None:
        found = on(BEGUN, placement("planned", end_date=last))
        assert found.balance is not None
        assert found.balance.booked == booked

    @pytest.mark.parametrize(("start", "booked"), [(date(2019, 3, 1), 1), (date(2019, 3, 2), 0)])
    def test_least_time_within_the_contract(self, start: date, booked: int) -> None:
        found = on(BEGUN, placement("planned", start_date=start, end_date=date(2019, 12, 31)))
        assert found.balance is not None
        assert found.balance.booked == booked

    @pytest.mark.parametrize(("last", "booked"), [(date(2018, 6, 29), 0), (date(2018, 6, 30), 1)])
    def test_least_time_from_when_the_contract_begins(self, last: date, booked: int) -> None:
        early = placement("planned", start_date=date(2017, 11, 1), end_date=last)
        found = on(BEGUN, early).balance
        assert found is not None
        assert found.booked == booked

    @pytest.mark.parametrize(("most", "booked"), [(49, 0), (50, 1)])
    def test_extent_that_the_clause_asks_for(self, most: int, booked: int) -> None:
        terms = clause(minimum_extent_percent=50)
        narrow = slots(least_extent=10, most_extent=most)
        found = fulfilment_of(terms, CONTRACT, narrow, [placement("planned")], BEGUN).balance
        assert found is not None
        assert found.booked == booked

    def test_planned_that_never_started_covers_nothing(self) -> None:
        assert on(date(2018, 7, 31), placement("planned")).verdict == Verdict.ON_TRACK
        assert on(date(2018, 8, 1), placement("planned")).verdict == Verdict.AT_RISK

    def test_ended_early_counts_when_the_least_time_is_done(self) -> None:
        enough = placement("ended-early", end_date=date(2018, 8, 15))
        assert on(date(2018, 9, 1), enough).verdict == Verdict.MET
        short = placement("ended-early", end_date=date(2018, 7, 30))
        assert on(date(2018, 9, 1), short).verdict == Verdict.AT_RISK

    def test_dialogue(self) -> None:
        talk = {"kind": "dialogue", "places": None, "minimum_months": None}
        days = (date(2018, 2, 1), BEGUN, date(2019, 7, 1))
        assert [on(day, **talk).verdict for day in days] == [
            Verdict.NOT_STARTED,
            Verdict.AT_RISK,
            Verdict.NOT_MET,
        ]
        assert on(BEGUN, **talk).balance is None


class TestFirstStart:
    def test_null_without_a_limit(self) -> None:
        assert on(BEGUN, placement("active")).first_start_met is None

    @pytest.mark.parametrize(
        ("start", "met"), [(date(2018, 8, 31), True), (date(2018, 9, 1), False)]
    )
    def test_within_the_months(self, start: date, met: bool) -> None:
        started = placement("active", start_date=start, end_date=date(2018, 12, 31))
        found = on(date(2018, 10, 1), started, first_start_within_months=6)
        assert found.first_start_met is met

    def test_before_the_contract_is_no_start_of_it(self) -> None:
        early = placement("active", start_date=date(2018, 2, 28), end_date=date(2018, 12, 31))
        found = on(date(2018, 5, 1), early, first_start_within_months=6)
        assert found.first_start_met is False

    def test_planned_one_has_not_started(self) -> None:
        found = on(date(2018, 5, 1), placement("planned"), first_start_within_months=6)
        assert found.first_start_met is False


class TestFullTimeMonths:
    TERMS: ClassVar[dict[str, Any]] = {
        "places": None,
        "minimum_months": None,
        "full_time_months": 2,
    }

    def test_split_by_the_day(self) -> None:
        found = on(date(2018, 5, 31), placement("active"), **self.TERMS)
        assert found.balance is not None
        assert [found.balance.delivered, found.balance.active] == [1, 1]
        assert found.verdict == Verdict.ON_TRACK

    def test_lowest_extent_that_slot_and_clause_allow(self) -> None:
        found = on(date(2018, 8, 1), placement("completed"), **self.TERMS)
        assert found.verdict == Verdict.MET
        less = on(
            date(2018, 8, 1), placement("completed"), **(self.TERMS | {"full_time_months": 3})
        )
        assert less.balance is not None
        assert less.balance.missing == 1
        more = self.TERMS | {"full_time_months": 3, "minimum_extent_percent": 75}
        assert on(date(2018, 8, 1), placement("completed"), **more).verdict == Verdict.MET

    def test_no_more_than_the_slot_can_give(self) -> None:
        terms = clause(**self.TERMS, minimum_extent_percent=100)
        small = slots(least_extent=10, most_extent=20)
        found = fulfilment_of(terms, CONTRACT, small, [placement("planned")], BEGUN).balance
        assert found is not None
        assert found.booked == Decimal("0.80")

    def test_only_from_when_the_contract_begins(self) -> None:
        early = placement("planned", start_date=date(2017, 12, 1), end_date=date(2018, 3, 31))
        found = on(BEGUN, early, **self.TERMS).balance
        assert found is not None
        assert found.booked == Decimal("0.50")

    def test_two_decimals_at_the_end(self) -> None:
        third = placement("planned", end_date=date(2018, 4, 10))
        found = on(BEGUN, third, third, third, **self.TERMS)
        assert found.balance is not None
        assert found.balance.booked == Decimal("0.50")
        assert found.balance.missing == Decimal("1.50")

    def test_only_within_the_contract(self) -> None:
        late = placement("planned", start_date=date(2019, 6, 1), end_date=date(2019, 12, 31))
        found = on(BEGUN, late, **self.TERMS)
        assert found.balance is not None
        assert found.balance.booked == Decimal("0.50")

    def test_no_last_safe_start(self) -> None:
        assert on(BEGUN, **self.TERMS).last_safe_start is None
