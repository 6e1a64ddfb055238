"""Rows whose references read the same: told, left out of runs, and settled by a person."""

from typing import Any

import pytest
from sqlmodel import select

from app.models.candidates import Candidate
from app.models.contracts import Contract
from app.models.slots import Slot
from tests.api.registering import (
    Json,
    candidate_body,
    contract_body,
    ids,
    open_gates,
    pointers,
    register,
    register_candidate,
    register_supplier,
    slot_body,
)
from tests.callers import Caller, Service

COMPOSED, OTHER = "ÅF-1", "Å\u200bF-1"
RESOURCES = ("candidates", "slots", "contracts")
MODELS: dict[str, Any] = {"candidates": Candidate, "slots": Slot, "contracts": Contract}
WAYS = ("ÅF-1", "ÅF-1 ", "A\u030aF-1", "\u212bF-1", "\tÅF-1", "\u00a0ÅF-1\u2003")


def body_of(resource: str, supplier_id: str, reference: str) -> Json:
    if resource == "candidates":
        return candidate_body(
            reference=reference, occupations=[{"ssyk": "7111"}], neededAdaptations=[]
        )
    make = slot_body if resource == "slots" else contract_body
    return make(supplier_id, reference=reference)


def two_alike(service: Service, admin: Caller, resource: str) -> list[str]:
    """Two rows as an earlier release stored them and migration 0011 marked them."""
    supplier_id = register_supplier(admin)
    open_gates(admin, supplier_id)
    found = [
        str(register(admin, f"/{resource}", body_of(resource, supplier_id, reference))["id"])
        for reference in (COMPOSED, "other")
    ]
    with service.database.writing() as session:
        for row in session.exec(select(MODELS[resource])):
            row.shared_reference = COMPOSED
            row.reference = OTHER if row.reference == "other" else COMPOSED
    return found


def tasks_of(caller: Caller) -> list[Json]:
    items: list[Json] = caller.get("/tasks?kind=reference-shared").json()["items"]
    return items


on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize("resource", RESOURCES)
class TestOneReference:
    def test_however_it_is_written(self, admin: Caller, resource: str) -> None:
        supplier_id = register_supplier(admin)
        first, *others = (body_of(resource, supplier_id, written) for written in WAYS)
        row_id = register(admin, f"/{resource}", first)["id"]
        for body in others:
            assert admin.post(f"/{resource}", body).status_code == 409
        assert ids(admin.get(f"/{resource}")) == [row_id]
        for written in WAYS:
            assert ids(admin.get(f"/{resource}", params={"reference": written})) == [row_id]
        if resource != "contracts":
            batch = f"/{resource.removesuffix('s')}-batches"
            for body in (first, *others):
                answer = admin.post(batch, {"items": [body]}).json()
                assert (answer["created"], answer["updated"]) == (0, 1)
            twice = admin.post(batch, {"items": [first, *others]}).json()
            assert [one["index"] for one in twice["rejected"]] == [1, 2, 3, 4, 5]
        assert admin.get(f"/{resource}/{row_id}").json()["reference"] == COMPOSED


@on_sqlite
@pytest.mark.parametrize("resource", RESOURCES)
class TestShared:
    def test_both_are_read_and_found(self, service: Service, admin: Caller, resource: str) -> None:
        found = two_alike(service, admin, resource)
        shown = [admin.get(f"/{resource}/{row_id}").json()["reference"] for row_id in found]
        assert shown == [COMPOSED, OTHER]
        assert ids(admin.get(f"/{resource}", params={"reference": COMPOSED})) == found

    def test_no_third_one(self, service: Service, admin: Caller, resource: str) -> None:
        found = two_alike(service, admin, resource)
        body = body_of(resource, ids(admin.get("/suppliers"))[0], COMPOSED)
        answer = admin.post(f"/{resource}", body)
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/already-exists")
        assert all(row_id in answer.json()["detail"] for row_id in found)
        if resource != "contracts":
            batch = f"/{resource.removesuffix('s')}-batches"
            (rejected,) = admin.post(batch, {"items": [body]}).json()["rejected"]
            assert rejected["problem"]["type"] == "/problems/already-exists"
        assert ids(admin.get(f"/{resource}")) == found

    def test_other_fields_can_be_changed(
        self, service: Service, admin: Caller, resource: str
    ) -> None:
        for row_id in two_alike(service, admin, resource):
            patch = {"municipalityCode": "2321"}
            answer = admin.patch(f"/{resource}/{row_id}", patch)
            assert answer.status_code == 200, answer.text
            assert answer.json()["reference"] in {COMPOSED, OTHER}
        assert len(tasks_of(admin)) == 2


