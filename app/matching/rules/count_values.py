"""Counting pairs by the distinct values that both sides have."""

from collections.abc import Callable, Sequence

import numpy as np

from app.matching.kit import Ints, Mask

Failed = tuple[Ints, Ints]
"""Per slot the number of candidates, per candidate the number of slots, that fail a rule."""

Columns = Sequence[Ints | Mask]
"""Columns of one side, row by row; none where the side says nothing."""

CELLS_AT_ONCE = 4_000_000


def below(limits: Ints, asked: Ints) -> Failed:
    """Pairs whose limit (n,) is below what is asked (S,), by sorting both."""
    of_asked = np.searchsorted(np.sort(limits), asked, side="left")
    of_limit = len(asked) - np.searchsorted(np.sort(asked), limits, side="right")
    return of_asked, of_limit


def pairwise_by_value(
    slots: Columns, candidates: Columns, sizes: tuple[int, int], test: Callable[..., Mask]
) -> Failed:
    """``test`` gets distinct rows, slots' as rows and candidates' as columns, and decides.
    ``sizes``: how many slots and candidates there are."""
    row, one_of = _distinct(slots, sizes[0])
    column, other_of = _distinct(candidates, sizes[1])
    own = [values[one_of][:, None] for values in slots]
    others = [values[other_of][None] for values in candidates]
    shape = len(one_of), len(other_of)

    def fails(part: slice) -> Mask:
        table = test(*(values[part] for values in own), *others)
        return np.broadcast_to(table, (len(one_of[part]), shape[1]))

    of_row, of_column = summed(
        np.bincount(row, minlength=shape[0]), np.bincount(column, minlength=shape[1]), fails
    )
    return of_row[row], of_column[column]


def _distinct(columns: Columns, size: int) -> tuple[Ints, Ints]:
    """(size,) the number of each row among the distinct ones, and one row of each number."""
    number = np.zeros(size, dtype=np.int64)
    for values in columns:
        each, place = np.unique(values, return_inverse=True)
        _, number = np.unique(number * len(each) + place, return_inverse=True)
    _, row = np.unique(number, return_index=True)
    return number, row


def summed(rows: Ints, columns: Ints, fails: Callable[[slice], Mask]) -> Failed:
    """Sums of a table (rows, columns) of failing values, each as often as it stands there.

    ``rows``, ``columns``: how often each value occurs; ``fails`` gives some rows of the table.
    """
    height = max(1, CELLS_AT_ONCE // max(1, len(columns)))
    of_row, of_column = np.zeros_like(rows), np.zeros_like(columns)
    for first in range(0, len(rows), height):
        part = slice(first, first + height)
        table = fails(part)
        of_row[part] = table @ columns
        of_column += rows[part] @ table
    return of_row, of_column
