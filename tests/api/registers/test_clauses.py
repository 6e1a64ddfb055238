"""Each operation on clauses: a valid call, somebody else's, a role that may not, bad input."""

from typing import Any

import pytest

from app.models.keys import Role
from tests.api.registering import (
    actor_of,
    clause_body,
    ids,
    pointers,
    register_clause,
    register_contract,
    register_slot,
    register_supplier,
)
from tests.callers import Caller, Service
from tests.make import COMPANY_NUMBERS, make_placement

FULL_TIME = {"places": None, "minimumMonths": None, "fullTimeMonths": 24}
DIALOGUE = {"kind": "dialogue", "places": None, "minimumMonths": None}


@pytest.fixture
def supplier_id(admin: Caller) -> str:
    return register_supplier(admin)


@pytest.fixture
def contract_id(admin: Caller, supplier_id: str) -> str:
    return register_contract(admin, supplier_id)


class TestRegisterClause:
    @pytest.mark.parametrize("quantity", [{}, FULL_TIME, DIALOGUE])
    def test_valid(self, admin: Caller, contract_id: str, quantity: dict[str, Any]) -> None:
        body = clause_body(**quantity)
        answer = admin.post(f"/contracts/{contract_id}/clauses", body)
        assert answer.status_code == 201
        assert (body | {"contractId": contract_id}).items() <= answer.json().items()
        assert answer.headers["location"].endswith(f"/clauses/{answer.json()['id']}")

    @pytest.mark.parametrize(
        ("wrong", "pointer"),
        [
            ({"fullTimeMonths": 24}, "#/places"),
            ({"places": None, "minimumMonths": None}, "#/places"),
            ({"minimumMonths": None}, "#/minimumMonths"),
            ({"places": None}, "#/minimumMonths"),
            ({"kind": "dialogue"}, "#/kind"),
            ({"kind": "hope"}, "#/kind"),
            ({"places": 0}, "#/places"),
            ({"earlyEndSharePercent": 101}, "#/earlyEndSharePercent"),
            ({"responsible": " "}, "#/responsible"),
            ({"quantityPerCallOff": True}, "#/quantityPerCallOff"),
            (DIALOGUE | {"quantityPerCallOff": True}, "#/kind"),
            (DIALOGUE | {"rate": {"kind": "works"}}, "#/kind"),
            ({"effectiveFrom": "2018-03-01"}, "#/effectiveFrom"),
            ({"rate": {}}, "#/rate"),
            ({"rate": {"sekPerPlace": 0}}, "#/rate/sekPerPlace"),
            ({"remedy": {"penaltySek": 1}}, "#/remedy/penaltyPer"),
            ({"remedy": {"bonusPer": "month"}}, "#/remedy/bonusPer"),
            ({"reportDates": ["2018-09-01", "2018-09-01"]}, "#/reportDates"),
            (
                {"inheritsFromClauseId": "7f1c9a52-3c8e-4f5c-9d55-0f6a5b1f2a10"},
                "#/inheritsFromClauseId",
            ),
        ],
    )
    def test_bad_field(
        self, admin: Caller, contract_id: str, wrong: dict[str, Any], pointer: str
    ) -> None:
        answer = admin.post(f"/contracts/{contract_id}/clauses", clause_body(**wrong))
        assert pointers(answer) == [pointer]

    @pytest.mark.parametrize("field", ["responsible", "nextFollowUpDate"])
    def test_mandatory_field(self, admin: Caller, contract_id: str, field: str) -> None:
        body = clause_body()
        del body[field]
        assert pointers(admin.post(f"/contracts/{contract_id}/clauses", body)) == [f"#/{field}"]

    def test_contract_not_mine(self, service: Service, contract_id: str) -> None:
        answer = service.stranger().post(f"/contracts/{contract_id}/clauses", clause_body())
        assert answer.status_code == 404

    def test_role_that_may_not(self, service: Service, contract_id: str) -> None:
        auditor = service.caller(Role.AUDITOR)
        answer = auditor.post(f"/contracts/{contract_id}/clauses", clause_body())
        assert answer.status_code == 403


class TestReportDates:
    """Within the contract, from 2018-03-01 to 2019-06-30."""

    INSIDE = {"reportDates": ["2018-03-01", "2019-06-30"]}  # noqa: RUF012  # never changed

    @pytest.mark.parametrize(
        ("dates", "wrong"),
        [
            (["2018-02-28", "2018-03-01"], ["#/reportDates/0"]),
            (["2019-06-30", "2019-07-01"], ["#/reportDates/1"]),
        ],
    )
    def test_outside(
        self, admin: Caller, contract_id: str, dates: list[str], wrong: list[str]
    ) -> None:
        body = clause_body(reportDates=dates)
        assert pointers(admin.post(f"/contracts/{contract_id}/clauses", body)) == wrong
        clause_id = register_clause(admin, contract_id)
        assert pointers(admin.patch(f"/clauses/{clause_id}", {"reportDates": dates})) == wrong
        assert admin.patch(f"/clauses/{clause_id}", self.INSIDE).status_code == 200

    def test_first_and_last_day(self, admin: Caller, contract_id: str) -> None:
        assert register_clause(admin, contract_id, **self.INSIDE)

    def test_left_outside_by_the_contract_they_stay(self, admin: Caller, contract_id: str) -> None:
        clause_id = register_clause(admin, contract_id, **self.INSIDE)
        ended = {"endDate": "2019-01-31"}
        assert admin.patch(f"/contracts/{contract_id}", ended).status_code == 200
        changed = admin.patch(f"/clauses/{clause_id}", {"responsible": "Inköp"})
        assert changed.status_code == 200


