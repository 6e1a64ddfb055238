"""Deciding on proposals: what is booked, and what each change since the run makes of it."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from app.models.candidates import Candidate
from app.models.contracts import Contract
from app.models.events import Event
from app.models.keys import Role
from app.models.slots import Slot
from app.models.values import Clearance
from tests.callers import Caller, Service
from tests.journeys import (
    APPROVAL,
    DECLINE,
    Case,
    add_candidate,
    add_placement,
    add_slot,
    change_row,
    decide,
    make_case,
    proposals_of,
    start_run,
)


@pytest.fixture
def case(service: Service, admin: Caller) -> Case:
    return make_case(service, admin, places=1)


@pytest.fixture
def proposal(case: Case, admin: Caller) -> Any:
    return proposals_of(admin, start_run(admin))[0]


def refusal(answer: Any) -> str:
    assert answer.status_code == 409, answer.text
    return str(answer.json()["type"])


class TestDecideOnProposal:
    def test_approval_books_the_place(self, case: Case, proposal: Any, admin: Caller) -> None:
        answer = decide(admin, proposal)
        decision = answer.json()
        assert answer.status_code == 201
        assert admin.get(f"/decisions/{decision['id']}").json() == decision
        placement = admin.get(f"/placements/{decision['placementId']}").json()
        for name in ("candidateId", "slotId", "startDate", "endDate", "programme"):
            assert placement[name] == proposal[name]
        assert (placement["status"], placement["clauseId"]) == ("planned", str(case.clause_id))
        changed = admin.get(f"/proposals/{proposal['id']}")
        assert (changed.json()["status"], changed.headers["etag"]) == ("approved", '"2-sv"')

    @pytest.mark.parametrize("extent", [50, 100])
    def test_approval_takes_the_agreed_extent(
        self, proposal: Any, admin: Caller, extent: int
    ) -> None:
        decision = decide(admin, proposal, APPROVAL | {"extentPercent": extent}).json()
        placement = admin.get(f"/placements/{decision['placementId']}").json()
        assert decision["extentPercent"] == placement["extentPercent"] == extent

    def test_extent_that_does_not_suit_both_is_refused(self, proposal: Any, admin: Caller) -> None:
        answer = decide(admin, proposal, APPROVAL | {"extentPercent": 49})
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid")
        assert [wrong["pointer"] for wrong in answer.json()["errors"]] == ["#/extentPercent"]

    def test_a_no_agrees_on_no_extent(self, proposal: Any, admin: Caller) -> None:
        answer = decide(admin, proposal, DECLINE | {"extentPercent": 75})
        assert answer.json()["errors"][0]["pointer"] == "#/extentPercent"

    def test_decline_books_nothing(self, proposal: Any, admin: Caller) -> None:
        decision = decide(admin, proposal, DECLINE).json()
        assert (decision["outcome"], decision["placementId"]) == ("declined", None)
        assert admin.get("/placements").json()["items"] == []
        assert admin.get(f"/proposals/{proposal['id']}").json()["status"] == "declined"

    def test_says_for_whom_it_was_decided(self, proposal: Any, admin: Caller) -> None:
        answer = admin.post(
            f"/proposals/{proposal['id']}/decisions",
            APPROVAL,
            headers={"Handslag-Caseworker": "handlaggare-17"},
        )
        assert answer.json()["decidedBy"] == "handlaggare-17"
        placement = admin.get(f"/placements/{answer.json()['placementId']}").json()
        assert placement["decidedBy"] == "handlaggare-17"

    def test_each_change_is_recorded(self, service: Service, proposal: Any, admin: Caller) -> None:
        decision = decide(admin, proposal).json()
        ids = [UUID(decision["id"]), UUID(decision["placementId"]), UUID(proposal["id"])]
        with service.database.reading() as session:
            events = session.exec(select(Event)).all()
        found = {(event.resource, event.action) for event in events if event.resource_id in ids}
        assert found == {
            ("decisions", "created"),
            ("placements", "created"),
            ("proposals", "decided"),
        }

    @pytest.mark.parametrize("second", [APPROVAL, DECLINE])
    def test_already_decided(self, proposal: Any, admin: Caller, second: dict[str, str]) -> None:
        decide(admin, proposal)
        assert refusal(decide(admin, proposal, second)) == "/problems/already-decided"

    @pytest.mark.parametrize("decision", [APPROVAL, DECLINE])
    def test_superseded(self, proposal: Any, admin: Caller, decision: dict[str, str]) -> None:
        start_run(admin)
        assert refusal(decide(admin, proposal, decision)) == "/problems/superseded"

    def test_slot_full(self, service: Service, case: Case, proposal: Any, admin: Caller) -> None:
        other = add_candidate(service, admin)
        add_placement(service, admin, case, candidate_id=other)
        assert refusal(decide(admin, proposal)) == "/problems/slot-full"
        assert len(admin.get("/placements").json()["items"]) == 1

    def test_slot_full_by_its_supervisor(
        self, service: Service, case: Case, proposal: Any, admin: Caller
    ) -> None:
        change_row(service, Slot, case.slot_id, supervisor_capacity=0)
        assert refusal(decide(admin, proposal)) == "/problems/slot-full"

    def test_place_taken_at_another_time_is_free(
        self, service: Service, case: Case, proposal: Any, admin: Caller
    ) -> None:
        other = add_candidate(service, admin)
        dates = {"start_date": date(2018, 9, 1), "end_date": date(2018, 12, 31)}
        add_placement(service, admin, case, candidate_id=other, **dates)
        assert proposal["endDate"] == "2018-08-31"
        assert decide(admin, proposal).status_code == 201

    def test_place_taken_on_the_last_day_is_not(
        self, service: Service, case: Case, proposal: Any, admin: Caller
    ) -> None:
        other = add_candidate(service, admin)
        dates = {"start_date": date(2018, 8, 31), "end_date": date(2018, 12, 31)}
        add_placement(service, admin, case, candidate_id=other, **dates)
        assert refusal(decide(admin, proposal)) == "/problems/slot-full"

    def test_candidate_placed(
        self, service: Service, case: Case, proposal: Any, admin: Caller
    ) -> None:
        elsewhere = add_slot(service, admin, case)
        placed = {"candidate_id": case.candidate_ids[0], "slot_id": elsewhere, "clause_id": None}
        add_placement(service, admin, case, **placed)
        assert refusal(decide(admin, proposal)) == "/problems/candidate-placed"

    @pytest.mark.parametrize(
        ("model", "values", "code"),
        [
            (Candidate, {"agreed_to_be_proposed": False}, "not-consented"),
            (Candidate, {"available_from": date(2018, 3, 2)}, "dates-changed"),
            (Candidate, {"available_to": date(2018, 8, 30)}, "dates-changed"),
            (Slot, {"earliest_start": date(2018, 3, 2)}, "dates-changed"),
            (Slot, {"latest_start": date(2018, 3, 1)}, None),
            (
                Slot,
                {"end_date": date(2018, 8, 30), "latest_start": date(2018, 3, 1)},
                "dates-changed",
            ),
            (Contract, {"end_date": date(2018, 8, 31)}, None),
            (Contract, {"end_date": date(2018, 8, 30)}, "dates-changed"),
            (Candidate, {"municipality_code": "0180"}, "no-longer-feasible"),
            (Candidate, {"maximum_distance_km": 0}, None),
            (
                Candidate,
                {"programmes": [Clearance(code="arbetspraktik", maximum_months=5)]},
                "no-longer-feasible",
            ),
            (
                Candidate,
                {"programmes": [Clearance(code="nystartsjobb", maximum_months=12)]},
                "no-longer-feasible",
            ),
            (Slot, {"adaptations": ["step-free-entrance"]}, None),
            (Candidate, {"needed_adaptations": ["step-free-entrance"]}, "no-longer-feasible"),
        ],
    )
    def test_what_changed_since_the_run(
        self,
        service: Service,
        case: Case,
        proposal: Any,
        admin: Caller,
        model: Any,
        values: dict[str, Any],
        code: str | None,
    ) -> None:
        ids = {
            Candidate: case.candidate_ids[0],
            Slot: case.slot_id,
            Contract: case.contract_id,
        }
        change_row(service, model, ids[model], **values)
        answer = decide(admin, proposal)
        if code is None:
            assert answer.status_code == 201
        else:
            assert refusal(answer) == f"/problems/{code}"
            assert admin.get("/placements").json()["items"] == []

    def test_vetoed(self, service: Service, case: Case, proposal: Any, admin: Caller) -> None:
        with service.database.reading() as session:
            supplier_id = session.get_one(Slot, case.slot_id).supplier_id
        change_row(service, Candidate, case.candidate_ids[0], avoided_supplier_ids=[supplier_id])
        assert refusal(decide(admin, proposal)) == "/problems/vetoed"

    def test_no_longer_feasible_says_which_rules(
        self, service: Service, case: Case, proposal: Any, admin: Caller
    ) -> None:
        changes = {"municipality_code": "0180", "programmes": []}
        change_row(service, Candidate, case.candidate_ids[0], **changes)
        detail = decide(admin, proposal).json()["detail"]
        assert "too-far, programme-limit" in detail

    def test_decline_is_possible_whatever_changed(
        self, service: Service, case: Case, proposal: Any, admin: Caller
    ) -> None:
        change_row(service, Slot, case.slot_id, places=0)
        assert decide(admin, proposal, DECLINE).status_code == 201

    def test_same_key_repeats_the_answer(self, proposal: Any, admin: Caller) -> None:
        path, headers = f"/proposals/{proposal['id']}/decisions", {"Idempotency-Key": "yes"}
        first = admin.post(path, APPROVAL, headers=headers)
        again = admin.post(path, APPROVAL, headers=headers)
        assert (again.status_code, again.content) == (201, first.content)

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            (APPROVAL | {"reason": "found-work"}, "#/reason"),
            (DECLINE | {"reason": "good-fit"}, "#/reason"),
            (APPROVAL | {"reason": "other"}, "#/comment"),
            (APPROVAL | {"outcome": "superseded"}, "#/outcome"),
            (APPROVAL | {"decidedBy": "me"}, "#/decidedBy"),
        ],
    )
    def test_bad_input(
        self, proposal: Any, admin: Caller, body: dict[str, str], pointer: str
    ) -> None:
        answer = decide(admin, proposal, body)
        assert answer.status_code == 422
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]

    def test_not_mine(self, service: Service, proposal: Any) -> None:
        assert decide(service.stranger(), proposal).status_code == 404

    @pytest.mark.parametrize("role", [Role.PROCUREMENT, Role.AUDITOR])
    def test_role_that_may_not(self, service: Service, proposal: Any, role: Role) -> None:
        assert decide(service.caller(role), proposal).status_code == 403


class TestListDecisions:
    def test_of_one_proposal(self, proposal: Any, admin: Caller) -> None:
        path = f"/proposals/{proposal['id']}/decisions"
        assert admin.get(path).json()["items"] == []
        decision = decide(admin, proposal).json()
        assert admin.get(path).json()["items"] == [decision]

    def test_filters(self, proposal: Any, admin: Caller) -> None:
        decision = decide(admin, proposal, DECLINE).json()
        assert admin.get("/decisions?outcome=declined").json()["items"] == [decision]
        assert admin.get("/decisions?outcome=approved").json()["items"] == []
        found = admin.get(f"/decisions?proposalId={proposal['id']}").json()
        assert found["items"] == [decision]
        assert admin.get(f"/decisions?proposalId={uuid4()}").json()["items"] == []

    def test_of_another_organisations_proposal(self, service: Service, proposal: Any) -> None:
        path = f"/proposals/{proposal['id']}/decisions"
        assert service.stranger().get(path).status_code == 404

    def test_auditor_reads(self, service: Service, proposal: Any, admin: Caller) -> None:
        decide(admin, proposal)
        page = service.caller(Role.AUDITOR).get("/decisions").json()
        assert len(page["items"]) == 1

    def test_role_that_may_not(self, service: Service) -> None:
        assert service.caller(Role.PROCUREMENT).get("/decisions").status_code == 403


class TestReadDecision:
    def test_not_mine(self, service: Service, proposal: Any, admin: Caller) -> None:
        decision = decide(admin, proposal).json()
        assert service.stranger().get(f"/decisions/{decision['id']}").status_code == 404
