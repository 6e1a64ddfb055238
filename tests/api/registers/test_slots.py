"""Each operation on slots: a valid call, somebody else's, a role that may not, bad input."""

from typing import Any

import pytest

from app.models.keys import Role
from tests.api.registering import (
    actor_of,
    ids,
    open_gates,
    pointers,
    register_candidate,
    register_clause,
    register_contract,
    register_slot,
    register_supplier,
    slot_body,
)
from tests.callers import Caller, Service
from tests.make import COMPANY_NUMBERS, make_placement


@pytest.fixture
def supplier_id(admin: Caller) -> str:
    return register_supplier(admin)


@pytest.fixture
def clause_id(admin: Caller, supplier_id: str) -> str:
    return register_clause(admin, register_contract(admin, supplier_id))


def place_somebody(service: Service, slot_id: str, **more: Any) -> None:
    actor = actor_of(service)
    with service.database.writing() as session:
        make_placement(session, actor, slot_id=slot_id, **more)


class TestRegisterSlot:
    def test_voluntary(self, admin: Caller, supplier_id: str) -> None:
        body = slot_body(supplier_id)
        answer = admin.post("/slots", body)
        assert (answer.status_code, answer.headers["etag"]) == (201, '"1"')
        assert body.items() <= answer.json().items()

    def test_of_a_clause(self, admin: Caller, supplier_id: str, clause_id: str) -> None:
        answer = admin.post("/slots", slot_body(supplier_id, clauseId=clause_id))
        assert answer.json()["clauseId"] == clause_id

    def test_of_a_clause_by_another_supplier(self, admin: Caller, clause_id: str) -> None:
        other = register_supplier(admin, COMPANY_NUMBERS[1])
        answer = admin.post("/slots", slot_body(other, clauseId=clause_id))
        assert pointers(answer) == ["#/supplierId"]
        assert "subcontractors" in answer.json()["errors"][0]["detail"]

    def test_of_a_clause_by_a_subcontractor(self, admin: Caller, supplier_id: str) -> None:
        other = register_supplier(admin, COMPANY_NUMBERS[1])
        contract = register_contract(admin, supplier_id, subcontractorIds=[other])
        closed = register_clause(admin, contract)
        answer = admin.post("/slots", slot_body(other, clauseId=closed))
        assert pointers(answer) == ["#/supplierId"]
        assert "does not let subcontractors" in answer.json()["errors"][0]["detail"]
        opened = register_clause(admin, contract, subcontractorsMayFulfil=True)
        assert admin.post("/slots", slot_body(other, clauseId=opened)).status_code == 201

    def test_of_a_framework_that_leaves_it_to_its_call_offs(
        self, admin: Caller, supplier_id: str
    ) -> None:
        none = {"places": None, "minimumMonths": None, "quantityPerCallOff": True}
        framework = register_clause(admin, register_contract(admin, supplier_id), **none)
        answer = admin.post("/slots", slot_body(supplier_id, clauseId=framework))
        assert pointers(answer) == ["#/clauseId"]

    def test_of_a_dialogue(self, admin: Caller, supplier_id: str) -> None:
        dialogue = register_clause(
            admin,
            register_contract(admin, supplier_id),
            kind="dialogue",
            places=None,
            minimumMonths=None,
        )
        answer = admin.post("/slots", slot_body(supplier_id, clauseId=dialogue))
        assert pointers(answer) == ["#/clauseId"]

    def test_supplier_and_clause_not_mine(
        self, service: Service, admin: Caller, supplier_id: str
    ) -> None:
        stranger = service.stranger()
        foreign = register_supplier(stranger)
        clause = register_clause(stranger, register_contract(stranger, foreign))
        assert pointers(admin.post("/slots", slot_body(foreign))) == ["#/supplierId"]
        body = slot_body(supplier_id, clauseId=clause)
        assert pointers(admin.post("/slots", body)) == ["#/clauseId"]

    def test_same_reference_twice(self, admin: Caller, supplier_id: str) -> None:
        register_slot(admin, supplier_id, reference="EB-7")
        again = admin.post("/slots", slot_body(supplier_id, reference="EB-7"))
        assert (again.status_code, again.json()["type"]) == (409, "/problems/already-exists")

    def test_two_without_reference(self, admin: Caller, supplier_id: str) -> None:
        both = [register_slot(admin, supplier_id, reference=None) for _ in range(2)]
        assert ids(admin.get("/slots")) == both

    @pytest.mark.parametrize(
        ("wrong", "pointer"),
        [
            ({"latestStart": "2018-02-28"}, "#/latestStart"),
            ({"endDate": "2018-08-31"}, "#/endDate"),
            ({"extentPercent": {"min": 60, "max": 50}}, "#/extentPercent"),
            ({"extentPercent": {"min": 0, "max": 50}}, "#/extentPercent/min"),
            ({"occupation": {"ssyk": "711"}}, "#/occupation/ssyk"),
            ({"places": -1}, "#/places"),
            ({"places": 1001}, "#/places"),
            ({"places": True}, "#/places"),
            ({"municipalityCode": "0000"}, "#/municipalityCode"),
            ({"position": {"latitude": 63.2}}, "#/position/longitude"),
            ({"adaptations": ["ramp", "ramp"]}, "#/adaptations"),
            ({"required": {"age": 20}}, "#/required/age"),
        ],
    )
    def test_bad_field(
        self, admin: Caller, supplier_id: str, wrong: dict[str, Any], pointer: str
    ) -> None:
        answer = admin.post("/slots", slot_body(supplier_id, **wrong))
        assert pointers(answer) == [pointer]

    @pytest.mark.parametrize(
        ("start", "latest", "pointers_of"),
        [
            ("2018-01-01", "2018-03-01", []),
            ("2018-01-01", "2018-02-28", ["#/latestStart"]),
            ("2019-06-30", "2019-06-30", []),
            ("2019-07-01", "2019-07-01", ["#/earliestStart"]),
        ],
    )
    def test_time_outside_the_contract(
        self,
        admin: Caller,
        supplier_id: str,
        clause_id: str,
        start: str,
        latest: str,
        pointers_of: list[str],
    ) -> None:
        """Which lasts from 2018-03-01 to 2019-06-30."""
        days = {"earliestStart": start, "latestStart": latest, "endDate": "2019-12-31"}
        answer = admin.post("/slots", slot_body(supplier_id, clauseId=clause_id, **days))
        assert (pointers(answer) if answer.status_code == 422 else []) == pointers_of

    def test_role_that_may_not(self, service: Service, supplier_id: str) -> None:
        caseworker = service.caller(Role.CASEWORKER)
        assert caseworker.post("/slots", slot_body(supplier_id)).status_code == 403


