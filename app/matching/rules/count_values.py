"""Counting pairs by the distinct values that both sides have."""

from collections.abc import Callable

import numpy as np

from app.matching.kit import Ints, Mask

Failed = tuple[Ints, Ints]
"""Per slot the number of candidates, per candidate the number of slots, that fail a rule."""

CELLS_AT_ONCE = 4_000_000


def below(limits: Ints, asked: Ints) -> Failed:
    """Pairs whose limit (n,) is below what is asked (S,), by sorting both."""
    of_asked = np.searchsorted(np.sort(limits), asked, side="left")
    of_limit = len(asked) - np.searchsorted(np.sort(asked), limits, side="right")
    return of_asked, of_limit


def pairwise_by_value(slots: Ints, candidates: Ints, fails: Callable[[Ints, Ints], Mask]) -> Failed:
    """``fails`` gets distinct values, slots' as rows and candidates' as columns, and decides."""
    distinct, row = np.unique(slots, return_inverse=True)
    others, column = np.unique(candidates, return_inverse=True)
    of_row, of_column = summed(
        np.bincount(row, minlength=len(distinct)),
        np.bincount(column, minlength=len(others)),
        lambda part: fails(distinct[part, None], others[None]),
    )
    return of_row[row], of_column[column]


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
