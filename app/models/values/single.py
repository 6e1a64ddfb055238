"""Single values: days, months, ids and driving licences."""

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, Strict, WithJsonSchema
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError
from sqlmodel import SQLModel

from app.models.values.described import Described
from app.models.values.doors import Door, present_door

Item = TypeVar("Item")


class Fields(Described, SQLModel):
    """Fields that a table and a body share."""


class Value(Fields):
    """A part of a resource: camelCase on the wire, strict, and without unknown names."""

    model_config = ConfigDict(
        alias_generator=to_camel, extra="forbid", strict=True, populate_by_name=True
    )  # type: ignore[assignment]  # SQLModel narrows the type of its own config


def contradiction(field: str, detail: str) -> PydanticCustomError:
    """An error that several fields cause together, shown at the one a caller would change."""
    return PydanticCustomError("contradiction", "{detail}", {"field": field, "detail": detail})


def refuse_misplaced(field: str, value: object, belongs: bool, where: str) -> None:
    """Refuses a field that is None where it is needed, or given where it does not belong."""
    if belongs and value is None:
        raise contradiction(field, f"is needed with {where}")
    if not belongs and value is not None:
        raise contradiction(field, f"goes with {where}, and only there")


def without_repeats(items: list[Item]) -> list[Item]:
    if any(item in items[:index] for index, item in enumerate(items)):
        raise ValueError("names the same thing twice")
    return items


# Every day and instant from outside lies within these; the year 18 is a misspelt 2018.
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
BOUNDS_OF_DAYS = f"give a day from {EARLIEST} to {LATEST}"


def _lies_within(first: str, text: str, last: str) -> bool:
    """What was stored before days had bounds stays readable."""
    return present_door() is Door.OUT or first <= text <= last


DAY_PATTERN = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _day_from_text(value: Any) -> Any:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not DAY_PATTERN.fullmatch(value):
        raise ValueError("give a date as YYYY-MM-DD")
    if not _lies_within(f"{EARLIEST}", value, f"{LATEST}"):
        raise ValueError(BOUNDS_OF_DAYS)
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


MONTH_PATTERN = re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])")


def _month_from_text(value: Any) -> Any:
    if isinstance(value, str) and not MONTH_PATTERN.fullmatch(value):
        raise ValueError("give a month as YYYY-MM")
    return value


def _within_bounds(month: str) -> str:
    if not _lies_within(f"{EARLIEST:%Y-%m}", month, f"{LATEST:%Y-%m}"):
        raise ValueError(f"give a month from {EARLIEST:%Y-%m} to {LATEST:%Y-%m}")
    return month


Month = Annotated[
    str,
    Field(
        json_schema_extra={
            "pattern": r"^(199[0-9]|20[0-9]{2}|2100)-(0[1-9]|1[0-2])$",
            "example": "2018-04",
        },
    ),
    BeforeValidator(_month_from_text),
    AfterValidator(_within_bounds),
]


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


DrivingLicence = Literal[
    "AM",
    "A1",
    "A2",
    "A",
    "B",
    "B96",
    "BE",
    "C1",
    "C1E",
    "C",
    "CE",
    "D1",
    "D1E",
    "D",
    "DE",
]
DrivingLicences = Annotated[
    list[DrivingLicence],
    Field(max_length=15, json_schema_extra={"uniqueItems": True}),
    AfterValidator(without_repeats),
]
