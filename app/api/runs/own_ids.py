"""The ids that callers give people and slots of their own, where nothing is stored."""

from collections.abc import Sequence
from typing import Annotated, Protocol

from pydantic import AfterValidator, Field

from app.errors import FieldError, Invalid
from app.models.values import LINE_PATTERN, without_repeats

MOST_ROWS = 100_000  # of people, and of slots, in one call
# As the caller writes it: the answer names it in the same way.
OwnId = Annotated[str, Field(min_length=1, max_length=100, pattern=LINE_PATTERN)]
OwnIds = Annotated[
    list[OwnId],
    Field(max_length=200, json_schema_extra={"uniqueItems": True}),
    AfterValidator(without_repeats),
]


class Identified(Protocol):
    @property
    def id(self) -> str: ...


def refuse_repeated_ids(field: str, rows: Sequence[Identified]) -> None:
    seen: set[str] = set()
    wrong = []
    for number, row in enumerate(rows):
        if row.id in seen:
            wrong.append(FieldError(f"#/{field}/{number}/id", "is the id of an earlier one"))
        seen.add(row.id)
    if wrong:
        raise Invalid(*wrong)
