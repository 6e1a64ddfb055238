"""Whatever is wrong with a call gets a clear problem document, and nothing is stored."""

import json
from typing import Any

import pytest

from app.api.http.guard import BATCH_BODY_LIMIT, BODY_LIMIT
from tests.api.document import OPERATIONS, WITH_BODY, Operation, ids_of
from tests.api.world import ABSENT_ID, World
from tests.api.wrongs import (
    CONTRADICTIONS,
    MALFORMED,
    TRACE,
    UNFIT,
    Wrong,
    changed,
    filled,
    limits_of,
    places_of,
    wrongs_of,
)
from tests.sampling import TIMES

JSON = {"Content-Type": "application/json"}
LARGE = {"/candidate-batches", "/slot-batches", "/matchings", "/assignments"}
OTHER_KINDS = ["text/plain", "application/xml", "multipart/form-data", "application/jsonx", ""]
CHANGES = [one for one in OPERATIONS if one.method in {"PATCH", "DELETE"}]
ADDRESSED = [one for one in OPERATIONS if one.path_parameters and not one.is_open]
PARAMETERS = [
    pytest.param(operation, field, id=f"{operation.id}-{field['name']}")
    for operation in OPERATIONS
    for field in operation.spec.get("parameters", [])
    if field["in"] == "query"
]
BATCHES = [operation for operation in WITH_BODY if operation.path.endswith("-batches")]
LINE = "#/items/0"
FEW_WRONGS = 40
every_body = pytest.mark.parametrize("operation", WITH_BODY, ids=ids_of(WITH_BODY))
# These calls are refused before the database is asked: one of the two is enough.
refused_by_the_api = pytest.mark.parametrize("settled_kind", ["sqlite"], indirect=True)
every_change = pytest.mark.parametrize("operation", CHANGES, ids=ids_of(CHANGES))


def limit_of(operation: Operation) -> int:
    return BATCH_BODY_LIMIT if operation.path in LARGE else BODY_LIMIT


def send_text(
    world: World, operation: Operation, text: str | bytes, version: str | None = None
) -> Any:
    """The body as it stands, against the newest version where the operation changes something."""
    if operation.method == "PATCH":
        version = version or world.version(operation)
    headers = JSON | ({"If-Match": version} if version else {})
    return world.send(operation, content=text, headers=headers)


def complaint(world: World, operation: Operation, wrong: Wrong, version: str | None) -> str | None:
    """What is amiss with the answer to a wrong body, if anything is."""
    text = json.dumps(
        wrong.body, separators=(",", ":")
    )  # without spaces, so that the longest lists fit
    if len(text) > limit_of(operation):
        return None  # no body can hold so many
    answer = send_text(world, operation, text, version)
    where = f"{wrong.kind} {wrong.pointer} {str(wrong.body)[:300]}: {answer.status_code}"
    if answer.status_code != 422:
        return f"{where} is not 422"
    if answer.headers["content-type"] != "application/problem+json":
        return f"{where} is no problem document"
    pointers = [error["pointer"] for error in answer.json()["errors"]]
    if wrong.pointer not in pointers:
        return f"{where} points at {pointers}"
    # An unknown name stands in the pointer; its value must stand nowhere.
    said = answer.text.replace("/zq-wrong-zq", "")
    return f"{where} says what was sent: {said}" if TRACE in said else None


def sampled_of(wrongs: list[Wrong]) -> list[Wrong]:
    """All of a body of few fields; of others every sixteenth, and in `make test-long` all."""
    return wrongs if TIMES > 1 or len(wrongs) < FEW_WRONGS else wrongs[::16]


@pytest.mark.sampled
@refused_by_the_api
@every_body
def test_wrong_field(world: World, operation: Operation) -> None:
    assert operation.body is not None
    before = world.rows()
    wrongs = list(wrongs_of(operation.body["schema"], world.body(operation)))
    assert {"type", "unknown"} <= {one.kind for one in wrongs}
    if operation in BATCHES:
        wrongs = [one for one in wrongs if not one.pointer.startswith(LINE)]
    version = world.version(operation) if operation.method == "PATCH" else None
    found = [complaint(world, operation, one, version) for one in sampled_of(wrongs)]
    assert [one for one in found if one] == []
    assert world.rows() == before


