"""Pins and forbidden pairs: callers name them by ids, the engine by rows."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from app.matching.errors import MatchingInputError
from app.matching.kit import Indices, Ints, Mask
from app.matching.optimum.market import Edges
from app.matching.values import CandidateColumns, SlotColumns


@dataclass(frozen=True, slots=True)
class Pins:
    """Pinned pairs as rows (k,), with the position (k,) of each among the feasible pairs."""

    slot: Indices
    candidate: Indices
    edge: Ints


def numbered(
    name: str,
    pairs: Collection[tuple[str, str]],
    candidates: CandidateColumns,
    slots: SlotColumns,
) -> Indices:
    """(k, 2) slot row and candidate row of (candidate id, slot id), in order of rows.

    Raises MatchingInputError for an id that is not among the candidates or slots.
    """
    if not pairs:
        return np.zeros((0, 2), dtype=np.int32)
    people = {name: row for row, name in enumerate(candidates.id.tolist())}
    places = {name: row for row, name in enumerate(slots.id.tolist())}
    rows = []
    for candidate_id, slot_id in set(pairs):
        if candidate_id not in people:
            raise MatchingInputError(f'{name}: no candidate has the id "{candidate_id}"')
        if slot_id not in places:
            raise MatchingInputError(f'{name}: no slot has the id "{slot_id}"')
        rows.append((places[slot_id], people[candidate_id]))
    return np.array(sorted(rows), dtype=np.int32).reshape(-1, 2)


def refuse_impossible_pins(pins: Indices, candidates: CandidateColumns, slots: SlotColumns) -> None:
    """Raise MatchingInputError for a candidate pinned twice or more pins than a slot has places."""
    for row, times in Counter(pins[:, 1].tolist()).items():
        if times > 1:
            raise MatchingInputError(f'pins: candidate "{candidates.id[row]}" is pinned twice')
    free = slots.free_places()
    for row, times in Counter(pins[:, 0].tolist()).items():
        if times > free[row]:
            raise MatchingInputError(
                f'pins: slot "{slots.id[row]}" has fewer places ({free[row]}) than pins ({times})'
            )


def edge_of(edges: Edges, pair: tuple[int, int]) -> int:
    """Position of the pair (slot row, candidate row) among the feasible pairs, or -1."""
    slot, candidate = pair
    first, last = edges.indptr[slot], edges.indptr[slot + 1]
    place = int(first + np.searchsorted(edges.candidate[first:last], candidate))
    return place if place < last and edges.candidate[place] == candidate else -1


def without(edges: Edges, candidates: Indices) -> Mask:
    """(E,) bool: True for the pairs with none of these candidates."""
    gone = np.zeros(edges.candidates, dtype=np.bool_)
    gone[candidates] = True
    return ~gone[edges.candidate]
