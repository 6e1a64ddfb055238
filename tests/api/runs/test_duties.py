"""What runs make of clauses, programmes and what has happened: which slot comes first, and how."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from app.models.candidates import Candidate
from app.models.contracts import Contract
from app.models.slots import Slot
from app.models.values import Clearance, Occupation, Wish
from tests.api.registering import move, sign
from tests.callers import Caller, Service
from tests.journeys import (
    Case,
    actor_of,
    add_candidate,
    add_placement,
    change_row,
    codes_of_the_left,
    decide,
    make_case,
    placed_elsewhere,
    proposals_of,
    start_run,
)
from tests.make import make_clause, make_contract, make_slot

BEGUN = {"start_date": date(2018, 1, 1)}
OTHER = {"occupation": Occupation(ssyk="9310")}


def two_clauses(service: Service, admin: Caller, **clause: Any) -> tuple[Case, Case]:
    """Two contracts that have not begun, with one place each, and one person, who gets more points
    in the second slot: its occupation is the person's first wish."""
    first = make_case(service, admin, people=0, places=1, clause={"places": 1} | clause, **OTHER)
    actor = actor_of(admin)
    with service.database.writing() as session:
        supplier = {"supplier_id": session.get_one(Slot, first.slot_id).supplier_id}
        contract = make_contract(session, actor, **supplier)
        clause_id = make_clause(session, actor, contract_id=contract.id, places=1).id
        slot = make_slot(session, actor, **supplier, clause_id=clause_id, places=1)
        second = Case(contract.id, clause_id, slot.id, [])
    add_candidate(service, admin, occupations=[Wish(ssyk="7111"), Wish(ssyk="9310")])
    return first, second


def slot_proposed(admin: Caller, **order: Any) -> UUID:
    [proposal] = proposals_of(admin, start_run(admin, **order))
    assert proposal["contractual"] is True
    return UUID(proposal["slotId"])


def verdict(admin: Caller, case: Case) -> str:
    path = f"/clauses/{case.clause_id}/fulfilment?asOf=2018-02-01"
    return str(admin.get(path).json()["verdict"])


class TestFirstTier:
    def test_points_decide_between_clauses_that_stand_alike(
        self, service: Service, admin: Caller
    ) -> None:
        first, second = two_clauses(service, admin)
        assert slot_proposed(admin) == second.slot_id
        for case in (first, second):
            change_row(service, Contract, case.contract_id, **BEGUN)
        assert slot_proposed(admin) == second.slot_id

    def test_one_at_risk_comes_before_another_clause(self, service: Service, admin: Caller) -> None:
        first, second = two_clauses(service, admin)
        change_row(service, Contract, first.contract_id, **BEGUN)
        assert (verdict(admin, first), verdict(admin, second)) == ("at-risk", "not-started")
        run = start_run(admin)
        [proposal] = proposals_of(admin, run)
        assert proposal["slotId"] == str(first.slot_id)
        assert run["certificate"]["primal"]["placesByTier"] == {"2": 1, "1": 0, "0": 0}
        assert run["objective"]["contractualPlacesFilled"] == 1

    def test_so_does_one_that_is_short_and_past_its_first_start(
        self, service: Service, admin: Caller
    ) -> None:
        first, _ = two_clauses(service, admin, first_start_within_months=3)
        change_row(service, Contract, first.contract_id, start_date=date(2017, 10, 1))
        assert verdict(admin, first) == "overdue"
        assert slot_proposed(admin) == first.slot_id

    def test_so_does_one_in_its_time_to_rectify(self, service: Service, admin: Caller) -> None:
        first, _ = two_clauses(service, admin)
        change_row(service, Contract, first.contract_id, **BEGUN)
        body = {
            "kind": "rectification-set",
            "on": "2018-01-15",
            "until": "2018-03-31",
            "text": "Leverantören ska ta emot en deltagare.",
            "nextFollowUpDate": "2018-04-01",
        }
        answer = admin.post(f"/clauses/{first.clause_id}/follow-ups", body)
        assert answer.status_code == 201, answer.text
        assert verdict(admin, first) == "rectification"
        assert slot_proposed(admin) == first.slot_id

    def test_not_one_whose_quantity_is_booked(self, service: Service, admin: Caller) -> None:
        first, second = two_clauses(service, admin)
        change_row(service, Contract, first.contract_id, **BEGUN)
        other = placed_elsewhere(service, admin)
        dates = {"start_date": date(2018, 2, 1), "end_date": date(2018, 5, 31)}
        add_placement(service, admin, first, candidate_id=other, **dates)
        assert verdict(admin, first) == "on-track"
        assert slot_proposed(admin) == second.slot_id

    def test_it_is_told_for_the_day_of_the_run(self, service: Service, admin: Caller) -> None:
        first, second = two_clauses(service, admin)
        change_row(service, Contract, first.contract_id, start_date=date(2018, 2, 1))
        assert slot_proposed(admin, asOf="2018-01-31") == second.slot_id
        assert slot_proposed(admin, asOf="2018-02-01") == first.slot_id


