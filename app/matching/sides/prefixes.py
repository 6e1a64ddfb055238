"""Who seeks which occupations, by groups of codes with the same first digits.

A wish seeks every code that begins with its first digits, as many as the policy says or as it
has. A person's groups that lie in another of their groups are left out, so that no slot is met
twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.matching.kit import Indices, Ints
from app.matching.values import CodeLists, Numbers, distinct, numbering, starts_of

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
