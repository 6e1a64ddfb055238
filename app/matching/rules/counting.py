"""Counts the pairs that fail, by the distinct values or the sets of codes of both sides."""

from collections.abc import Callable, Sequence

import numpy as np

from app.matching.kit import Ints, Mask, Words

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
    """Sums over a table (rows, columns) of failing values, each value as often as it occurs.

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


MOST_BITS = 16
"""Up to so many different demands, every set of them has its own row in a table."""


def lacking(asked: Words, held: Words) -> Failed:
    """``asked`` (a, words), ``held`` (h, words). For each row of asked, how many rows of held lack
    something of it; for each row of held, how many rows of asked it does not meet."""
    bits = _bits_in_use(asked)
    if len(bits) <= MOST_BITS:
        return _by_every_set(_keys(asked, bits), _keys(held, bits), len(bits))
    return _by_distinct_sets(asked, held & np.bitwise_or.reduce(asked, axis=0))


def _bits_in_use(words: Words) -> Ints:
    flags = np.unpackbits(
        np.bitwise_or.reduce(words, axis=0).astype("<u8").view(np.uint8), bitorder="little"
    )
    return np.flatnonzero(flags)


def _keys(words: Words, bits: Ints) -> Ints:
    """(rows,) the chosen bits packed into one small number."""
    found = np.zeros(len(words), dtype=np.int64)
    for place, bit in enumerate(bits.tolist()):
        flag = (words[:, bit // 64] >> np.uint64(bit % 64)) & np.uint64(1)
        found |= flag.astype(np.int64) << place
    return found


def _by_every_set(asked: Ints, held: Ints, bits: int) -> Failed:
    """A set is met by those who hold it or more: sums over all larger, or all smaller, sets."""
    supersets = np.bincount(held, minlength=1 << bits)
    subsets = np.bincount(asked, minlength=1 << bits)
    for bit in range(bits):
        without, with_bit = 0, 1
        larger = supersets.reshape(-1, 2, 1 << bit)
        larger[:, without] += larger[:, with_bit]
        smaller = subsets.reshape(-1, 2, 1 << bit)
        smaller[:, with_bit] += smaller[:, without]
    return len(held) - supersets[asked], len(asked) - subsets[held]


def _by_distinct_sets(asked: Words, held: Words) -> Failed:
    wanted, row = np.unique(asked, axis=0, return_inverse=True)
    others, column = np.unique(held, axis=0, return_inverse=True)

    def fails(part: slice) -> Mask:
        lacks = np.zeros((len(wanted[part]), len(others)), dtype=np.bool_)
        for word, has in zip(wanted[part].T, others.T, strict=True):
            lacks |= (word[:, None] & ~has) != 0
        return lacks

    row, column = row.reshape(-1), column.reshape(-1)
    of_row, of_column = summed(np.bincount(row), np.bincount(column), fails)
    return of_row[row], of_column[column]