class TestListClauses:
    def test_of_one_contract(self, admin: Caller, supplier_id: str, contract_id: str) -> None:
        wanted = register_clause(admin, contract_id)
        other = register_contract(admin, supplier_id, reference="KS 2")
        register_clause(admin, other)
        assert ids(admin.get(f"/contracts/{contract_id}/clauses")) == [wanted]
        assert ids(admin.get(f"/clauses?contractId={contract_id}")) == [wanted]

    def test_of_a_contract_not_mine(self, service: Service, contract_id: str) -> None:
        assert service.stranger().get(f"/contracts/{contract_id}/clauses").status_code == 404

    def test_of_one_kind(self, admin: Caller, contract_id: str) -> None:
        register_clause(admin, contract_id)
        wanted = register_clause(admin, contract_id, **DIALOGUE)
        assert ids(admin.get("/clauses?kind=dialogue")) == [wanted]

    def test_only_own(self, service: Service, admin: Caller, contract_id: str) -> None:
        register_clause(admin, contract_id)
        assert ids(service.stranger().get("/clauses")) == []


class TestReadClause:
    def test_not_mine(self, service: Service, admin: Caller, contract_id: str) -> None:
        clause_id = register_clause(admin, contract_id)
        assert admin.get(f"/clauses/{clause_id}").status_code == 200
        assert service.stranger().get(f"/clauses/{clause_id}").status_code == 404


class TestChangeClause:
    def test_quantity_of_the_other_sort(self, admin: Caller, contract_id: str) -> None:
        clause_id = register_clause(admin, contract_id)
        answer = admin.patch(f"/clauses/{clause_id}", FULL_TIME)
        assert (answer.json()["places"], answer.json()["fullTimeMonths"]) == (None, 24)

    def test_half_a_quantity(self, admin: Caller, contract_id: str) -> None:
        clause_id = register_clause(admin, contract_id)
        assert pointers(admin.patch(f"/clauses/{clause_id}", {"places": None})) == [
            "#/minimumMonths"
        ]

    def test_dialogue_while_it_has_no_slot(self, admin: Caller, contract_id: str) -> None:
        clause_id = register_clause(admin, contract_id)
        assert admin.patch(f"/clauses/{clause_id}", DIALOGUE).json()["kind"] == "dialogue"

    def test_dialogue_once_it_has_slots(
        self, admin: Caller, supplier_id: str, contract_id: str
    ) -> None:
        clause_id = register_clause(admin, contract_id)
        register_slot(admin, supplier_id, clauseId=clause_id)
        answer = admin.patch(f"/clauses/{clause_id}", DIALOGUE)
        assert (answer.status_code, "1 slot." in answer.json()["detail"]) == (409, True)

    def test_left_to_call_offs_once_it_has_slots(
        self, admin: Caller, supplier_id: str, contract_id: str
    ) -> None:
        clause_id = register_clause(admin, contract_id)
        register_slot(admin, supplier_id, clauseId=clause_id)
        none = {"places": None, "minimumMonths": None, "quantityPerCallOff": True}
        assert admin.patch(f"/clauses/{clause_id}", none).status_code == 409

    def test_closed_to_subcontractors_once_they_have_slots(
        self, admin: Caller, supplier_id: str
    ) -> None:
        other = register_supplier(admin, COMPANY_NUMBERS[1])
        contract_id = register_contract(admin, supplier_id, subcontractorIds=[other])
        clause_id = register_clause(admin, contract_id, subcontractorsMayFulfil=True)
        register_slot(admin, supplier_id, clauseId=clause_id)
        closed = {"subcontractorsMayFulfil": False}
        assert admin.patch(f"/clauses/{clause_id}", closed).status_code == 200
        assert admin.patch(f"/clauses/{clause_id}", {"subcontractorsMayFulfil": True}, version=2)
        register_slot(admin, other, clauseId=clause_id, reference="EB-2")
        refused = admin.patch(f"/clauses/{clause_id}", closed, version=3)
        assert "1 slot of subcontractors" in refused.json()["detail"]

    def test_etag_of_either_language_will_do(self, admin: Caller, contract_id: str) -> None:
        clause_id = register_clause(admin, contract_id)
        for tag in ('"1-en"', '"2-sv"'):
            answer = admin.call(
                "PATCH",
                f"/clauses/{clause_id}",
                json={"responsible": f"The one of {tag[1:-1]}"},
                headers={"If-Match": tag},
            )
            assert answer.status_code == 200

    def test_contract_cannot_be_changed(self, admin: Caller, contract_id: str) -> None:
        clause_id = register_clause(admin, contract_id)
        answer = admin.patch(f"/clauses/{clause_id}", {"contractId": contract_id})
        assert pointers(answer) == ["#/contractId"]


class TestDeleteClause:
    def test_valid(self, admin: Caller, contract_id: str) -> None:
        clause_id = register_clause(admin, contract_id)
        assert admin.delete(f"/clauses/{clause_id}").status_code == 204
        assert admin.delete(f"/contracts/{contract_id}").status_code == 204

    def test_says_what_needs_it(
        self, service: Service, admin: Caller, supplier_id: str, contract_id: str
    ) -> None:
        clause_id = register_clause(admin, contract_id)
        slot_id = register_slot(admin, supplier_id, clauseId=clause_id)
        actor = actor_of(service)
        with service.database.writing() as session:
            make_placement(session, actor, slot_id=slot_id, clause_id=clause_id)
        answer = admin.delete(f"/clauses/{clause_id}")
        assert answer.status_code == 409
        assert "1 slot, 1 placement." in answer.json()["detail"]
