"""Generators of clients make one type of each thing, and lose nothing (make check-clients runs
three of them)."""

from collections import Counter
from collections.abc import Iterator

import pytest

from app.api.door.enumerations import PLACES
from app.api.door.patch_shapes import document_patch
from app.api.door.plain_schemas import make_plain
from app.api.door.schemas import parameters_of, parts_of, schemas_of
from app.api.http import example_problem
from tests.api.document import DOCUMENT, OPERATIONS, SCHEMAS, Json

EVERY_SCHEMA = list(schemas_of(DOCUMENT))
WORDS = {
    *("$ref", "type", "enum", "const", "anyOf", "oneOf", "allOf"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("minLength", "maxLength", "pattern", "format"),
    *("items", "prefixItems", "minItems", "maxItems", "uniqueItems"),
    *("properties", "required", "additionalProperties", "propertyNames"),
    *("patternProperties", "minProperties", "maxProperties"),
    *("description", "default", "examples", "readOnly", "writeOnly", "deprecated"),
    *("discriminator", "example"),  # of OpenAPI
}


def inner_schemas() -> Iterator[Json]:
    """Schemas without a name: parts of components, and what stands at parameters and bodies."""
    components = {id(schema) for schema in SCHEMAS.values()}
    return (schema for schema in EVERY_SCHEMA if id(schema) not in components)


def test_no_schema_has_a_title() -> None:
    """FastAPI makes titles of names, and not the same ones on every version of Python."""
    assert [schema for schema in EVERY_SCHEMA if "title" in schema] == []


def test_no_schema_has_a_word_that_is_none_of_json_schema() -> None:
    """`ge` for `minimum`, say: whoever reads the schema would not know of the bound."""
    assert {word for schema in EVERY_SCHEMA for word in schema} - WORDS == set()
    pages = [
        (one["schema"]["minimum"], one["schema"]["maximum"])
        for one in parameters_of(DOCUMENT)
        if one["name"] in {"page", "limit"}
    ]
    assert set(pages) == {(0, 1_000_000), (1, 100)}


def test_every_enumeration_has_a_name() -> None:
    assert [schema["enum"] for schema in inner_schemas() if "enum" in schema] == []


def test_every_name_of_an_enumeration_is_in_use() -> None:
    assert sorted(name for name in PLACES if "enum" not in SCHEMAS.get(name, {})) == []


def test_no_two_enumerations_are_the_same() -> None:
    values = Counter(frozenset(one["enum"]) for one in SCHEMAS.values() if "enum" in one)
    assert [sorted(map(str, one)) for one, times in values.items() if times > 1] == []


def test_every_object_has_a_name() -> None:
    """Those of patches and of unions too."""
    assert [schema for schema in inner_schemas() if "properties" in schema] == []
    assert [schema for schema in inner_schemas() if "discriminator" in schema] == []


def test_a_patch_refers_to_patches() -> None:
    fields = SCHEMAS["SlotPatch"]["properties"]
    assert fields["extentPercent"]["$ref"].endswith("/ExtentPatch")
    assert fields["required"]["anyOf"][0]["$ref"].endswith("/DemandsPatch")
    assert "required" not in SCHEMAS["ExtentPatch"]


def test_a_batch_shows_what_its_items_are() -> None:
    for name in ("Candidate", "Slot"):
        items = SCHEMAS[f"{name}BatchInput"]["properties"]["items"]["items"]
        assert items == {"$ref": f"#/components/schemas/{name}Input"}


@pytest.mark.parametrize(
    ("schema", "plain"),
    [
        ({"anyOf": [{"type": "integer"}, {"type": "number"}]}, {"type": "number"}),
        (
            {"anyOf": [{"type": "integer"}, {"type": "number"}, {"type": "null"}]},
            {"anyOf": [{"type": "number"}, {"type": "null"}]},
        ),
        (
            {"anyOf": [{"type": "integer"}, {"type": "null"}]},
            {"anyOf": [{"type": "integer"}, {"type": "null"}]},
        ),
        # A field that is called title stays.
        (
            {"properties": {"title": {"type": "string", "title": "Title"}}, "title": "Thing"},
            {"properties": {"title": {"type": "string"}}},
        ),
    ],
)
def test_plain(schema: Json, plain: Json) -> None:
    make_plain({"components": {"schemas": {"Thing": schema}}, "paths": {}})
    assert schema == plain


def test_whole_numbers_are_numbers() -> None:
    both = [{"type": "integer"}, {"type": "number"}]
    assert [one for one in EVERY_SCHEMA if all(kind in one.get("anyOf", []) for kind in both)] == []


def test_a_default_is_told_in_words() -> None:
    """Of a default in a schema, openapi-typescript makes a field that must be given."""
    inside = [part for schema in SCHEMAS.values() for part in parts_of(schema)]
    assert [schema for schema in inside if "default" in schema] == []
    told = SCHEMAS["PolicyInput"]["properties"]["occupationDigits"]["description"]
    assert told.endswith("Unless given: 3.")


def test_an_answer_shows_every_field() -> None:
    for name in ("SlotOutput", "ClauseOutput", "GapOutput", "PageLinks", "Link"):
        assert set(SCHEMAS[name]["required"]) == set(SCHEMAS[name]["properties"]), name


def test_no_parameter_can_be_null() -> None:
    parameters = [one for operation in OPERATIONS for one in operation.spec.get("parameters", [])]
    assert parameters
    nulls = [one["name"] for one in parameters if {"type": "null"} in list(parts_of(one["schema"]))]
    assert nulls == []


def test_a_reference_says_the_type_alone() -> None:
    assert [one for one in EVERY_SCHEMA if "$ref" in one and "type" in one] == []


def test_every_format_of_a_report_has_a_type() -> None:
    (report,) = (one for one in OPERATIONS if one.id == "readReport")
    contents = report.spec["responses"]["200"]["content"]
    names = {
        kind: content["schema"]["$ref"].rpartition("/")[2] for kind, content in contents.items()
    }
    assert list(names.values()) == ["ReportOutput", "CsvFile", "Workbook", "HtmlPage"]
    assert SCHEMAS["Workbook"]["format"] == "binary"


def test_a_patch_of_a_shape_in_a_shape() -> None:
    """Made anew of two shapes: what must be given may be left out, and null only takes out what
    need not be given."""
    point = {"type": "object", "properties": {"x": {"type": "integer"}}, "required": ["x"]}
    thing = {
        "type": "object",
        "properties": {
            "at": {"$ref": "#/components/schemas/Point"},
            "note": {"type": "string", "default": "none", "description": "A note."},
        },
        "required": ["at"],
        "examples": [{"at": {"x": 1}}],
    }
    schemas: Json = {"Point": point, "ThingInput": thing, "ThingOutput": {}}
    shown = {
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ThingOutput"}}}
    }
    operation: Json = {
        "requestBody": {"content": {"application/merge-patch+json": {"schema": {}}}},
        "responses": {"200": shown},
    }
    document_patch(operation, schemas)
    assert set(operation["requestBody"]["content"]) == {
        "application/json",
        "application/merge-patch+json",
    }
    fields = schemas["ThingPatch"]["properties"]
    assert fields["at"] == {"$ref": "#/components/schemas/PointPatch"}
    assert fields["note"] == {
        "anyOf": [{"type": "string"}, {"type": "null"}],
        "description": "A note.",
    }
    assert "required" not in schemas["PointPatch"]


@pytest.mark.parametrize(
    ("status", "title"), [(413, "Content Too Large"), (422, "Unprocessable Content")]
)
def test_a_status_is_called_the_same_on_every_python(status: int, title: str) -> None:
    """Python 3.13 took over the words of RFC 9110; until then it had those of RFC 7231."""
    assert example_problem(status, "/")["title"] == title
