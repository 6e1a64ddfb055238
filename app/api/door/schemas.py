"""Every schema of the document, wherever it stands, for what is done to all of them alike."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

NAMED_PARTS = ("properties", "patternProperties", "$defs")
LISTED_PARTS = ("anyOf", "oneOf", "allOf", "prefixItems")
SINGLE_PARTS = ("items", "additionalProperties", "propertyNames")


def schemas_of(document: Json) -> Iterator[Json]:
    """The components, and what stands at parameters and bodies."""
    for schema in list(document["components"]["schemas"].values()):
        yield from parts_of(schema)
    for parameter in parameters_of(document):
        yield from parts_of(parameter["schema"])
    for operation in operations_of(document):
        for body in (operation.get("requestBody", {}), *operation["responses"].values()):
            for content in body.get("content", {}).values():
                yield from parts_of(content["schema"])


def operations_of(document: Json) -> Iterator[Json]:
    for operations in document["paths"].values():
        yield from operations.values()


def parameters_of(document: Json) -> Iterator[Json]:
    for operation in operations_of(document):
        yield from operation.get("parameters", [])


def parts_of(schema: Json) -> Iterator[Json]:
    """The schema and all inside it, outermost first."""
    yield schema
    for name in NAMED_PARTS:
        for part in list(schema.get(name, {}).values()):
            yield from parts_of(part)
    for name in LISTED_PARTS:
        for part in schema.get(name, []):
            yield from parts_of(part)
    for name in SINGLE_PARTS:
        if isinstance(schema.get(name), dict):
            yield from parts_of(schema[name])
