"""Rows in bulk, without objects of the session: read as columns, inserted as plain values.

A text that many rows share is converted once. Values are texts that both databases take and give:
JSON, dates by ISO 8601, ids as digits.
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

ROWS_AT_ONCE = 2_000  # all columns of so many rows fit a processor's cache
DIGITS = 32  # in an id as SQLite stores it
HYPHENS = (8, 13, 18, 23)  # their places in a written id
NEARLY_ALL = 0.95  # if so many texts differ, looking for equal ones costs more than it saves
TRUE = ("1", "true")  # as SQLite writes it, and as PostgreSQL does

Array = NDArray[Any]


class StoredColumn:
    """The texts of a column, and which of them each row has; None stands for null.

    All values are texts as both databases write them: JSON not parsed, dates by ISO 8601. Each
    distinct text is kept once, unless nearly all rows differ.
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
        """Day numbers; the last possible day where the row has none."""
        return self.spread(engine.day_numbers(list(self._texts())))

    def names(self) -> Array:
        """Empty where there is none."""
        return self.spread(engine.names(self.texts()))

    def ids(self) -> Array:
        """Ids as str(UUID) writes them; empty where the row has none."""
        return self.spread(with_hyphens(engine.names(self.texts())))

    def values(self) -> list[Any]:
        """Each distinct text, parsed as JSON."""
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
    # Through the connection, because the session would make an object of every row.
    for rows in session.connection().execute(unordered).partitions(ROWS_AT_ONCE):
        for stored, texts_of in zip(columns.values(), zip(*rows, strict=True), strict=True):
            stored.add(texts_of)
    return columns


def insert_rows(session: Session, model: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts rows into the model's table; columns that the rows leave out must be nullable."""
    if rows:
        # The table has no types, so that the values go to the driver unchanged.
        plain = table(str(model.__tablename__), *map(column, rows[0]))
        session.connection().execute(insert(plain), rows)


def instant_text(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M:%S.%f}"  # UTC, as SQLite stores it and PostgreSQL accepts it


def new_ids(count: int) -> list[str]:
    """Ids as digits, ascending: UUID version 7 of RFC 9562, the time and 74 random bits. Rows
    inserted together are neighbours in every index; random ids would touch a page for each row."""
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
    """Ids of 32 digits as str(UUID) writes them; other ids, and empty ones, unchanged."""
    if ids.dtype != np.dtype((np.str_, DIGITS)):
        return ids
    digits = ids.view(np.uint32).reshape(-1, DIGITS)
    found = np.full((len(ids), DIGITS + len(HYPHENS)), ord("-"), dtype=np.uint32)
    found[:, [place for place in range(found.shape[1]) if place not in HYPHENS]] = digits
    found[ids == ""] = 0
    return found.view((np.str_, found.shape[1]))[:, 0]
