"""The market: slots with places, candidates, and the feasible pairs between them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from app.matching.arrays import Indices, Ints, Mask
from app.matching.errors import MatchingInputError

MOST_ROWS = 2**31 - 1
"""Slots and candidates are counted in int32."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Pairs of a slot and a candidate in canonical order: by slot, then by candidate.

    ``slot`` and ``candidate``: (E,) int32; ``indptr``: (slots + 1,) int64, CSR by slot.
    """

    slots: int
    candidates: int
    slot: Indices
    candidate: Indices
    indptr: Ints

    @classmethod
    def in_order(cls, slots: int, candidates: int, slot: Indices, candidate: Indices) -> "Edges":
        """Wrap columns that are in canonical order already."""
        indptr = np.searchsorted(slot, np.arange(slots + 1)).astype(np.int64)
        return cls(slots, candidates, slot, candidate, indptr)

    def __len__(self) -> int:
        return len(self.slot)

    def degrees(self) -> Ints:
        """(slots,) number of candidates that fit each slot."""
        return np.diff(self.indptr)

    def keep(self, which: Mask | Ints) -> "Edges":
        """The same slots and candidates with fewer pairs: a mask (E,) or positions in order."""
        return Edges.in_order(self.slots, self.candidates, self.slot[which], self.candidate[which])

    def compact(self) -> tuple["Edges", Ints, Ints]:
        """The same pairs without slots and candidates that have none, renumbered in order; and the
        old numbers of the slots and candidates that are left."""
        slots = np.flatnonzero(self.degrees())
        seen = np.zeros(self.candidates, dtype=np.bool_)
        seen[self.candidate] = True
        candidates = np.flatnonzero(seen)
        number = np.cumsum(seen, dtype=np.int32) - np.int32(1)
        slot = np.repeat(np.arange(len(slots), dtype=np.int32), self.degrees()[slots])
        edges = Edges.in_order(len(slots), len(candidates), slot, number[self.candidate])
        return edges, slots, candidates

    def positions(self, slot: Indices | Ints, candidate: Indices | Ints) -> Ints:
        """(k,) where each of these pairs stands, -1 for those that are not feasible (bisection)."""
        low, high = self.indptr[slot], self.indptr[np.add(slot, 1)]
        last = high.copy()
        while (low < high).any():
            middle = (low + high) // 2
            below = (low < high) & (self.candidate[np.minimum(middle, len(self) - 1)] < candidate)
            low, high = np.where(below, middle + 1, low), np.where(below, high, middle)
        there = low < last
        there[there] = self.candidate[low[there]] == np.asarray(candidate)[there]
        return np.where(there, low, -1)


@dataclass(frozen=True, slots=True)
class Market:
    """Everything the optimum depends on. The order of indices is the canonical order: who wants
    the same answer for the same people sorts them by a stable id before numbering them.

    ``places``: (S,) int64 >= 0. ``tiers``: (S,) int8, 2 at-risk clause, 1 other clause,
    0 voluntary. ``points``: (E,) int64 >= 1, along ``edges``.
    """

    places: Ints
    tiers: NDArray[np.int8]
    edges: Edges
    points: Ints
    placements_before_points: bool = False

    @classmethod
    def from_arrays(
        cls,
        *,
        places: ArrayLike,
        tiers: ArrayLike,
        candidates: int,
        slot: ArrayLike,
        candidate: ArrayLike,
        points: ArrayLike,
        placements_before_points: bool = False,
    ) -> "Market":
        """Build from columns in any row order.

        ``places``, ``tiers``: (S,); ``slot``, ``candidate``, ``points``: (E,); all integers.
        ``candidates``: how many there are, indices 0..candidates - 1. Raises MatchingInputError
        for other dtypes, lengths or ranges, and for a pair given twice.
        """
        room = _integers("places", places, 0, MOST_ROWS)
        ranks = _integers("tiers", tiers, 0, 2)
        _same_length("places", room, "tiers", ranks)
        if not 0 <= candidates <= MOST_ROWS:
            raise MatchingInputError(f"candidates must be 0..{MOST_ROWS}, not {candidates}")
        slots = _integers("slot", slot, 0, len(room) - 1)
        people = _integers("candidate", candidate, 0, candidates - 1)
        worth = _integers("points", points, 1, 2**53)
        _same_length("slot", slots, "candidate", people)
        _same_length("slot", slots, "points", worth)
        order = _canonical_order(slots, people, candidates)
        edges = Edges.in_order(
            len(room), candidates, slots[order].astype(np.int32), people[order].astype(np.int32)
        )
        return cls(room, ranks.astype(np.int8), edges, worth[order], placements_before_points)


def _integers(name: str, values: ArrayLike, low: int, high: int) -> Ints:
    array = np.asarray(values)
    if array.ndim != 1:
        raise MatchingInputError(f"{name} must have one dimension, not {array.ndim}")
    if array.size == 0:
        return np.zeros(0, dtype=np.int64)
    if array.dtype.kind not in "iu":
        raise MatchingInputError(f"{name} must be integers, not {array.dtype}")
    if int(array.min()) < low or int(array.max()) > high:
        raise MatchingInputError(f"{name} must lie in {low}..{high}")
    return array.astype(np.int64)


def _same_length(one: str, first: Ints, other: str, second: Ints) -> None:
    if len(first) != len(second):
        raise MatchingInputError(
            f"{one} and {other} must have the same length, not {len(first)} and {len(second)}"
        )


def _canonical_order(slot: Ints, candidate: Ints, candidates: int) -> Ints:
    key = slot * candidates + candidate
    order = np.argsort(key, kind="stable")
    repeated = np.flatnonzero(np.diff(key[order]) == 0)
    if repeated.size:
        first = order[repeated[0]]
        raise MatchingInputError(
            f"the pair of slot {slot[first]} and candidate {candidate[first]} is given twice"
        )
    return order
