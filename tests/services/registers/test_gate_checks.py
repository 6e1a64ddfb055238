"""Which gates stand on a day: the check with the newest day decides, as long as it holds."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from app.db import Database
from app.models.gate_checks import GateCheck, GateOutcome
from app.reference.programmes import programme_on
from app.services.ground.permissions import Actor
from app.services.registers.gate_checks import missing_gates, read_missing_gates, standing_gates
from tests.make import make_supplier

DAY = date(2018, 3, 1)
BAN = "no-business-ban"


def check(checked_on: date, outcome: GateOutcome = "passed", **more: Any) -> GateCheck:
    return GateCheck(gate=BAN, outcome=outcome, checked_on=checked_on, **more)


class TestStandingGates:
    @pytest.mark.parametrize(
        ("until", "stands"), [(date(2018, 2, 28), False), (DAY, True), (None, True)]
    )
    def test_through_the_last_day_that_it_names(self, until: date | None, stands: bool) -> None:
        checks = [check(date(2018, 2, 1), valid_until=until)]
        assert standing_gates(checks, DAY) == ({BAN} if stands else set())

    @pytest.mark.parametrize(
        ("checked", "stands"),
        [
            (date(2017, 3, 1), False),
            (date(2017, 3, 2), True),
            (DAY, True),
            (date(2018, 3, 2), False),
        ],
    )
    def test_from_the_day_of_the_check_for_a_year(self, checked: date, stands: bool) -> None:
        assert standing_gates([check(checked)], DAY) == ({BAN} if stands else set())

    def test_a_later_no_closes(self) -> None:
        checks = [check(date(2018, 2, 2), "failed"), check(date(2018, 2, 1))]
        assert standing_gates(checks, DAY) == set()

    def test_a_later_yes_opens_again(self) -> None:
        checks = [check(date(2018, 2, 2)), check(date(2018, 2, 1), "failed")]
        assert standing_gates(checks, DAY) == {BAN}

    def test_of_one_day_the_last_recorded_counts(self) -> None:
        first, second = check(date(2018, 2, 1)), check(date(2018, 2, 1), "failed")
        assert first.created_at <= second.created_at
        assert standing_gates([first, second], DAY) == set()

    def test_what_comes_later_counts_from_then(self) -> None:
        checks = [check(date(2018, 2, 1)), check(date(2018, 3, 2), "failed")]
        assert standing_gates(checks, DAY) == {BAN}


class TestMissingGates:
    def test_names_what_the_programme_asks_for_in_its_order(self) -> None:
        practice = programme_on("arbetspraktik", DAY)
        assert practice is not None
        left = missing_gates([check(date(2018, 2, 1))], "arbetspraktik", DAY)
        assert left == [gate for gate in practice.gates if gate != BAN]

    def test_an_unknown_programme_asks_for_none(self) -> None:
        assert missing_gates([], "kommunens-eget", DAY) == []

    def test_reads_only_this_suppliers(self, database: Database, actor: Actor) -> None:
        with database.writing() as session:
            checked, unchecked = suppliers(session, actor)
            assert read_missing_gates(session, actor, checked, "arbetspraktik", DAY) == []
            assert len(read_missing_gates(session, actor, unchecked, "arbetspraktik", DAY)) == 5


def suppliers(session: Session, actor: Actor) -> list[Any]:
    checked = make_supplier(session, actor)
    unchecked = make_supplier(session, actor, gates=(), organisation_number="5560360793")
    return [checked.id, unchecked.id]
