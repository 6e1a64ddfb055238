"""The canonical order of rows: by the caller's reference where there is one, else by id."""

from typing import TypeVar

import numpy as np

from app.matching.errors import MatchingInputError
from app.matching.kit import Ints, Names, Words
from app.matching.values.candidates import CandidateColumns
from app.matching.values.slots import SlotColumns

Side = TypeVar("Side", CandidateColumns, SlotColumns)


def in_order(columns: Side) -> Side:
    """Sorted by reference, then by id. Raises MatchingInputError for an id that comes twice."""
    by_id = _order(columns.id)
    _refuse_twice(columns.id, by_id)
    if np.array_equal(columns.reference, columns.id):
        order = by_id
    else:
        order = _order(columns.reference, columns.id)
    return columns if order is None else columns.taken(order)


def _refuse_twice(ids: Names, order: Ints | None) -> None:
    if order is not None:
        ordered = ids[order]
        twice = np.flatnonzero(ordered[1:] == ordered[:-1])
        if twice.size:
            name = ordered[twice[0]]
            raise MatchingInputError(f'the id "{name}": must be given once, not twice')


def _order(*keys: Names) -> Ints | None:
    """Positions sorted by the first key, then by the next; None where the first key is already in
    strictly ascending order. Only as many characters are compared as make all rows differ."""
    if (keys[0][1:] > keys[0][:-1]).all():
        return None
    words = np.concatenate([_words(key) for key in keys])
    for count in range(1, len(words) + 1):
        order = np.lexsort(words[:count][::-1])
        ordered = words[:count, order]
        if (ordered[:, 1:] != ordered[:, :-1]).any(axis=0).all():
            break
    return order


def _words(names: Names) -> Words:
    """(words, rows) numbers that sort as the strings do: eight letters of ASCII a word, or two
    code points of any script."""
    try:
        letters = names.astype(np.bytes_)
    except UnicodeEncodeError:
        letters = names.astype(names.dtype.newbyteorder(">"))
    raw = letters.view(np.uint8).reshape(len(names), -1)
    wide = np.zeros((len(names), -(-raw.shape[1] // 8) * 8), dtype=np.uint8)
    wide[:, : raw.shape[1]] = raw
    found: Words = wide.view(">u8").T.astype(np.uint64)
    return found
