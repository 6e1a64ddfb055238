"""What is settled before a route sees a call: key, role, media type, size, parameters."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi import APIRouter

from app.api.door import application
from app.api.http.guard import (
    BATCH_BODY_LIMIT,
    BODY_LIMIT,
    GuardedRoute,
    PermissionMissing,
    needs,
    open_to_all,
    permission_of,
)
from app.clock import utc_now
from app.main import create_app
from app.models.keys import Role
from app.services.registers.keys import create_key
from app.settings import Settings
from tests.api.registering import ids, pointers
from tests.callers import Caller, Service
from tests.make import PEPPER

SUPPLIER = {"name": "Exempelbygg i Jämtland AB", "organisationNumber": "5560000167"}
CHUNK = 64 * 1024


def of_size(size: int, path: str) -> bytes:
    """A valid body of exactly this many bytes: JSON allows white space."""
    body = b'{"items": []}' if "batches" in path else b'{"name": "A", "organisationNumber": '
    end = b"" if "batches" in path else b'"5560000167"}'
    return body + b" " * (size - len(body) - len(end)) + end


def in_chunks(body: bytes) -> Iterator[bytes]:
    """Sent without a Content-Length."""
    for start in range(0, len(body), CHUNK):
        yield body[start : start + CHUNK]


class TestKey:
    @pytest.mark.parametrize(
        "header",
        [
            None,
            "",
            "Bearer",
            "Bearer ",
            "Basic YTpi",
            "Bearer hs_x_y",
            "Bearer hs_7f1c9a523c8e4f5c9d550f6a5b1f2a10_secret",
        ],
    )
    def test_missing_or_unknown(self, service: Service, header: str | None) -> None:
        headers = {} if header is None else {"Authorization": header}
        answer = service.anonymous().get("/suppliers", headers=headers)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert answer.headers["content-type"] == "application/problem+json"

    def test_right_id_and_wrong_secret(self, service: Service, admin: Caller) -> None:
        forged = Caller(admin.client, f"{admin.key}x", admin.organisation_id)
        assert forged.get("/suppliers").status_code == 401

    def test_scheme_in_any_case(self, service: Service, admin: Caller) -> None:
        headers = {"Authorization": f"bearer {admin.key}"}
        assert service.anonymous().get("/suppliers", headers=headers).status_code == 200

    @pytest.mark.parametrize(("seconds", "status"), [(60, 200), (-60, 401)])
    def test_expiry(self, service: Service, seconds: int, status: int) -> None:
        end = utc_now() + timedelta(seconds=seconds)
        owner = service.organisation_id
        with service.database.writing() as session:
            key = create_key(session, PEPPER, owner, Role.ADMIN, expires_at=end)
        assert Caller(service.client, key, owner).get("/suppliers").status_code == status

    def test_comes_before_everything_else(self, service: Service) -> None:
        """A caller without a key is not told what else is wrong with the call."""
        answer = service.anonymous().call("POST", "/suppliers?x=1", content=b"{")
        assert answer.status_code == 401


class TestRole:
    def test_that_may_not(self, service: Service) -> None:
        answer = service.caller(Role.AUDITOR).post("/suppliers", SUPPLIER)
        assert (answer.status_code, answer.json()["type"]) == (403, "/problems/not-permitted")

    def test_is_said_before_the_body_is_looked_at(self, service: Service) -> None:
        answer = service.caller(Role.AUDITOR).call("POST", "/suppliers", content=b"{")
        assert answer.status_code == 403


class TestSize:
    """At the limit and one byte over it, announced and in chunks that announce nothing."""

    LIMITS = (("/suppliers", BODY_LIMIT, 201), ("/candidate-batches", BATCH_BODY_LIMIT, 200))

    @pytest.mark.parametrize("chunked", [False, True])
    @pytest.mark.parametrize(("path", "limit", "status"), LIMITS)
    def test_at_the_limit(
        self, admin: Caller, path: str, limit: int, status: int, chunked: bool
    ) -> None:
        body = of_size(limit, path)
        answer = self.send(admin, path, in_chunks(body) if chunked else body)
        assert answer == status

    @pytest.mark.parametrize("chunked", [False, True])
    @pytest.mark.parametrize(("path", "limit", "_status"), LIMITS)
    def test_over_the_limit(
        self, admin: Caller, path: str, limit: int, _status: int, chunked: bool
    ) -> None:
        body = of_size(limit + 1, path)
        assert self.send(admin, path, in_chunks(body) if chunked else body) == 413
        assert ids(admin.get("/suppliers")) == []

    def test_announced_is_refused_unread(self, admin: Caller) -> None:
        headers = {"Content-Length": str(BODY_LIMIT + 1), "Content-Type": "application/json"}
        answer = admin.call("POST", "/suppliers", headers=headers, content=iter([b"{}"]))
        assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")

    @staticmethod
    def send(caller: Caller, path: str, content: bytes | Iterator[bytes]) -> int:
        headers = {"Content-Type": "application/json"}
        return int(caller.call("POST", path, headers=headers, content=content).status_code)


class TestMediaType:
    @pytest.mark.parametrize(
        "sent", ["text/plain", "application/xml", "application/json; charset=latin-1", ""]
    )
    def test_of_a_post(self, admin: Caller, sent: str) -> None:
        headers = {"Content-Type": sent}
        answer = admin.call("POST", "/suppliers", headers=headers, content=b"{}")
        assert (answer.status_code, answer.json()["status"]) == (415, 415)

    def test_with_parameters(self, admin: Caller) -> None:
        headers = {"Content-Type": "Application/JSON; charset=utf-8"}
        body = b'{"name": "A", "organisationNumber": "5560000167"}'
        answer = admin.call("POST", "/suppliers", headers=headers, content=body)
        assert answer.status_code == 201

    @pytest.mark.parametrize(
        ("encoding", "status"), [("gzip", 415), ("br", 415), ("identity", 201)]
    )
    def test_encoded(self, admin: Caller, encoding: str, status: int) -> None:
        headers = {"Content-Type": "application/json", "Content-Encoding": encoding}
        body = b'{"name": "A", "organisationNumber": "5560000167"}'
        answer = admin.call("POST", "/suppliers", headers=headers, content=body)
        assert answer.status_code == status

    @pytest.mark.parametrize(
        ("sent", "status"),
        [("application/merge-patch+json", 200), ("application/json", 200), ("text/plain", 415)],
    )
    def test_of_a_patch(self, admin: Caller, sent: str, status: int) -> None:
        supplier_id = admin.post("/suppliers", SUPPLIER).json()["id"]
        headers = {"Content-Type": sent, "If-Match": '"1"'}
        path = f"/suppliers/{supplier_id}"
        answer = admin.call("PATCH", path, headers=headers, content=b'{"name": "B"}')
        assert answer.status_code == status


class TestMethodAndParameters:
    def test_method_that_is_not_there(self, admin: Caller) -> None:
        answer = admin.call("PUT", "/suppliers", json=SUPPLIER)
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, POST")
        assert answer.headers["content-type"] == "application/problem+json"

    def test_address_that_is_not_there(self, admin: Caller) -> None:
        assert admin.get("/nothing").json()["type"] == "/problems/not-found"

    @pytest.mark.parametrize(("method", "path"), [("GET", "/suppliers"), ("POST", "/suppliers")])
    def test_unknown_parameter(self, admin: Caller, method: str, path: str) -> None:
        answer = admin.call(method, f"{path}?naem=x", json=SUPPLIER)
        assert pointers(answer) == ["naem"]
        assert ids(admin.get("/suppliers")) == []


class TestRepeatedParameter:
    def test_is_refused(self, admin: Caller) -> None:
        assert pointers(admin.get("/suppliers?page=1&page=2")) == ["page"]


class TestRouteWithoutPermission:
    """The service does not start with one."""

    def test_that_says_nothing(self) -> None:
        def unguarded() -> None: ...

        with pytest.raises(PermissionMissing, match="unguarded"):
            APIRouter(route_class=GuardedRoute).add_api_route("/open", unguarded)

    def test_that_goes_around_the_guard(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: object
    ) -> None:
        router = APIRouter()
        router.add_api_route("/around", needs(lambda actor: True)(lambda: None), name="around")
        monkeypatch.setattr(application, "ROUTERS", (*application.ROUTERS, router))
        settings = Settings(database_url=f"sqlite:///{tmp_path}/none.db", secret=PEPPER)
        with pytest.raises(PermissionMissing, match="/around"):
            create_app(settings)

    def test_open_to_all_is_said_aloud(self, service: Service) -> None:
        assert permission_of(open_to_all(lambda: None)) is None
        assert service.anonymous().get("/api-info").status_code == 200
