"""How near a wished occupation is to a slot's, along the digits of SSYK 2012."""

from collections.abc import Sequence
from itertools import takewhile

import numpy as np

from app.matching.kit import Ints

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
