"""UFN, RES and FNS of the API profile: addresses, identifiers, parameters, pages."""

import re
from typing import Any
from uuid import UUID

import pytest

from tests.api.document import DOCUMENT, OPERATIONS, Json, Operation, ids_of
from tests.api.world import World

LISTS = [operation for operation in OPERATIONS if operation.is_list]
PARAMETERS = {
    field["name"]
    for operation in OPERATIONS
    for field in operation.spec.get("parameters", [])
    if field["in"] == "query"
}
SEGMENTS = {
    segment
    for operation in OPERATIONS
    for segment in operation.path.strip("/").split("/")
    if not segment.startswith("{")
}
# There is one of each, so their names are singular: a clause's fulfilment, a report, a run's proof,
# what this API is.
SINGULAR = {"fulfilment", "report", "proof", "api-info"}
every_list = pytest.mark.parametrize("operation", LISTS, ids=ids_of(LISTS))


def page(world: World, operation: Operation, **query: Any) -> Any:
    answer = world.send(operation, params=query)
    assert answer.status_code == 200
    return answer.json()


def test_res_01_identifiers_are_unique_everywhere(world: World) -> None:
    assert {str(UUID(one)) for one in world.known.values()} == set(world.known.values())
    assert len(set(world.known.values())) == len(world.known)


def test_res_03_identifiers_are_not_sequential(world: World) -> None:
    """Version 7 begins with the time; its 74 random bits are no easier to guess."""
    assert {UUID(one).version for one in world.known.values()} <= {4, 7}


def test_res_04_a_nested_resource_is_found_by_its_identifier_alone(world: World) -> None:
    answer = world.admin.get(f"/clauses/{world.known['clauseId']}")
    assert answer.status_code == 200


def test_res_06_resources_are_plural_nouns_in_lower_case() -> None:
    for segment in SEGMENTS - SINGULAR:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*s", segment)


def test_ufn_01_addresses_have_the_profiles_parts() -> None:
    for server in DOCUMENT["servers"]:
        assert re.fullmatch(r"https://[a-z0-9.-]+/[a-z-]+/v\d+", server["url"])
    for operation in OPERATIONS:
        assert re.fullmatch(r"(/[a-z-]+|/\{[a-zA-Z]+\})+", operation.path)


def test_ufn_02_published_address_is_https_on_its_own_port() -> None:
    assert [
        one["url"] for one in DOCUMENT["servers"] if not re.match(r"https://[^:/]+/", one["url"])
    ] == []


def test_ufn_03_parameters_carry_no_payload() -> None:
    for operation in OPERATIONS:
        fields = [one for one in operation.spec.get("parameters", []) if one["in"] == "query"]
        assert not (fields and operation.method != "GET"), operation.id


@every_list
def test_ufn_05_addresses_are_at_most_2048_long(world: World, operation: Operation) -> None:
    links = page(world, operation)["_links"]
    assert max(len(link["href"]) for link in links.values() if link) <= 2048


def test_ufn_07_addresses_use_the_allowed_characters(world: World) -> None:
    for operation in OPERATIONS:
        assert re.fullmatch(r"[a-z0-9./~-]+", world.path(operation))


def test_ufn_08_words_are_parted_by_hyphens() -> None:
    assert {
        character for segment in SEGMENTS for character in segment if not character.isalnum()
    } == {"-"}


def test_ufn_09_addresses_hold_no_blank_and_no_underscore() -> None:
    assert [path for path in DOCUMENT["paths"] if "_" in path or " " in path] == []


def test_fns_01_parameters_are_in_camel_case() -> None:
    assert [name for name in PARAMETERS if not re.fullmatch(r"[a-z]+([A-Z][a-z]+)*", name)] == []


def test_fns_02_parameter_values_are_percent_encoded(world: World) -> None:
    listed = world.admin.get("/candidates", params={"reference": "Åre/1 & 2"}).json()
    assert "reference=%C3%85re%2F1+%26+2" in listed["_links"]["self"]["href"]


def test_fns_03_parameters_begin_with_a_letter() -> None:
    assert [name for name in PARAMETERS if not name[0].isalpha()] == []


def test_fns_06_parameters_use_characters_that_need_no_encoding() -> None:
    assert [name for name in PARAMETERS if not re.fullmatch(r"[A-Za-z0-9._~-]+", name)] == []


@every_list
def test_fns_07_a_list_takes_page_and_limit(operation: Operation) -> None:
    names = {one["name"] for one in operation.spec["parameters"]}
    assert {"page", "limit"} <= names


@every_list
def test_fns_08_pages_begin_at_one(world: World, operation: Operation) -> None:
    first = page(world, operation)
    assert first["_meta"]["page"] == 1
    assert first["items"] == page(world, operation, page=1)["items"]


@every_list
def test_fns_09_a_page_has_twenty_rows_unless_asked(world: World, operation: Operation) -> None:
    assert page(world, operation)["_meta"]["limit"] == 20


@every_list
def test_fns_10_a_list_has_meta_and_links(world: World, operation: Operation) -> None:
    assert set(page(world, operation)) == {"items", "_meta", "_links"}


@every_list
def test_fns_11_links_lead_through_the_pages(world: World, operation: Operation) -> None:
    before = page(world, operation, limit=1)
    assert set(before["_links"]) == {"self", "first", "last", "next", "prev"}
    assert before["_links"]["prev"] is None
    seen = list(before["items"])
    while link := before["_links"]["next"]:
        after = follow(world, link)
        assert follow(world, after["_links"]["prev"])["items"] == before["items"]
        seen += after["items"]
        before = after
    assert len(seen) == before["_meta"]["totalRecords"]
    assert follow(world, before["_links"]["last"])["items"] == before["items"]
    assert follow(world, before["_links"]["first"])["items"] == seen[:1]


def follow(world: World, link: Json) -> Any:
    headers = {"Authorization": f"Bearer {world.admin.key}"}
    return world.admin.client.get(link["href"], headers=headers).json()


@every_list
def test_fns_12_links_keep_the_other_parameters(world: World, operation: Operation) -> None:
    filters = {
        one["name"]: world.known[one["name"]]
        for one in operation.spec["parameters"]
        if one["in"] == "query" and one["name"] in world.known
    }
    links = page(world, operation, limit=1, page=2, **filters)["_links"]
    for link in filter(None, links.values()):
        for name, value in filters.items():
            assert f"{name}={value}" in link["href"]
        assert "limit=1" in link["href"]


@every_list
def test_fns_13_meta_counts_the_rows(world: World, operation: Operation) -> None:
    shown = page(world, operation)
    assert set(shown["_meta"]) == {"page", "limit", "count", "totalRecords"}
    assert shown["_meta"]["count"] == len(shown["items"])


@every_list
@pytest.mark.parametrize("number", [0, 99])
def test_fns_14_a_page_outside_the_list_is_empty(
    world: World, operation: Operation, number: int
) -> None:
    assert page(world, operation, page=number, limit=100)["items"] == []
