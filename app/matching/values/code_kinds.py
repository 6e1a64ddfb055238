"""The kinds of columns that list codes, with or without a value for each code."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from app.matching.kit import Array, Ints, Mask
from app.matching.values.kinds import (
    LAST_DAY,
    CodeRule,
    Kind,
    Rows,
    RowValue,
    last_date,
    within,
)
from app.matching.values.lists import CodeLists, starts_of


@dataclass(frozen=True)
class Ssyk:
    """Codes of SSYK 2012, whole or no more than their first digits."""

    shortest: int

    def allows(self, code: str) -> bool:
        return self.shortest <= len(code) <= 4 and code.isascii() and code.isdigit()

    def demand(self, name: str) -> str:
        return f'the SSYK code "{{code}}" must have {self.shortest}..4 digits'


@dataclass(frozen=True)
class Among:
    """Only these codes are allowed."""

    codes: tuple[str, ...]

    def allows(self, code: str) -> bool:
        return code in self.codes

    def demand(self, name: str) -> str:
        return f"{name} must be among {', '.join(self.codes)}"


class ListsOfCodes(Kind[RowValue, CodeLists]):
    """``in_order``: whether the order of each list matters, as that of wishes does."""

    in_order: bool = False

    def taken(self, column: CodeLists, order: Ints) -> CodeLists:
        return column.taken(order)

    def arrays(self, name: str, column: CodeLists) -> Iterator[tuple[str, Array]]:
        yield f"{name}.names", np.array(column.names, dtype=np.str_)
        yield f"{name}.length", column.lengths()
        yield f"{name}.number", column.number
        yield f"{name}.value", column.value

    def from_arrays(self, name: str, arrays: Mapping[str, Array]) -> CodeLists:
        return CodeLists(
            names=tuple(arrays[f"{name}.names"].tolist()),
            start=starts_of(arrays[f"{name}.length"]),
            number=arrays[f"{name}.number"].astype(np.int32),
            value=arrays[f"{name}.value"],
        )

    def tidied(self, column: CodeLists) -> CodeLists:
        """Only the codes that occur, and each list sorted if its order does not matter."""
        return column.tidied(self.in_order)


@dataclass(frozen=True)
class Codes(ListsOfCodes[Collection[str]]):
    """``holds`` makes a record's value of codes."""

    holds: Callable[[Iterable[str]], Collection[str]] = frozenset
    in_order: bool = False
    rule: CodeRule | None = None

    def column(self, values: Sequence[Collection[str]]) -> CodeLists:
        return CodeLists.of(values)

    def value(self, column: CodeLists, row: int) -> Collection[str]:
        return self.holds(column.codes(row))

    def check(self, name: str, column: CodeLists, rows: Rows) -> None:
        if self.rule is not None:
            right = np.array([self.rule.allows(code) for code in column.names], np.bool_)
            _require_entries(rows, column, right[column.number], self.rule.demand(name))


@dataclass(frozen=True)
class Levels(ListsOfCodes[Mapping[str, int]]):
    """Languages with levels ``low..high``."""

    low: int
    high: int

    def column(self, values: Sequence[Mapping[str, int]]) -> CodeLists:
        return CodeLists.of_pairs(levels.items() for levels in values)

    def value(self, column: CodeLists, row: int) -> Mapping[str, int]:
        return dict(column.pairs(row))

    def check(self, name: str, column: CodeLists, rows: Rows) -> None:
        right = within(column.value, self.low, self.high)
        demand = f'the level of language "{{code}}" must be {self.low}..{self.high}'
        _require_entries(rows, column, right, demand)


@dataclass(frozen=True)
class Months(ListsOfCodes[tuple[tuple[str, int], ...]]):
    """Programmes in order of preference, each with months ``low..high``."""

    low: int
    high: int
    in_order: bool = True

    def column(self, values: Sequence[tuple[tuple[str, int], ...]]) -> CodeLists:
        return CodeLists.of_pairs(values)

    def value(self, column: CodeLists, row: int) -> tuple[tuple[str, int], ...]:
        return column.pairs(row)

    def check(self, name: str, column: CodeLists, rows: Rows) -> None:
        right = within(column.value, self.low, self.high)
        _require_entries(rows, column, right, f"programme months must be {self.low}..{self.high}")


@dataclass(frozen=True)
class LastDays(ListsOfCodes[Mapping[str, date | None]]):
    """Codes with the last day on which each holds, LAST_DAY in the column for None."""

    def column(self, values: Sequence[Mapping[str, date | None]]) -> CodeLists:
        return CodeLists.of_pairs(
            [(code, LAST_DAY if last is None else last.toordinal()) for code, last in days.items()]
            for days in values
        )

    def value(self, column: CodeLists, row: int) -> Mapping[str, date | None]:
        return {code: last_date(number) for code, number in column.pairs(row)}


def _require_entries(rows: Rows, lists: CodeLists, right: Mask, demand: str) -> None:
    """``right``: (entries,); "{code}" in the demand is the first wrong one."""
    if not right.all():
        wrong = int(np.argmin(right))
        code, row = lists.names[lists.number[wrong]], int(lists.rows()[wrong])
        rows.refuse(row, demand.replace("{code}", code))
