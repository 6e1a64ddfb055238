"""DOK, VER and MOG of the API profile, and what DIGG's validator reads besides."""

import re
from datetime import date
from typing import Any

import pytest

from app.api.http import BASE_PATH
from tests.api.document import DOCUMENT, OPERATIONS, Operation, examples_of, ids_of
from tests.api.world import World

DESCRIPTION = DOCUMENT["info"]["description"]
every_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=ids_of(OPERATIONS))
STATUSES_OF = {
    "GET": {"422"},
    "POST": {"400", "409", "413", "415", "422"},
    "PATCH": {"400", "409", "412", "413", "415", "422", "428"},
    "DELETE": {"409", "412", "428"},
}


def get(world: World, path: str, **headers: str) -> Any:
    """A call without a key."""
    return world.admin.client.get(path, headers=headers)


def test_dok_01_documentation_is_open_to_everyone(world: World) -> None:
    for path in ("/docs", "/openapi.json", "/api-info"):
        assert get(world, BASE_PATH + path).status_code == 200


def test_dok_03_documentation_holds_what_it_must() -> None:
    info = DOCUMENT["info"]
    assert DESCRIPTION
    assert info["termsOfService"]
    assert DOCUMENT["components"]["schemas"]
    assert DOCUMENT["components"]["securitySchemes"]
    assert "Life cycle" in DESCRIPTION
    assert info["contact"]["url"]


def test_dok_05_documentation_has_the_version_of_the_api(world: World) -> None:
    shown = get(world, f"{BASE_PATH}/openapi.json").json()["info"]["version"]
    assert shown == get(world, f"{BASE_PATH}/api-info").json()["apiVersion"]


def test_dok_06_documentation_is_in_swedish_and_english() -> None:
    assert "**Svenska.**" in DESCRIPTION
    assert "**English.**" in DESCRIPTION


def test_dok_07_documentation_says_what_the_api_is() -> None:
    assert DOCUMENT["info"]["title"]
    assert DOCUMENT["info"]["summary"]
    assert all(tag["description"] for tag in DOCUMENT["tags"])


def test_dok_08_service_level_is_told() -> None:
    assert "Servicenivå" in DESCRIPTION
    assert "Service level" in DESCRIPTION


def test_dok_09_limitations_and_known_problems_are_told() -> None:
    for words in ("egränsning", "imitation", "kända fel", "known problems"):
        assert words in DESCRIPTION


@every_operation
def test_dok_11_purpose_of_each_operation_is_told(operation: Operation) -> None:
    assert len(operation.spec["description"].split()) >= 4


@every_operation
def test_dok_12_each_resource_and_operation_is_told(operation: Operation) -> None:
    described = {tag["name"] for tag in DOCUMENT["tags"] if tag["description"]}
    assert operation.spec["summary"]
    assert set(operation.spec["tags"]) <= described


@every_operation
def test_dok_13_each_status_is_documented(operation: Operation) -> None:
    expected = set(STATUSES_OF[operation.method])
    if not operation.is_open:
        expected |= {"401", "403", "503"}
    if operation.path_parameters:
        expected |= {"404"}
    assert expected <= set(operation.spec["responses"])


@every_operation
def test_dok_15_requests_and_answers_have_examples(operation: Operation) -> None:
    bodies = [operation.spec.get("requestBody", {}), *operation.spec["responses"].values()]
    for body in bodies:
        for content in body.get("content", {}).values():
            assert examples_of(content)


@every_operation
def test_dok_16_a_data_model_can_be_made_of_each_body(operation: Operation) -> None:
    bodies = [operation.spec.get("requestBody", {}), *operation.spec["responses"].values()]
    for body in bodies:
        for content in body.get("content", {}).values():
            assert "$ref" in content["schema"]


def test_dok_17_specification_follows_the_newest_openapi() -> None:
    assert DOCUMENT["openapi"].startswith("3.")


