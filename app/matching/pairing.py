"""Pairing by linear_sum_assignment, block by block."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from app.matching.arrays import Floats, Indices, Ints
from app.matching.blocks import Blocks, members
from app.matching.errors import TooLargeError
from app.matching.market import Edges

MOST_CELLS = 50_000_000
"""Places x candidates of one dense block: 400 MB of float64, twice that when it is taller than
wide."""


@dataclass(frozen=True, slots=True)
class Dense:
    """One block for linear_sum_assignment: ``cost`` (places, candidates) float64, 0 = infeasible,
    with the slot of each row and the candidate of each column."""

    cost: Floats
    slot: Ints
    candidate: Ints


def cells(edges: Edges, places: Ints, blocks: Blocks) -> Ints:
    """(blocks,) cells of each block's dense matrix."""
    rows = np.zeros(blocks.count, dtype=np.int64)
    np.add.at(rows, blocks.of_slot, np.minimum(places, edges.degrees()))
    return rows * np.bincount(blocks.of_candidate, minlength=blocks.count)


def refuse_too_many_cells(edges: Edges, places: Ints, blocks: Blocks) -> None:
    """Raise TooLargeError when a block's dense matrix would pass MOST_CELLS."""
    largest = int(cells(edges, places, blocks).max(initial=0))
    if largest > MOST_CELLS:
        raise TooLargeError(
            f"{largest} cells (places x candidates that are equally good) are more than "
            f"{MOST_CELLS}; use finer points, or match a smaller area or fewer slots at a time"
        )


def pair(edges: Edges, places: Ints, weights: Ints, blocks: Blocks) -> Indices:
    """A pairing of highest total weight: (n,) int32 slot of each candidate, or -1.

    ``weights``: (E,) int64 >= 1, whose sums stay below 2**53.
    """
    slot_of = np.full(edges.candidates, -1, dtype=np.int32)
    for dense in _dense_blocks(edges, places, weights, blocks):
        row, column = linear_sum_assignment(dense.cost)
        feasible = dense.cost[row, column] < 0
        slot_of[dense.candidate[column[feasible]]] = dense.slot[row[feasible]]
    return slot_of


def _dense_blocks(edges: Edges, places: Ints, weights: Ints, blocks: Blocks) -> Iterator[Dense]:
    rows = np.minimum(places, edges.degrees())
    slots, slot_start = members(blocks.of_slot, blocks.count)
    people, person_start = members(blocks.of_candidate, blocks.count)
    column = np.empty(edges.candidates, dtype=np.int64)
    column[people] = np.arange(len(people)) - person_start[blocks.of_candidate[people]]
    busy = np.zeros(blocks.count, dtype=np.bool_)
    busy[blocks.of_slot[rows > 0]] = True
    for block in np.flatnonzero(busy):
        inside = slots[slot_start[block] : slot_start[block + 1]]
        candidate = people[person_start[block] : person_start[block + 1]]
        yield _dense(edges, inside[rows[inside] > 0], rows, candidate, column, weights)


def _dense(
    edges: Edges, slots: Ints, rows: Ints, candidate: Ints, column: Ints, weights: Ints
) -> Dense:
    cost = np.zeros((int(rows[slots].sum()), len(candidate)))
    row = 0
    for slot in slots:
        pairs = slice(edges.indptr[slot], edges.indptr[slot + 1])
        cost[row, column[edges.candidate[pairs]]] = -weights[pairs]
        cost[row + 1 : row + rows[slot]] = cost[row]
        row += int(rows[slot])
    return Dense(cost, np.repeat(slots, rows[slots]), candidate)
