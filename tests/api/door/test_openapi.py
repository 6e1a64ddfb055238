"""The OpenAPI document keeps what it promises: complete, and true in its examples."""

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema_rs
import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from app.api.http import BASE_PATH, Input
from app.api.http.patches import merge_patch
from app.cli import app as cli
from app.main import create_app
from app.settings import Settings
from tests.api.document import (
    COMPONENT_PREFIX,
    DOCUMENT,
    OPERATIONS,
    WITH_BODY,
    Json,
    Operation,
    examples_of,
    ids_of,
    nodes_of,
    self_contained,
)
from tests.make import PEPPER

every_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=ids_of(OPERATIONS))
every_body = pytest.mark.parametrize("operation", WITH_BODY, ids=ids_of(WITH_BODY))


def contents_of(operation: Operation) -> Iterator[tuple[str, Json]]:
    """Every body that goes in or out, and where it stands."""
    for media_type, content in operation.spec.get("requestBody", {}).get("content", {}).items():
        yield f"request {media_type}", content
    for status, answer in operation.spec["responses"].items():
        for media_type, content in answer.get("content", {}).items():
            yield f"{status} {media_type}", content


def shape_of(content: Json) -> tuple[str, type[Input]]:
    """The component that a request body names, and the class that checks what is sent."""
    name = content["schema"]["$ref"].removeprefix(COMPONENT_PREFIX)
    shapes = {shape.__name__: shape for shape in subclasses_of(Input)}
    return name, shapes[name.removesuffix("Patch") + "Input" if "Patch" in name else name]


def subclasses_of(shape: type[Any]) -> Iterator[type[Any]]:
    for child in shape.__subclasses__():
        yield child
        yield from subclasses_of(child)


@every_operation
def test_says_what_it_does(operation: Operation) -> None:
    assert operation.spec.get("summary")
    assert operation.spec.get("description")
    assert operation.spec.get("tags")


def test_operation_ids_are_unique() -> None:
    repeated = [name for name, count in Counter(ids_of(OPERATIONS)).items() if count > 1]
    assert repeated == []


def test_every_tag_is_described_and_in_use() -> None:
    described = [tag["name"] for tag in DOCUMENT["tags"] if tag["description"]]
    used = {tag for operation in OPERATIONS for tag in operation.spec["tags"]}
    assert sorted(described) == sorted(used)


@every_operation
def test_every_body_has_an_example(operation: Operation) -> None:
    without = [place for place, content in contents_of(operation) if not examples_of(content)]
    assert without == []


@cache
def validator_of(schema: str) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(self_contained(json.loads(schema)), validate_formats=True)


@every_operation
def test_every_example_follows_its_schema(operation: Operation) -> None:
    for place, content in contents_of(operation):
        validator = validator_of(json.dumps(content["schema"]))
        for example in examples_of(content):
            wrong = [f"{error.instance_path} {error}" for error in validator.iter_errors(example)]
            assert wrong == [], place


@every_body
def test_every_request_example_is_accepted_by_its_shape(operation: Operation) -> None:
    for content in operation.spec["requestBody"]["content"].values():
        name, shape = shape_of(content)
        for example in examples_of(content):
            whole = merge_patch(shape.example, example) if "Patch" in name else example
            assert shape.model_validate_json(json.dumps(whole))


@every_operation
def test_every_problem_example_has_its_status(operation: Operation) -> None:
    for status, answer in operation.spec["responses"].items():
        for content in answer.get("content", {}).values() if status >= "4" else ():
            assert list(answer["content"]) == ["application/problem+json"]
            for problem in examples_of(content):
                assert str(problem["status"]) == status
                assert problem["instance"].startswith(f"{BASE_PATH}/")


@every_operation
def test_parameters_are_described(operation: Operation) -> None:
    parameters = operation.spec.get("parameters", [])
    assert [field["name"] for field in parameters if not field.get("description")] == []


@every_operation
def test_answers_are_described_in_words_of_their_own(operation: Operation) -> None:
    described = [answer["description"] for answer in operation.spec["responses"].values()]
    assert all(described)
    assert "Successful Response" not in described


