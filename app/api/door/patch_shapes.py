"""What a merge patch takes, as shapes of their own: `SlotPatch`, and `ExtentPatch` inside it."""

from copy import deepcopy
from typing import Any

from app.api.http import JSON_MEDIA_TYPE, MERGE_PATCH_MEDIA_TYPE

Json = dict[str, Any]

WHAT_A_PATCH_IS = (
    "A merge patch (RFC 7396): what is sent replaces what was there, lists as a whole; null takes "
    "out what may be left out; the rest stays."
)
COMPONENT_PREFIX = "#/components/schemas/"


def document_patch(operation: Json, schemas: Json) -> None:
    """A merge patch takes any part of the input shape, and null where a field may be left out.

    A route that takes a shape of its own is documented with that shape.
    """
    (content,) = operation["requestBody"]["content"].values()
    if "$ref" not in content["schema"]:
        content = _content(operation, schemas)
    operation["requestBody"]["content"] = {
        JSON_MEDIA_TYPE: content,
        MERGE_PATCH_MEDIA_TYPE: deepcopy(content),
    }


def _content(operation: Json, schemas: Json) -> Json:
    shown = operation["responses"]["200"]["content"][JSON_MEDIA_TYPE]["schema"]["$ref"]
    name = shown.removeprefix(COMPONENT_PREFIX).removesuffix("Output") + "Input"
    return {
        "schema": {"$ref": _named_patch(name, schemas)},
        "examples": {"example": {"value": _example(schemas[name])}},
    }


def _named_patch(name: str, schemas: Json) -> str:
    """The reference to the patch of a shape, which is added where it is not there yet."""
    patch = name.removesuffix("Input").removesuffix("-") + "Patch"
    if patch not in schemas:
        schemas[patch] = _as_patch(schemas[name], schemas) | {"description": WHAT_A_PATCH_IS}
    return COMPONENT_PREFIX + patch


def _as_patch(schema: Json, schemas: Json) -> Json:
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(COMPONENT_PREFIX)
        is_object = "properties" in schemas[name]
        return schema | {"$ref": _named_patch(name, schemas)} if is_object else dict(schema)
    patch = {key: value for key, value in schema.items() if key not in {"required", "examples"}}
    required = schema.get("required", [])
    if "properties" in schema:
        patch["properties"] = {
            name: _part_of_patch(part, name in required, schemas)
            for name, part in schema["properties"].items()
        }
    if "anyOf" in schema:
        patch["anyOf"] = [_as_patch(option, schemas) for option in schema["anyOf"]]
    return patch


def _part_of_patch(part: Json, required: bool, schemas: Json) -> Json:
    patch = _as_patch(part, schemas)
    patch.pop("default", None)
    options = patch.get("anyOf", [])
    if required or {"type": "null"} in options:
        return patch
    told = {"description": patch.pop("description")} if "description" in patch else {}
    return {"anyOf": [*(options or [patch]), {"type": "null"}]} | told


def _example(schema: Json) -> Json:
    example = schema["examples"][0]
    first = next(iter(example))
    return {first: example[first]}
