"""Each operation on contracts: a valid call, somebody else's, a role that may not, bad input."""

from typing import Any

import pytest

from app.models.keys import Role
from tests.api.registering import (
    contract_body,
    ids,
    pointers,
    register_clause,
    register_contract,
    register_slot,
    register_supplier,
)
from tests.callers import Caller, Service
from tests.make import COMPANY_NUMBERS


class TestRegisterContract:
    def test_valid(self, admin: Caller) -> None:
        body = contract_body(register_supplier(admin))
        answer = admin.post("/contracts", body)
        assert (answer.status_code, answer.headers["etag"]) == (201, '"1"')
        assert body.items() <= answer.json().items()
        assert answer.headers["location"].endswith(f"/contracts/{answer.json()['id']}")

    def test_value_may_be_left_out(self, admin: Caller) -> None:
        body = contract_body(register_supplier(admin))
        del body["valueSek"]
        assert admin.post("/contracts", body).json()["valueSek"] is None

    def test_same_reference_twice(self, admin: Caller) -> None:
        supplier_id = register_supplier(admin)
        register_contract(admin, supplier_id)
        again = admin.post("/contracts", contract_body(supplier_id, title="Ett annat"))
        assert (again.status_code, again.json()["type"]) == (409, "/problems/already-exists")

    def test_call_off(self, admin: Caller) -> None:
        supplier_id = register_supplier(admin)
        framework = register_contract(admin, supplier_id)
        body = contract_body(supplier_id, reference="KS 2", frameworkContractId=framework)
        assert admin.post("/contracts", body).json()["frameworkContractId"] == framework

    def test_call_off_from_a_call_off(self, admin: Caller) -> None:
        supplier_id = register_supplier(admin)
        framework = register_contract(admin, supplier_id)
        call_off = register_contract(
            admin, supplier_id, reference="KS 2", frameworkContractId=framework
        )
        body = contract_body(supplier_id, reference="KS 3", frameworkContractId=call_off)
        assert pointers(admin.post("/contracts", body)) == ["#/frameworkContractId"]

    def test_framework_not_mine(self, service: Service, admin: Caller) -> None:
        stranger = service.stranger()
        foreign = register_contract(stranger, register_supplier(stranger))
        body = contract_body(register_supplier(admin), frameworkContractId=foreign)
        assert pointers(admin.post("/contracts", body)) == ["#/frameworkContractId"]

    def test_subcontractors(self, service: Service, admin: Caller) -> None:
        supplier_id, other = (register_supplier(admin, one) for one in COMPANY_NUMBERS[:2])
        foreign = register_supplier(service.stranger())
        body = contract_body(supplier_id, subcontractorIds=[other, foreign])
        assert pointers(admin.post("/contracts", body)) == ["#/subcontractorIds/1"]
        body["subcontractorIds"] = [other]
        assert admin.post("/contracts", body).json()["subcontractorIds"] == [other]
        refused = admin.delete(f"/suppliers/{other}")
        assert "1 contract as a subcontractor" in refused.json()["detail"]

    def test_supplier_as_its_own_subcontractor(self, admin: Caller) -> None:
        supplier_id = register_supplier(admin)
        body = contract_body(supplier_id, subcontractorIds=[supplier_id])
        assert pointers(admin.post("/contracts", body)) == ["#/subcontractorIds"]

    def test_unknown_supplier(self, admin: Caller) -> None:
        body = contract_body("7f1c9a52-3c8e-4f5c-9d55-0f6a5b1f2a10")
        assert pointers(admin.post("/contracts", body)) == ["#/supplierId"]

    def test_subcontractor_with_slots_stays(self, admin: Caller) -> None:
        supplier_id, other, third = (register_supplier(admin, one) for one in COMPANY_NUMBERS[:3])
        contract_id = register_contract(admin, supplier_id, subcontractorIds=[other, third])
        clause_id = register_clause(admin, contract_id, subcontractorsMayFulfil=True)
        register_slot(admin, other, clauseId=clause_id)
        fewer = admin.patch(f"/contracts/{contract_id}", {"subcontractorIds": [other]})
        assert fewer.status_code == 200
        none = admin.patch(f"/contracts/{contract_id}", {"subcontractorIds": []}, version=2)
        assert (
            none.status_code,
            "list of subcontractors is needed by 1 slot of" in none.json()["detail"],
        ) == (409, True)

    def test_framework_of_itself(self, admin: Caller) -> None:
        contract_id = register_contract(admin, register_supplier(admin))
        answer = admin.patch(f"/contracts/{contract_id}", {"frameworkContractId": contract_id})
        assert pointers(answer) == ["#/frameworkContractId"]

    def test_framework_cannot_become_a_call_off(self, admin: Caller) -> None:
        supplier_id = register_supplier(admin)
        framework = register_contract(admin, supplier_id)
        register_contract(admin, supplier_id, reference="KS 2", frameworkContractId=framework)
        other = register_contract(admin, supplier_id, reference="KS 3")
        answer = admin.patch(f"/contracts/{framework}", {"frameworkContractId": other})
        assert pointers(answer) == ["#/frameworkContractId"]

    def test_supplier_not_mine(self, service: Service, admin: Caller) -> None:
        body = contract_body(register_supplier(service.stranger()))
        assert pointers(admin.post("/contracts", body)) == ["#/supplierId"]

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("endDate", "2018-03-01"),  # the day it starts
            ("endDate", "2018-02-28"),
            ("cpvCode", "4521420-2"),
            ("cpvCode", "45214200-22"),
            ("municipalityCode", "2399"),
            ("valueSek", -1),
            ("startDate", 0),
            ("title", ""),
        ],
    )
    def test_bad_field(self, admin: Caller, field: str, value: Any) -> None:
        body = contract_body(register_supplier(admin)) | {field: value}
        assert pointers(admin.post("/contracts", body)) == [f"#/{field}"]
        assert admin.get("/contracts").json()["items"] == []

    def test_one_day_is_the_shortest(self, admin: Caller) -> None:
        register_contract(admin, register_supplier(admin), endDate="2018-03-02")

    def test_role_that_may_not(self, service: Service, admin: Caller) -> None:
        body = contract_body(register_supplier(admin))
        assert service.caller(Role.CASEWORKER).post("/contracts", body).status_code == 403


