"""The OpenAPI document, as tests over every operation read it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.api.door.application import printed_document
from app.api.http import ServiceState
from app.db import Database

Json = dict[str, Any]
COMPONENT_PREFIX = "#/components/schemas/"
RESPONSE_PREFIX = "#/components/responses/"
PATH_PARAMETER = re.compile(r"\{(\w+)\}")
JSON_TYPES = ("application/json", "application/merge-patch+json")


@dataclass(frozen=True)
class Operation:
    """One method at one path of the document."""

    method: str
    path: str
    spec: Json

    @property
    def id(self) -> str:
        return str(self.spec["operationId"])

    @property
    def path_parameters(self) -> list[str]:
        return PATH_PARAMETER.findall(self.path)

    @property
    def is_list(self) -> bool:
        return any(field["name"] == "page" for field in self.spec.get("parameters", []))

    @property
    def is_open(self) -> bool:
        return not self.spec.get("security")

    @property
    def stores(self) -> bool:
        """A POST that stores something: only such a one takes an Idempotency-Key."""
        names = [field["name"] for field in self.spec.get("parameters", [])]
        return self.method == "POST" and "Idempotency-Key" in names

    @property
    def body(self) -> Json | None:
        """The media type object of the request body."""
        body: Json | None = self.spec.get("requestBody", {}).get("content", {}).get(JSON_TYPES[0])
        return body

    @property
    def success(self) -> str:
        return next(str(status) for status in self.spec["responses"] if status.startswith("2"))


def read_document() -> Json:
    """The document of a service that nobody has configured; no database is opened for it."""
    state = ServiceState(Database("sqlite://"), pepper="unused", public_url=None, backdating_days=0)
    return printed_document(state)


def operations_of(document: Json) -> list[Operation]:
    """Every operation, with the responses themselves in place of references to them."""
    shared = document["components"]["responses"]
    return [
        Operation(method.upper(), path, spec | {"responses": _resolved_responses(spec, shared)})
        for path, methods in document["paths"].items()
        for method, spec in methods.items()
    ]


def _resolved_responses(spec: Json, shared: Json) -> Json:
    return {
        status: shared[answer["$ref"].removeprefix(RESPONSE_PREFIX)] if "$ref" in answer else answer
        for status, answer in spec["responses"].items()
    }


DOCUMENT = read_document()
SCHEMAS: Json = DOCUMENT["components"]["schemas"]
OPERATIONS = operations_of(DOCUMENT)
WITH_BODY = [operation for operation in OPERATIONS if operation.body]


def ids_of(operations: list[Operation]) -> list[str]:
    return [operation.id for operation in operations]


def resolved(schema: Json) -> Json:
    """The schema itself where it only refers to one."""
    while "$ref" in schema:
        schema = SCHEMAS[schema["$ref"].removeprefix(COMPONENT_PREFIX)] | {
            key: value for key, value in schema.items() if key != "$ref"
        }
    return schema


def options_of(schema: Json) -> list[Json]:
    """Every plain schema that a value may follow: anyOf and oneOf taken apart."""
    schema = resolved(schema)
    choices = schema.get("anyOf") or schema.get("oneOf")
    if not choices:
        return [schema]
    return [option for choice in choices for option in options_of(choice)]


def self_contained(schema: Json) -> Json:
    """A schema a validator can read alone, with the components that it refers to."""
    return (
        {"$schema": "https://json-schema.org/draft/2020-12/schema"}
        | schema
        | {"components": DOCUMENT["components"]}
    )


def examples_of(content: Json) -> list[Any]:
    return [example["value"] for example in content.get("examples", {}).values()]


def nodes_of(part: Any) -> Iterator[Json]:
    """Every object inside a part of the document."""
    if isinstance(part, dict):
        yield part
        for value in part.values():
            yield from nodes_of(value)
    elif isinstance(part, list):
        for value in part:
            yield from nodes_of(value)
