"""SAK of the API profile: who calls, what is checked, what a failure may say."""

import json
from base64 import b64encode
from collections.abc import Iterator

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from app.api.http import BASE_PATH
from app.api.http.guard import BATCH_BODY_LIMIT
from tests.api.document import DOCUMENT, OPERATIONS, SCHEMAS, WITH_BODY, Operation, ids_of
from tests.api.world import World
from tests.callers import Caller, Service

GUARDED = [operation for operation in OPERATIONS if not operation.is_open]
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"}


def used_methods(path: str) -> set[str]:
    """Those of the document, and HEAD wherever GET is."""
    used = {one.upper() for one in DOCUMENT["paths"][path]}
    return used | ({"HEAD"} if "GET" in used else set())


UNUSED = [
    pytest.param(method, path, id=f"{method}-{path}")
    for path in DOCUMENT["paths"]
    for method in sorted(METHODS - used_methods(path))
]
# Columns that no wire shape may have: whose it is, how often it changed, what only we know.
INTERNAL = {"organisationId", "version", "secretHash", "snapshot", "content"}
SUPPLIER = {"name": "Exempelbygg i Jämtland AB", "organisationNumber": "5560000167"}
every_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=ids_of(OPERATIONS))
every_guarded = pytest.mark.parametrize("operation", GUARDED, ids=ids_of(GUARDED))
every_body = pytest.mark.parametrize("operation", WITH_BODY, ids=ids_of(WITH_BODY))


@pytest.mark.parametrize(("method", "path"), UNUSED)
def test_sak_05_unused_methods_are_405(world: World, method: str, path: str) -> None:
    answer = world.admin.call(method, path.format(**world.known))
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == used_methods(path)


@every_operation
def test_sak_06_each_request_is_checked(world: World, operation: Operation) -> None:
    answer = world.send(operation, params={"zqUnknown": 1}, headers={"If-Match": '"1"'})
    assert answer.status_code == 422


@every_guarded
def test_sak_08_each_operation_asks_who_calls(world: World, operation: Operation) -> None:
    assert world.send(operation, world.service.anonymous()).status_code == 401


@every_guarded
def test_sak_09_other_schemes_are_refused(world: World, operation: Operation) -> None:
    shown = b64encode(f"user:{world.admin.key}".encode()).decode()
    for scheme in ("Basic", "Digest"):
        answer = world.send(operation, headers={"Authorization": f"{scheme} {shown}"})
        assert answer.status_code == 401


def test_sak_10_the_bearer_header_is_used(world: World) -> None:
    schemes = DOCUMENT["components"]["securitySchemes"].values()
    assert [(one["type"], one["scheme"]) for one in schemes] == [("http", "bearer")]
    assert world.admin.get("/suppliers").status_code == 200


def test_sak_13_the_calling_system_is_known_by_its_key(world: World) -> None:
    assert world.admin.key
    actors = {event["actor"] for event in world.admin.get("/events").json()["items"]}
    assert world.admin.key.split("_")[1] in {str(one).replace("-", "") for one in actors}


@every_guarded
def test_sak_15_a_key_in_the_address_opens_nothing(world: World, operation: Operation) -> None:
    names = ("key", "token", "access_token", "api_key")
    shown = dict.fromkeys(names, world.admin.key)
    answer = world.send(operation, world.service.anonymous(), params=shown)
    assert answer.status_code == 401


def test_sak_16_a_key_is_sent_in_a_header_alone() -> None:
    fields = [field for one in OPERATIONS for field in one.spec.get("parameters", [])]
    assert [field["name"] for field in fields if field["name"].lower() == "authorization"] == []
    assert {
        one.get("in", "header") for one in DOCUMENT["components"]["securitySchemes"].values()
    } == {"header"}


