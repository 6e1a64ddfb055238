"""What a clause gets from elsewhere: a quantity from its rate, terms from its framework."""

from typing import Any

import pytest

from tests.api.registering import (
    clause_body,
    ids,
    pointers,
    register_clause,
    register_contract,
    register_supplier,
)
from tests.callers import Caller


@pytest.fixture
def supplier_id(admin: Caller) -> str:
    return register_supplier(admin)


@pytest.fixture
def contract_id(admin: Caller, supplier_id: str) -> str:
    return register_contract(admin, supplier_id)


class TestProposedQuantity:
    """Trafikverket's rates: a place per 50 MSEK in works, per 25 in services."""

    @pytest.mark.parametrize(
        ("kind", "rate", "value", "places", "months"),
        [
            ("employment", {"kind": "works"}, 120_000_000, 2, 28),
            ("internship", {"kind": "works"}, 120_000_000, 2, 14),
            ("internship", {"kind": "services"}, 120_000_000, 4, 28),
            ("internship", {"kind": "works"}, 49_999_999, 0, 5),
            ("internship", {"kind": "works"}, 50_000_000, 1, 6),
            ("internship", {"sekPerPlace": 30_000_000, "kind": "works"}, 120_000_000, 4, 24),
        ],
    )
    def test_beside_what_the_clause_asks(
        self,
        admin: Caller,
        supplier_id: str,
        kind: str,
        rate: dict[str, Any],
        value: int,
        places: int,
        months: int,
    ) -> None:
        contract_id = register_contract(admin, supplier_id, valueSek=value)
        clause_id = register_clause(admin, contract_id, kind=kind, rate=rate)
        shown = admin.get(f"/clauses/{clause_id}").json()
        proposed = shown["proposedQuantity"]
        assert (proposed["places"], proposed["fullTimeMonths"]) == (places, months)
        assert shown["places"] == 4

    def test_says_how(self, admin: Caller, supplier_id: str) -> None:
        contract_id = register_contract(admin, supplier_id, valueSek=120_000_000)
        clause_id = register_clause(admin, contract_id, rate={"kind": "works"})
        path = f"/clauses/{clause_id}"
        assert admin.get(path).json()["proposedQuantity"]["how"] == (
            "120 000 000 kr i avtalsvärde / 50 000 000 kr per plats = 2,40 platser: 2 hela "
            "platser om 6 månader, eller 14 heltidsmånader att dela mellan personer. Satsen är "
            "Trafikverkets för entreprenader, i bruk från 2016-01-01."
        )
        english = admin.get(path, headers={"Accept-Language": "en"})
        assert "= 2.40 places: 2 whole places of 6 months" in english.text
        assert english.headers["etag"] == '"1-en"'

    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("sv", "= 1,00 plats: 1 hel plats om 6 månader, eller 6 heltidsmånader att"),
            ("en", "= 1.00 place: 1 whole place of 6 months, or 6 full-time months to"),
        ],
    )
    def test_says_how_of_one_place(
        self, admin: Caller, supplier_id: str, language: str, said: str
    ) -> None:
        contract_id = register_contract(admin, supplier_id, valueSek=50_000_000)
        clause_id = register_clause(admin, contract_id, rate={"kind": "works"})
        shown = admin.get(f"/clauses/{clause_id}", headers={"Accept-Language": language})
        assert said in shown.json()["proposedQuantity"]["how"]

    def test_is_taken_where_the_clause_gives_none(self, admin: Caller, supplier_id: str) -> None:
        none = {"places": None, "minimumMonths": None}
        contract_id = register_contract(admin, supplier_id, valueSek=120_000_000)
        path = f"/contracts/{contract_id}/clauses"
        taken = admin.post(path, clause_body(rate={"kind": "works"}, **none)).json()
        assert (taken["places"], taken["minimumMonths"]) == (2, 6)
        less_than_one = {"sekPerPlace": 200_000_000}
        months = admin.post(path, clause_body(rate=less_than_one, **none)).json()
        assert (months["places"], months["fullTimeMonths"]) == (None, 3)
        nothing = {"sekPerPlace": 10_000_000_000}
        assert pointers(admin.post(path, clause_body(rate=nothing, **none))) == ["#/rate"]
        everything = {"sekPerPlace": 1}
        assert pointers(admin.post(path, clause_body(rate=everything, **none))) == ["#/rate"]

    def test_cannot_be_taken_without_a_value(self, admin: Caller, supplier_id: str) -> None:
        contract_id = register_contract(admin, supplier_id, valueSek=None)
        body = clause_body(places=None, minimumMonths=None, rate={"kind": "works"})
        answer = admin.post(f"/contracts/{contract_id}/clauses", body)
        assert pointers(answer) == ["#/places"]
        clause_id = register_clause(admin, contract_id, rate={"kind": "works"})
        assert admin.get(f"/clauses/{clause_id}").json()["proposedQuantity"] is None

    def test_a_new_value_makes_a_new_etag(self, admin: Caller, supplier_id: str) -> None:
        contract_id = register_contract(admin, supplier_id, valueSek=120_000_000)
        clause_id = register_clause(admin, contract_id, rate={"kind": "works"})
        without = register_clause(admin, contract_id)
        admin.patch(f"/contracts/{contract_id}", {"valueSek": 200_000_000})
        tags = [admin.get(f"/clauses/{one}").headers["etag"] for one in (clause_id, without)]
        assert tags == ['"2-sv"', '"1-sv"']


