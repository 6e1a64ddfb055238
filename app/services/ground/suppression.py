"""Counts of persons in which nobody can be told apart.

The rule is one: whatever is shown, and whatever remains when that is taken from the total, is
nobody or at least five persons. A cell under five is therefore not just left blank, for its size
would follow from the total: it is put together with the next smallest, and with all of that size,
until five are together and their sum leaves open who they are. What was put together is not named.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
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


def features(persons: Sequence[Set[str]]) -> tuple[Cell, ...]:
    """Cells that may overlap, of what each person has: the largest first, as far as all that are
    shown together leave nobody alone."""
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
    """Of everyone, and of each cell that has others within it, whatever of those is taken away.

    Which persons are in several cells is not shown, so both count: what the persons of all the
    cells leave, and what any of their sizes leave, as if nobody were in two.
    """
    wholes = (set(range(total)), *cells)
    return all(_leaves_enough(whole, [cell for cell in cells if cell < whole]) for whole in wholes)


def _leaves_enough(whole: set[int], within: Sequence[set[int]]) -> bool:
    sums = 1  # a bit for each sum of some of the sizes
    for cell in within:
        sums |= sums << len(cell)
    few = range(1, LEAST_PERSONS)
    return _is_safe(len(whole.difference(*within))) and not any(
        sums >> len(whole) - left & 1 for left in few
    )


def _is_safe(persons: int) -> bool:
    return persons == 0 or persons >= LEAST_PERSONS
