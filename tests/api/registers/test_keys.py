"""Each operation on keys: listed without their secret, revoked once, and then they open nothing."""

from typing import Any

import pytest

from app.models.keys import Role
from tests.api.registering import ids
from tests.callers import Caller, Service


def id_of(caller: Caller) -> str:
    """The id inside a shown key, as the API writes it."""
    digits = str(caller.key).split("_")[1]
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


class TestListKeys:
    def test_own_without_secrets(self, service: Service, admin: Caller) -> None:
        caseworker, stranger = service.caller(Role.CASEWORKER), service.stranger()
        answer = admin.get("/keys")
        assert ids(answer) == [id_of(admin), id_of(caseworker)]
        assert id_of(stranger) not in answer.text
        assert not {"secretHash", "secret_hash", "hash"} & set(answer.json()["items"][0])
        assert str(admin.key).split("_", 2)[2] not in answer.text

    @pytest.mark.parametrize("role", [Role.CASEWORKER, Role.PROCUREMENT, Role.AUDITOR])
    def test_role_that_may_not(self, service: Service, role: Role) -> None:
        assert service.caller(role).get("/keys").status_code == 403


class TestReadKey:
    def test_valid(self, service: Service, admin: Caller) -> None:
        key_id = id_of(service.caller(Role.AUDITOR))
        shown = admin.get(f"/keys/{key_id}").json()
        assert (shown["role"], shown["revokedAt"], shown["expiresAt"]) == ("auditor", None, None)

    def test_not_mine(self, service: Service, admin: Caller) -> None:
        assert service.stranger().get(f"/keys/{id_of(admin)}").status_code == 404


class TestRevokeKey:
    def test_opens_nothing_from_then_on(self, service: Service, admin: Caller) -> None:
        caller = service.caller(Role.CASEWORKER)
        assert caller.get("/suppliers").status_code == 200
        assert admin.delete(f"/keys/{id_of(caller)}").status_code == 204
        assert caller.get("/suppliers").status_code == 401

    def test_stays_and_says_when(self, service: Service, admin: Caller) -> None:
        key_id = id_of(service.caller())
        admin.delete(f"/keys/{key_id}")
        answer = admin.get(f"/keys/{key_id}")
        assert answer.json()["revokedAt"] is not None
        assert answer.headers["etag"] == '"2"'

    def test_twice(self, service: Service, admin: Caller) -> None:
        key_id = id_of(service.caller())
        admin.delete(f"/keys/{key_id}")
        again = admin.delete(f"/keys/{key_id}", version=2)
        assert (again.status_code, again.json()["type"]) == (409, "/problems/already-revoked")

    def test_without_version(self, service: Service, admin: Caller) -> None:
        key_id = id_of(service.caller())
        assert admin.call("DELETE", f"/keys/{key_id}").status_code == 428

    def test_not_mine(self, service: Service, admin: Caller) -> None:
        assert service.stranger().delete(f"/keys/{id_of(admin)}").status_code == 404
        assert admin.get("/keys").status_code == 200

    def test_no_event_holds_a_hash(self, service: Service, admin: Caller) -> None:
        key_id = id_of(service.caller())
        admin.delete(f"/keys/{key_id}")
        events: list[Any] = admin.get(f"/events?resourceId={key_id}").json()["items"]
        assert [(event["action"], event["actor"]) for event in events] == [
            ("created", None),
            ("revoked", id_of(admin)),
        ]
        assert events[1]["before"]["revokedAt"] is None
        assert events[1]["after"]["revokedAt"] is not None
        for event in events:
            for side in (event["before"] or {}, event["after"]):
                assert not [name for name in side if "hash" in name.lower()]
