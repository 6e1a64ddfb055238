"""Placing outside any run, and reading placements with and without the person."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from app.errors import Conflict
from app.models.candidates import Candidate
from app.models.keys import Role
from app.models.slots import Slot
from app.models.values import Clearance
from app.services.placements.placements import lock_pair
from tests.callers import Caller, Service
from tests.journeys import Case, actor_of, add_candidate, add_placement, change_row, make_case

FAR_AND_OUTSIDE = {"municipality_code": "0180", "available_to": date(2018, 5, 31)}


@pytest.fixture
def case(service: Service, admin: Caller) -> Case:
    return make_case(service, admin, people=2, places=1)


def wanted(case: Case, **overrides: Any) -> dict[str, Any]:
    return {
        "candidateId": str(case.candidate_ids[0]),
        "slotId": str(case.slot_id),
        "startDate": "2018-03-01",
        "endDate": "2018-06-30",
        "programme": "arbetspraktik",
        "reason": "candidate-wish",
    } | overrides


def refusal(answer: Any) -> str:
    assert answer.status_code == 409, answer.text
    return str(answer.json()["type"])


def pointers(answer: Any) -> list[str]:
    assert answer.status_code == 422, answer.text
    return [error["pointer"] for error in answer.json()["errors"]]


class TestLockPair:
    @pytest.mark.parametrize("gone", ["slot", "candidate"])
    def test_deleted_after_it_was_found(
        self, service: Service, case: Case, admin: Caller, gone: str
    ) -> None:
        found = {"slot": case.slot_id, "candidate": case.candidate_ids[0], gone: uuid4()}
        with pytest.raises(Conflict) as told, service.database.writing() as session:
            lock_pair(session, actor_of(admin), found["slot"], found["candidate"])
        assert told.value.code == "changed-meanwhile"


class TestPlaceCandidate:
    def test_valid(self, case: Case, admin: Caller) -> None:
        answer = admin.post("/placements", wanted(case))
        placement = answer.json()
        assert answer.status_code == 201
        assert (placement["status"], placement["clauseId"]) == ("planned", str(case.clause_id))
        assert admin.get(f"/placements/{placement['id']}").json() == placement

    def test_extent_is_agreed_within_what_both_allow(self, case: Case, admin: Caller) -> None:
        outside = wanted(case, extentPercent=40)
        refused = admin.post("/placements", outside)
        assert refusal(refused) == "/problems/rules-not-overridden"
        assert "breaks extent-mismatch." in refused.json()["detail"]
        named = admin.post("/placements", outside | {"overrides": ["extent-mismatch"]})
        assert named.json()["extentPercent"] == 40

    @pytest.mark.parametrize(("end", "status"), [("2018-08-31", 201), ("2018-09-01", 409)])
    def test_no_longer_than_the_programme_lasts_whatever_is_granted(
        self, service: Service, case: Case, admin: Caller, end: str, status: int
    ) -> None:
        longer = [Clearance(code="arbetspraktik", maximum_months=12)]
        change_row(service, Candidate, case.candidate_ids[0], programmes=longer)
        answer = admin.post("/placements", wanted(case, endDate=end))
        assert answer.status_code == status
        assert status == 201 or "programme-limit" in answer.json()["detail"]

    def test_rule_that_is_named_is_set_aside(
        self, service: Service, case: Case, admin: Caller
    ) -> None:
        change_row(service, Candidate, case.candidate_ids[0], **FAR_AND_OUTSIDE)
        refused = admin.post("/placements", wanted(case, overrides=["too-far"]))
        assert refusal(refused) == "/problems/rules-not-overridden"
        assert "breaks not-available." in refused.json()["detail"]
        both = ["too-far", "not-available"]
        assert admin.post("/placements", wanted(case, overrides=both)).status_code == 201

    def test_rule_that_holds_cannot_be_set_aside(self, case: Case, admin: Caller) -> None:
        refused = admin.post("/placements", wanted(case, overrides=["vetoed"]))
        assert refusal(refused) == "/problems/nothing-to-override"
        assert "does not break vetoed." in refused.json()["detail"]

    def test_rule_is_named_once(self, service: Service, case: Case, admin: Caller) -> None:
        change_row(service, Candidate, case.candidate_ids[0], **FAR_AND_OUTSIDE)
        twice = ["too-far", "not-available", "too-far"]
        assert pointers(admin.post("/placements", wanted(case, overrides=twice))) == ["#/overrides"]

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            ({"startDate": "2018-02-28"}, "not-available"),
            ({"startDate": "2018-09-02", "endDate": "2019-02-01"}, "not-available"),
            ({"endDate": "2018-06-29"}, "not-available"),
            ({"startDate": "2018-09-01", "endDate": "2019-03-01"}, "programme-limit"),
            ({"programme": "nystartsjobb"}, "programme-limit"),
        ],
    )
    def test_dates_and_programme(
        self, case: Case, admin: Caller, body: dict[str, str], code: str
    ) -> None:
        answer = admin.post("/placements", wanted(case, **body))
        assert f"breaks {code}." in answer.json()["detail"]

    def test_longest_time_of_the_programme(self, case: Case, admin: Caller) -> None:
        body = wanted(case, startDate="2018-09-01", endDate="2019-02-28")
        assert admin.post("/placements", body).status_code == 201

    def test_capacity_is_never_set_aside(self, service: Service, case: Case, admin: Caller) -> None:
        add_placement(service, admin, case, candidate_id=case.candidate_ids[1])
        answer = admin.post("/placements", wanted(case))
        assert refusal(answer) == "/problems/slot-full"
        assert "place of the slot (1) is taken" in answer.json()["detail"]
        change_row(service, Slot, case.slot_id, places=2)
        assert admin.post("/placements", wanted(case)).status_code == 201

    def test_overlap_is_never_set_aside(self, case: Case, admin: Caller) -> None:
        admin.post("/placements", wanted(case))
        again = wanted(case, startDate="2018-06-30", endDate="2018-10-31")
        assert refusal(admin.post("/placements", again)) == "/problems/candidate-placed"
        after = wanted(case, startDate="2018-07-01", endDate="2018-10-31")
        assert admin.post("/placements", after).status_code == 201

    def test_consent_is_never_set_aside(self, service: Service, case: Case, admin: Caller) -> None:
        change_row(service, Candidate, case.candidate_ids[0], agreed_to_be_proposed=False)
        assert refusal(admin.post("/placements", wanted(case))) == "/problems/not-consented"
        assert pointers(admin.post("/placements", wanted(case, overrides=["not-consented"]))) == [
            "#/overrides/0"
        ]

    def test_another_organisations_candidate_and_slot(
        self, service: Service, case: Case, admin: Caller
    ) -> None:
        stranger = service.stranger()
        theirs = add_candidate(service, stranger)
        assert pointers(admin.post("/placements", wanted(case, candidateId=str(theirs)))) == [
            "#/candidateId"
        ]
        assert pointers(stranger.post("/placements", wanted(case))) == ["#/slotId"]

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ({"endDate": "2018-02-28"}, "#/endDate"),
            ({"reason": "other"}, "#/comment"),
            ({"reason": "found-work"}, "#/reason"),
            ({"status": "active"}, "#/status"),
        ],
    )
    def test_bad_input(self, case: Case, admin: Caller, body: dict[str, str], pointer: str) -> None:
        assert pointers(admin.post("/placements", wanted(case, **body))) == [pointer]

    @pytest.mark.parametrize("role", [Role.PROCUREMENT, Role.AUDITOR])
    def test_role_that_may_not(self, service: Service, case: Case, role: Role) -> None:
        assert service.caller(role).post("/placements", wanted(case)).status_code == 403


class TestListPlacements:
    def test_filters(self, service: Service, case: Case, admin: Caller) -> None:
        placement = admin.post("/placements", wanted(case)).json()
        fitting = {
            "candidateId": case.candidate_ids[0],
            "slotId": case.slot_id,
            "clauseId": case.clause_id,
            "contractId": case.contract_id,
            "status": "planned",
        }
        other = dict.fromkeys(fitting, uuid4()) | {"status": "active"}
        for name, value in fitting.items():
            assert admin.get(f"/placements?{name}={value}").json()["items"] == [placement]
            assert admin.get(f"/placements?{name}={other[name]}").json()["items"] == []

    def test_procurement_sees_no_person(self, service: Service, case: Case, admin: Caller) -> None:
        full = admin.post("/placements", wanted(case, comment="Vill bygga.")).json()
        procurement = service.caller(Role.PROCUREMENT)
        [shown] = procurement.get("/placements").json()["items"]
        assert shown == procurement.get(f"/placements/{full['id']}").json()
        assert shown.pop("allowedTransitions") == []  # what the role may do, not what it may see
        hidden = {name for name in shown if shown[name] != full[name]}
        assert hidden == {"candidateId", "programme", "reason", "comment", "overrides"}
        assert all(shown[name] is None for name in hidden)

    def test_procurement_may_not_ask_for_a_person(self, service: Service, case: Case) -> None:
        path = f"/placements?candidateId={case.candidate_ids[0]}"
        assert service.caller(Role.PROCUREMENT).get(path).status_code == 403

    def test_only_own(self, service: Service, case: Case, admin: Caller) -> None:
        admin.post("/placements", wanted(case))
        assert service.stranger().get("/placements").json()["items"] == []


class TestReadPlacement:
    def test_not_mine(self, service: Service, case: Case, admin: Caller) -> None:
        placement = admin.post("/placements", wanted(case)).json()
        assert service.stranger().get(f"/placements/{placement['id']}").status_code == 404
