"""Skills, languages, licences and certificates of both sides as bits of one space.

A language has one bit for each level: the bit of level 3 means level 3 or better, so that a person
at level 4 has it too. Each of the rules, and the points for what a slot prefers, is therefore an
"and" of words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from app.matching.kit import Words
from app.matching.values import (
    CodeLists,
    Numbers,
    Qualifications,
    bit_table,
    numbering,
    united,
    used,
    words_of,
)

KINDS = ("skills", "driving_licences", "certificates")
"""The qualifications that are plain sets of codes."""

LANGUAGES = "languages"
HIGHEST_LEVEL = 4
MARGIN_LEVELS = 2
"""Levels above the one asked that still count as margin."""


@dataclass(frozen=True, slots=True)
class Demanded:
    """The bit of each demand.

    ``first``: by kind, the first bit; level l of language k has bit ``first["languages"]
    + 4 k + l - 1``. ``bits``: how many in all.
    """

    codes: Mapping[str, Numbers]
    first: Mapping[str, int]
    bits: int

    @property
    def words(self) -> int:
        return words_of(self.bits)

    def mask(self, kind: str) -> Words:
        """(words,) the bits of one kind."""
        bits = np.arange(self.first[kind], self.first[kind] + self._width(kind))
        found: Words = np.bitwise_or.reduce(bit_table(bits, self.words), axis=0)
        return found

    def _width(self, kind: str) -> int:
        return len(self.codes[kind]) * (HIGHEST_LEVEL if kind == LANGUAGES else 1)


def demanded(required: Qualifications, preferred: Qualifications) -> Demanded:
    """Gives every demand of every slot its bit."""
    kinds = (*KINDS, LANGUAGES)
    codes = {kind: numbering([*_used(required, kind), *_used(preferred, kind)]) for kind in kinds}
    widths = [len(codes[kind]) for kind in KINDS] + [HIGHEST_LEVEL * len(codes[LANGUAGES])]
    first = [0, *accumulate(widths)]
    return Demanded(codes, dict(zip(kinds, first, strict=False)), first[-1])


def asked(demands: Qualifications, bits: Demanded) -> Words:
    """(S, words): the demands of each slot, a language by the level asked."""
    return _plain(demands, bits) | _spoken(demands.languages, bits, 0, 0)


def held(people: Qualifications, bits: Demanded) -> Words:
    """(n, words): what each person has, a language at every level up to their own."""
    return _plain(people, bits) | _spoken(people.languages, bits, 1 - HIGHEST_LEVEL, 0)


def margins(required: Qualifications, bits: Demanded) -> Words:
    """(S, words): the required languages at the level asked and at the two above it."""
    return _spoken(required.languages, bits, 0, MARGIN_LEVELS)


def _plain(holders: Qualifications, bits: Demanded) -> Words:
    found = np.zeros((len(holders), bits.words), dtype=np.uint64)
    for kind in KINDS:
        lists: CodeLists = getattr(holders, kind)
        numbers, first = bits.codes[kind], bits.first[kind]
        bit = [first + numbers[name] if name in numbers else -1 for name in lists.names]
        table = bit_table(np.array(bit, dtype=np.int64), bits.words)
        found |= united(lists.start, lists.number, table)
    return found


def _spoken(languages: CodeLists, bits: Demanded, below: int, above: int) -> Words:
    """(rows, words): each language at all levels from own + ``below`` to own + ``above``."""
    numbers, first = bits.codes[LANGUAGES], bits.first[LANGUAGES]
    names = np.array([numbers.get(name, -1) for name in languages.names], dtype=np.int64)
    name, own = (index.reshape(-1) for index in np.indices((len(names), HIGHEST_LEVEL + 1)))
    table = np.zeros((len(name), bits.words), dtype=np.uint64)
    for level in range(1, HIGHEST_LEVEL + 1):
        listed = (names[name] >= 0) & (level >= own + below) & (level <= own + above)
        bit = first + HIGHEST_LEVEL * names[name] + level - 1
        table |= bit_table(np.where(listed, bit, -1), bits.words)
    index = languages.number * (HIGHEST_LEVEL + 1) + languages.value
    return united(languages.start, index, table)


def _used(holders: Qualifications, kind: str) -> list[str]:
    lists: CodeLists = getattr(holders, kind)
    return used(lists)
