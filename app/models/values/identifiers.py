"""Ids of resources, as a text on the wire and nothing else."""

import re
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field, Strict, WithJsonSchema

from app.models.values.checks import Value, without_repeats

UUID_PATTERN = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)


def _uuid_from_text(value: Any) -> Any:
    if isinstance(value, UUID):
        return value
    if not isinstance(value, str) or not UUID_PATTERN.fullmatch(value):
        raise ValueError("give a UUID as 8-4-4-4-12 hexadecimal digits")
    return value


Identifier = Annotated[
    UUID,
    Strict(False),
    BeforeValidator(_uuid_from_text),
    WithJsonSchema({"type": "string", "format": "uuid"}),
]
Identifiers = Annotated[
    list[Identifier],
    Field(max_length=200, json_schema_extra={"uniqueItems": True}),
    AfterValidator(without_repeats),
]


class PairReference(Value):
    """One candidate and one slot, named together."""

    candidate_id: Identifier
    slot_id: Identifier
