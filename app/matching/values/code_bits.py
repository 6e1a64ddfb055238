"""Numbers for codes that both sides share, and sets of codes as bits.

Only codes that some rule could read get a number: what a slot demands, what a candidate needs.
"""

from collections.abc import Iterable, Mapping

import numpy as np

from app.matching.kit import Indices, Ints, Mask, Words
from app.matching.values.lists import CodeLists

Numbers = Mapping[str, int]
"""Code -> 0, 1, 2 ... in the order of the codes."""


def numbering(codes: Iterable[str]) -> Numbers:
    return {code: number for number, code in enumerate(sorted(set(codes)))}


def used(lists: CodeLists) -> list[str]:
    """The codes that some row lists."""
    listed = np.bincount(lists.number, minlength=len(lists.names))
    return [name for name, times in zip(lists.names, listed.tolist(), strict=True) if times]


def translated(lists: CodeLists, numbers: Numbers) -> Indices:
    """(entries,) the shared number of each entry's code, -1 where it has none."""
    table = np.array([numbers.get(name, -1) for name in lists.names], dtype=np.int32)
    return table[lists.number]


def bit_table(bits: Ints, words: int) -> Words:
    """(rows, words): one bit a row, bit b % 64 of its word b // 64; none where b is negative."""
    found = np.zeros((len(bits), words), dtype=np.uint64)
    rows = np.flatnonzero(bits >= 0)
    found[rows, bits[rows] // 64] = np.uint64(1) << (bits[rows] % 64).astype(np.uint64)
    return found


def united(start: Ints, index: Ints | Indices, table: Words) -> Words:
    """(rows, words): for each compressed row the union of table[index] over its entries."""
    found = np.zeros((len(start) - 1, table.shape[1]), dtype=np.uint64)
    full = np.flatnonzero(start[1:] > start[:-1])
    if full.size:
        for word, column in enumerate(table.T.copy()):
            found[full, word] = np.bitwise_or.reduceat(column[index], start[full])
    return found


def words_of(bits: int) -> int:
    """How many words hold so many bits."""
    return (bits + 63) // 64


def words(lists: CodeLists, numbers: Numbers) -> Words:
    """(rows, words): the codes of each row that have a number, as bits."""
    bits = np.array([numbers.get(name, -1) for name in lists.names], dtype=np.int64)
    return united(lists.start, lists.number, bit_table(bits, words_of(len(numbers))))


def flags(lists: CodeLists, numbers: Numbers) -> Mask:
    """(rows, codes) bool."""
    found = np.zeros((len(lists), len(numbers)), dtype=np.bool_)
    number = translated(lists, numbers)
    known = number >= 0
    found[lists.rows()[known], number[known]] = True
    return found
