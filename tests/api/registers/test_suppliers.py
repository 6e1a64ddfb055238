"""Each operation on suppliers: a valid call, somebody else's, a role that may not, bad input."""

import pytest

from app.models.keys import Role
from app.services.ground.permissions import Actor
from tests.callers import Caller, Service
from tests.make import make_contract, make_slot

SUPPLIER = {"name": "Exempelbygg i Jämtland AB", "organisationNumber": "5560000167"}


class TestRegisterSupplier:
    def test_valid(self, admin: Caller) -> None:
        answer = admin.post("/suppliers", SUPPLIER)
        assert answer.status_code == 201
        assert answer.headers["etag"] == '"1"'
        assert (
            admin.client.get(
                answer.headers["location"],
                headers={"Authorization": f"Bearer {admin.key}"},
            ).json()
            == answer.json()
        )

    def test_hyphen_is_accepted_and_taken_away(self, admin: Caller) -> None:
        answer = admin.post("/suppliers", SUPPLIER | {"organisationNumber": "556000-0167"})
        assert answer.json()["organisationNumber"] == "5560000167"

    @pytest.mark.parametrize(
        "number", ["5560000168", "9002219815", "556000016", "55600001670", "abcdefghij"]
    )
    def test_bad_organisation_number(self, admin: Caller, number: str) -> None:
        answer = admin.post("/suppliers", SUPPLIER | {"organisationNumber": number})
        assert answer.status_code == 422
        assert [error["pointer"] for error in answer.json()["errors"]] == ["#/organisationNumber"]
        assert number not in answer.text

    @pytest.mark.parametrize("name", ["\u200b", " \u00ad ", "\u2060\ufeff", "\u3164", "\u202e"])
    def test_name_of_nothing_to_see(self, admin: Caller, name: str) -> None:
        answer = admin.post("/suppliers", SUPPLIER | {"name": name})
        assert [error["pointer"] for error in answer.json()["errors"]] == ["#/name"]

    def test_name_with_something_to_see(self, admin: Caller) -> None:
        assert admin.post("/suppliers", SUPPLIER | {"name": "\u200bÅ"}).status_code == 201

    def test_identity_number_instead_of_a_caseworker(self, admin: Caller) -> None:
        number = "189002219815"  # of the official test series
        answer = admin.post("/suppliers", SUPPLIER, headers={"Handslag-Caseworker": number})
        assert answer.status_code == 422
        assert [error["pointer"] for error in answer.json()["errors"]] == ["Handslag-Caseworker"]
        assert admin.get("/suppliers").json()["items"] == []

    @pytest.mark.parametrize(
        "number",  # of the official test series
        [
            "189002219815",
            "900221-9815",
            "900221_9815",
            "1890-02-21-9815",
            "\uff19\uff10\uff10221-9815",
        ],
    )
    def test_identity_number_in_a_name(self, admin: Caller, number: str) -> None:
        answer = admin.post("/suppliers", SUPPLIER | {"name": f"Exempelbygg {number}"})
        assert [error["pointer"] for error in answer.json()["errors"]] == ["#/name"]

    @pytest.mark.parametrize(
        "name", ["Bygg 2018-01-05-2018-06-30", "Bygg 900221-9816", "1890-02-21"]
    )
    def test_dates_in_a_name(self, admin: Caller, name: str) -> None:
        assert admin.post("/suppliers", SUPPLIER | {"name": name}).status_code == 201

    def test_same_number_twice(self, admin: Caller) -> None:
        admin.post("/suppliers", SUPPLIER)
        again = admin.post("/suppliers", SUPPLIER | {"name": "Samma bolag AB"})
        assert (again.status_code, again.json()["type"]) == (
            409,
            "/problems/already-exists",
        )

    def test_same_number_in_two_organisations(self, service: Service, admin: Caller) -> None:
        admin.post("/suppliers", SUPPLIER)
        assert service.stranger().post("/suppliers", SUPPLIER).status_code == 201

    def test_role_that_may_not(self, service: Service) -> None:
        answer = service.caller(Role.CASEWORKER).post("/suppliers", SUPPLIER)
        assert answer.status_code == 403

    def test_anonymous(self, service: Service) -> None:
        answer = service.anonymous().post("/suppliers", SUPPLIER)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (
            401,
            "Bearer",
        )


