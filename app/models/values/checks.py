"""What values of every kind are checked with, and what the parts of a resource have in common."""

from typing import TypeVar

from pydantic import ConfigDict
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError
from sqlmodel import SQLModel

Item = TypeVar("Item")


class Value(SQLModel):
    """A part of a resource: camelCase on the wire, strict, and nothing unknown."""

    model_config = ConfigDict(
        alias_generator=to_camel, extra="forbid", strict=True, populate_by_name=True
    )  # type: ignore[assignment]  # SQLModel narrows the type of its own config


def contradiction(field: str, detail: str) -> PydanticCustomError:
    """An error of several fields together, shown at the one a caller would change."""
    return PydanticCustomError("contradiction", "{detail}", {"field": field, "detail": detail})


def refuse_misplaced(field: str, value: object, belongs: bool, where: str) -> None:
    """A field that is there where it belongs and nowhere else; None is not there."""
    if belongs and value is None:
        raise contradiction(field, f"is needed with {where}")
    if not belongs and value is not None:
        raise contradiction(field, f"goes with {where}, and only there")


def without_repeats(items: list[Item]) -> list[Item]:
    if any(item in items[:index] for index, item in enumerate(items)):
        raise ValueError("names the same thing twice")
    return items