class TestListSlots:
    def test_filtered(self, admin: Caller, supplier_id: str, clause_id: str) -> None:
        contract_id = admin.get(f"/clauses/{clause_id}").json()["contractId"]
        wanted = register_slot(admin, supplier_id, clauseId=clause_id)
        other = {
            "reference": "S-2",
            "municipalityCode": "2321",
            "occupation": {"ssyk": "9111"},
        }
        register_slot(admin, register_supplier(admin, COMPANY_NUMBERS[1]), **other)
        for query in (
            {"supplierId": supplier_id},
            {"clauseId": clause_id},
            {"contractId": contract_id},
            {"municipalityCode": "2380"},
            {"occupation": "7111"},
            {"occupation": "71"},
            {"reference": "EB-1"},
        ):
            assert ids(admin.get("/slots", params=query)) == [wanted], query

    def test_occupation_is_a_beginning(self, admin: Caller, supplier_id: str) -> None:
        register_slot(admin, supplier_id)
        assert ids(admin.get("/slots?occupation=11")) == []

    def test_only_own(self, service: Service, admin: Caller, supplier_id: str) -> None:
        register_slot(admin, supplier_id)
        assert ids(service.stranger().get("/slots")) == []


class TestReadSlot:
    def test_not_mine(self, service: Service, admin: Caller, supplier_id: str) -> None:
        slot_id = register_slot(admin, supplier_id)
        assert admin.get(f"/slots/{slot_id}").status_code == 200
        assert service.stranger().get(f"/slots/{slot_id}").status_code == 404


