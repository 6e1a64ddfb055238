"""Counts of persons in which nobody can be told apart.

The rule is one: whatever is shown, and whatever remains when that is taken from the total, is
nobody or at least five persons. A cell under five is therefore not just left blank, for its size
would follow from the total: it is put together with the next smallest, and with all of that size,
until five are together and their sum leaves open who they are. What was put together is not named.
"""

from collections.abc import Mapping
from dataclasses import dataclass

LEAST_PERSONS = 5


@dataclass(frozen=True)
class Cell:
    """`code` is None for what is not shown by itself; `persons` where not even their sum is."""

    code: str | None
    persons: int | None


HIDDEN = Cell(None, None)


def shown_total(total: int) -> int | None:
    return total if _is_safe(total) else None


def parts(counts: Mapping[str, int]) -> tuple[Cell, ...]:
    """Cells that part the persons between them: each person is in exactly one."""
    if not _is_safe(sum(counts.values())):
        return (HIDDEN,)
    shown = sorted((count, code) for code, count in counts.items() if count)
    hidden: list[int] = []
    while shown and (shown[0][0] < LEAST_PERSONS or not _could_be_otherwise(hidden, shown[0][0])):
        smallest = shown[0][0]
        hidden += [count for count, _ in shown if count == smallest]
        shown = [(count, code) for count, code in shown if count > smallest]
    cells = [Cell(code, count) for count, code in reversed(shown)]
    return (*cells, Cell(None, sum(hidden))) if hidden else tuple(cells)


def _could_be_otherwise(hidden: list[int], least_shown: int) -> bool:
    """Whether the sum of the hidden leaves open how large each is: each is smaller than all shown.

    Four and four beside a shown five could be nothing else than four and four.
    """
    together, most_each = sum(hidden), least_shown - 1
    if not hidden:
        return True
    return together >= LEAST_PERSONS and len(hidden) < together < len(hidden) * most_each


def features(counts: Mapping[str, int], total: int) -> tuple[Cell, ...]:
    """Cells that may overlap: each stands against the persons who are not in it."""
    if not _is_safe(total):
        return (HIDDEN,)
    present = sorted(((count, code) for code, count in counts.items() if count), reverse=True)
    shown = [
        Cell(code, count) for count, code in present if _is_safe(count) and _is_safe(total - count)
    ]
    return tuple(shown) if len(shown) == len(present) else (*shown, HIDDEN)


def _is_safe(persons: int) -> bool:
    return persons == 0 or persons >= LEAST_PERSONS
