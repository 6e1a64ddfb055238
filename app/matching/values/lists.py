"""Lists of codes, one list a row, as three arrays instead of an object for each; and as bits.

Only codes that a rule can read get a bit: what a slot demands and what a candidate needs.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

import numpy as np

from app.matching.kit import Indices, Ints, Mask, Words

Key = TypeVar("Key", bound=Hashable)


class Numbering(dict[Key, int]):
    """Numbers keys as they are first asked for: 0, 1, 2 ..."""

    def __missing__(self, key: Key) -> int:
        number = self[key] = len(self)
        return number


Valued = Iterable[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class CodeLists:
    """The list of row r is ``names[number[start[r]:start[r + 1]]]`` (compressed sparse rows).

    ``names``: each code once. ``start``: (rows + 1,) int64, from 0. ``number``: (entries,) int32
    positions in names. ``value``: (entries,) int64, what goes with a code: a level, months, a last
    day; empty where the code says it all.
    """

    names: tuple[str, ...]
    start: Ints
    number: Indices
    value: Ints

    @classmethod
    def of(cls, lists: Iterable[Collection[str]]) -> "CodeLists":
        """Lists from one collection of codes a row."""
        rows = list(lists)
        return cls._build(rows, chain.from_iterable(rows), None)

    @classmethod
    def of_pairs(cls, lists: Iterable[Valued]) -> "CodeLists":
        """Lists from one iterable of (code, value) a row."""
        rows = list(map(tuple, lists))
        pairs = list(chain.from_iterable(rows))
        return cls._build(rows, (code for code, _ in pairs), [value for _, value in pairs])

    @classmethod
    def of_texts(cls, texts: Sequence[str], read: Callable[[str], Valued]) -> "CodeLists":
        """Lists from one text a row, as a database column has it; each distinct text is read once.

        ``read`` gives (code, value) of one text, for example by json.loads.
        """
        distinct: dict[str, int] = {}
        row = [distinct.setdefault(text, len(distinct)) for text in texts]
        return cls.of_pairs(map(read, distinct)).taken(np.array(row, dtype=np.int64))

    @classmethod
    def _build(
        cls, rows: Sequence[Collection[object]], codes: Iterable[str], values: list[int] | None
    ) -> "CodeLists":
        numbers: Numbering[str] = Numbering()
        number = np.fromiter(map(numbers.__getitem__, codes), np.int32)
        names = sorted(numbers)
        place = np.zeros(len(names), dtype=np.int32)
        place[[numbers[name] for name in names]] = np.arange(len(names), dtype=np.int32)
        return cls(
            tuple(names),
            starts_of(np.fromiter(map(len, rows), np.int64, len(rows))),
            place[number],
            np.array([] if values is None else values, dtype=np.int64),
        )

    def __len__(self) -> int:
        return len(self.start) - 1

    def lengths(self) -> Ints:
        """(rows,) how many codes each row lists."""
        return np.diff(self.start)

    def rows(self) -> Indices:
        """(entries,) the row of each entry."""
        return np.repeat(np.arange(len(self), dtype=np.int32), self.lengths())

    def codes(self, row: int) -> tuple[str, ...]:
        """The list of one row."""
        entries = self.number[self.start[row] : self.start[row + 1]]
        return tuple(self.names[number] for number in entries.tolist())

    def pairs(self, row: int) -> tuple[tuple[str, int], ...]:
        """The list of one row, each code with its value."""
        values = self.value[self.start[row] : self.start[row + 1]].tolist()
        return tuple(zip(self.codes(row), values, strict=True))

    def tidied(self, in_order: bool) -> "CodeLists":
        """The same lists with only the codes that occur, in the order of their names; each list
        sorted as well, unless it stands ``in_order``."""
        occur = np.flatnonzero(np.bincount(self.number, minlength=len(self.names)))
        codes = sorted((self.names[number], number) for number in occur.tolist())
        place = np.zeros(len(self.names), dtype=np.int32)
        place[[number for _, number in codes]] = np.arange(len(codes), dtype=np.int32)
        found = CodeLists(
            tuple(code for code, _ in codes), self.start, place[self.number], self.value
        )
        return found if in_order else found._sorted()

    def _sorted(self) -> "CodeLists":
        key = self.rows() * np.int64(len(self.names)) + self.number
        if (key[1:] >= key[:-1]).all():
            return self
        order = np.argsort(key, kind="stable")
        value = self.value[order] if self.value.size else self.value
        return CodeLists(self.names, self.start, self.number[order], value)

    def taken(self, order: Ints) -> "CodeLists":
        """The rows ``order`` (k,), in that order; a row may come again."""
        start, entry = entries_of(self.start, order)
        value = self.value[entry] if self.value.size else self.value
        return CodeLists(self.names, start, self.number[entry], value)

    def where(self, keep: Mask) -> "CodeLists":
        """The same rows with only the entries where ``keep`` (entries,) is True."""
        lengths = np.bincount(self.rows()[keep], minlength=len(self))
        value = self.value[keep] if self.value.size else self.value
        return CodeLists(self.names, starts_of(lengths), self.number[keep], value)


def starts_of(lengths: Ints) -> Ints:
    """(rows + 1,) where each list begins, and the end."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])


def entries_of(start: Ints, rows: Ints) -> tuple[Ints, Ints]:
    """The lists of these rows one after another: new starts, and each entry's old position."""
    lengths = (start[1:] - start[:-1])[rows]
    ours = starts_of(lengths)
    shift = np.repeat(start[rows] - ours[:-1], lengths)
    return ours, shift + np.arange(ours[-1])


def distinct(values: Ints) -> Ints:
    """Each value once, ascending."""
    ordered = np.sort(values)
    return ordered[np.append(ordered[1:] != ordered[:-1], True)] if values.size else ordered


def padded(start: Ints, values: Ints | Indices, rows: Ints, padding: int) -> Ints:
    """(k, longest list) the values of these rows, filled up with ``padding``."""
    ours, entry = entries_of(start, rows)
    lengths = np.diff(ours)
    found = np.full((len(rows), int(lengths.max(initial=0))), padding, dtype=np.int64)
    found[np.arange(found.shape[1]) < lengths[:, None]] = values[entry]
    return found


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
    """How many words are needed for so many bits."""
    return (bits + 63) // 64


def words(lists: CodeLists, numbers: Numbers) -> Words:
    """(rows, words): the codes of each row that have a number, as bits."""
    bits = np.array([numbers.get(name, -1) for name in lists.names], dtype=np.int64)
    return united(lists.start, lists.number, bit_table(bits, words_of(len(numbers))))


def flags(lists: CodeLists, numbers: Numbers) -> Mask:
    """(rows, codes) bool: the codes of each row that have a number."""
    found = np.zeros((len(lists), len(numbers)), dtype=np.bool_)
    number = translated(lists, numbers)
    known = number >= 0
    found[lists.rows()[known], number[known]] = True
    return found