class TestTime:
    @pytest.mark.parametrize(
        ("months", "left"), [(4, []), (3, ["programme-limit"]), (0, ["programme-limit"])]
    )
    def test_cleared_for_the_minimum_months(
        self, service: Service, admin: Caller, months: int, left: list[str]
    ) -> None:
        case = make_case(service, admin)
        cleared = [Clearance(code="arbetspraktik", maximum_months=months)] if months else []
        change_row(service, Candidate, case.candidate_ids[0], programmes=cleared)
        assert codes_of_the_left(admin, start_run(admin)) == left

    def test_no_longer_than_the_programme_lasts(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin)
        cleared = [Clearance(code="arbetspraktik", maximum_months=24)]
        change_row(service, Candidate, case.candidate_ids[0], programmes=cleared)
        [proposal] = proposals_of(admin, start_run(admin))
        assert (proposal["startDate"], proposal["endDate"]) == ("2018-03-01", "2018-08-31")

    def test_no_longer_than_the_contract(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin)
        change_row(service, Contract, case.contract_id, end_date=date(2018, 7, 15))
        [proposal] = proposals_of(admin, start_run(admin))
        assert proposal["endDate"] == "2018-07-15"


def test_a_run_after_an_early_end_proposes_the_replacement(service: Service, admin: Caller) -> None:
    soon = {"latest_start": date(2018, 6, 1)}
    case = make_case(service, admin, people=2, places=1, clause={"places": 1}, **soon)
    change_row(service, Contract, case.contract_id, **BEGUN)
    run = start_run(admin)
    [proposal] = proposals_of(admin, run)
    placement_id = decide(admin, proposal).json()["placementId"]
    assert proposals_of(admin, start_run(admin, asOf="2018-03-15")) == []
    sign(admin, placement_id)
    move(admin, placement_id, "ready", "2018-02-20")
    move(admin, placement_id, "active", "2018-03-01")
    ended = {"endedBy": "participant", "reason": "found-work"}
    move(admin, placement_id, "ended-early", "2018-04-15", **ended)
    who = UUID(proposal["candidateId"])
    change_row(service, Candidate, who, waiting_since=date(1990, 1, 1))  # and so worth the most
    replacement = start_run(admin, asOf="2018-04-16")
    [second] = proposals_of(admin, replacement)
    assert UUID(second["candidateId"]) in set(case.candidate_ids) - {who}
    assert (second["slotId"], second["startDate"]) == (str(case.slot_id), "2018-04-16")
    assert replacement["certificate"]["primal"]["placesByTier"]["2"] == 1
    [left] = admin.get(f"/match-runs/{replacement['id']}/unmatched-candidates").json()["items"]
    assert left["reasons"][0]["text"].endswith("av en handläggare, eller prövats och avbrutits.")
    back = {"candidateId": str(who), "slotId": str(case.slot_id)}
    [again] = proposals_of(admin, start_run(admin, asOf="2018-04-16", pins=[back]))
    assert again["candidateId"] == str(who)
