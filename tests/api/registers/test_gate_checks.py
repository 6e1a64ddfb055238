"""Checks of employers: what is taken, what is refused, and until when each holds."""

from datetime import timedelta
from typing import Any

import pytest

from app.clock import today_in_sweden
from app.models.keys import Role
from tests.api.registering import Json, ids, misread, pointers, register_supplier
from tests.callers import Caller, Service

BAN: Json = {
    "gate": "no-business-ban",
    "outcome": "passed",
    "checkedOn": "2018-02-15",
    "checkedBy": "Upphandlingsenheten",
}
UNION: Json = BAN | {"gate": "union-consulted", "askedOn": "2018-02-01", "answeredOn": "2018-02-10"}
STAFF: Json = BAN | {"gate": "no-displacement", "interns": 2, "employees": 11}


@pytest.fixture
def supplier(admin: Caller) -> str:
    return register_supplier(admin)


def record(caller: Caller, supplier: str, body: Json, **more: Any) -> Any:
    return caller.post(f"/suppliers/{supplier}/gate-checks", body, **more)


class TestRecordCheck:
    @pytest.mark.parametrize("body", [BAN, UNION, STAFF], ids=lambda body: str(body["gate"]))
    def test_valid(self, admin: Caller, supplier: str, body: Json) -> None:
        answer = record(admin, supplier, body)
        shown = answer.json()
        assert answer.status_code == 201
        assert admin.get(f"/gate-checks/{shown['id']}").json() == shown
        assert shown["supplierId"] == supplier
        assert body.items() <= shown.items()

    @pytest.mark.parametrize("role", [Role.CASEWORKER, Role.PROCUREMENT])
    def test_either_side_of_the_buyer(self, service: Service, supplier: str, role: Role) -> None:
        assert record(service.caller(role), supplier, BAN).status_code == 201

    def test_auditor_may_not(self, service: Service, supplier: str) -> None:
        assert record(service.caller(Role.AUDITOR), supplier, BAN).status_code == 403

    def test_holds_as_long_as_the_reference_data_says(self, admin: Caller, supplier: str) -> None:
        assert record(admin, supplier, BAN).json()["holdsUntil"] == "2019-02-14"

    def test_holds_as_long_as_it_says_itself(self, admin: Caller, supplier: str) -> None:
        body = BAN | {"validUntil": "2018-03-31"}
        assert record(admin, supplier, body).json()["holdsUntil"] == "2018-03-31"

    def test_a_failed_one_holds_no_day(self, admin: Caller, supplier: str) -> None:
        assert record(admin, supplier, BAN | {"outcome": "failed"}).json()["holdsUntil"] is None

    def test_someone_has_checked(self, admin: Caller, supplier: str) -> None:
        nobody = BAN | {"checkedBy": None}
        assert pointers(record(admin, supplier, nobody)) == ["#/checkedBy"]
        named = {"Handslag-Caseworker": "handlaggare-17"}
        assert (
            record(admin, supplier, nobody, headers=named).json()["decidedBy"] == named.popitem()[1]
        )

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            (BAN | {"gate": "no-such-gate"}, "gate"),
            (BAN | {"validUntil": "2018-02-14"}, "validUntil"),
            (BAN | {"askedOn": "2018-02-01"}, "askedOn"),
            (BAN | {"answeredOn": "2018-02-01"}, "answeredOn"),
            (BAN | {"deadline": "2018-02-01"}, "deadline"),
            (BAN | {"interns": 2, "employees": 11}, "interns"),
            (BAN | {"employees": 11}, "employees"),
            (UNION | {"askedOn": None}, "askedOn"),
            (UNION | {"answeredOn": "2018-01-31"}, "answeredOn"),
            (UNION | {"answeredOn": "2018-02-16"}, "answeredOn"),
            (UNION | {"checkedOn": "2018-01-31", "answeredOn": None}, "checkedOn"),
            (UNION | {"answeredOn": None}, "outcome"),
            (UNION | {"answeredOn": None, "deadline": "2018-02-15"}, "outcome"),
            (UNION | {"answeredOn": None, "deadline": "2018-01-31"}, "deadline"),
            (STAFF | {"interns": None}, "interns"),
            (STAFF | {"employees": None}, "employees"),
            (STAFF | {"interns": -1}, "interns"),
            (STAFF | {"employees": 1_000_001}, "employees"),
        ],
    )
    def test_bad_body(self, admin: Caller, supplier: str, body: Json, pointer: str) -> None:
        answer = record(admin, supplier, body)
        assert pointers(answer) == [f"#/{pointer}"]
        assert misread(answer, body) == []
        assert ids(admin.get(f"/suppliers/{supplier}/gate-checks")) == []

    def test_not_before_it_is_made(self, admin: Caller, supplier: str) -> None:
        """The day to come is two days off, as midnight may pass while the test runs."""
        today = today_in_sweden()
        ahead = BAN | {"checkedOn": f"{today + timedelta(days=2)}"}
        assert pointers(record(admin, supplier, ahead)) == ["#/checkedOn"]
        assert record(admin, supplier, BAN | {"checkedOn": f"{today}"}).status_code == 201

    def test_silence_counts_when_the_deadline_is_over(self, admin: Caller, supplier: str) -> None:
        body = UNION | {"answeredOn": None, "deadline": "2018-02-14"}
        assert record(admin, supplier, body).status_code == 201

    def test_somebody_elses_supplier(self, service: Service, supplier: str) -> None:
        assert record(service.stranger(), supplier, BAN).status_code == 404


class TestListGateChecks:
    def test_only_this_suppliers_and_what_is_asked_for(self, admin: Caller, supplier: str) -> None:
        other = register_supplier(admin, "5560360793")
        record(admin, other, BAN)
        ban = record(admin, supplier, BAN).json()["id"]
        failed = record(admin, supplier, STAFF | {"outcome": "failed"}).json()["id"]
        path = f"/suppliers/{supplier}/gate-checks"
        assert ids(admin.get(path)) == [ban, failed]
        assert ids(admin.get(f"{path}?gate=no-business-ban")) == [ban]
        assert ids(admin.get(f"{path}?outcome=failed")) == [failed]

    def test_unknown_gate(self, admin: Caller, supplier: str) -> None:
        assert pointers(admin.get(f"/suppliers/{supplier}/gate-checks?gate=x")) == ["gate"]


class TestDeleteSupplier:
    def test_that_was_checked(self, admin: Caller, supplier: str) -> None:
        record(admin, supplier, BAN)
        answer = admin.delete(f"/suppliers/{supplier}")
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/in-use")
        assert "1 check." in answer.json()["detail"]
