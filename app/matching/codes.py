"""Numbers for codes, and sets of codes as bits, levels and last days.

Only codes that some rule could read get a number: what a slot demands, what a candidate needs.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from app.matching.arrays import Levels, Words
from app.matching.inputs import Candidate, Demands, Slot

KINDS = ("skills", "driving_licences", "certificates")
"""The demands that are plain sets of codes."""

Numbers = Mapping[str, int]
"""Code -> 0, 1, 2 ... in the order of the codes."""


@dataclass(frozen=True, slots=True)
class Codes:
    """The numbers that both sides share."""

    wishes: Numbers
    ssyk: Numbers
    suppliers: Numbers
    adaptations: Numbers
    target_groups: Numbers
    languages: Numbers
    demanded: Mapping[str, Numbers]


def shared_codes(candidates: Sequence[Candidate], slots: Sequence[Slot]) -> Codes:
    """Number every code that a rule or a criterion reads."""
    demands = [demand for slot in slots for demand in (slot.required, slot.preferred)]
    return Codes(
        wishes=_numbers(person.occupations for person in candidates),
        ssyk=_numbers((slot.ssyk,) for slot in slots),
        suppliers=_numbers(person.avoided_suppliers for person in candidates),
        adaptations=_numbers(person.needed_adaptations for person in candidates),
        target_groups=_numbers(slot.target_groups for slot in slots),
        languages=_numbers(demand.languages for demand in demands),
        demanded={kind: _numbers(of_kind(demand, kind) for demand in demands) for kind in KINDS},
    )


def of_kind(holder: Candidate | Demands, kind: str) -> frozenset[str]:
    """The skills, driving licences or certificates of a person, or of a slot's demands."""
    codes: frozenset[str] = getattr(holder, kind)
    return codes


def words(sets: Sequence[Iterable[str]], numbers: Numbers) -> Words:
    """(rows, words) uint64: bit b of word w says that the code numbered 64 w + b is in the set."""
    found = np.zeros((len(sets), (len(numbers) + 63) // 64), dtype=np.uint64)
    for row, codes in enumerate(sets):
        for code in codes:
            number = numbers.get(code)
            if number is not None:
                found[row, number // 64] |= np.uint64(1 << number % 64)
    return found


def levels(languages: Sequence[Mapping[str, int]], numbers: Numbers) -> Levels:
    """(rows, languages) uint8, 0 for none."""
    found = np.zeros((len(languages), len(numbers)), dtype=np.uint8)
    for row, spoken in enumerate(languages):
        for code, level in spoken.items():
            if code in numbers:
                found[row, numbers[code]] = level
    return found


def _numbers(groups: Iterable[Iterable[str]]) -> Numbers:
    return {code: number for number, code in enumerate(sorted(set(chain.from_iterable(groups))))}
