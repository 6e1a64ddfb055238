"""The OpenAPI document: what FastAPI knows of the routes, and what all of them share."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from fastapi import FastAPI

from app.api.door.code_texts import describe_codes
from app.api.door.enumerations import name_enumerations
from app.api.door.failures import (
    COMPONENT_PREFIX,
    problem_responses,
    problem_schema,
    reference_to_problem,
)
from app.api.door.patch_shapes import document_patch
from app.api.door.plain_schemas import make_plain
from app.api.door.walk import show_walk
from app.api.http import (
    EXAMPLE_ADDRESS,
    JSON_MEDIA_TYPE,
    Shape,
)

Json = dict[str, Any]

SECURITY_SCHEME = "key"
LINK_EXAMPLES = ("self", "first", "last")
SUCCESS = {
    "200": "What was asked for.",
    "201": "Stored; Location says where it can be read.",
    "202": "Accepted; Location says where the result will be.",
    "204": "Done; there is nothing more to show.",
}
# What is answered beside JSON.
FILES = {
    "CsvFile": {
        "type": "string",
        "description": "A table, a row a line, with a heading; values are parted by semicolons.",
    },
    "HtmlPage": {"type": "string", "description": "A page to read or print."},
    "Workbook": {
        "type": "string",
        "format": "binary",
        "description": "An Excel workbook, as a file.",
    },
}
IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The ETag of the version the client has; the answer is 304 if it is the newest.",
    "schema": {"type": "string", "examples": ['"1"']},
}


def complete(app: FastAPI, contact: Mapping[str, str]) -> Json:
    """FastAPI's document with problems, examples, headers and security in every operation."""
    document = FastAPI.openapi(app)
    if "securitySchemes" in document["components"]:
        return document
    document["info"]["contact"] = dict(contact)
    schemas = document["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    _show_whole_examples(schemas)
    schemas["Problem"] = problem_schema(schemas)
    schemas.update(deepcopy(FILES))
    document["components"]["securitySchemes"] = {SECURITY_SCHEME: _security_scheme()}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            _complete_operation(operation, method, path, schemas)
    document["components"]["responses"] = problem_responses(document)
    _show_whole_limits(document)
    make_plain(document)
    name_enumerations(document)
    describe_codes(document)
    show_walk(document)
    return document


def _show_whole_examples(schemas: Json, shape: type[Shape] = Shape) -> None:
    """Puts back the nulls that FastAPI drops from examples: the service sends them."""
    for child in shape.__subclasses__():
        if "example" in vars(child) and child.__name__ in schemas:
            schemas[child.__name__]["examples"] = [deepcopy(child.example)]
        _show_whole_examples(schemas, child)


def _show_whole_limits(part: Any) -> None:
    """Writes whole limits as integers; FastAPI writes `maximum: 4.0` even for an integer."""
    if isinstance(part, dict):
        for name in {"minimum", "maximum"} & set(part):
            if isinstance(part[name], float) and part[name].is_integer():
                part[name] = int(part[name])
    if isinstance(part, dict | list):
        for value in part.values() if isinstance(part, dict) else part:
            _show_whole_limits(value)


def _complete_operation(operation: Json, method: str, path: str, schemas: Json) -> None:
    is_open = path == "/api-info"
    operation["security"] = [] if is_open else [{SECURITY_SCHEME: []}]
    if method in {"patch", "delete"}:
        _require_if_match(operation)
    if method == "patch":
        document_patch(operation, schemas)
    for content in operation.get("requestBody", {}).get("content", {}).values():
        _add_examples(content, schemas)
    _complete_success(operation, method, path, schemas)
    operation["responses"].pop("422", None)
    named = {int(status) for status in operation["responses"] if status >= "4"}
    for status in sorted(named | _problem_statuses(method, path, is_open)):
        operation["responses"][str(status)] = reference_to_problem(status)
    _leave_optional_parameters_empty(operation)


def _require_if_match(operation: Json) -> None:
    """The code lets If-Match be left out, so that such a call is answered 428 and not 422."""
    for field in operation["parameters"]:
        if field["name"] == "If-Match":
            field["required"] = True
            field["schema"] = field["schema"]["anyOf"][0] | {"examples": ['"1"']}


def _complete_success(operation: Json, method: str, path: str, schemas: Json) -> None:
    single = method in {"get", "patch", "post"} and not _is_list(operation)
    for status, answer in list(operation["responses"].items()):
        if not status.startswith("2"):
            continue
        answer["description"] = SUCCESS[status]
        for content in answer.get("content", {}).values():
            _add_examples(content, schemas)
        if single and _is_stored(answer, schemas):
            _add_headers(answer, status)
            if method == "get":
                _document_unchanged(operation)


def _add_headers(answer: Json, status: str) -> None:
    answer["headers"] = {"ETag": _header("The version of what is shown.", '"1"')}
    if status in {"201", "202"}:
        example = answer["content"][JSON_MEDIA_TYPE]["examples"]["example"]["value"]
        place = example["_links"]["self"]["href"]
        answer["headers"]["Location"] = _header("Where it can be read.", place)


def _document_unchanged(operation: Json) -> None:
    operation["parameters"].append(deepcopy(IF_NONE_MATCH))
    operation["responses"]["304"] = {
        "description": "The version in If-None-Match is newest.",
        "headers": {"ETag": _header("The version that is newest.", '"1"')},
    }


def _is_list(operation: Json) -> bool:
    return any(field["name"] == "page" for field in operation.get("parameters", []))


def _is_stored(answer: Json, schemas: Json) -> bool:
    reference = answer.get("content", {}).get(JSON_MEDIA_TYPE, {}).get("schema", {}).get("$ref")
    return bool(reference) and "_links" in _named(reference, schemas).get("properties", {})


def _header(description: str, example: str) -> Json:
    return {
        "description": description,
        "schema": {"type": "string"},
        "example": example,
    }


def _problem_statuses(method: str, path: str, is_open: bool) -> set[int]:
    """What can go wrong with any resource; a route names what else can go wrong with its own."""
    statuses = {422} if is_open else {401, 403, 422, 503}
    if "{" in path:
        statuses |= {404}
    if method in {"post", "patch"}:
        statuses |= {400, 413, 415}
    if method in {"post", "patch", "delete"}:
        statuses |= {409}
    if method in {"patch", "delete"}:
        statuses |= {412, 428}
    return statuses


def _leave_optional_parameters_empty(operation: Json) -> None:
    """The docs page fills an example in, and would ask for what nobody has asked for."""
    for field in operation.get("parameters", []):
        if field["in"] == "query" and not field["required"]:
            for part in (field, field["schema"], *field["schema"].get("anyOf", [])):
                part.pop("example", None)
                part.pop("examples", None)


def _security_scheme() -> Json:
    return {
        "type": "http",
        "scheme": "bearer",
        "description": "A key made with `handslag create-key`, sent as `Authorization: Bearer`.",
    }


def _add_examples(content: Json, schemas: Json) -> None:
    """Every body shows an example: that of its shape, or a page with the example of its items."""
    if "examples" in content:
        return
    example = _example_of(content.get("schema", {}), schemas)
    if example is not None:
        content["examples"] = {"example": {"value": example}}


def _example_of(schema: Json, schemas: Json) -> Any:
    named = _named(schema["$ref"], schemas) if "$ref" in schema else schema
    if named.get("examples"):
        return named["examples"][0]
    items = named.get("properties", {}).get("items", {}).get("items", {})
    return _page_example(_example_of(items, schemas)) if items else None


def _page_example(item: Any) -> Json:
    links = {rel: {"href": EXAMPLE_ADDRESS, "rel": rel, "method": "GET"} for rel in LINK_EXAMPLES}
    meta = {"page": 1, "limit": 20, "count": 1, "totalRecords": 1}
    return {
        "items": [item],
        "_meta": meta,
        "_links": links | {"next": None, "prev": None},
    }


def _named(reference: str, schemas: Json) -> Json:
    named: Json = schemas[reference.removeprefix(COMPONENT_PREFIX)]
    return named