class TestListSuppliers:
    def test_only_own(self, service: Service, admin: Caller) -> None:
        admin.post("/suppliers", SUPPLIER)
        assert service.stranger().get("/suppliers").json()["items"] == []

    def test_filtered_by_number(self, admin: Caller) -> None:
        admin.post("/suppliers", SUPPLIER)
        other = {"name": "Annat AB", "organisationNumber": "5560360793"}
        admin.post("/suppliers", other)
        page = admin.get("/suppliers?organisationNumber=5560360793").json()
        assert [item["name"] for item in page["items"]] == ["Annat AB"]

    def test_misspelt_filter_is_refused(self, admin: Caller) -> None:
        answer = admin.get("/suppliers?organisationnumber=5560360793")
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "organisationnumber"


class TestReadSupplier:
    def test_not_mine_looks_like_missing(self, service: Service, admin: Caller) -> None:
        supplier_id = admin.post("/suppliers", SUPPLIER).json()["id"]
        stranger = service.stranger()
        not_mine = stranger.get(f"/suppliers/{supplier_id}")
        missing_id = supplier_id[:-1] + ("0" if supplier_id[-1] != "0" else "1")
        missing = stranger.get(f"/suppliers/{missing_id}")
        assert not_mine.status_code == missing.status_code == 404
        assert not_mine.text.replace(supplier_id, "") == missing.text.replace(missing_id, "")

    def test_unchanged_since(self, admin: Caller) -> None:
        supplier_id = admin.post("/suppliers", SUPPLIER).json()["id"]
        tag = admin.get(f"/suppliers/{supplier_id}").headers["etag"]
        for known in (tag, f"W/{tag}", "*", f'"9", W/{tag}'):
            seen = admin.get(f"/suppliers/{supplier_id}", headers={"If-None-Match": known})
            assert (seen.status_code, seen.headers["etag"]) == (304, tag), known
        answer = admin.get(f"/suppliers/{supplier_id}", headers={"If-None-Match": '"1"'})
        assert (answer.status_code, answer.content) == (304, b"")


class TestChangeSupplier:
    def test_valid(self, admin: Caller) -> None:
        supplier_id = admin.post("/suppliers", SUPPLIER).json()["id"]
        answer = admin.patch(f"/suppliers/{supplier_id}", {"name": "Nytt namn AB"})
        assert (answer.json()["name"], answer.headers["etag"]) == (
            "Nytt namn AB",
            '"2"',
        )

    def test_stale_version(self, admin: Caller) -> None:
        supplier_id = admin.post("/suppliers", SUPPLIER).json()["id"]
        admin.patch(f"/suppliers/{supplier_id}", {"name": "Först AB"})
        assert admin.patch(f"/suppliers/{supplier_id}", {"name": "Sen AB"}).status_code == 412
        assert admin.get(f"/suppliers/{supplier_id}").json()["name"] == "Först AB"

    def test_without_version(self, admin: Caller) -> None:
        supplier_id = admin.post("/suppliers", SUPPLIER).json()["id"]
        answer = admin.call("PATCH", f"/suppliers/{supplier_id}", json={"name": "Utan AB"})
        assert answer.status_code == 428

    def test_required_field_cannot_be_removed(self, admin: Caller) -> None:
        supplier_id = admin.post("/suppliers", SUPPLIER).json()["id"]
        assert admin.patch(f"/suppliers/{supplier_id}", {"name": None}).status_code == 422


class TestDeleteSupplier:
    def test_valid(self, admin: Caller) -> None:
        supplier_id = admin.post("/suppliers", SUPPLIER).json()["id"]
        assert admin.delete(f"/suppliers/{supplier_id}").status_code == 204
        assert admin.get(f"/suppliers/{supplier_id}").status_code == 404

    def test_says_what_needs_it(self, service: Service, admin: Caller) -> None:
        supplier_id = admin.post("/suppliers", SUPPLIER).json()["id"]
        with service.database.writing() as session:
            actor = Actor(service.organisation_id, service.organisation_id, Role.ADMIN)
            make_contract(session, actor, supplier_id=supplier_id)
            for _ in range(2):
                make_slot(session, actor, supplier_id=supplier_id)
        answer = admin.delete(f"/suppliers/{supplier_id}")
        assert answer.status_code == 409
        assert "1 contract, 2 slots." in answer.json()["detail"]
