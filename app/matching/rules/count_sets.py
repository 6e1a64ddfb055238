"""Counting pairs where something asked is not held, by the distinct sets of both sides."""

import numpy as np

from app.matching.kit import Ints, Mask, Words
from app.matching.rules.count_values import Failed, summed

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
