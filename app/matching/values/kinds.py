"""The kinds of fact: their form in a record, in a column and in bytes, and when they are wrong.

A kind is declared once, with its column: ``end: Annotated[Ints, Day()]``. This file has the kinds
of columns that are one array; ``code_kinds`` has those of lists of codes.
"""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Generic, NoReturn, Protocol, TypeVar

import numpy as np

from app.matching.errors import MatchingInputError
from app.matching.kit import Array, Floats, Ints, Mask, Names

LAST_DAY = date.max.toordinal()
"""Stands for "no end"."""

UNLIMITED = 2**31
"""Stands for "no limit": more than any slot has places."""

MOST_MONTHS = 1200

MOST_MUNICIPALITIES = 9_999
"""Their codes have four digits; 0 stands for none."""

RowValue = TypeVar("RowValue")
Column = TypeVar("Column")


class Rows:
    """Refuses wrong rows by the id of the first one. ``side``: "candidate" or "slot"."""

    def __init__(self, side: str, ids: Names) -> None:
        self.side = side
        self.ids = ids

    def require(self, right: Mask, demand: str) -> None:
        """``right``: (rows,)."""
        if not right.all():
            self.refuse(int(np.argmin(right)), demand)

    def refuse(self, row: int, demand: str) -> NoReturn:
        raise MatchingInputError(f'{self.side} "{self.ids[row]}": {demand}')

    def require_length(self, name: str, length: int) -> None:
        if length != len(self.ids):
            demand = f"must have as many rows as ids: {len(self.ids)}"
            raise MatchingInputError(f"{self.side}s: {name}: {demand}")


class Kind(Generic[RowValue, Column]):
    """``RowValue``: the value in the record of one row. ``Column``: the values of all rows."""

    # Not an ABC, because each field of each record is matched by kind, which an ABC makes slow.
    has_a_row_each: ClassVar[bool] = True

    @abstractmethod
    def column(self, values: Sequence[RowValue]) -> Column:
        """Raises MatchingInputError for what no column can hold."""

    @abstractmethod
    def value(self, column: Column, row: int) -> RowValue: ...

    @abstractmethod
    def taken(self, column: Column, order: Ints) -> Column:
        """The rows ``order`` (k,), in that order."""

    @abstractmethod
    def arrays(self, name: str, column: Column) -> Iterator[tuple[str, Array]]:
        """The arrays to be stored, with the names that ``from_arrays`` reads."""

    @abstractmethod
    def from_arrays(self, name: str, arrays: Mapping[str, Array]) -> Column: ...

    def tidied(self, column: Column) -> Column:
        """The same column in its only canonical form."""
        return column

    def check(self, name: str, column: Column, rows: Rows) -> None:
        """Raises MatchingInputError for a row that is wrong by itself."""


class OneArray(Kind[RowValue, Array]):
    """Kinds whose column is one array."""

    def taken(self, column: Array, order: Ints) -> Array:
        return column[order]

    def arrays(self, name: str, column: Array) -> Iterator[tuple[str, Array]]:
        yield name, column

    def from_arrays(self, name: str, arrays: Mapping[str, Array]) -> Array:
        return arrays[name]


class CodeRule(Protocol):
    """Which codes are allowed."""

    def allows(self, code: str) -> bool: ...

    def demand(self, name: str) -> str:
        """What an error says that the column must have; "{code}" stands for the wrong code."""


@dataclass(frozen=True)
class Text(OneArray[str]):
    rule: CodeRule | None = None

    def column(self, values: Sequence[str]) -> Names:
        return names(values)

    def value(self, column: Names, row: int) -> str:
        return str(column[row])

    def check(self, name: str, column: Names, rows: Rows) -> None:
        if self.rule is not None:
            codes, number = np.unique(column, return_inverse=True)
            right = np.array([self.rule.allows(code) for code in codes.tolist()], np.bool_)[number]
            if not right.all():
                row = int(np.argmin(right))
                rows.refuse(row, self.rule.demand(name).replace("{code}", str(column[row])))


@dataclass(frozen=True)
class Truth(OneArray[bool]):
    def column(self, values: Sequence[bool]) -> Mask:
        return np.array(values, dtype=np.bool_)

    def value(self, column: Mask, row: int) -> bool:
        return bool(column[row])


@dataclass(frozen=True)
class Number(OneArray[int]):
    """A whole number ``low..high``. ``said``: the limits in words, where that is plainer."""

    low: int
    high: int = UNLIMITED
    said: str | None = None

    def column(self, values: Sequence[int]) -> Ints:
        return ints(values)

    def value(self, column: Ints, row: int) -> int:
        return int(column[row])

    def check(self, name: str, column: Ints, rows: Rows) -> None:
        ends = f"{self.low} or more" if self.high == UNLIMITED else f"{self.low}..{self.high}"
        rows.require(within(column, self.low, self.high), f"{name} must be {self.said or ends}")


