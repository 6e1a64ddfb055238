"""Numbers for codes that both sides share, and sets of codes as bits.

Only codes that some rule could read get a number: what a slot demands, what a candidate needs.
"""

from collections.abc import Iterable, Mapping

import numpy as np

from app.matching.arrays import Indices, Ints, Mask, Words
from app.matching.lists import CodeLists

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


def words_for(rows: int, bits: int) -> Words:
    """(rows, words) of zeros, with room for so many bits."""
    return np.zeros((rows, (bits + 63) // 64), dtype=np.uint64)


def set_bits(words: Words, rows: Indices, bits: Ints | Indices) -> None:
    """Set bit b of a row: bit b % 64 of its word b // 64. A negative b is left out."""
    known = bits >= 0
    if not known.all():
        rows, bits = rows[known], bits[known]
    if bits.size:
        cell = rows.astype(np.int64) * words.shape[1] + (bits >> 6)
        value = np.uint64(1) << (bits & 63).astype(np.uint64)
        np.bitwise_or.at(words.reshape(-1), cell, value)


def words(lists: CodeLists, numbers: Numbers) -> Words:
    """(rows, words): the codes of each row that have a number, as bits."""
    found = words_for(len(lists), len(numbers))
    set_bits(found, lists.rows(), translated(lists, numbers))
    return found


def flags(lists: CodeLists, numbers: Numbers) -> Mask:
    """(rows, codes) bool."""
    found = np.zeros((len(lists), len(numbers)), dtype=np.bool_)
    number = translated(lists, numbers)
    known = number >= 0
    found[lists.rows()[known], number[known]] = True
    return found
