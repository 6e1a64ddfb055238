"""Occupations by the digits of SSYK 2012: how near two codes are, and who seeks which group.

A wish seeks every code that begins with its first digits: as many as the policy says, or all where
it has fewer. A group inside another group of the same person is left out, so that the person meets
no slot twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

import numpy as np

from app.matching.kit import Indices, Ints
from app.matching.values import CodeLists, Numbers, distinct, numbering, starts_of

PERMILLE = 1000

FULFILLED = (0, 850, 900, 950, 1000)
"""Permille where the wish is the slot's code or a group it lies in, by the digits of the wish:
who names the occupation itself has said more than who names its group."""

NEIGHBOURING = (0, 250, 450, 700)
"""Permille where the wish is another occupation, by the first digits they share."""


def shared_digits(wish: str, ssyk: str) -> int:
    """How many first digits two codes have in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(wish, ssyk, strict=False)))


def nearness(wish: str, ssyk: str, digits: int) -> int:
    """Permille, 0 where the slot's occupation is not sought through this wish."""
    shared = shared_digits(wish, ssyk)
    if shared == len(wish):
        return FULFILLED[shared]
    return NEIGHBOURING[shared] if shared >= digits else 0


def nearness_table(wishes: Sequence[str], ssyk: Sequence[str], digits: int) -> Ints:
    """(wished codes, slot codes) permille: ``nearness`` of each wish and each slot's code."""
    wish, code = _digits(wishes), _digits(ssyk)
    shared = np.cumprod(wish[:, None] == code[None], axis=2).sum(axis=2)
    length = np.array([len(code) for code in wishes], dtype=np.int64)[:, None]
    neighbouring = np.where(shared >= digits, np.array((*NEIGHBOURING, 0))[shared], 0)
    found: Ints = np.where(shared == length, np.array(FULFILLED)[length], neighbouring)
    return found


def _digits(codes: Sequence[str]) -> Ints:
    """(codes, 4), -1 where a wish has no digit; never equal to a slot's, which has four."""
    rows = [[*map(int, code), -1, -1, -1, -1][:4] for code in codes]
    return np.array(rows, dtype=np.int64).reshape(-1, 4)


LONGEST = 4


@dataclass(frozen=True, slots=True)
class Prefixes:
    """``count`` groups. Person r seeks ``sought[start[r]:start[r + 1]]``, none inside another.
    ``of_code`` (codes, 4): the group of a slot's code by its first 1, 2, 3 and 4 digits, or -1."""

    count: int
    start: Ints
    sought: Indices
    of_code: Indices


def prefixes(occupations: CodeLists, ssyk: Sequence[str], digits: int) -> Prefixes:
    """The groups that people seek, and which of them each slot's code is in."""
    numbers = numbering(wish[:digits] for wish in occupations.names)
    group = np.array([numbers[wish[:digits]] for wish in occupations.names], dtype=np.int64)
    row, sought = _outermost(occupations, group, numbers)
    lengths = np.bincount(row, minlength=len(occupations))
    of_code = [[numbers.get(code[:length], -1) for length in range(1, 5)] for code in ssyk]
    return Prefixes(
        len(numbers),
        starts_of(lengths),
        sought.astype(np.int32),
        np.array(of_code, dtype=np.int32).reshape(-1, LONGEST),
    )


def _outermost(occupations: CodeLists, group: Ints, numbers: Numbers) -> tuple[Ints, Ints]:
    """Rows and groups of every wish, each once, without groups inside another of the person's."""
    if not len(numbers):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    key = distinct(occupations.rows().astype(np.int64) * len(numbers) + group[occupations.number])
    row, sought = np.divmod(key, len(numbers))
    inside = np.zeros(len(key), dtype=np.bool_)
    for outer in _outer_groups(numbers).T:
        known = np.flatnonzero(outer[sought] >= 0)
        wider = row[known] * len(numbers) + outer[sought[known]]
        place = np.minimum(np.searchsorted(key, wider), len(key) - 1)
        inside[known] |= key[place] == wider
    return row[~inside], sought[~inside]


def _outer_groups(numbers: Numbers) -> Indices:
    """(groups, 3): the group of the first 1, 2 and 3 digits, -1 where it is none or the same."""
    rows = [
        [numbers.get(code[:length], -1) if length < len(code) else -1 for length in range(1, 4)]
        for code in numbers
    ]
    return np.array(rows, dtype=np.int32).reshape(-1, LONGEST - 1)
