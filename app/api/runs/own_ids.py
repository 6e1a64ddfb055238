"""What callers send where nothing is stored: ids of their own, and texts that nothing refuses."""

from collections.abc import Sequence
from typing import Annotated, Any, Protocol, Self

from pydantic import AfterValidator, Field, ModelWrapValidatorHandler, model_validator

from app.api.http import Input
from app.errors import FieldError, Invalid
from app.models.values import LINE_PATTERN, Door, through, without_repeats

# As the caller writes it: the answer names it in the same way.
OwnId = Annotated[str, Field(min_length=1, max_length=100, pattern=LINE_PATTERN)]
OwnIds = Annotated[
    list[OwnId],
    Field(max_length=200, json_schema_extra={"uniqueItems": True}),
    AfterValidator(without_repeats),
]


class PassingInput(Input):
    """What is matched and forgotten: no text in it is refused for what it says of a person."""

    @model_validator(mode="wrap")
    @classmethod
    def _passes_by(cls, given: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        with through(Door.BY):
            return handler(given)


class Identified(Protocol):
    id: str


def refuse_repeated_ids(field: str, rows: Sequence[Identified]) -> None:
    seen: set[str] = set()
    wrong = []
    for number, row in enumerate(rows):
        if row.id in seen:
            wrong.append(FieldError(f"#/{field}/{number}/id", "is the id of an earlier one"))
        seen.add(row.id)
    if wrong:
        raise Invalid(*wrong)
