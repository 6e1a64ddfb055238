"""Lists of codes, one list a row, as three arrays instead of as many objects."""

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

import numpy as np

from app.matching.kit import Indices, Ints, Mask

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
        """From one collection of codes a row."""
        rows = list(lists)
        return cls._build(rows, chain.from_iterable(rows), None)

    @classmethod
    def of_pairs(cls, lists: Iterable[Valued]) -> "CodeLists":
        """From one iterable of (code, value) a row."""
        rows = list(map(tuple, lists))
        pairs = list(chain.from_iterable(rows))
        return cls._build(rows, (code for code, _ in pairs), [value for _, value in pairs])

    @classmethod
    def of_texts(cls, texts: Sequence[str], read: Callable[[str], Valued]) -> "CodeLists":
        """From one text a row, as a database column holds it; each distinct text is read once.

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
        """The same lists by the codes that occur alone, in the order of their names; each list
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
        """The same rows with the entries that ``keep`` (entries,) says."""
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
