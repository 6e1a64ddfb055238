"""Every change can be read: who, for whom, when, what, before and after."""

from typing import get_args

import pytest
from sqlalchemy import Table
from sqlmodel import SQLModel, select

from app.api.registers.events import Resource
from app.models.events import Event
from app.models.keys import Role
from tests.api.registering import ids, pointers, register_candidate, register_supplier
from tests.api.registers.test_keys import id_of
from tests.callers import Caller, Service
from tests.make import COMPANY_NUMBERS


def test_every_kind_of_row_can_be_asked_for() -> None:
    rows = {str(table.name).replace("_", "-") for table in versioned_tables()}
    batches = {"candidate-batches", "slot-batches", "organisations"}
    assert set(get_args(Resource)) == rows | batches


def versioned_tables() -> list[Table]:
    """The tables of resources, which have versions that are touched."""
    tables = SQLModel.metadata.sorted_tables
    return [table for table in tables if {"version", "updated_at"} <= set(table.columns.keys())]


class TestListEvents:
    def test_tells_a_change_whole(self, admin: Caller) -> None:
        supplier_id = register_supplier(admin)
        headers = {"If-Match": '"1"', "Handslag-Caseworker": "caseworker-17"}
        body = {"name": "Nytt namn AB"}
        admin.call("PATCH", f"/suppliers/{supplier_id}", json=body, headers=headers)
        created, changed = admin.get(f"/events?resourceId={supplier_id}").json()["items"]
        assert (created["action"], created["before"]) == ("created", None)
        assert created["caseworker"] is None
        told = {name: changed[name] for name in ("action", "resource", "actor", "caseworker")}
        assert told == {
            "action": "changed",
            "resource": "suppliers",
            "actor": id_of(admin),
            "caseworker": "caseworker-17",
        }
        assert changed["before"]["name"] == "Exempelbygg i Jämtland AB"
        assert changed["after"] == changed["before"] | {"name": "Nytt namn AB", "version": 2}
        assert "organisationNumber" in changed["after"]

    def test_names_fields_as_the_resource_does(self, service: Service, admin: Caller) -> None:
        """Also within fields, in events stored with the names of the wire, and never an id."""
        candidate_id, supplier_id = register_candidate(admin), register_supplier(admin)
        with service.database.writing() as session:
            [event] = session.exec(select(Event).where(Event.resource == "suppliers")).all()
            assert event.after is not None
            assert event.after["organisation_number"] == COMPANY_NUMBERS[0]
            event.after = {"organisationNumber": COMPANY_NUMBERS[1], supplier_id: {"a_name": 1}}
        [made] = admin.get(f"/events?resourceId={candidate_id}").json()["items"]
        shown = admin.get(f"/candidates/{candidate_id}").json()
        apart = {"_links", "createdAt", "updatedAt"}
        told = {name: value for name, value in shown.items() if name not in apart}
        assert made["after"] == told | {"version": 1}
        assert made["after"]["programmes"][0].keys() == {"code", "maximumMonths"}
        [old] = admin.get(f"/events?resourceId={supplier_id}").json()["items"]
        assert old["after"] == {
            "organisationNumber": COMPANY_NUMBERS[1],
            supplier_id: {"aName": 1},
        }

    def test_filtered_by_resource(self, admin: Caller) -> None:
        register_supplier(admin)
        items = admin.get("/events?resource=suppliers").json()["items"]
        assert [item["resource"] for item in items] == ["suppliers"]

    def test_filtered_by_actor(self, service: Service, admin: Caller) -> None:
        register_supplier(admin)
        other = service.caller(Role.PROCUREMENT)
        supplier_id = register_supplier(other, COMPANY_NUMBERS[1])
        items = admin.get(f"/events?actor={id_of(other)}").json()["items"]
        assert [item["resourceId"] for item in items] == [supplier_id]

    def test_filtered_by_time(self, admin: Caller) -> None:
        for number in COMPANY_NUMBERS[:3]:
            register_supplier(admin, number)
        first, second, third = admin.get("/events?resource=suppliers").json()["items"]
        query = {"resource": "suppliers", "from": second["at"], "to": third["at"]}
        assert ids(admin.get("/events", params=query)) == [second["id"]]
        assert first["at"] < second["at"] < third["at"]

    def test_any_offset_names_the_same_instant(self, admin: Caller) -> None:
        register_supplier(admin)
        for instant in ("2018-02-01T08:30:00Z", "2018-02-01T09:30:00.5+01:00"):
            query = {"resource": "suppliers", "from": instant}
            assert len(ids(admin.get("/events", params=query))) == 1
        far = {"resource": "suppliers", "from": "2100-12-31T23:00:00Z"}
        assert ids(admin.get("/events", params=far)) == []

    @pytest.mark.parametrize(
        "wrong",
        [
            "2018-02-01",
            "2018-02-01T08:30:00",
            "2018-02-30T08:30:00Z",
            "1517473800",
            "2018-02-01T08:30:00 01:00",  # an offset whose + was not written as %2B
            "0001-01-01T00:00:00+10:00",
            "9999-12-31T23:59:59-10:00",
            "1990-01-01T00:59:59+01:00",
            "2100-12-31T23:00:00-01:00",
        ],
    )
    @pytest.mark.parametrize("name", ["from", "to"])
    def test_not_an_instant(self, admin: Caller, name: str, wrong: str) -> None:
        assert pointers(admin.get("/events", params={name: wrong})) == [name]

    def test_times_in_wrong_order(self, admin: Caller) -> None:
        query = {"from": "2018-02-02T00:00:00Z", "to": "2018-02-01T00:00:00Z"}
        assert pointers(admin.get("/events", params=query)) == ["to"]

    def test_unknown_resource(self, admin: Caller) -> None:
        assert pointers(admin.get("/events?resource=supplier")) == ["resource"]

    def test_newest_last(self, admin: Caller) -> None:
        register_supplier(admin)
        times = [event["at"] for event in admin.get("/events").json()["items"]]
        assert times == sorted(times)

    def test_only_own(self, service: Service, admin: Caller) -> None:
        register_supplier(admin)
        assert ids(service.stranger().get("/events?resource=suppliers")) == []

    @pytest.mark.parametrize("role", [Role.CASEWORKER, Role.PROCUREMENT])
    def test_role_that_may_not(self, service: Service, role: Role) -> None:
        assert service.caller(role).get("/events").status_code == 403

    def test_nothing_refused_is_told(self, admin: Caller) -> None:
        register_supplier(admin)
        before = ids(admin.get("/events"))
        again = {"name": "Samma AB", "organisationNumber": COMPANY_NUMBERS[0]}
        assert admin.post("/suppliers", again).status_code == 409
        assert ids(admin.get("/events")) == before


class TestReadEvent:
    def test_auditor(self, service: Service, admin: Caller) -> None:
        register_supplier(admin)
        event = admin.get("/events?resource=suppliers").json()["items"][0]
        answer = service.caller(Role.AUDITOR).get(f"/events/{event['id']}")
        assert (answer.json(), answer.headers["etag"]) == (event, '"1"')

    def test_not_mine(self, service: Service, admin: Caller) -> None:
        register_supplier(admin)
        event_id = ids(admin.get("/events?resource=suppliers"))[0]
        assert service.stranger().get(f"/events/{event_id}").status_code == 404
