"""How near a wished occupation is to a slot's, along the digits of SSYK 2012."""

from collections.abc import Iterable
from itertools import takewhile

import numpy as np

from app.matching.arrays import Ints

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


def nearness_table(wishes: Iterable[str], ssyk: Iterable[str], digits: int) -> Ints:
    """(wished codes + 1, slot codes) permille; the last row is that of no wish."""
    codes = list(ssyk)
    rows = [[nearness(wish, code, digits) for code in codes] for wish in wishes]
    return np.array([*rows, [0] * len(codes)], dtype=np.int64)