@pytest.mark.parametrize("resource", RESOURCES)
class TestSettled:
    @pytest.mark.parametrize("changed", [0, 1])
    def test_by_another_reference(
        self, service: Service, admin: Caller, resource: str, changed: int
    ) -> None:
        found = two_alike(service, admin, resource)
        path = f"/{resource}/{found[changed]}"
        # What reads as its own text changes nothing; what reads as the other's is refused.
        same = admin.patch(path, {"reference": "A\u030aF-1"})
        assert same.status_code == (409 if changed else 200)
        assert admin.patch(path, {"reference": "ÅF-2"}).status_code == 200
        left = admin.get(f"/{resource}/{found[1 - changed]}")
        # The one that is left has the reference as people read it: a new version where that is new.
        assert left.json()["reference"] == COMPOSED
        assert left.headers["etag"] == ('"1"' if changed else '"2"')
        events = admin.get(f"/events?resourceId={found[1 - changed]}").json()["items"]
        assert len(events) == (1 if changed else 2)
        assert tasks_of(admin) == []
        assert ids(admin.get(f"/{resource}", params={"reference": "ÅF-1 "})) == [found[1 - changed]]

    @pytest.mark.parametrize("deleted", [0, 1])
    def test_by_deleting_one(
        self, service: Service, admin: Caller, resource: str, deleted: int
    ) -> None:
        found = two_alike(service, admin, resource)
        assert admin.delete(f"/{resource}/{found[deleted]}").status_code == 204
        left = admin.get(f"/{resource}/{found[1 - deleted]}").json()
        assert left["reference"] == COMPOSED
        assert tasks_of(admin) == []


class TestRuns:
    def test_neither_person_is_proposed_until_it_is_settled(
        self, service: Service, admin: Caller
    ) -> None:
        first, second = two_alike(service, admin, "candidates")
        alone = register_candidate(
            admin, reference="AF-2", occupations=[{"ssyk": "7111"}], neededAdaptations=[]
        )
        supplier_id = ids(admin.get("/suppliers"))[0]
        register(
            admin, "/slots", slot_body(supplier_id, places=3, supervisorCapacity=None, required={})
        )
        assert proposed(admin, "candidateId") == {alone}
        pin = {"candidateId": first, "slotId": ids(admin.get("/slots"))[0]}
        refused = admin.post("/match-runs", {"asOf": "2018-02-01", "pins": [pin]})
        assert pointers(refused) == ["#/pins/0/candidateId"]
        admin.patch(f"/candidates/{second}", {"reference": "AF-3"})
        assert proposed(admin, "candidateId") == {alone, first, second}

    def test_neither_slot_is_filled_until_it_is_settled(
        self, service: Service, admin: Caller
    ) -> None:
        two_alike(service, admin, "slots")
        with service.database.writing() as session:
            for slot in session.exec(select(Slot)):
                slot.required = type(slot.required)()
        register_candidate(admin, occupations=[{"ssyk": "7111"}], neededAdaptations=[])
        assert proposed(admin, "slotId") == set()
        first, second = ids(admin.get("/slots"))
        version = admin.get(f"/slots/{second}").headers["etag"].strip('"')
        admin.patch(f"/slots/{second}", {"reference": None}, version=int(version))
        assert proposed(admin, "slotId") <= {first, second}
        assert proposed(admin, "slotId")


def proposed(caller: Caller, name: str) -> set[str]:
    run = register(caller, "/match-runs", {"asOf": "2018-02-01"})
    items = caller.get(f"/match-runs/{run['id']}/proposals").json()["items"]
    return {item[name] for item in items}
