"""An instant as a parameter: with its offset, so that nobody has to guess whose clock it is."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from app.api.http.shapes import EXAMPLE_INSTANT

INSTANT_PATTERN = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII
)


def _instant_from_text(value: Any) -> Any:
    if not isinstance(value, str) or not INSTANT_PATTERN.fullmatch(value):
        raise ValueError(
            "give an instant with its offset, as 2018-02-01T08:30:00Z or, with + written as %2B, "
            "2018-02-01T09:30:00+01:00"
        )
    try:
        return datetime.fromisoformat(value.upper()).astimezone(UTC)
    except OverflowError:
        raise ValueError("is outside the years 1 to 9999") from None


InstantParameter = Annotated[
    datetime,
    BeforeValidator(_instant_from_text),
    WithJsonSchema({"type": "string", "format": "date-time", "example": EXAMPLE_INSTANT}),
]