def test_dok_18_specification_is_json(world: World) -> None:
    answer = get(world, f"{BASE_PATH}/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["openapi"]


@every_operation
def test_dok_19_specification_tells_each_parameter_and_body(operation: Operation) -> None:
    assert [
        one["name"] for one in operation.spec.get("parameters", []) if not one["description"]
    ] == []


@every_operation
def test_dok_20_each_failure_is_documented_as_a_problem(operation: Operation) -> None:
    for status, answer in operation.spec["responses"].items():
        if status >= "4":
            content = answer["content"]["application/problem+json"]
            assert content["schema"]["$ref"].endswith("/Problem")


@every_operation
def test_dok_21_authentication_is_specified(operation: Operation) -> None:
    schemes = DOCUMENT["components"]["securitySchemes"]
    named = {name for one in operation.spec.get("security", []) for name in one}
    assert named <= set(schemes)
    assert named or operation.path == "/api-info"
    assert "security" in operation.spec  # an open operation says so: an empty list


def test_dok_23_document_lies_under_the_root(world: World) -> None:
    root = DOCUMENT["servers"][0]["url"].removeprefix("https://handslag.example")
    assert get(world, f"{root}/openapi.json").status_code == 200


def test_dok_24_document_has_the_name_it_must(world: World) -> None:
    page = get(world, f"{BASE_PATH}/docs").text
    assert f"{BASE_PATH}/openapi.json" in page


def test_ver_04_version_is_semantic() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", DOCUMENT["info"]["version"])


def test_ver_06_api_info_lies_under_the_root(world: World) -> None:
    assert get(world, f"{BASE_PATH}/api-info").status_code == 200


def test_ver_07_api_info_tells_what_it_must(world: World) -> None:
    info = get(world, f"{BASE_PATH}/api-info").json()
    assert set(info) == {
        "apiName",
        "apiVersion",
        "apiReleased",
        "apiDocumentation",
        "apiStatus",
    }
    assert date.fromisoformat(info["apiReleased"])
    assert get(world, info["apiDocumentation"]).status_code == 200


def test_ver_10_status_is_one_of_the_profiles(world: World) -> None:
    status = get(world, f"{BASE_PATH}/api-info").json()["apiStatus"]
    assert status in {"alpha", "beta", "active", "deprecated", "retired", "decommissioned"}


def test_ver_11_a_beta_begins_with_zero(world: World) -> None:
    info = get(world, f"{BASE_PATH}/api-info").json()
    assert (info["apiStatus"] in {"alpha", "beta"}) == info["apiVersion"].startswith("0.")


def test_mog_01_resources_are_used_by_methods_and_statuses() -> None:
    success = {"GET": {"200"}, "PATCH": {"200"}, "DELETE": {"204", "200"}}
    for operation in OPERATIONS:
        assert operation.success in success.get(operation.method, {"200", "201", "202"})


def test_mog_03_a_post_that_only_reads_says_why() -> None:
    readers = [one for one in OPERATIONS if one.method == "POST" and not one.stores]
    assert readers
    for operation in readers:
        assert "POST" in operation.spec["description"], operation.id


class TestValidator:
    """What DIGG's own validator looks for besides the profile's sentences."""

    def test_server_address_is_https_and_ends_with_the_root(self) -> None:
        for server in DOCUMENT["servers"]:
            assert server["url"].startswith("https://")
            assert server["url"].endswith("/handslag/v1")

    def test_description_has_a_word_for_limits_in_both_languages(self) -> None:
        assert "begränsning" in DESCRIPTION.lower()
        assert "limit" in DESCRIPTION.lower()

    def test_handbook_contact_licence_and_terms_are_linked(self) -> None:
        info = DOCUMENT["info"]
        assert DOCUMENT["externalDocs"]["url"].startswith("https://")
        assert info["contact"]["name"]
        assert "@" in info["contact"]["email"]
        assert info["contact"]["url"].startswith("https://")
        assert info["license"]["name"]
        assert info["license"]["url"].startswith("https://")
        assert info["termsOfService"].startswith("https://")

    def test_examples_stand_under_every_body(self) -> None:
        for operation in OPERATIONS:
            bodies = [operation.spec.get("requestBody", {}), *operation.spec["responses"].values()]
            for body in bodies:
                for content in body.get("content", {}).values():
                    assert "examples" in content
                    assert "example" not in content
