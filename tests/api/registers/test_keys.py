"""Each operation on keys: shown once, listed without secrets, revoked once, then of no use."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from app.clock import today_in_sweden, utc_now
from app.models.events import Event
from app.models.idempotency import IdempotencyRecord
from app.models.keys import Key, Role
from tests.api.registering import ids
from tests.callers import Caller, Service
from tests.journeys import change_row


def id_of(caller: Caller) -> str:
    """The id inside a shown key, as the API writes it."""
    digits = str(caller.key).split("_")[1]
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


REPEATED = {"Idempotency-Key": "order-1"}


def made(admin: Caller, **fields: Any) -> Any:
    answer = admin.post("/keys", {"role": "admin"} | fields)
    assert answer.status_code == 201, answer.text
    return answer.json()


class TestMakeKey:
    @pytest.mark.parametrize("role", Role)
    def test_opens_what_its_role_may(self, service: Service, admin: Caller, role: Role) -> None:
        answer = admin.post("/keys", {"role": role, "label": "Ärenden"})
        key = answer.json()
        assert answer.status_code == 201
        assert answer.headers["location"].endswith(f"/keys/{key['id']}")
        assert (key["role"], key["label"], key["expiresAt"]) == (role, "Ärenden", None)
        own = Caller(service.client, key["key"], admin.organisation_id)
        assert own.get("/suppliers").status_code == 200
        assert own.get("/keys").status_code == (200 if role == Role.ADMIN else 403)

    def test_is_shown_once_and_kept_nowhere(self, service: Service, admin: Caller) -> None:
        first = admin.call("POST", "/keys", json={"role": "auditor"}, headers=REPEATED)
        shown = first.json()
        again = admin.call("POST", "/keys", json={"role": "auditor"}, headers=REPEATED)
        assert (again.status_code, again.json()["type"]) == (409, "/problems/shown-once")
        assert shown["id"] in again.json()["detail"]
        assert len(admin.get("/keys").json()["items"]) == 2
        secret = shown["key"].split("_", 2)[2]
        with service.database.reading() as session:
            kept = [*session.exec(select(IdempotencyRecord)), *session.exec(select(Event))]
            kept += session.exec(select(Key))
        told = " ".join(str(row.model_dump()) for row in kept)
        told += admin.get(f"/keys/{shown['id']}").text + again.text
        assert secret not in told
        (event,) = admin.get(f"/events?resourceId={shown['id']}").json()["items"]
        assert (event["action"], event["actor"]) == ("created", id_of(admin))

    @pytest.mark.parametrize(("days", "status"), [(-1, 422), (0, 201)])
    def test_holds_through_its_last_day(self, admin: Caller, days: int, status: int) -> None:
        last = today_in_sweden() + timedelta(days=days)
        answer = admin.post("/keys", {"role": "auditor", "lastDay": last.isoformat()})
        assert answer.status_code == status
        if status == 201:
            key_id = UUID(answer.json()["id"])
            assert answer.json()["expiresAt"] == admin.get(f"/keys/{key_id}").json()["expiresAt"]
            assert answer.json()["expiresAt"] > utc_now().isoformat()
        else:
            assert [one["pointer"] for one in answer.json()["errors"]] == ["#/lastDay"]

    @pytest.mark.parametrize("role", ["king", "", None, 1])
    def test_unknown_role(self, admin: Caller, role: Any) -> None:
        answer = admin.post("/keys", {"role": role})
        assert answer.status_code == 422
        assert [one["pointer"] for one in answer.json()["errors"]] == ["#/role"]


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

    def test_last_admin_key_stays(self, service: Service, admin: Caller) -> None:
        """Keys of other roles and organisations, revoked ones and expired ones are no way in."""
        service.caller(Role.CASEWORKER)
        service.stranger()
        revoked, expired = made(admin)["id"], made(admin)["id"]
        admin.delete(f"/keys/{revoked}")
        change_row(service, Key, UUID(expired), expires_at=utc_now())
        refused = admin.delete(f"/keys/{id_of(admin)}")
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/last-admin-key")
        assert admin.get("/keys").status_code == 200
        made(admin)
        assert admin.delete(f"/keys/{id_of(admin)}").status_code == 204
        assert admin.get("/keys").status_code == 401

    def test_two_admins_cannot_revoke_each_other_at_once(
        self, service: Service, admin: Caller
    ) -> None:
        other = service.caller()
        start = Barrier(2)

        def revoke(caller: Caller, whose: Caller) -> int:
            start.wait()
            return int(caller.delete(f"/keys/{id_of(whose)}").status_code)

        with ThreadPoolExecutor(2) as pool:
            answers = [pool.submit(revoke, admin, other), pool.submit(revoke, other, admin)]
        statuses = sorted(answer.result() for answer in answers)
        assert statuses[0] == 204
        assert statuses[1] in {401, 409}  # revoked before it called, or refused by the rule
        assert sorted(one.get("/keys").status_code for one in (admin, other)) == [200, 401]

    def test_expired_admin_key_may_go(self, service: Service, admin: Caller) -> None:
        expired = made(admin)["id"]
        change_row(service, Key, UUID(expired), expires_at=utc_now())
        assert admin.delete(f"/keys/{expired}").status_code == 204

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
