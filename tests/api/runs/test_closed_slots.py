"""When a slot is closed, and to whom, as the reasons of those left without a place tell."""

from datetime import date

import pytest

from app.models.clauses import Clause
from app.models.contracts import Contract
from app.models.slots import Slot
from tests.callers import Caller, Service
from tests.journeys import (
    APPROVAL,
    actor_of,
    add_candidate,
    add_placement,
    change_row,
    codes_of_the_left,
    make_case,
    placed_elsewhere,
    proposals_of,
    start_run,
)
from tests.make import make_gate_check, make_programme

THROUGHOUT = date(2019, 6, 30)  # as long as the contract


class TestClosedSlots:
    def test_places_taken(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin, places=1)
        other = placed_elsewhere(service, admin)
        add_placement(service, admin, case, candidate_id=other, end_date=THROUGHOUT)
        assert "no-places-left" in codes_of_the_left(admin, start_run(admin))

    def test_cancelled_placement_takes_nothing(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin, places=1)
        other = placed_elsewhere(service, admin)
        add_placement(service, admin, case, candidate_id=other, status="cancelled")
        assert len(proposals_of(admin, start_run(admin))) == 1

    def test_place_is_offered_from_the_day_it_is_free(
        self, service: Service, admin: Caller
    ) -> None:
        case = make_case(service, admin, places=1)
        other = placed_elsewhere(service, admin)
        add_placement(service, admin, case, candidate_id=other, end_date=date(2018, 6, 30))
        for day in ("2018-02-01", "2018-06-30", "2018-07-01"):
            (proposal,) = proposals_of(admin, start_run(admin, asOf=day))
            assert proposal["startDate"] == "2018-07-01"
        assert admin.post(f"/proposals/{proposal['id']}/decisions", APPROVAL).status_code == 201

    def test_one_after_the_other_take_one_place(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin, places=2)
        for first, last in ((date(2018, 3, 1), date(2018, 6, 30)), (date(2018, 7, 1), THROUGHOUT)):
            other = placed_elsewhere(service, admin)
            add_placement(service, admin, case, candidate_id=other, start_date=first, end_date=last)
        (proposal,) = proposals_of(admin, start_run(admin))
        assert proposal["startDate"] == "2018-03-01"
        assert admin.post(f"/proposals/{proposal['id']}/decisions", APPROVAL).status_code == 201

    def test_a_check_that_failed(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin)
        assert len(proposals_of(admin, start_run(admin))) == 1
        with service.database.writing() as session:
            supplier_id = session.get_one(Slot, case.slot_id).supplier_id
            failed = {"outcome": "failed", "checked_on": date(2018, 1, 1)}
            make_gate_check(session, actor_of(admin), supplier_id, "no-business-ban", **failed)
        run = start_run(admin)
        assert codes_of_the_left(admin, run) == ["gate-missing"]
        [left] = admin.get(f"/match-runs/{run['id']}/unfilled-slots").json()["items"]
        assert left["reasons"][0]["code"] == "gate-missing"
        with service.database.writing() as session:
            make_programme(session, actor_of(admin), "kommunens-eget")
        both = [{"code": code, "maximum_months": 5} for code in ("arbetspraktik", "kommunens-eget")]
        other = add_candidate(service, admin, programmes=both)
        [proposal] = proposals_of(admin, run := start_run(admin))
        assert (proposal["candidateId"], proposal["programme"]) == (f"{other}", "kommunens-eget")
        assert codes_of_the_left(admin, run) == ["gate-missing"]

    def test_supervisor_full(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin, places=2, supervisor_capacity=1)
        other = placed_elsewhere(service, admin)
        add_placement(service, admin, case, candidate_id=other, end_date=THROUGHOUT)
        assert "supervisor-full" in codes_of_the_left(admin, start_run(admin))

    def test_supervisor_capacity_limits_free_places(self, service: Service, admin: Caller) -> None:
        make_case(service, admin, people=3, places=3, supervisor_capacity=2)
        assert start_run(admin)["counts"]["places"] == 2

    @pytest.mark.parametrize(
        ("end", "codes"), [("2018-06-30", []), ("2018-06-29", ["not-available", "clause-ended"])]
    )
    def test_contract_too_near_its_end(
        self, service: Service, admin: Caller, end: str, codes: list[str]
    ) -> None:
        case = make_case(service, admin)
        change_row(service, Contract, case.contract_id, end_date=date.fromisoformat(end))
        assert codes_of_the_left(admin, start_run(admin)) == codes

    def test_full_time_months_ask_for_one_month(self, service: Service, admin: Caller) -> None:
        months = {"places": None, "minimum_months": None, "full_time_months": 16}
        case = make_case(service, admin, clause=months)
        change_row(service, Contract, case.contract_id, end_date=date(2018, 3, 31))
        assert len(proposals_of(admin, start_run(admin))) == 1
        with service.database.reading() as session:
            assert session.get_one(Clause, case.clause_id).minimum_months is None

    def test_placed_candidate_is_not_proposed(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin)
        add_placement(service, admin, case, candidate_id=case.candidate_ids[0])
        assert "already-placed" in codes_of_the_left(admin, start_run(admin))