class TestListContracts:
    def test_only_own(self, service: Service, admin: Caller) -> None:
        register_contract(admin, register_supplier(admin))
        assert ids(service.stranger().get("/contracts")) == []

    def test_filtered(self, admin: Caller) -> None:
        first, second = (register_supplier(admin, number) for number in COMPANY_NUMBERS[:2])
        wanted = register_contract(admin, first)
        register_contract(admin, second, reference="KS 2", municipalityCode="2321")
        for query in (
            {"reference": "KS 2017/0412"},
            {"supplierId": first},
            {"municipalityCode": "2380"},
        ):
            assert ids(admin.get("/contracts", params=query)) == [wanted], query


class TestReadContract:
    def test_valid(self, admin: Caller) -> None:
        contract_id = register_contract(admin, register_supplier(admin))
        assert admin.get(f"/contracts/{contract_id}").json()["reference"] == "KS 2017/0412"

    def test_not_mine(self, service: Service, admin: Caller) -> None:
        contract_id = register_contract(admin, register_supplier(admin))
        assert service.stranger().get(f"/contracts/{contract_id}").status_code == 404


class TestChangeContract:
    def test_valid(self, admin: Caller) -> None:
        contract_id = register_contract(admin, register_supplier(admin))
        answer = admin.patch(f"/contracts/{contract_id}", {"endDate": "2019-12-31"})
        assert (answer.json()["endDate"], answer.headers["etag"]) == ("2019-12-31", '"2"')

    def test_dates_that_contradict_what_stands(self, admin: Caller) -> None:
        contract_id = register_contract(admin, register_supplier(admin))
        answer = admin.patch(f"/contracts/{contract_id}", {"endDate": "2018-01-01"})
        assert pointers(answer) == ["#/endDate"]

    def test_reference_of_another(self, admin: Caller) -> None:
        supplier_id = register_supplier(admin)
        register_contract(admin, supplier_id)
        contract_id = register_contract(admin, supplier_id, reference="KS 2")
        answer = admin.patch(f"/contracts/{contract_id}", {"reference": "KS 2017/0412"})
        assert answer.status_code == 409

    def test_another_supplier_before_there_are_slots(self, admin: Caller) -> None:
        contract_id = register_contract(admin, register_supplier(admin))
        register_clause(admin, contract_id)
        other = register_supplier(admin, COMPANY_NUMBERS[1])
        answer = admin.patch(f"/contracts/{contract_id}", {"supplierId": other})
        assert answer.json()["supplierId"] == other

    def test_another_supplier_once_a_clause_has_slots(self, admin: Caller) -> None:
        supplier_id = register_supplier(admin)
        contract_id = register_contract(admin, supplier_id)
        register_slot(admin, supplier_id, clauseId=register_clause(admin, contract_id))
        other = register_supplier(admin, COMPANY_NUMBERS[1])
        answer = admin.patch(f"/contracts/{contract_id}", {"supplierId": other})
        assert (answer.status_code, "1 slot." in answer.json()["detail"]) == (409, True)

    def test_supplier_not_mine(self, service: Service, admin: Caller) -> None:
        contract_id = register_contract(admin, register_supplier(admin))
        foreign = register_supplier(service.stranger())
        answer = admin.patch(f"/contracts/{contract_id}", {"supplierId": foreign})
        assert pointers(answer) == ["#/supplierId"]

    def test_not_mine(self, service: Service, admin: Caller) -> None:
        contract_id = register_contract(admin, register_supplier(admin))
        answer = service.stranger().patch(f"/contracts/{contract_id}", {"title": "Mitt"})
        assert answer.status_code == 404


class TestDeleteContract:
    def test_valid(self, admin: Caller) -> None:
        contract_id = register_contract(admin, register_supplier(admin))
        assert admin.delete(f"/contracts/{contract_id}").status_code == 204
        assert admin.get(f"/contracts/{contract_id}").status_code == 404

    def test_says_what_needs_it(self, admin: Caller) -> None:
        contract_id = register_contract(admin, register_supplier(admin))
        register_clause(admin, contract_id)
        answer = admin.delete(f"/contracts/{contract_id}")
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/in-use")
        assert "1 clause." in answer.json()["detail"]

    def test_stale_version(self, admin: Caller) -> None:
        contract_id = register_contract(admin, register_supplier(admin))
        admin.patch(f"/contracts/{contract_id}", {"title": "Nytt"})
        assert admin.delete(f"/contracts/{contract_id}").status_code == 412
