"""How calls fail, told once for each status: operations refer to it."""

from typing import Any

from pydantic import TypeAdapter

from app.api.http import BASE_PATH, EXAMPLE_ID, PROBLEM_MEDIA_TYPE, Problem, example_problem

Json = dict[str, Any]

COMPONENT_PREFIX = "#/components/schemas/"
RESPONSE_PREFIX = "#/components/responses/"
RETRY_AFTER = {
    "description": "How many seconds to wait before the call is made again.",
    "schema": {"type": "string"},
    "example": "10",
}


def reference_to_problem(status: int) -> Json:
    return {"$ref": f"{RESPONSE_PREFIX}Problem{status}"}


def problem_responses(document: Json) -> Json:
    """Each status that some operation refers to, with its example, once."""
    named = {
        name
        for operations in document["paths"].values()
        for operation in operations.values()
        for answer in operation["responses"].values()
        if (name := answer.get("$ref", "").removeprefix(RESPONSE_PREFIX))
    }
    return {name: _problem_response(int(name.removeprefix("Problem"))) for name in sorted(named)}


def _problem_response(status: int) -> Json:
    example = example_problem(status, f"{BASE_PATH}/suppliers/{EXAMPLE_ID}")
    again = {"headers": {"Retry-After": RETRY_AFTER}} if status == 503 else {}
    return again | {
        "description": example["title"],
        "content": {
            PROBLEM_MEDIA_TYPE: {
                "schema": {"$ref": f"{COMPONENT_PREFIX}Problem"},
                "examples": {"problem": {"value": example}},
            }
        },
    }


def problem_schema(schemas: Json) -> Json:
    schema = TypeAdapter(Problem).json_schema(ref_template=COMPONENT_PREFIX + "{model}")
    schemas.update(schema.pop("$defs"))
    return schema
