"""Schemas say a thing once and plainly, so that generators of clients make one type of it."""

import json
from typing import Any

from app.api.door.schemas import parameters_of, schemas_of

Json = dict[str, Any]

INTEGER, NUMBER, NULL = {"type": "integer"}, {"type": "number"}, {"type": "null"}


def make_plain(document: Json) -> None:
    for schema in schemas_of(document):
        # FastAPI makes titles of names; how, depends on the version of Python.
        schema.pop("title", None)
        _call_whole_numbers_numbers(schema)
        for name, field in schema.get("properties", {}).items():
            _tell_default(field, is_shown=name in schema.get("required", []))
    for parameter in parameters_of(document):
        _leave_out_null(parameter["schema"])
        # It stands at the parameter itself; beside a reference it would hide the type.
        parameter["schema"].pop("description", None)
    _drop_types_beside_references(document)


def _call_whole_numbers_numbers(schema: Json) -> None:
    options = schema.get("anyOf", [])
    if INTEGER in options and NUMBER in options:
        options.remove(INTEGER)
        if len(options) == 1:
            del schema["anyOf"]
            schema |= NUMBER


def _tell_default(field: Json, is_shown: bool) -> None:
    """In words: of a default in the schema, some generators make a field that must be given."""
    value = field.pop("default", None)
    if value is not None and not is_shown:
        told = f"Unless given: {json.dumps(value, ensure_ascii=False)}."
        field["description"] = " ".join([*field.get("description", "").split(), told])


def _leave_out_null(schema: Json) -> None:
    """A parameter is given or not; an address can hold no null."""
    options = [option for option in schema.get("anyOf", []) if option != NULL]
    if len(options) == 1:
        del schema["anyOf"]
        schema |= options[0]


def _drop_types_beside_references(document: Json) -> None:
    """A reference says the type already."""
    for schema in schemas_of(document):
        if "$ref" in schema:
            schema.pop("type", None)
