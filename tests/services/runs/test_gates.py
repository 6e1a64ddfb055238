"""How checks of employers and limits of programmes change a run."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from app.db import Database
from app.models.slots import Slot
from app.reference.programmes import GATES
from app.services.ground.permissions import Actor
from app.services.registers.policies import newest_policy
from app.services.runs.orders import Scope
from app.services.runs.reading import read_input
from tests.make import (
    make_actor,
    make_candidate,
    make_gate_check,
    make_programme,
    make_slot,
    make_supplier,
)

AS_OF = date(2018, 2, 1)
PRACTICE = ("registered-employer", "no-business-ban", "no-work-environment-faults")
ALL_OF_PRACTICE = (*PRACTICE, "union-consulted", "no-displacement")


def cleared_for(*codes: str) -> dict[str, Any]:
    return {"programmes": [{"code": code, "maximum_months": 6} for code in codes]}


def make_offer(session: Session, actor: Actor, gates: tuple[str, ...], **slot: Any) -> Slot:
    supplier = make_supplier(session, actor, gates=gates)
    return make_slot(session, actor, supplier_id=supplier.id, **slot)


def closed_to(session: Session, actor: Actor, as_of: date = AS_OF) -> set[str]:
    """The programmes to which the only slot is closed."""
    session.flush()
    given = read_input(session, actor, newest_policy(session, actor), Scope(as_of))
    assert len(given.slots) == 1
    assert given.slots.closed.codes(0) == ()
    return set(given.slots.closed_programmes.codes(0))


class TestClosedProgrammes:
    def test_opens_when_every_check_stands(self, database: Database, actor: Actor) -> None:
        with database.writing() as session:
            make_candidate(session, actor)
            make_offer(session, actor, ALL_OF_PRACTICE)
            assert closed_to(session, actor) == set()

    @pytest.mark.parametrize("missing", ALL_OF_PRACTICE)
    def test_closes_when_one_is_missing(
        self, database: Database, actor: Actor, missing: str
    ) -> None:
        with database.writing() as session:
            make_candidate(session, actor)
            make_offer(session, actor, tuple(set(GATES) - {missing}))
            assert closed_to(session, actor) == {"arbetspraktik"}

    def test_each_programme_asks_for_its_own(self, database: Database, actor: Actor) -> None:
        wage = ("registered-employer", "no-business-ban", "tax-and-fee-debts")
        with database.writing() as session:
            make_offer(session, actor, (*wage, "collective-agreement-or-insurance"))
            make_candidate(session, actor, **cleared_for("arbetspraktik", "lönebidrag"))
            make_candidate(session, actor, **cleared_for("arbetsträning"))
            assert closed_to(session, actor) == {"arbetspraktik", "arbetsträning"}

    def test_a_programme_of_ones_own_asks_for_nothing(
        self, database: Database, actor: Actor
    ) -> None:
        with database.writing() as session:
            make_programme(session, actor, "kommunens-eget")
            make_offer(session, actor, ())
            make_candidate(session, actor, **cleared_for("kommunens-eget", "arbetspraktik"))
            assert closed_to(session, actor) == {"arbetspraktik"}

    @pytest.mark.parametrize("code", ["Arbetspraktik", "arbets-praktik", "arbetstraning", "eget"])
    def test_closes_to_what_is_no_programme_whatever_was_passed(
        self, database: Database, actor: Actor, code: str
    ) -> None:
        with database.writing() as session:
            make_programme(session, make_actor(session), "eget")  # of another organisation
            make_offer(session, actor, tuple(GATES))
            make_candidate(session, actor, **cleared_for(code, "arbetspraktik"))
            assert closed_to(session, actor) == {code}

    @pytest.mark.parametrize(
        ("as_of", "closed"),
        [(date(2018, 4, 30), {"introduktionsjobb"}), (date(2018, 5, 1), set())],
    )
    def test_closes_before_the_first_day_of_a_programme(
        self, database: Database, actor: Actor, as_of: date, closed: set[str]
    ) -> None:
        with database.writing() as session:
            make_offer(session, actor, tuple(GATES))
            make_candidate(session, actor, **cleared_for("introduktionsjobb"))
            assert closed_to(session, actor, as_of) == closed

    def test_says_nothing_of_programmes_that_nobody_has(
        self, database: Database, actor: Actor
    ) -> None:
        with database.writing() as session:
            make_offer(session, actor, ())
            make_candidate(session, actor, programmes=[])
            assert closed_to(session, actor) == set()

    @pytest.mark.parametrize(
        ("as_of", "closed"),
        [
            (date(2018, 2, 1), set()),
            (date(2018, 4, 1), set()),
            (date(2018, 4, 2), {"arbetspraktik"}),
        ],
    )
    def test_looks_at_the_first_possible_day(
        self, database: Database, actor: Actor, as_of: date, closed: set[str]
    ) -> None:
        with database.writing() as session:
            make_candidate(session, actor)
            slot = make_offer(session, actor, tuple(set(GATES) - {"no-business-ban"}))
            days = {"checked_on": date(2018, 3, 1), "valid_until": date(2018, 4, 1)}
            make_gate_check(session, actor, slot.supplier_id, "no-business-ban", **days)
            assert closed_to(session, actor, as_of) == closed

    def test_another_suppliers_checks_open_nothing(self, database: Database, actor: Actor) -> None:
        with database.writing() as session:
            make_candidate(session, actor)
            make_supplier(session, actor, organisation_number="5560360793")
            make_offer(session, actor, ())
            assert closed_to(session, actor) == {"arbetspraktik"}


class TestProgrammeLimits:
    @pytest.mark.parametrize(
        ("code", "granted", "months"),
        [
            ("arbetspraktik", 5, 5),
            ("arbetspraktik", 6, 6),
            ("arbetspraktik", 7, 6),
            ("arbetsträning", 24, 24),
            ("kommunens-eget", 24, 24),
        ],
    )
    def test_nobody_is_cleared_for_longer_than_it_lasts(
        self, database: Database, actor: Actor, code: str, granted: int, months: int
    ) -> None:
        with database.writing() as session:
            clearance = {"code": code, "maximum_months": granted}
            make_candidate(session, actor, programmes=[clearance])
            given = read_input(session, actor, newest_policy(session, actor), Scope(AS_OF))
            assert given.candidates.programmes.pairs(0) == ((code, months),)
