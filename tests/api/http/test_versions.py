"""ETags: If-Match asks for a version, whatever follows it; If-None-Match for just what is shown."""

from itertools import combinations

import pytest

from app.api.http.standards.versions import etag, is_shown_already, means_version
from app.models.keys import Role
from tests.api.document import OPERATIONS, Operation, ids_of
from tests.api.world import World

SINGLE = [one for one in OPERATIONS if "304" in one.spec["responses"]]
SUPPLIER = {"name": "Exempelbygg i Jämtland AB", "organisationNumber": "5561234567"}
# What clients send back: our own tags, what proxies make of them, and lists of tags.
OF_VERSION_1 = [
    '"1"',
    'W/"1"',
    '"1-gzip"',
    'W/"1-gzip"',
    '"1;gzip"',
    '"1--gzip"',
    '"1"-gzip',
    '"1-br"',
    '"1-sv"',
    '"1-en-14-caseworker"',
    'W/"1-sv-14-gzip"',
    '"7", "1"',
    ' "7-sv" ,W/"1-en"',
    "*",
    " * ",
]
OF_OTHERS = ['"0"', '"10"', '"11-gzip"', '"2"', '"01"', '"-1"', '"a1"', '""', "1", "W/1", "zq", ""]


@pytest.mark.parametrize("given", OF_VERSION_1)
def test_if_match_means_the_version_alone(given: str) -> None:
    assert means_version(given, 1)


@pytest.mark.parametrize("given", OF_OTHERS)
def test_if_match_that_names_another_version_or_none(given: str) -> None:
    assert not means_version(given, 1)


@pytest.mark.parametrize("given", ['W/"1"', '"1-gzip"', 'W/"1-sv"'])
@pytest.mark.parametrize("settled_kind", ["sqlite"], indirect=True)
def test_a_change_with_what_a_proxy_made_of_the_tag(world: World, given: str) -> None:
    """nginx with gzip makes "1" into W/"1", Apache into "1-gzip"."""
    supplier = world.admin.post("/suppliers", SUPPLIER).json()
    path = f"/suppliers/{supplier['id']}"
    answer = world.admin.call("PATCH", path, json={"name": "Nytt AB"}, headers={"If-Match": given})
    assert (answer.status_code, answer.headers["etag"]) == (200, '"2"')
    stale = world.admin.call("DELETE", path, headers={"If-Match": given})
    assert stale.status_code == 412
    assert world.admin.delete(path, 2).status_code == 204


@pytest.mark.parametrize(
    ("given", "is_same"),
    [
        ('"3-sv"', True),
        ('W/"3-sv"', True),
        ('"3-sv-gzip"', True),
        ('"1", "3-sv"', True),
        ("*", True),
        ('"3"', False),
        ('"3-en"', False),
        ('"3-sv-caseworker"', False),
        ("3-sv", False),
        ("", False),
    ],
)
def test_if_none_match_asks_for_just_what_is_shown(given: str, is_same: bool) -> None:
    assert is_shown_already(given, etag(3, "sv")) is is_same


@pytest.mark.parametrize("operation", SINGLE, ids=ids_of(SINGLE))
@pytest.mark.parametrize("settled_kind", ["sqlite"], indirect=True)
def test_who_sees_another_body_has_another_tag(world: World, operation: Operation) -> None:
    """Of every resource, for every two roles and in both languages."""
    shown = {}
    for role in Role:
        caller = world.service.caller(role)
        for language in ("sv", "en"):
            answer = world.send(operation, caller, headers={"Accept-Language": language})
            if answer.status_code == 200:
                shown[role, language] = answer
    assert shown
    for one, other in combinations(shown.values(), 2):
        if one.content != other.content:
            assert one.headers["etag"] != other.headers["etag"]
