"""Counts of persons in which nobody can be told apart.

There is one rule: every number shown, and every number that follows when shown ones are taken from
the total, is zero or at least five persons. A cell under five is not just left blank, because its
size would follow from the total. It is added to the next smallest cell, and to all cells of the
same size, until the sum is at least five and does not tell the size of any one cell. The codes of
the added cells are not shown.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

LEAST_PERSONS = 5


@dataclass(frozen=True)
class Cell:
    """`code` is None for cells shown only as a sum, `persons` where the sum is hidden too."""

    code: str | None
    persons: int | None


HIDDEN = Cell(None, None)


def shown_total(total: int) -> int | None:
    return total if _is_safe(total) else None


def parts(counts: Mapping[str, int]) -> tuple[Cell, ...]:
    """The cells of a count in which each person belongs to exactly one code."""
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
    """Whether the hidden cells could have other sizes below the least shown, and the same sum.

    Two hidden cells with the sum 8, beside a shown cell of 5, can only be 4 and 4.
    """
    together, most_each = sum(hidden), least_shown - 1
    if not hidden:
        return True
    return together >= LEAST_PERSONS and len(hidden) < together < len(hidden) * most_each


def features(persons: Sequence[Set[str]]) -> tuple[Cell, ...]:
    """The cells of a count in which each person has any number of codes, the largest first. A cell
    is left out where it and those shown before it would leave fewer than five persons."""
    if not _is_safe(len(persons)):
        return (HIDDEN,)
    members: dict[str, set[int]] = defaultdict(set)
    for person, codes in enumerate(persons):
        for code in codes:
            members[code].add(person)
    shown: dict[str, set[int]] = {}
    for code in sorted(members, key=lambda code: (len(members[code]), code), reverse=True):
        cells = [*shown.values(), members[code]]
        if len(members[code]) >= LEAST_PERSONS and _leave_enough(cells, len(persons)):
            shown[code] = members[code]
    told = tuple(Cell(code, len(having)) for code, having in shown.items())
    return told if len(shown) == len(members) else (*told, HIDDEN)


def _leave_enough(cells: Sequence[set[int]], total: int) -> bool:
    """Whether everyone, and each cell, less any of the cells within it, is zero or at least five.

    A reader cannot see which persons are in several cells, so both differences must be safe: the
    persons in none of the cells, and the size less the sizes of any cells, as if none overlapped.
    """
    wholes = (set(range(total)), *cells)
    return all(_leaves_enough(whole, [cell for cell in cells if cell < whole]) for whole in wholes)


def _leaves_enough(whole: set[int], within: Sequence[set[int]]) -> bool:
    sums = 1  # bit n is set where some of the sizes sum to n
    for cell in within:
        sums |= sums << len(cell)
    few = range(1, LEAST_PERSONS)
    return _is_safe(len(whole.difference(*within))) and not any(
        sums >> len(whole) - left & 1 for left in few
    )


def _is_safe(persons: int) -> bool:
    return persons == 0 or persons >= LEAST_PERSONS