@every_operation
def test_sak_17_other_origins_are_not_let_in(world: World, operation: Operation) -> None:
    answer = world.send(
        operation, params={"zqUnknown": 1}, headers={"Origin": "https://elsewhere.example"}
    )
    assert [name for name in answer.headers if name.startswith("access-control")] == []


def test_sak_21_tables_do_not_show() -> None:
    shown = {name for schema in SCHEMAS.values() for name in schema.get("properties", {})}
    assert shown & INTERNAL == set()


@pytest.fixture
def broken(service: Service) -> Iterator[Caller]:
    """A caller of a service that fails at every write: the table of events is gone."""
    caller = service.caller()
    with service.database.writing() as session:
        session.execute(text("DROP TABLE events"))
    client = TestClient(service.client.app, raise_server_exceptions=False)
    with capture_logs():  # structlog's own way of showing a fault takes seconds
        yield Caller(client, caller.key, caller.organisation_id)


def test_sak_24_a_fault_helps_no_attacker(broken: Caller) -> None:
    answer = broken.post("/suppliers", SUPPLIER)
    assert answer.status_code == 500
    assert [name for name in ("server", "x-powered-by") if name in answer.headers] == []
    assert SUPPLIER["name"] not in answer.text


def test_sak_25_a_fault_is_a_plain_problem(broken: Caller) -> None:
    problem = broken.post("/suppliers", SUPPLIER).json()
    assert problem == {
        "type": "/problems/fault",
        "title": "Internal Server Error",
        "status": 500,
        "detail": "The service failed. Nothing was stored. The request id names the log entry.",
        "instance": f"{BASE_PATH}/suppliers",
    }
    assert broken.get("/suppliers").json()["items"] == []


def test_sak_26_a_fault_shows_no_technical_detail(broken: Caller) -> None:
    answer = broken.post("/suppliers", SUPPLIER)
    for inside in ("Traceback", "sqlalchemy", "sqlite", "psycopg", "events", ".py", "INSERT"):
        assert inside not in answer.text


def test_sak_27_a_fault_is_logged_as_an_error(broken: Caller) -> None:
    with capture_logs() as entries:
        broken.post("/suppliers", SUPPLIER)
        broken.get("/suppliers")
    assert [entry["log_level"] for entry in entries if entry["event"] == "fault"] == ["error"]
    assert {entry["log_level"] for entry in entries if entry["event"] == "request"} == {"info"}


@every_body
def test_sak_28_each_body_is_checked(world: World, operation: Operation) -> None:
    assert operation.body is not None
    unknown = world.body(operation) | {"zqUnknown": 1}
    headers = {"If-Match": "*"} if operation.method == "PATCH" else {}
    assert world.send(operation, json=unknown, headers=headers).status_code == 422


@every_body
def test_sak_29_the_content_type_is_respected(world: World, operation: Operation) -> None:
    content = json.dumps(world.body(operation))
    answer = world.send(operation, content=content, headers={"Content-Type": "text/plain"})
    assert answer.status_code == 415


def test_sak_30_methods_say_what_is_done() -> None:
    assert {operation.method for operation in OPERATIONS} == {"GET", "POST", "PATCH", "DELETE"}
    verbs = ("create", "update", "delete", "get", "list", "approve", "revoke", "search")
    assert [path for path in DOCUMENT["paths"] if path.strip("/").split("/")[-1] in verbs] == []


@every_body
def test_sak_31_size_is_checked_before_the_body_is_read(world: World, operation: Operation) -> None:
    headers = {"Content-Type": "application/json", "Content-Length": str(BATCH_BODY_LIMIT + 1)}
    assert world.send(operation, content=b"{}", headers=headers).status_code == 413


def test_sak_35_a_key_belongs_to_one_client(world: World) -> None:
    first, second = world.service.caller(), world.service.caller()
    assert first.key != second.key
    assert world.admin.key
    shown = world.admin.get("/keys", params={"limit": 100}).json()["items"]
    assert len({one["id"] for one in shown}) == len(shown)
