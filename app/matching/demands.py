"""Skills, languages, licences and certificates of both sides as bits of one space.

A language has one bit for each level that some slot reads: "level 3 or better" is a bit that a
person at level 4 has too. So each of the rules, and the points for what a slot prefers, is an
"and" of words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from app.matching.arrays import Ints, Mask, Words
from app.matching.codes import Numbers, numbering, set_bits, translated, used, words_for
from app.matching.columns import Qualifications
from app.matching.lists import CodeLists

KINDS = ("skills", "driving_licences", "certificates")
"""The qualifications that are plain sets of codes."""

LANGUAGES = "languages"
HIGHEST_LEVEL = 4
MARGIN_LEVELS = 2
"""Levels above the one asked that still count as margin."""


@dataclass(frozen=True, slots=True)
class Demanded:
    """Where each demand has its bit.

    ``first``: by kind, the first bit; level l of language k has bit ``first["languages"]
    + 4 k + l - 1``. ``bits``: how many in all.
    """

    codes: Mapping[str, Numbers]
    first: Mapping[str, int]
    bits: int

    def mask(self, kind: str) -> Words:
        """(words,) the bits of one kind."""
        found = words_for(1, self.bits)
        bits = np.arange(self.first[kind], self.first[kind] + self._width(kind))
        set_bits(found, np.zeros(len(bits), np.int32), bits)
        bits_of_kind: Words = found[0]
        return bits_of_kind

    def _width(self, kind: str) -> int:
        return len(self.codes[kind]) * (HIGHEST_LEVEL if kind == LANGUAGES else 1)


def demanded(required: Qualifications, preferred: Qualifications) -> Demanded:
    """Give every demand of every slot its bit."""
    kinds = (*KINDS, LANGUAGES)
    codes = {kind: numbering([*_used(required, kind), *_used(preferred, kind)]) for kind in kinds}
    widths = [len(codes[kind]) for kind in KINDS] + [HIGHEST_LEVEL * len(codes[LANGUAGES])]
    first = [0, *accumulate(widths)]
    return Demanded(codes, dict(zip(kinds, first, strict=False)), first[-1])


def asked(demands: Qualifications, bits: Demanded) -> Words:
    """(S, words): the demands of each slot, a language by the level asked."""
    found = _plain(demands, bits)
    languages = demands.languages
    _set_level(found, languages, bits, languages.value)
    return found


def held(people: Qualifications, bits: Demanded) -> Words:
    """(n, words): what each person has, a language at every level up to their own."""
    found = _plain(people, bits)
    for level in range(1, HIGHEST_LEVEL + 1):
        own = people.languages.value
        _set_level(found, people.languages, bits, np.full_like(own, level), own >= level)
    return found


def margins(required: Qualifications, bits: Demanded) -> Words:
    """(S, words): the required languages at the level asked and at the two above it."""
    found = words_for(len(required), bits.bits)
    languages = required.languages
    for above in range(MARGIN_LEVELS + 1):
        level = languages.value + above
        _set_level(found, languages, bits, level, level <= HIGHEST_LEVEL)
    return found


def _plain(holders: Qualifications, bits: Demanded) -> Words:
    found = words_for(len(holders), bits.bits)
    for kind, lists in _sets(holders):
        number = translated(lists, bits.codes[kind])
        set_bits(found, lists.rows(), np.where(number < 0, -1, number + bits.first[kind]))
    return found


def _set_level(
    found: Words,
    languages: CodeLists,
    bits: Demanded,
    level: Ints,
    where: Mask | bool = True,
) -> None:
    number = translated(languages, bits.codes[LANGUAGES]).astype(np.int64)
    bit = bits.first[LANGUAGES] + HIGHEST_LEVEL * number + level - 1
    set_bits(found, languages.rows(), np.where((number >= 0) & where, bit, -1))


def _sets(holders: Qualifications) -> Iterator[tuple[str, CodeLists]]:
    for kind in KINDS:
        yield kind, getattr(holders, kind)


def _used(holders: Qualifications, kind: str) -> list[str]:
    lists: CodeLists = getattr(holders, kind)
    return used(lists)
