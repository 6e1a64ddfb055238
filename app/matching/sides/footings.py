"""Footings of slots: how many months a placement lasts, and which programmes cannot carry it."""

from dataclasses import dataclass

import numpy as np

from app.matching.kit import Indices, Ints, Mask
from app.matching.values import (
    CodeLists,
    Numbers,
    SlotColumns,
    flags,
    numbering,
    padded,
    translated,
    used,
)


@dataclass(frozen=True, slots=True)
class Footings:
    """F different footings; that of slot s is number ``of_slot[s]``, (S,).

    ``months`` (F,): the fewest that a placement lasts. ``closed`` (F, codes + 1): the programmes
    that cannot carry one, by ``codes``; the last column is every programme that no slot closes.
    """

    months: Ints
    codes: Numbers
    closed: Mask
    of_slot: Indices

    def __len__(self) -> int:
        return len(self.months)

    def gated(self) -> Mask:
        """(F,) bool: the footings that close some programme."""
        found: Mask = np.any(self.closed, axis=1)
        return found


@dataclass(frozen=True, slots=True)
class Clearances:
    """The programmes that people are cleared for, in order of preference.

    ``granted``: code and months by person. ``column`` (entries,): of each in ``Footings.closed``.
    ``longest`` (n,): months of the longest, 0 for none.
    """

    granted: CodeLists
    column: Indices
    longest: Ints


def footings(slots: SlotColumns) -> Footings:
    """Every footing of some slot, once, ordered by months."""
    codes = numbering(used(slots.closed_programmes))
    closed = flags(slots.closed_programmes, codes)
    rows = np.column_stack([slots.minimum_months, closed])
    each, of_slot = np.unique(rows, axis=0, return_inverse=True)
    open_to_others = np.zeros((len(each), 1), dtype=np.bool_)
    shut = np.hstack([each[:, 1:].astype(np.bool_), open_to_others])
    return Footings(each[:, 0], codes, shut, of_slot.reshape(-1).astype(np.int32))


def clearances(granted: CodeLists, known: Footings) -> Clearances:
    """Values of ``granted``: months."""
    number = translated(granted, known.codes)
    column = np.where(number >= 0, number, np.int32(len(known.codes)))
    longest = np.zeros(len(granted), dtype=np.int64)
    np.maximum.at(longest, granted.rows(), granted.value)
    return Clearances(granted, column, longest)


def months_on(known: Footings, people: Clearances, rows: Ints, footing: Indices) -> Ints:
    """(k, most programmes) the months of each programme of ``rows`` (k,) that is open on
    ``footing`` (k,), 0 for one that is closed there."""
    months, column = listed(known, people, rows)
    return np.where(known.closed[footing[:, None], column], 0, months)


def listed(known: Footings, people: Clearances, rows: Ints) -> tuple[Ints, Ints]:
    """(k, most programmes) each: months and column of the programmes of ``rows`` (k,), in order of
    preference, filled up with ones of no months."""
    start = people.granted.start
    months = padded(start, people.granted.value, rows, 0)
    return months, padded(start, people.column, rows, len(known.codes))
