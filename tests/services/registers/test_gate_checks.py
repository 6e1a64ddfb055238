"""Which gates stand on a day: the check with the newest day decides, as long as it holds."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from app.db import Database
from app.models.gate_checks import GateCheck, GateOutcome
from app.reference.programmes import GATES, PROGRAMMES, REFERENCE, KnownProgrammes
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
        assert standing_gates(GATES, checks, DAY) == ({BAN} if stands else set())

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
        assert standing_gates(GATES, [check(checked)], DAY) == ({BAN} if stands else set())

    def test_a_later_no_closes(self) -> None:
        checks = [check(date(2018, 2, 2), "failed"), check(date(2018, 2, 1))]
        assert standing_gates(GATES, checks, DAY) == set()

    def test_a_later_yes_opens_again(self) -> None:
        checks = [check(date(2018, 2, 2)), check(date(2018, 2, 1), "failed")]
        assert standing_gates(GATES, checks, DAY) == {BAN}

    def test_of_one_day_the_last_recorded_counts(self) -> None:
        first, second = check(date(2018, 2, 1)), check(date(2018, 2, 1), "failed")
        assert first.created_at <= second.created_at
        assert standing_gates(GATES, [first, second], DAY) == set()

    def test_what_comes_later_counts_from_then(self) -> None:
        checks = [check(date(2018, 2, 1)), check(date(2018, 3, 2), "failed")]
        assert standing_gates(GATES, checks, DAY) == {BAN}


class TestMissingGates:
    def test_names_what_the_programme_asks_for_in_its_order(self) -> None:
        practice = REFERENCE.on("arbetspraktik", DAY)
        assert practice is not None
        left = missing_gates(REFERENCE, [check(date(2018, 2, 1))], "arbetspraktik", DAY)
        assert left == [gate for gate in practice.gates if gate != BAN]

    def test_of_an_unknown_programme_all_are_missing_whatever_was_passed(self) -> None:
        assert missing_gates(REFERENCE, all_passed(), "arbetspraktik", DAY) == []
        assert missing_gates(REFERENCE, all_passed(), "Arbetspraktik", DAY) == list(GATES)

    @pytest.mark.parametrize(
        ("day", "missing"),
        [
            (date(2017, 12, 31), True),
            (date(2018, 1, 1), False),
            (date(2018, 6, 30), False),
            (date(2018, 7, 1), True),
        ],
    )
    def test_before_the_first_day_and_after_the_last_all_are_missing(
        self, day: date, missing: bool
    ) -> None:
        practice = next(one for one in PROGRAMMES if one.code == "arbetspraktik")
        half = replace(practice, valid_from=date(2018, 1, 1), valid_to=date(2018, 6, 30))
        known = KnownProgrammes((half,), GATES)
        found = missing_gates(known, all_passed(), "arbetspraktik", day)
        assert found == (list(GATES) if missing else [])

    def test_reads_only_this_suppliers(self, database: Database, actor: Actor) -> None:
        with database.writing() as session:
            checked, unchecked = suppliers(session, actor)
            assert read_missing_gates(session, actor, checked, "arbetspraktik", DAY) == []
            assert len(read_missing_gates(session, actor, unchecked, "arbetspraktik", DAY)) == 5


def all_passed() -> list[GateCheck]:
    always = {"checked_on": date(2017, 1, 1), "valid_until": date(2100, 12, 31)}
    checks: list[dict[str, Any]] = [{"gate": gate, "outcome": "passed"} | always for gate in GATES]
    return [GateCheck(**one) for one in checks]


def suppliers(session: Session, actor: Actor) -> list[Any]:
    checked = make_supplier(session, actor)
    unchecked = make_supplier(session, actor, gates=(), organisation_number="5560360793")
    return [checked.id, unchecked.id]
