"""Rows in bulk, past the session: read as columns, inserted as they are.

No object a row, and what many rows hold alike is read once. Values are texts that both databases
take and give: JSON, dates by ISO 8601, ids as digits.
"""

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic_core import from_json
from sqlalchemy import Text, cast, column, insert, table
from sqlmodel import Session, SQLModel
from sqlmodel.sql.expression import SelectOfScalar

from app.clock import utc_now
from app.matching import values as engine
from app.models.rows import Row

ROWS_AT_ONCE = 2_000  # of which all columns fit a processor's own memory
DIGITS = 32  # of an id as SQLite keeps it
HYPHENS = (8, 13, 18, 23)  # where an id as it is written has them
NEARLY_ALL = 0.95  # of the rows: then looking for texts that are there already costs more
TRUE = ("1", "true")  # SQLite's way, and PostgreSQL's

Array = NDArray[Any]


class StoredColumn:
    """The texts of a column, and which of them each row has; None where it has nothing.

    Everything is a text, as both databases write it: JSON unread, dates by ISO 8601. Each distinct
    text is there once, unless nearly every row has one of its own.
    """

    def __init__(self) -> None:
        self._numbers: engine.Numbering[str | None] = engine.Numbering()
        self._own_texts: list[str | None] = []
        self._parts = [np.zeros(0, dtype=np.int32)]
        self._is_own: bool | None = None

    def add(self, texts: Sequence[str | None]) -> None:
        if self._is_own is None:
            self._is_own = len(set(texts)) > NEARLY_ALL * len(texts)
        if self._is_own:
            first = len(self._own_texts)
            self._own_texts.extend(texts)
            rows = np.arange(first, first + len(texts), dtype=np.int32)
        else:
            rows = np.fromiter(map(self._numbers.__getitem__, texts), np.int32, len(texts))
        self._parts.append(rows)

    def texts(self) -> list[str]:
        """Empty where there is none."""
        return [text or "" for text in self._texts()]

    def _texts(self) -> Collection[str | None]:
        return self._own_texts if self._is_own else self._numbers

    def rows(self) -> Array:
        """(rows,) the number of each row's text."""
        return np.concatenate(self._parts)

    def spread(self, values: Array) -> Array:
        """(rows, ...) from one value for each text."""
        return values[self.rows()]

    def numbers(self, missing: int = 0) -> Array:
        found = [missing if text is None else int(text) for text in self._texts()]
        return self.spread(np.array(found, dtype=np.int64))

    def truths(self) -> Array:
        return self.spread(np.array([text in TRUE for text in self._texts()], dtype=np.bool_))

    def days(self) -> Array:
        """Day numbers, the last there is where there is none."""
        return self.spread(engine.day_numbers(list(self._texts())))

    def names(self) -> Array:
        """Empty where there is none."""
        return self.spread(engine.names(self.texts()))

    def ids(self) -> Array:
        """As str(UUID) writes them, empty where there is none."""
        return self.spread(with_hyphens(engine.names(self.texts())))

    def values(self) -> list[Any]:
        """What the texts say as JSON."""
        texts = [text or "null" for text in self._texts()]
        found: list[Any] = from_json(f"[{','.join(texts)}]")
        return found


def read_columns(
    session: Session, model: type[Row], query: SelectOfScalar[Any], names: Iterable[str]
) -> dict[str, StoredColumn]:
    """These columns of the rows that the query selects, in no order."""
    columns = {name: StoredColumn() for name in names}
    texts = query.with_only_columns(*(cast(getattr(model, name), Text) for name in columns))
    unordered = texts.order_by(None).execution_options(stream_results=True)
    # By the connection: the session would make an object of every row.
    for rows in session.connection().execute(unordered).partitions(ROWS_AT_ONCE):
        for stored, texts_of in zip(columns.values(), zip(*rows, strict=True), strict=True):
            stored.add(texts_of)
    return columns


def insert_rows(session: Session, model: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows of the model's table; columns that the rows leave out must be nullable."""
    if rows:
        # A table without types: the values go to the driver as they are.
        plain = table(str(model.__tablename__), *map(column, rows[0]))
        session.connection().execute(insert(plain), rows)


def instant_text(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M:%S.%f}"  # UTC: what SQLite keeps, and PostgreSQL takes


def new_ids(count: int) -> list[str]:
    """Ids as digits, ascending: UUID version 7 of RFC 9562, the time and 74 random bits. Rows that
    come together stand together in every index; random ids would touch as many pages as rows."""
    octets = np.frombuffer(os.urandom(16 * count), dtype=np.uint8).reshape(-1, 16).copy()
    milliseconds = int(utc_now().timestamp() * 1000)
    octets[:, :6] = np.frombuffer(milliseconds.to_bytes(6), dtype=np.uint8)
    octets[:, 6] = octets[:, 6] & 0x0F | 0x70
    octets[:, 8] = octets[:, 8] & 0x3F | 0x80
    digits = octets.tobytes().hex()
    return sorted(digits[first : first + DIGITS] for first in range(0, len(digits), DIGITS))


def digits_of(written: str) -> str:
    return written.replace("-", "")


def with_hyphens(ids: Array) -> Array:
    """Ids of 32 digits as str(UUID) writes them; others, and empty ones, as they are."""
    if ids.dtype != np.dtype((np.str_, DIGITS)):
        return ids
    digits = ids.view(np.uint32).reshape(-1, DIGITS)
    found = np.full((len(ids), DIGITS + len(HYPHENS)), ord("-"), dtype=np.uint32)
    found[:, [place for place in range(found.shape[1]) if place not in HYPHENS]] = digits
    found[ids == ""] = 0
    return found.view((np.str_, found.shape[1]))[:, 0]
