"""The order inside: by the caller's reference where there is one, else by id."""

from typing import TypeVar

import numpy as np

from app.matching.arrays import Ints, Names
from app.matching.columns import CandidateColumns, SlotColumns
from app.matching.errors import MatchingInputError

Side = TypeVar("Side", CandidateColumns, SlotColumns)


def in_order(columns: Side) -> Side:
    """Sorted by reference, then by id. Raises MatchingInputError for an id that comes twice."""
    _refuse_twice(columns.id)
    if _ascends(columns.reference):
        return columns
    return columns.taken(_order(columns.reference, columns.id))


def _refuse_twice(ids: Names) -> None:
    if _ascends(ids):
        return
    ordered = ids[_order(ids)]
    twice = np.flatnonzero(ordered[1:] == ordered[:-1])
    if twice.size:
        name = ordered[twice[0]]
        raise MatchingInputError(f'the id "{name}": must be given once, not twice')


def _ascends(names: Names) -> bool:
    """Strictly, by code points."""
    return bool((names[1:] > names[:-1]).all())


def _order(*keys: Names) -> Ints:
    """Positions sorted by the first key, then by the next."""
    words = [word for key in keys for word in _words(key)]
    return np.lexsort(words[::-1])


def _words(names: Names) -> Ints:
    """(words, rows) big-endian numbers that sort as the strings do: two code points a word."""
    wide = names.astype(f"<U{2 * max(1, -(-names.dtype.itemsize // 8))}")
    points = wide.view("<u4").reshape(len(names), -1).astype(np.int64)
    found: Ints = ((points[:, ::2] << 32) | points[:, 1::2]).T.copy()
    return found