class TestCallOff:
    @pytest.fixture
    def framework(self, admin: Caller, supplier_id: str) -> tuple[str, str]:
        contract_id = register_contract(admin, supplier_id, reference="RAM 1")
        terms = {
            "places": None,
            "minimumMonths": None,
            "quantityPerCallOff": True,
            "rate": {"kind": "services"},
            "minimumExtentPercent": 75,
        }
        return contract_id, register_clause(admin, contract_id, **terms)

    @staticmethod
    def body(**own: Any) -> dict[str, Any]:
        required = {"kind": "internship", "responsible": "HR", "nextFollowUpDate": "2018-06-01"}
        return required | own

    def test_takes_what_it_leaves_out(
        self, admin: Caller, supplier_id: str, framework: tuple[str, str]
    ) -> None:
        contract_id = register_contract(
            admin, supplier_id, frameworkContractId=framework[0], valueSek=75_000_000
        )
        body = self.body(inheritsFromClauseId=framework[1], targetGroups=[], effortCounts=False)
        taken = admin.post(f"/contracts/{contract_id}/clauses", body).json()
        assert (taken["places"], taken["minimumMonths"]) == (3, 6)
        assert (taken["minimumExtentPercent"], taken["earlyEndSharePercent"]) == (75, 75)
        assert (taken["targetGroups"], taken["effortCounts"]) == ([], False)
        assert taken["remedy"]["rectificationDays"] == 60
        assert taken["reportDates"] == []
        assert taken["inheritsFromClauseId"] == framework[1]
        assert ids(admin.get(f"/contracts?frameworkContractId={framework[0]}")) == [contract_id]

    def test_own_quantity(
        self, admin: Caller, supplier_id: str, framework: tuple[str, str]
    ) -> None:
        contract_id = register_contract(admin, supplier_id, frameworkContractId=framework[0])
        body = self.body(inheritsFromClauseId=framework[1], fullTimeMonths=9)
        taken = admin.post(f"/contracts/{contract_id}/clauses", body).json()
        assert (taken["places"], taken["fullTimeMonths"]) == (None, 9)

    def test_only_from_its_own_framework(
        self, admin: Caller, contract_id: str, framework: tuple[str, str]
    ) -> None:
        body = self.body(inheritsFromClauseId=framework[1], fullTimeMonths=9)
        answer = admin.post(f"/contracts/{contract_id}/clauses", body)
        assert pointers(answer) == ["#/inheritsFromClauseId"]

    def test_of_the_same_kind(
        self, admin: Caller, supplier_id: str, framework: tuple[str, str]
    ) -> None:
        contract_id = register_contract(admin, supplier_id, frameworkContractId=framework[0])
        body = self.body(inheritsFromClauseId=framework[1], kind="employment", fullTimeMonths=9)
        assert pointers(admin.post(f"/contracts/{contract_id}/clauses", body)) == ["#/kind"]

    def test_without_any_quantity(
        self, admin: Caller, supplier_id: str, framework: tuple[str, str]
    ) -> None:
        contract_id = register_contract(admin, supplier_id, frameworkContractId=framework[0])
        body = self.body(inheritsFromClauseId=framework[1], rate=None)
        assert pointers(admin.post(f"/contracts/{contract_id}/clauses", body)) == ["#/places"]

    def test_what_it_inherits_from_stays(
        self, admin: Caller, supplier_id: str, framework: tuple[str, str]
    ) -> None:
        contract_id = register_contract(admin, supplier_id, frameworkContractId=framework[0])
        body = self.body(inheritsFromClauseId=framework[1], fullTimeMonths=9)
        heir = admin.post(f"/contracts/{contract_id}/clauses", body).json()["id"]
        assert pointers(admin.patch(f"/clauses/{heir}", {"inheritsFromClauseId": None})) == [
            "#/inheritsFromClauseId"
        ]
        employment = admin.patch(f"/clauses/{framework[1]}", {"kind": "employment"})
        assert "1 clause inheriting" in employment.json()["detail"]
        assert admin.delete(f"/clauses/{framework[1]}").status_code == 409
        assert admin.delete(f"/contracts/{framework[0]}").status_code == 409
        leaving = admin.patch(f"/contracts/{contract_id}", {"frameworkContractId": None})
        assert leaving.status_code == 409
