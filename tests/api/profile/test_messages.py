"""AME, ARQ, ARP, FEL, DOT and CAC of the API profile, and W3C traceparent of its 2.0."""

import json
import re
from datetime import datetime
from typing import Any
from urllib.parse import quote

import pytest

from app.api.http import BASE_PATH
from tests.api.document import (
    OPERATIONS,
    SCHEMAS,
    WITH_BODY,
    Operation,
    ids_of,
    nodes_of,
    options_of,
)
from tests.api.world import World
from tests.callers import Caller, Service

READABLE = [one for one in OPERATIONS if one.method == "GET"]
SINGLE = [one for one in READABLE if "304" in one.spec["responses"]]
FIELDS = {
    name: part for schema in SCHEMAS.values() for name, part in schema.get("properties", {}).items()
}
# The names of the profile's own envelope.
ENVELOPE = {"_meta", "_links"}
# Words that the API's handbook, or OCDS, sets for lists although no s ends them.
SET_WORDS = {"forbidden", "include", "rejected", "criteria", "tag", "sustainability"}
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z")
JSON = "application/json"
NDJSON = "application/x-ndjson"  # JSON too, with one object a line
every_readable = pytest.mark.parametrize("operation", READABLE, ids=ids_of(READABLE))
every_single = pytest.mark.parametrize("operation", SINGLE, ids=ids_of(SINGLE))
SUPPLIER = {"name": "Exempelbygg i Jämtland AB", "organisationNumber": "5565200028"}


def media_type_of(operation: Operation) -> str:
    """JSON, wherever there is a choice."""
    first, *others = operation.spec["responses"]["200"]["content"]
    return JSON if JSON in others else str(first)


def objects_of(answer: Any) -> list[Any]:
    """The one object of an answer, or that of each line."""
    if answer.headers["content-type"] == NDJSON:
        return [json.loads(line) for line in answer.text.splitlines()]
    return [answer.json()]


@every_readable
def test_ame_01_representations_are_json(world: World, operation: Operation) -> None:
    answer = world.send(operation)
    assert answer.headers["content-type"] in {"application/json", NDJSON}
    assert {type(shown) for shown in objects_of(answer)} == {dict}


@every_readable
def test_ame_02_json_is_what_is_answered(world: World, operation: Operation) -> None:
    for accept in ("application/json", "*/*"):
        answer = world.send(operation, headers={"Accept": accept})
        shown = answer.status_code, answer.headers["content-type"]
        assert shown == (200, media_type_of(operation))


def test_ame_04_fields_are_in_camel_case() -> None:
    camel = re.compile(r"[a-z]+([A-Z][a-z]*|[0-9]+)*")
    assert [name for name in FIELDS.keys() - ENVELOPE if not camel.fullmatch(name)] == []


def test_ame_05_naming_is_consistent() -> None:
    assert [name for name in FIELDS.keys() - ENVELOPE if "_" in name or "-" in name] == []


def test_ame_06_lists_have_plural_names() -> None:
    lists = {
        name
        for name, part in FIELDS.items()
        if any(option.get("type") == "array" for option in options_of(part))
    }
    assert lists
    assert [name for name in lists - SET_WORDS if not name.endswith("s")] == []


def test_ame_07_fields_use_letters_and_digits() -> None:
    assert [name for name in FIELDS.keys() - ENVELOPE if not name.isalnum()] == []


def test_arq_01_requests_are_utf_8(admin: Caller) -> None:
    body = '{"name": "Åkes Älvbygg AB", "organisationNumber": "5565200028"}'
    headers = {"Content-Type": "application/json"}
    answer = admin.call("POST", "/suppliers", content=body.encode(), headers=headers)
    assert answer.json()["name"] == "Åkes Älvbygg AB"


def test_arq_02_authorization_and_content_type_are_read(world: World) -> None:
    operation = next(one for one in WITH_BODY if one.id == "registerSupplier")
    assert world.send(operation, headers={"Authorization": "Bearer wrong"}).status_code == 401
    assert world.send(operation, headers={"Content-Type": "text/plain"}).status_code == 415


@every_readable
def test_arq_03_common_headers_are_taken(world: World, operation: Operation) -> None:
    common = {
        "Accept": "application/json",
        "Date": "Thu, 01 Mar 2018 08:00:00 GMT",
        "Cache-Control": "no-cache",
        "ETag": '"1"',
        "Connection": "close",
        "Cookie": "session=none",
    }
    assert world.send(operation, headers=common).status_code == 200


def test_arq_05_headers_carry_no_payload() -> None:
    names = {
        field["name"]
        for operation in OPERATIONS
        for field in operation.spec.get("parameters", [])
        if field["in"] == "header"
    }
    assert names == {"Handslag-Caseworker", "Idempotency-Key", "If-Match", "If-None-Match"}


def test_arq_06_get_and_delete_can_be_repeated(admin: Caller) -> None:
    supplier_id = admin.post("/suppliers", SUPPLIER).json()["id"]
    assert (
        admin.get(f"/suppliers/{supplier_id}").json()
        == admin.get(f"/suppliers/{supplier_id}").json()
    )
    assert admin.delete(f"/suppliers/{supplier_id}").status_code == 204
    assert admin.delete(f"/suppliers/{supplier_id}").status_code == 404
    assert admin.get("/suppliers").json()["items"] == []