@pytest.mark.sampled
@refused_by_the_api
@pytest.mark.parametrize("operation", BATCHES, ids=ids_of(BATCHES))
def test_wrong_field_in_a_line_of_a_batch(world: World, operation: Operation) -> None:
    """It stops no other line, and the answer says what is wrong with this one."""
    assert operation.body is not None
    before = world.rows()
    example = world.body(operation)
    one_line = example | {"items": example["items"][:1]}
    wrongs = wrongs_of(operation.body["schema"], one_line)
    of_lines = [one for one in wrongs if one.pointer.startswith(LINE)]
    assert {"type", "unknown", "missing", "range"} <= {one.kind for one in of_lines}
    for wrong in sampled_of(of_lines):
        answer = send_text(world, operation, json.dumps(wrong.body))
        (rejected,) = answer.json()["rejected"]
        pointers = [error["pointer"] for error in rejected["problem"]["errors"]]
        assert wrong.pointer.replace(LINE, "#", 1) in pointers, wrong
        assert TRACE not in answer.text.replace("/zq-wrong-zq", "")
    assert world.rows() == before


@every_body
def test_every_object_is_closed_and_every_value_limited(operation: Operation) -> None:
    """Wrong fields are made from the schema, so the schema must limit every value."""
    assert operation.body is not None
    schema = operation.body["schema"]
    for place in places_of(schema, filled(schema, None)):
        for option in place.options:
            kind = option.get("type")
            if kind == "object" and "properties" in option:
                assert option.get("additionalProperties") is False, place.pointer
            if kind == "string":
                assert {"maxLength", "enum", "const", "format", "pattern"} & set(option), place
            if kind == "array":
                assert "maxItems" in option, place.pointer
            if kind in {"integer", "number"}:
                assert {"minimum", "maximum"} <= set(option), place.pointer


@refused_by_the_api
@every_body
def test_what_no_parser_gets_through(world: World, operation: Operation) -> None:
    before = world.rows()
    for text in MALFORMED:
        answer = send_text(world, operation, text)
        said = (answer.status_code, answer.json()["type"])
        assert said == (400, "/problems/malformed"), text[:20]
    for text in UNFIT:
        answer = send_text(world, operation, text)
        assert answer.status_code == 422, text[:20]
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["errors"][0]["pointer"].startswith("#")
    assert world.rows() == before


@refused_by_the_api
@every_body
def test_wrong_content_type(world: World, operation: Operation) -> None:
    before = world.rows()
    for kind in OTHER_KINDS:
        headers = {"Content-Type": kind, "If-Match": "*"}
        answer = world.send(operation, content=json.dumps(world.body(operation)), headers=headers)
        assert (answer.status_code, answer.json()["type"]) == (
            415,
            "/problems/unsupported-media-type",
        ), kind
    assert world.rows() == before


@refused_by_the_api
class TestBodySize:
    @staticmethod
    def sized(operation: Operation, more: int) -> bytes:
        return b" " * (limit_of(operation) + more - 1) + b"{"

    @every_body
    def test_at_the_limit(self, world: World, operation: Operation) -> None:
        assert send_text(world, operation, self.sized(operation, 0)).status_code == 400

    @every_body
    def test_one_byte_over(self, world: World, operation: Operation) -> None:
        answer = send_text(world, operation, self.sized(operation, 1))
        assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")

    @every_body
    def test_one_byte_over_without_saying_so(self, world: World, operation: Operation) -> None:
        content = self.sized(operation, 1)
        parts = (content[start : start + 65_536] for start in range(0, len(content), 65_536))
        answer = world.send(operation, content=parts, headers=JSON | {"If-Match": '"1"'})
        assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")


class TestVersions:
    @every_change
    def test_stale(self, world: World, operation: Operation) -> None:
        before = world.rows()
        for version in ('"0"', '"999999"', 'W/"999999"', '"999999-sv"', "1", "zq", '"-1"'):
            answer = world.send(operation, headers={"If-Match": version})
            assert (answer.status_code, answer.json()["type"]) == (
                412,
                "/problems/precondition-failed",
            ), version
        assert world.rows() == before

    @every_change
    def test_none(self, world: World, operation: Operation) -> None:
        before = world.rows()
        answer = world.send(operation)
        assert (answer.status_code, answer.json()["type"]) == (
            428,
            "/problems/precondition-required",
        )
        assert world.rows() == before


