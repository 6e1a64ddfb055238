"""Bodies that may be large: a route gets their bytes, and reads them where nobody else waits."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import GetCoreSchemaHandler, TypeAdapter, ValidationError
from pydantic_core import CoreSchema, core_schema

from app.api.http.problems import invalid_from
from app.api.http.shapes import Input
from app.errors import FieldError, Invalid, refuse_many

BYTES_OF_A_ROW = 50
"""As many as the shortest pair of an assignment has; other rows have more."""

ROWS_OF_A_PART = 1_000
Wanted = TypeVar("Wanted", bound=Input)


@dataclass(frozen=True)
class Unread:
    """Marks a body that the route gets as the bytes sent; the document shows the shape."""

    shape: type[Input]

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        documented = handler.generate_schema(self.shape)
        return core_schema.json_or_python_schema(documented, core_schema.any_schema())


def rows_in(body: bytes) -> int:
    """How many rows it may hold, for what is done elsewhere from so many rows on."""
    return len(body) // BYTES_OF_A_ROW


def checked(shape: type[Wanted], content: Any) -> Wanted:
    """The content as the shape; Invalid with a pointer to each field that is wrong."""
    if content is None:
        raise Invalid(FieldError("#", "Field required"))
    try:
        return TypeAdapter(shape).validate_python(content, from_attributes=True)
    except ValidationError as error:
        raise invalid_from(error) from error


def checked_in_parts(shape: type[Wanted], content: Any, *lists: str) -> Iterator[Wanted]:
    """The content with the first rows of the lists, then their other rows part by part.

    All rows as objects would fill the memory: what has been checked is taken out of the content.
    Raises Invalid at the end, with pointers into the whole.
    """
    wrong = [*_too_long(shape, content, lists)]
    for part, name, before in _parts(content, lists):
        try:
            yield checked(shape, part)
        except Invalid as error:
            wrong += _placed(error.errors, name, before)
            refuse_many(wrong)
    if wrong:
        raise Invalid(*wrong)


def _too_long(shape: type[Input], content: Any, lists: Sequence[str]) -> Iterator[FieldError]:
    """What pydantic says of a list over its limit, which no part of it is; empties the list."""
    for name in lists:
        rows = content.get(name) if isinstance(content, dict) else None
        for limit in shape.model_fields[name].metadata:
            most = getattr(limit, "max_length", None)
            if most is not None and isinstance(rows, list) and len(rows) > most:
                detail = f"List should have at most {most} items after validation, not {len(rows)}"
                yield FieldError(f"#/{name}", detail)
                content[name] = []


def _parts(content: Any, lists: Sequence[str]) -> Iterator[tuple[Any, str, int]]:
    """Each part, the one list that it has if it is not the first, and how many rows lie before."""
    is_object = isinstance(content, dict)
    whole = {one: content[one] for one in lists if is_object and isinstance(content.get(one), list)}
    yield (
        content | {one: _taken(rows, 0) for one, rows in whole.items()} if whole else content,
        "",
        0,
    )
    for name, rows in whole.items():
        for first in range(ROWS_OF_A_PART, len(rows), ROWS_OF_A_PART):
            empty: dict[str, Any] = {one: [] for one in lists}
            yield content | empty | {name: _taken(rows, first)}, name, first


def _taken(rows: list[Any], first: int) -> list[Any]:
    taken = rows[first : first + ROWS_OF_A_PART]
    rows[first : first + ROWS_OF_A_PART] = [None] * len(taken)
    return taken


def _placed(errors: Iterable[FieldError], name: str, before: int) -> Iterator[FieldError]:
    """The errors of a part's list, in the whole; what else is wrong the first part has told."""
    for error in errors:
        start, *steps = error.pointer.split("/")
        if not name:
            yield error
        elif steps[:1] == [name]:
            row = f"{int(steps[1]) + before}"
            yield FieldError("/".join((start, name, row, *steps[2:])), error.detail)
