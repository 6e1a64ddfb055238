"""Texts at the door: every field, parameter, header and path, as the document names them."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from app.models.values.texts import SENT_CODE_PATTERN, SENT_LINE_PATTERN
from tests.api.document import OPERATIONS, WITH_BODY, Json, Operation, ids_of, options_of
from tests.api.world import World
from tests.api.wrongs import Place, changed, filled, places_of

OFFICIAL = "18900221-9815"  # of the official test series
KEY, LINK = f"hs_{'0a' * 16}_{'Zq-_9' * 8}", f"hr_{'Zq-_9' * 8}xyz"
UNSEEN, NAME = "zq\u200bx", "U+200B ZERO WIDTH SPACE"
PATTERNS = {SENT_CODE_PATTERN, SENT_LINE_PATTERN}
CODES = {SENT_CODE_PATTERN}
# Ids of the caller's own, which are answered as they were sent.
OWN = {"/matchings", "/assignments"}
every_body = pytest.mark.parametrize("operation", WITH_BODY, ids=ids_of(WITH_BODY))
refused_by_the_api = pytest.mark.parametrize("settled_kind", ["sqlite"], indirect=True)


def is_free(schema: Json) -> bool:
    """Whether a person may write what they like in it."""
    fixed = {"enum", "const", "format", "pattern"} & set(schema)
    return schema.get("type") == "string" and (not fixed or schema.get("pattern") in PATTERNS)


def is_code(schema: Json) -> bool:
    return schema.get("pattern") in CODES


def texts_of(operation: Operation, body: Any, kind: Any) -> Iterator[tuple[Place, Any]]:
    assert operation.body is not None
    schema = operation.body["schema"]
    whole = filled(schema, body)
    for place in places_of(schema, whole):
        if any(map(kind, place.options)):
            yield place, whole


def details(world: World, operation: Operation, body: Any) -> dict[str, str]:
    """What is wrong, by pointer; a name that nothing knows keeps the body from being stored."""
    headers = {"Content-Type": "application/json"}
    if operation.path.endswith("-batches"):
        return details_of_line(world, operation, body["items"][0], headers)
    if operation.method == "PATCH":
        headers["If-Match"] = world.version(operation)
    text = json.dumps(body | {"zqUnknown": 1})
    answer = world.send(operation, content=text, headers=headers)
    assert answer.status_code == 422
    return {error["pointer"]: error["detail"] for error in answer.json()["errors"]}


def details_of_line(
    world: World, operation: Operation, line: Any, headers: dict[str, str]
) -> dict[str, str]:
    text = json.dumps({"items": [line | {"zqUnknown": 1}]})
    (rejected,) = world.send(operation, content=text, headers=headers).json()["rejected"]
    return {
        error["pointer"].replace("#", "#/items/0", 1): error["detail"]
        for error in rejected["problem"]["errors"]
    }


def test_the_document_shows_which_texts_are_codes() -> None:
    counted = {
        (operation.method, operation.path): len(list(texts_of(operation, None, is_code)))
        for operation in WITH_BODY
    }
    assert counted["POST", "/candidates"] >= 7
    assert sum(map(bool, counted.values())) > 8


@refused_by_the_api
@every_body
def test_unseen_character_in_a_code_is_named(world: World, operation: Operation) -> None:
    for place, whole in texts_of(operation, world.body(operation), is_code):
        found = details(world, operation, changed(whole, place.way, UNSEEN))
        assert NAME in found[place.pointer]


@refused_by_the_api
@every_body
def test_identity_number_is_refused_where_it_would_be_stored(
    world: World, operation: Operation
) -> None:
    for place, whole in texts_of(operation, world.body(operation), is_free):
        for written in (OFFICIAL, f"x {OFFICIAL} x"):
            found = details(world, operation, changed(whole, place.way, written))
            is_told = "identity number" in found.get(place.pointer, "")
            assert is_told == (operation.path not in OWN), place.pointer


FILTERS = [
    pytest.param(operation, field, id=f"{operation.id}-{field['name']}")
    for operation in OPERATIONS
    for field in operation.spec.get("parameters", [])
    if field["in"] == "query" and any(is_code(one) for one in options_of(field["schema"]))
]


@refused_by_the_api
@pytest.mark.parametrize(("operation", "field"), FILTERS)
def test_filter_reads_a_code_as_a_body_does(
    world: World, operation: Operation, field: Json
) -> None:
    answer = world.send(operation, params={field["name"]: UNSEEN})
    assert NAME in answer.json()["errors"][0]["detail"]
    known = "registered-employer" if field["name"] == "gate" else "A\u030a"
    assert world.send(operation, params={field["name"]: f" {known} "}).status_code == 200


@refused_by_the_api
@every_body
def test_key_is_refused_where_it_would_be_stored(world: World, operation: Operation) -> None:
    for place, whole in texts_of(operation, world.body(operation), is_free):
        for written in (KEY, LINK):
            detail = details(world, operation, changed(whole, place.way, written)).get(
                place.pointer, ""
            )
            is_told = "holds a key" in detail
            assert is_told == (operation.path not in OWN), place.pointer
            assert written not in detail


HEADERS = [
    pytest.param(operation, name, id=f"{operation.id}-{name}")
    for operation in OPERATIONS
    for name in ("Handslag-Caseworker", "Idempotency-Key")
    if name in {field["name"] for field in operation.spec.get("parameters", [])}
]


@refused_by_the_api
@pytest.mark.parametrize(("operation", "name"), HEADERS)
def test_header_that_is_stored_holds_no_identity_number(
    world: World, operation: Operation, name: str
) -> None:
    before = world.rows()
    for written in (OFFICIAL, "1890_02/21-9815", f"{OFFICIAL}-01-02"):
        answer = world.send(operation, headers={name: written, "If-Match": '"1"'})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, name)
        assert "identity number" in answer.json()["errors"][0]["detail"]
    assert world.rows() == before


@refused_by_the_api
@pytest.mark.parametrize(("operation", "name"), HEADERS)
def test_header_that_is_stored_holds_no_key(world: World, operation: Operation, name: str) -> None:
    for written in (KEY, LINK):
        answer = world.send(operation, headers={name: written, "If-Match": '"1"'})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, name)
        assert "holds a key" in answer.json()["errors"][0]["detail"]
        assert written not in answer.text


ADDRESSED = [one for one in OPERATIONS if one.path_parameters and not one.is_open]


@refused_by_the_api
@pytest.mark.parametrize("operation", ADDRESSED, ids=ids_of(ADDRESSED))
def test_path_takes_an_id_in_its_plain_form_alone(world: World, operation: Operation) -> None:
    *_, last = operation.path_parameters
    plain = world.known[last]
    for other in (plain.replace("-", ""), f"{{{plain}}}", f"urn:uuid:{plain}", f" {plain}"):
        path = world.path(operation, **{last: other})
        answer = world.send(operation, path=path, headers={"If-Match": '"1"'})
        assert answer.status_code == 422
        assert [error["pointer"] for error in answer.json()["errors"]] == [last]