class TestAddresses:
    @pytest.mark.parametrize("operation", ADDRESSED, ids=ids_of(ADDRESSED))
    def test_unknown_id(self, world: World, operation: Operation) -> None:
        path = world.path(operation, **dict.fromkeys(operation.path_parameters, ABSENT_ID))
        answer = world.send(operation, path=path, headers={"If-Match": '"1"'})
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")

    @pytest.mark.parametrize("operation", ADDRESSED, ids=ids_of(ADDRESSED))
    def test_no_id(self, world: World, operation: Operation) -> None:
        for wrong in (TRACE, "1", "%00", "..%2f..", "å"):
            path = world.path(operation, **dict.fromkeys(operation.path_parameters, wrong))
            answer = world.send(operation, path=path, headers={"If-Match": "*"})
            assert answer.status_code in {404, 422}
            assert answer.headers["content-type"] == "application/problem+json"
            pointers = {error["pointer"] for error in answer.json().get("errors", [])}
            assert pointers <= set(operation.path_parameters)

    @refused_by_the_api
    @pytest.mark.parametrize("operation", OPERATIONS, ids=ids_of(OPERATIONS))
    def test_unknown_parameter(self, world: World, operation: Operation) -> None:
        unknown = {"zqUnknown": TRACE}
        answer = world.send(operation, params=unknown, headers={"If-Match": '"1"'})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "zqUnknown")
        assert TRACE not in answer.text


@refused_by_the_api
@pytest.mark.parametrize(("operation", "field"), PARAMETERS)
def test_wrong_parameter(world: World, operation: Operation, field: dict[str, Any]) -> None:
    name = field["name"]
    for wrong in wrongs_of({"type": "object", "properties": {name: field["schema"]}}, {}):
        value = wrong.body.get(name) if isinstance(wrong.body, dict) else None
        if wrong.kind not in {"range", "long", "value"} or value == "\ud800":
            continue  # an address holds only text, and no half of a surrogate pair
        answer = world.send(operation, params={name: value})
        assert answer.status_code == 422, wrong
        assert [error["pointer"] for error in answer.json()["errors"]] == [name]
        assert TRACE not in answer.text


@refused_by_the_api
@pytest.mark.parametrize(("operation", "field"), PARAMETERS)
def test_a_parameter_at_its_limit_is_not_refused_for_it(
    world: World, operation: Operation, field: dict[str, Any]
) -> None:
    name = field["name"]
    for limit in limits_of({"type": "object", "properties": {name: field["schema"]}}, {}):
        if limit.body.get(name) is not None:
            answer = world.send(operation, params=limit.body | {"zqUnknown": TRACE})
            assert [error["pointer"] for error in answer.json()["errors"]] == ["zqUnknown"]


@refused_by_the_api
@every_body
def test_a_value_at_its_limit_is_not_refused_for_it(world: World, operation: Operation) -> None:
    assert operation.body is not None
    version = world.version(operation) if operation.method == "PATCH" else None
    for limit in limits_of(operation.body["schema"], world.body(operation)):
        body = limit.beside("zqUnknown", TRACE)  # nothing is stored, no contradiction looked for
        answer = send_text(world, operation, json.dumps(body), version)
        errors = {error["pointer"]: error["detail"] for error in answer.json()["errors"]}
        # A first day may lie before another day, but not for being the first.
        assert "before" in errors.get(limit.pointer, "before")


@pytest.mark.parametrize(
    ("path", "fields", "pointer"),
    CONTRADICTIONS,
    ids=[f"{path}-{'-'.join(fields)}" for path, fields, _ in CONTRADICTIONS],
)
def test_fields_that_contradict_each_other(
    world: World, path: str, fields: dict[str, Any], pointer: str
) -> None:
    operation = next(one for one in WITH_BODY if (one.method, one.path) == ("POST", path))
    before = world.rows()
    body = world.body(operation)
    for name, value in fields.items():
        body = changed(body, (name,), body[name] | value if isinstance(value, dict) else value)
    answer = send_text(world, operation, json.dumps(body))
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert world.rows() == before