@dataclass(frozen=True)
class Limit(OneArray[int | None]):
    """The most that is allowed, 0 or more; UNLIMITED in the column where there is no limit."""

    def column(self, values: Sequence[int | None]) -> Ints:
        return ints([UNLIMITED if most is None else most for most in values])

    def value(self, column: Ints, row: int) -> int | None:
        return None if column[row] == UNLIMITED else int(column[row])

    def check(self, name: str, column: Ints, rows: Rows) -> None:
        rows.require(within(column, 0, UNLIMITED), f"{name} must be 0 or more")


@dataclass(frozen=True)
class Day(OneArray[date]):
    def column(self, values: Sequence[date]) -> Ints:
        return ints([day.toordinal() for day in values])

    def value(self, column: Ints, row: int) -> date:
        return date.fromordinal(int(column[row]))


@dataclass(frozen=True)
class LastDay(OneArray[date | None]):
    """A last day or None, which is LAST_DAY in the column."""

    def column(self, values: Sequence[date | None]) -> Ints:
        return ints([LAST_DAY if day is None else day.toordinal() for day in values])

    def value(self, column: Ints, row: int) -> date | None:
        return last_date(int(column[row]))


@dataclass(frozen=True)
class Range(OneArray[tuple[int, int]]):
    """Two whole numbers, the least and the most, within ``low..high``; (rows, 2)."""

    low: int
    high: int

    def column(self, values: Sequence[tuple[int, int]]) -> Ints:
        return ints(values).reshape(-1, 2)

    def value(self, column: Ints, row: int) -> tuple[int, int]:
        least, most = column[row].tolist()
        return least, most

    def check(self, name: str, column: Ints, rows: Rows) -> None:
        least, most = column.T
        right = (least >= self.low) & (least <= most) & (most <= self.high)
        rows.require(right, f"{name} must be {self.low}..{self.high} with min <= max")


@dataclass(frozen=True)
class Position(OneArray[tuple[float, float]]):
    """Degrees north and east; (rows, 2)."""

    def column(self, values: Sequence[tuple[float, float]]) -> Floats:
        return np.array(values, dtype=np.float64).reshape(-1, 2)

    def value(self, column: Floats, row: int) -> tuple[float, float]:
        latitude, longitude = column[row].tolist()
        return latitude, longitude

    def check(self, name: str, column: Floats, rows: Rows) -> None:
        latitude, longitude = column.T
        on_earth = (np.abs(latitude) <= 90) & (np.abs(longitude) <= 180)
        rows.require(on_earth, f"{name} must be latitude -90..90 and longitude -180..180")


Period = tuple[date, date]


@dataclass(frozen=True)
class Periods(OneArray[tuple[Period, ...]]):
    """First and last days, any number a row; (k, 3): row, first day, last day."""

    has_a_row_each: ClassVar[bool] = False

    def column(self, values: Sequence[tuple[Period, ...]]) -> Ints:
        found = [
            (row, first.toordinal(), last.toordinal())
            for row, periods in enumerate(values)
            for first, last in periods
        ]
        return np.array(found, dtype=np.int64).reshape(-1, 3)

    def value(self, column: Ints, row: int) -> tuple[Period, ...]:
        own = column[column[:, 0] == row, 1:].tolist()
        return tuple((date.fromordinal(first), date.fromordinal(last)) for first, last in own)

    def taken(self, column: Ints, order: Ints) -> Ints:
        """Periods by the rows' new numbers; each row is taken at most once."""
        rows = 1 + max(int(order.max(initial=-1)), int(column[:, 0].max(initial=-1)))
        place = np.full(rows, -1, dtype=np.int64)
        place[order] = np.arange(len(order))
        moved = column.copy()
        moved[:, 0] = place[column[:, 0]]
        return moved[moved[:, 0] >= 0]

    def tidied(self, column: Ints) -> Ints:
        return column[np.lexsort(column.T[::-1])]

    def check(self, name: str, column: Ints, rows: Rows) -> None:
        forward = np.ones(len(rows.ids), dtype=np.bool_)
        forward[column[column[:, 1] > column[:, 2], 0]] = False
        rows.require(forward, f"a {name} period must not end before it starts")


def names(values: Sequence[str]) -> Names:
    """Strings as an array. Raises MatchingInputError for a zero character, which would be lost."""
    if "\0" in "".join(values):
        raise MatchingInputError("ids and codes must not have zero characters in them")
    return np.array(values, dtype=np.str_)


def ints(values: Sequence[int] | Sequence[tuple[int, int]]) -> Ints:
    """Raises MatchingInputError for a number that is too large."""
    try:
        return np.array(values, dtype=np.int64)
    except OverflowError as error:
        raise MatchingInputError("a number is too large for 64 bits") from error


def within(values: Ints, low: int, high: int) -> Mask:
    found: Mask = (values >= low) & (values <= high)
    return found


def last_date(number: int) -> date | None:
    return None if number == LAST_DAY else date.fromordinal(number)
