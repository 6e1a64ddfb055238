"""HYP of the API profile: links."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from app.api.http import BASE_PATH
from tests.api.document import OPERATIONS, SCHEMAS, Json, Operation, ids_of, nodes_of
from tests.api.world import World

READABLE = [one for one in OPERATIONS if one.method == "GET" and not one.is_open]
LINKED = [
    one
    for one in READABLE
    if one.is_list
    or any("ETag" in answer.get("headers", {}) for answer in one.spec["responses"].values())
]
# RFC 8288 asks for names from IANA's list where it has one; these five are all on it.
REGISTERED = {"self", "first", "last", "next", "prev"}
every_linked = pytest.mark.parametrize("operation", LINKED, ids=ids_of(LINKED))


def read(world: World, operation: Operation) -> Any:
    answer = world.send(operation)
    assert answer.status_code == 200
    return answer.json()


def links_in(part: Any) -> Iterator[tuple[str, Json]]:
    for node in nodes_of(part):
        for name, link in node.get("_links", {}).items():
            if link is not None:
                yield name, link


def test_hyp_01_links_are_documented() -> None:
    link = SCHEMAS["Link"]
    assert link["description"]
    for name, schema in SCHEMAS.items():
        if "_links" in schema.get("properties", {}):
            assert "_links" in schema["required"], name


def test_hyp_02_reading_changes_nothing(world: World) -> None:
    before = world.rows()
    for operation in READABLE:
        world.send(operation)
    assert world.rows() == before


@every_linked
def test_hyp_05_an_answer_links_to_itself(world: World, operation: Operation) -> None:
    shown = read(world, operation)
    address = shown["_links"]["self"]["href"]
    assert urlsplit(address).path == BASE_PATH + world.path(operation)


@every_linked
def test_hyp_07_links_are_absolute(world: World, operation: Operation) -> None:
    for _, link in links_in(read(world, operation)):
        assert urlsplit(link["href"]).scheme in {"http", "https"}
        assert urlsplit(link["href"]).netloc


def test_hyp_10_without_a_gateway_links_use_the_services_own_address(world: World) -> None:
    """Its name in the settings: `testserver` is a name that the caller made up."""
    shown = world.admin.get("/suppliers").json()
    assert shown["_links"]["self"]["href"].startswith(f"http://localhost{BASE_PATH}")


@every_linked
def test_hyp_11_links_are_link_description_objects(world: World, operation: Operation) -> None:
    links = [link for _, link in links_in(read(world, operation))]
    assert links
    assert [link for link in links if set(link) != {"href", "rel", "method"}] == []


@every_linked
def test_hyp_12_links_have_an_address(world: World, operation: Operation) -> None:
    assert all(link["href"] for _, link in links_in(read(world, operation)))


@every_linked
def test_hyp_13_links_lead_to_what_they_name(world: World, operation: Operation) -> None:
    for _, link in links_in(read(world, operation)):
        answer = world.admin.client.get(
            link["href"], headers={"Authorization": f"Bearer {world.admin.key}"}
        )
        assert answer.status_code == 200


def test_hyp_14_links_use_the_host_the_client_came_to(world: World) -> None:
    """Where it is a host of the settings: a stranger's name must not get into an answer."""
    for host, named in (("127.0.0.1:8080", "127.0.0.1:8080"), ("evil.example", "localhost")):
        shown = world.admin.get("/suppliers", headers={"Host": host}).json()
        assert shown["_links"]["self"]["href"].startswith(f"http://{named}/")


@every_linked
def test_hyp_15_links_have_a_relation(world: World, operation: Operation) -> None:
    for name, link in links_in(read(world, operation)):
        assert link["rel"] == name


@every_linked
def test_hyp_16_links_name_the_method_that_works(world: World, operation: Operation) -> None:
    assert {link["method"] for _, link in links_in(read(world, operation))} == {"GET"}


def test_hyp_17_the_method_is_always_given() -> None:
    assert SCHEMAS["Link"]["properties"]["method"]["type"] == "string"
    assert "method" in SCHEMAS["Link"]["required"]


@every_linked
def test_hyp_18_each_relation_is_named_once(world: World, operation: Operation) -> None:
    for node in nodes_of(read(world, operation)):
        addresses = [name for name, link in node.get("_links", {}).items() if link]
        assert len(set(addresses)) == len(addresses)


@every_linked
def test_hyp_19_relations_are_registered_ones(world: World, operation: Operation) -> None:
    assert {link["rel"] for _, link in links_in(read(world, operation))} <= REGISTERED
