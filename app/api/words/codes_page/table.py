"""One table of the page: the codes that the code enumerates, beside what is said of each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from textwrap import fill
from typing import TypeVar

from app.api.words.grammar import Words

WIDTH = 100
ORIGINS = "{origins}"
SWEDISH = "svenska"
# Columns that need their heading to be understood outside the table.
WITH_HEADING = ("from", "for", "due")
Code = TypeVar("Code", bound=str)
# By code, what stands in each column; None where nothing is said.
Cells = Mapping[str, tuple[str | None, ...]]


@dataclass(frozen=True)
class Table:
    """`columns` are all of them, that of the codes included; `cells` are the other ones'."""

    heading: str
    columns: tuple[str, ...]
    codes: Iterable[str]  # looked through more than once
    cells: Cells
    introduction: str = ""
    closing: str = ""

    def gaps(self) -> Iterator[str]:
        """Each code of which a column says nothing, by name; an empty text is said on purpose."""
        others = self.columns[1:]
        for code in self.codes:
            said = self.cells.get(code, (None,) * len(others))
            for column, cell in zip(others, said, strict=True):
                if cell is None:
                    yield f"{self.heading}: {code} has nothing under {column}"

    def markdown(self) -> str:
        head = [_row(self.columns), "|" + "---|" * len(self.columns)]
        body = [_row([quoted(code), *map(str, self.cells[code])]) for code in self.codes]
        blocks = [
            f"## {self.heading}",
            _paragraph(self.introduction),
            "\n".join([*head, *body]),
            _paragraph(self.closing),
        ]
        return "\n\n".join(block for block in blocks if block)

    def told(self) -> Iterator[str]:
        """Each code as a line that is understood without the table's head."""
        for code in self.codes:
            said = [
                f"{column} {cell}" if column in WITH_HEADING else str(cell)
                for column, cell in zip(self.columns[1:], self.cells[code], strict=True)
                if cell and column != SWEDISH
            ]
            own = dict(zip(self.columns[1:], self.cells[code], strict=True)).get(SWEDISH)
            name = f"{quoted(code)} (*{own}*)" if own else quoted(code)
            yield f"{name}: {'; '.join(said)}" if said else name


def side_by_side(*columns: Mapping[str, str]) -> Cells:
    """What each column says of every code that any of them knows."""
    known = dict.fromkeys(code for column in columns for code in column)
    return {code: tuple(column.get(code) for column in columns) for code in known}


def swedish(words: Mapping[Code, Words]) -> dict[str, str]:
    return {code: both["sv"] for code, both in words.items()}


def english(words: Mapping[Code, Words]) -> dict[str, str]:
    return {code: both["en"] for code, both in words.items()}


def with_origins(
    states: Mapping[str, tuple[str, ...]], moves: Iterable[tuple[str, str]]
) -> dict[str, tuple[str, ...]]:
    """What is said of each state: {origins} becomes those that the moves name."""
    origins: dict[str, list[str]] = {}
    for origin, to in moves:
        origins.setdefault(to, []).append(quoted(origin))
    return {
        state: tuple(cell.replace(ORIGINS, ", ".join(origins.get(state, []))) for cell in cells)
        for state, cells in states.items()
    }


def quoted(code: str) -> str:
    return f"`{code}`"


def _row(cells: Iterable[str]) -> str:
    return "|" + "".join(f" {cell} |" if cell else " |" for cell in cells)


def _paragraph(text: str) -> str:
    return fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)