class TestChangeSlot:
    def test_valid(self, admin: Caller, supplier_id: str) -> None:
        slot_id = register_slot(admin, supplier_id)
        patch = {"places": 5, "required": {"drivingLicences": ["B", "C"]}}
        answer = admin.patch(f"/slots/{slot_id}", patch)
        assert (answer.json()["places"], answer.headers["etag"]) == (5, '"2"')
        assert answer.json()["required"]["drivingLicences"] == ["B", "C"]
        assert answer.json()["required"]["languages"] == [{"code": "sv", "level": 2}]

    def test_change_of_nothing_is_no_new_version(self, admin: Caller, supplier_id: str) -> None:
        slot_id = register_slot(admin, supplier_id)
        answer = admin.patch(f"/slots/{slot_id}", {"places": 2})
        assert answer.headers["etag"] == '"1"'
        assert len(ids(admin.get(f"/events?resourceId={slot_id}"))) == 1

    def test_into_a_clause_of_another_supplier(self, admin: Caller, clause_id: str) -> None:
        slot_id = register_slot(admin, register_supplier(admin, COMPANY_NUMBERS[1]))
        answer = admin.patch(f"/slots/{slot_id}", {"clauseId": clause_id})
        assert pointers(answer) == ["#/supplierId"]

    def test_another_clause_without_placements(
        self, admin: Caller, supplier_id: str, clause_id: str
    ) -> None:
        slot_id = register_slot(admin, supplier_id, clauseId=clause_id)
        assert admin.patch(f"/slots/{slot_id}", {"clauseId": None}).json()["clauseId"] is None

    def test_another_clause_with_placements(
        self, service: Service, admin: Caller, supplier_id: str, clause_id: str
    ) -> None:
        slot_id = register_slot(admin, supplier_id, clauseId=clause_id)
        place_somebody(service, slot_id)
        answer = admin.patch(f"/slots/{slot_id}", {"clauseId": None})
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/in-use")

    def test_another_supplier_with_placements(
        self, service: Service, admin: Caller, supplier_id: str
    ) -> None:
        slot_id = register_slot(admin, supplier_id)
        place_somebody(service, slot_id)
        other = register_supplier(admin, COMPANY_NUMBERS[1])
        assert admin.patch(f"/slots/{slot_id}", {"supplierId": other}).status_code == 409

    @pytest.mark.parametrize(("own", "status"), [([], 200), ([50, 50], 200), ([50, None], 409)])
    def test_extent_that_placements_count_by(
        self,
        service: Service,
        admin: Caller,
        supplier_id: str,
        own: list[int | None],
        status: int,
    ) -> None:
        slot_id = register_slot(admin, supplier_id)
        for extent in own:
            place_somebody(service, slot_id, extent_percent=extent)
        answer = admin.patch(f"/slots/{slot_id}", {"extentPercent": {"min": 25, "max": 60}})
        assert answer.status_code == status
        if status == 409:
            assert answer.json()["type"] == "/problems/in-use"
            assert "Register another slot" in answer.json()["detail"]
            unchanged = {"places": 1, "extentPercent": slot_body(supplier_id)["extentPercent"]}
            assert admin.patch(f"/slots/{slot_id}", unchanged).status_code == 200

    def test_rest_can_change_with_placements(
        self, service: Service, admin: Caller, supplier_id: str
    ) -> None:
        slot_id = register_slot(admin, supplier_id)
        place_somebody(service, slot_id)
        assert admin.patch(f"/slots/{slot_id}", {"places": 1}).status_code == 200

    def test_reference_of_another(self, admin: Caller, supplier_id: str) -> None:
        register_slot(admin, supplier_id, reference="EB-1")
        slot_id = register_slot(admin, supplier_id, reference="EB-2")
        assert admin.patch(f"/slots/{slot_id}", {"reference": "EB-1"}).status_code == 409


class TestDeleteSlot:
    def test_valid(self, admin: Caller, supplier_id: str) -> None:
        slot_id = register_slot(admin, supplier_id)
        assert admin.delete(f"/slots/{slot_id}").status_code == 204
        assert admin.get(f"/slots/{slot_id}").status_code == 404

    def test_with_a_placement(self, service: Service, admin: Caller, supplier_id: str) -> None:
        slot_id = register_slot(admin, supplier_id)
        place_somebody(service, slot_id)
        answer = admin.delete(f"/slots/{slot_id}")
        assert (answer.status_code, "by 1 placement." in answer.json()["detail"]) == (409, True)

    def test_with_a_proposal(self, admin: Caller, supplier_id: str) -> None:
        open_gates(admin, supplier_id)
        slot_id = register_slot(admin, supplier_id, places=1)
        register_candidate(admin)
        assert admin.post("/match-runs", {"asOf": "2018-02-01"}).status_code == 201
        answer = admin.delete(f"/slots/{slot_id}")
        assert (answer.status_code, "by 1 proposal." in answer.json()["detail"]) == (409, True)

    def test_left_unfilled_by_a_run(self, admin: Caller, supplier_id: str) -> None:
        slot_id = register_slot(admin, supplier_id)
        assert admin.post("/match-runs", {"asOf": "2018-02-01"}).status_code == 201
        answer = admin.delete(f"/slots/{slot_id}")
        assert (answer.status_code, "by 1 run that left it" in answer.json()["detail"]) == (
            409,
            True,
        )
