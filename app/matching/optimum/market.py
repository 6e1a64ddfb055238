"""The market: slots with places, candidates, the feasible pairs, and the blocks that they form."""

import operator
from dataclasses import dataclass
from typing import Any, SupportsIndex

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from app.matching.errors import MatchingInputError
from app.matching.kit import Indices, Ints, Mask

AnyInts = NDArray[np.integer[Any]]

MOST_ROWS = 2**31 - 1
"""Slots and candidates are counted in int32."""

AT_ONCE = 2**16


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
        """Wraps columns that are already in canonical order."""
        indptr = np.searchsorted(slot, np.arange(slots + 1, dtype=slot.dtype)).astype(np.int64)
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
    """Everything the optimum depends on. The order of indices is the canonical order: to get the
    same answer for the same people, sort them by a stable id before numbering them.

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
        candidates = _count("candidates", candidates)
        slots = _integers("slot", slot, 0, len(room) - 1)
        people = _integers("candidate", candidate, 0, candidates - 1)
        worth = _integers("points", points, 1, 2**53)
        _same_length("slot", slots, "candidate", people)
        _same_length("slot", slots, "points", worth)
        rows, columns, order = _in_order(slots, people, len(room), candidates)
        _refuse_repeated(rows, columns)
        edges = Edges.in_order(len(room), candidates, rows, columns)
        return cls(
            room.astype(np.int64),
            ranks.astype(np.int8),
            edges,
            worth.astype(np.int64) if order is None else worth[order].astype(np.int64, copy=False),
            placements_before_points,
        )


def _count(name: str, number: SupportsIndex) -> int:
    try:
        count = operator.index(number)
    except TypeError as error:
        raise MatchingInputError(f"{name} must be a whole number, not {number!r}") from error
    if not 0 <= count <= MOST_ROWS:
        raise MatchingInputError(f"{name} must be 0..{MOST_ROWS}, not {count}")
    return count


def _integers(name: str, values: ArrayLike, low: int, high: int) -> AnyInts:
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise MatchingInputError(f"{name} is no column of numbers: {error}") from error
    if array.ndim != 1:
        raise MatchingInputError(f"{name} must have one dimension, not {array.ndim}")
    if array.size == 0:
        return np.zeros(0, dtype=np.int64)
    if array.dtype.kind not in "iu":
        raise MatchingInputError(f"{name} must be integers, not {array.dtype}")
    if int(array.min()) < low or int(array.max()) > high:
        allowed = f"must lie in {low}..{high}" if low <= high else "has nothing that it may name"
        raise MatchingInputError(f"{name} {allowed}")
    return array


def _same_length(one: str, first: AnyInts, other: str, second: AnyInts) -> None:
    if len(first) != len(second):
        raise MatchingInputError(
            f"{one} and {other} must have the same length, not {len(first)} and {len(second)}"
        )


def _in_order(
    slot: AnyInts, candidate: AnyInts, slots: int, candidates: int
) -> tuple[Indices, Indices, AnyInts | None]:
    """Both columns by slot, then candidate, and where each pair stood; None if already in order.

    Slot, candidate and position share one integer where they fit: sorting whole integers is ten
    times faster than sorting positions by a key.
    """
    bits = [max(count - 1, 0).bit_length() for count in (slots, candidates, len(slot))]
    if sum(bits) > 63:
        order = np.lexsort((candidate, slot))
        return slot[order].astype(np.int32), candidate[order].astype(np.int32), order
    key = slot.astype(np.int64)
    key <<= bits[1]
    key |= candidate.astype(np.int64, copy=False)
    if (key[1:] > key[:-1]).all():
        return slot.astype(np.int32), candidate.astype(np.int32), None
    key <<= bits[2]
    for first in range(0, len(key), AT_ONCE):
        key[first : first + AT_ONCE] |= np.arange(first, min(first + AT_ONCE, len(key)))
    key.sort()
    rows = (key >> (bits[1] + bits[2])).astype(np.int32)
    columns = (key >> bits[2]).astype(np.int32) & np.int32((1 << bits[1]) - 1)
    key &= (1 << bits[2]) - 1
    return rows, columns, key


def _refuse_repeated(slot: Indices, candidate: Indices) -> None:
    """Raise MatchingInputError for a pair that stands twice in canonical order."""
    repeated = np.flatnonzero((candidate[1:] == candidate[:-1]) & (slot[1:] == slot[:-1]))
    if repeated.size:
        first = repeated[0]
        raise MatchingInputError(
            f"the pair of slot {slot[first]} and candidate {candidate[first]} is given twice"
        )


@dataclass(frozen=True, slots=True)
class Blocks:
    """``of_slot`` (S,) and ``of_candidate`` (n,): int64 block number, 0..count - 1.

    A slot or candidate without pairs is a block of its own.
    """

    count: int
    of_slot: Ints
    of_candidate: Ints


def one_block(edges: Edges) -> Blocks:
    """Everything as one block, connected or not."""
    return Blocks(1, np.zeros(edges.slots, np.int64), np.zeros(edges.candidates, np.int64))


def connected_blocks(edges: Edges) -> Blocks:
    """Label the connected components of the pairs (breadth first, by scipy)."""
    nodes = edges.slots + edges.candidates
    indptr = np.concatenate([edges.indptr, np.full(edges.candidates, len(edges))])
    graph = csr_array(
        (np.ones(len(edges), dtype=np.int8), edges.candidate + edges.slots, indptr),
        shape=(nodes, nodes),
    )
    count, labels = connected_components(graph, directed=False)
    of_node: Ints = labels.astype(np.int64)
    return Blocks(int(count), of_node[: edges.slots], of_node[edges.slots :])


def members(labels: Ints, count: int) -> tuple[Ints, Ints]:
    """Group equal labels: positions sorted by label (k,), and where each label starts (count+1,).

    Positions of one label keep their order.
    """
    order = np.argsort(labels, kind="stable")
    return order, np.searchsorted(labels[order], np.arange(count + 1))