def test_arp_02_statuses_are_registered_ones() -> None:
    used = {int(status) for operation in OPERATIONS for status in operation.spec["responses"]}
    successes, ours = {200, 201, 202, 204, 304}, {503}
    refusals = {400, 401, 403, 404, 409, 412, 413, 415, 422, 428}
    assert used <= successes | refusals | ours


def test_arp_03_created_says_where(admin: Caller) -> None:
    created = [one for one in OPERATIONS if "201" in one.spec["responses"]]
    assert [
        one.id for one in created if "Location" not in one.spec["responses"]["201"]["headers"]
    ] == []
    answer = admin.post("/suppliers", SUPPLIER)
    path = answer.headers["location"].partition(BASE_PATH)[2]
    assert admin.get(path).json() == answer.json()


def test_arp_04_accepted_says_where() -> None:
    for operation in OPERATIONS:
        accepted = operation.spec["responses"].get("202")
        assert accepted is None or "Location" in accepted["headers"]


@pytest.mark.parametrize("operation", OPERATIONS, ids=ids_of(OPERATIONS))
def test_fel_01_failures_have_the_five_attributes(world: World, operation: Operation) -> None:
    problem = world.send(operation, params={"zqUnknown": "1"}).json()
    assert {"type", "title", "status", "detail", "instance"} <= set(problem)
    assert problem["instance"] == BASE_PATH + world.path(operation)


@pytest.mark.parametrize(
    ("path", "status"), [("/suppliers/none", 422), ("/nothing", 404), ("/suppliers", 401)]
)
def test_fel_02_failures_have_the_media_type(world: World, path: str, status: int) -> None:
    caller = world.service.anonymous() if status == 401 else world.admin
    answer = caller.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (
        status,
        "application/problem+json",
    )


def test_dot_01_every_time_zone_is_taken_and_utc_is_given(world: World) -> None:
    everything = world.admin.get("/events").json()["items"]
    moment = datetime.fromisoformat(everything[-1]["at"])
    for shown in (f"{moment:%Y-%m-%dT%H:%M:%S.%f}Z", _in_tokyo(moment)):
        later = world.admin.get(f"/events?from={quote(shown)}").json()["items"]
        assert everything[-1] in later
        assert INSTANT.fullmatch(later[0]["at"])


def _in_tokyo(moment: datetime) -> str:
    from_utc = moment.timestamp() + 9 * 3600
    return f"{datetime.fromtimestamp(from_utc, moment.tzinfo):%Y-%m-%dT%H:%M:%S.%f}+09:00"


def test_dot_02_dates_and_times_are_rfc_3339(world: World) -> None:
    named = {name for name in FIELDS if name.endswith(("At", "Date")) or name in {"asOf", "at"}}
    for name in named:
        formats = {option.get("format") for option in options_of(FIELDS[name])} - {None}
        assert formats <= {"date", "date-time"}
        assert formats, name
    assert re.fullmatch(
        r"\d{4}-\d{2}-\d{2}", world.admin.get("/contracts").json()["items"][0]["startDate"]
    )


@every_readable
def test_dot_03_times_name_their_zone(world: World, operation: Operation) -> None:
    shown = objects_of(world.send(operation))
    of_a_release = operation.id == "readContractRelease"  # its days are days in Sweden
    zone = re.compile(r"\+0[12]:00$" if of_a_release else "Z$")
    assert [one for one in _instants(shown) if not zone.search(one)] == []


@every_readable
def test_dot_04_the_zone_is_utc(world: World, operation: Operation) -> None:
    """As an offset from it; only an OCDS release, whose days are days in Sweden, has another."""
    hours = {0.0, 3600.0, 7200.0} if operation.id == "readContractRelease" else {0.0}
    for one in _instants(objects_of(world.send(operation))):
        assert datetime.fromisoformat(one).utcoffset().total_seconds() in hours  # type: ignore[union-attr]  # it has a zone


def _instants(shown: Any) -> list[str]:
    return [
        value
        for node in nodes_of(shown)
        for value in node.values()
        if isinstance(value, str) and re.match(r"\d{4}-\d{2}-\d{2}T", value)
    ]


@every_single
def test_cac_01_what_has_not_changed_is_not_sent_again(world: World, operation: Operation) -> None:
    first = world.send(operation)
    assert first.headers["cache-control"] == "private, no-cache"
    again = world.send(operation, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


class TestTraceparent:
    """W3C trace context: 2.0.0 of the profile asks for it."""

    GIVEN = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    @pytest.mark.parametrize("operation", OPERATIONS, ids=ids_of(OPERATIONS))
    def test_trace_goes_on(self, world: World, operation: Operation) -> None:
        answer = world.send(operation, params={"zqUnknown": 1}, headers={"traceparent": self.GIVEN})
        shown = answer.headers["traceparent"].split("-")
        assert shown[1] == self.GIVEN.split("-")[1]
        assert shown[2] != self.GIVEN.split("-")[2]

    @pytest.mark.parametrize(
        "given",
        ["", "00-1-1-01", GIVEN.upper(), f"00-{'0' * 32}-00f067aa0ba902b7-01", f"ff{GIVEN[2:]}"],
    )
    def test_a_bad_one_begins_a_new_trace(self, service: Service, given: str) -> None:
        answer = service.client.get(f"{BASE_PATH}/api-info", headers={"traceparent": given})
        shown = answer.headers["traceparent"]
        assert re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-01", shown)
        assert "4bf92f3577b34da6a3ce929d0e0e4736" not in shown
