"""Days, months and instants, as a text on the wire and nothing else."""

import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, Strict, WithJsonSchema

from app.models.values.checks import without_repeats

DAY_PATTERN = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _day_from_text(value: Any) -> Any:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not DAY_PATTERN.fullmatch(value):
        raise ValueError("give a date as YYYY-MM-DD")
    return value


Day = Annotated[
    date,
    Strict(False),
    BeforeValidator(_day_from_text),
    WithJsonSchema({"type": "string", "format": "date", "example": "2018-03-01"}),
]
Days = Annotated[
    list[Day],
    Field(max_length=200, json_schema_extra={"uniqueItems": True}),
    AfterValidator(without_repeats),
]
Instant = Annotated[
    datetime,
    WithJsonSchema({"type": "string", "format": "date-time", "example": "2018-02-01T08:30:00Z"}),
]
Month = Annotated[
    str,
    Field(pattern=r"^[12][0-9]{3}-(0[1-9]|1[0-2])$", json_schema_extra={"example": "2018-04"}),
]