def test_every_date_field_has_a_single_example() -> None:
    empty = {id(node) for schema in optional_queries() for node in nodes_of(schema)}
    everywhere = [node for node in nodes_of(DOCUMENT) if id(node) not in empty]
    dates = [node for node in everywhere if node.get("format") in {"date", "date-time"}]
    assert dates
    assert [node for node in dates if not isinstance(node.get("example"), str)] == []


def optional_queries() -> list[Json]:
    fields = [field for operation in OPERATIONS for field in operation.spec.get("parameters", [])]
    return [one["schema"] for one in fields if one["in"] == "query" and not one["required"]]


def test_no_optional_parameter_is_filled_in() -> None:
    """The docs page would ask for the example's day and not for today."""
    assert optional_queries()
    nodes = [node for schema in optional_queries() for node in nodes_of(schema)]
    assert [node for node in nodes if {"example", "examples"} & set(node)] == []
    fields = [one for operation in OPERATIONS for one in operation.spec.get("parameters", [])]
    assert {one["name"] for one in fields if "default" in one["schema"]} == {"page", "limit"}


def test_each_failure_stands_once() -> None:
    answers = [
        (status, answer)
        for methods in DOCUMENT["paths"].values()
        for spec in methods.values()
        for status, answer in spec["responses"].items()
        if status >= "4"
    ]
    assert answers
    assert [
        answer
        for status, answer in answers
        if answer != {"$ref": f"#/components/responses/Problem{status}"}
    ] == []


def test_limits_of_integers_are_integers() -> None:
    integers = [node for node in nodes_of(DOCUMENT) if node.get("type") == "integer"]
    limits = [node[name] for node in integers for name in ("minimum", "maximum") if name in node]
    assert limits
    assert {type(limit) for limit in limits} == {int}


def test_a_patch_takes_both_media_types() -> None:
    patches = [operation for operation in OPERATIONS if operation.method == "PATCH"]
    assert patches
    for operation in patches:
        content = operation.spec["requestBody"]["content"]
        assert set(content) == {"application/json", "application/merge-patch+json"}


def test_nothing_of_the_frameworks_own_errors_is_left() -> None:
    assert "ValidationError" not in json.dumps(DOCUMENT)


def test_no_component_is_unused() -> None:
    used = {node["$ref"] for node in nodes_of(DOCUMENT) if "$ref" in node}
    stored = {COMPONENT_PREFIX + name for name in DOCUMENT["components"]["schemas"]}
    assert stored - used == set()


def test_the_docs_page_brings_its_search() -> None:
    """Before the presets, as Swagger UI reads its settings; the browser tests use it."""
    app = create_app(Settings(database_url="sqlite://", secret=PEPPER))
    page = TestClient(app).get(f"{BASE_PATH}/docs").text
    assert 0 < page.index("SwaggerUIBundle({") < page.index("opsFilter") < page.index("presets: [")


class TestServers:
    @staticmethod
    def served(public_url: str | None) -> list[str]:
        settings = Settings.model_validate(
            {"database_url": "sqlite://", "secret": "a secret for tests", "public_url": public_url}
        )
        with TestClient(create_app(settings)) as client:
            document = client.get(f"{BASE_PATH}/openapi.json").json()
        return [server["url"] for server in document["servers"]]

    def test_relative_address_comes_first_so_that_the_docs_page_can_call(self) -> None:
        addresses = self.served("https://handslag.ostersund.example")
        assert addresses == [BASE_PATH, f"https://handslag.ostersund.example{BASE_PATH}"]

    def test_example_address_stands_in_for_an_unset_one(self) -> None:
        assert self.served(None)[0] == BASE_PATH

    @pytest.mark.parametrize(
        ("public_url", "address"),
        [
            ("", "https://handslag.example"),
            ("https://handslag.ostersund.example", "https://handslag.ostersund.example"),
        ],
    )
    def test_printed_document_names_the_https_address_alone(
        self, public_url: str, address: str
    ) -> None:
        settings = {"HANDSLAG_PUBLIC_URL": public_url or None}
        printed = CliRunner().invoke(cli, ["openapi"], env=settings)
        servers = json.loads(printed.stdout)["servers"]
        assert [server["url"] for server in servers] == [address + BASE_PATH]

    def test_paths_hold_no_version(self) -> None:
        assert [path for path in DOCUMENT["paths"] if "/v1" in path] == []
