"""Pairing by linear_sum_assignment, block by block."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from app.matching.errors import TooLargeError
from app.matching.kit import Floats, Indices, Ints
from app.matching.optimum.market import Blocks, Edges, members

MOST_CELLS = 50_000_000
"""Places x candidates of one dense block: 400 MB of float64, twice that when it is taller than
wide."""


CELLS_AT_ONCE = 2_000_000
"""Cells of small blocks laid out together."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each block's dense matrix, of places x candidates, lies among those of all blocks.

    ``slots``: those with room, by block; ``people``: all candidates, by block. ``rows`` (S,):
    places of a slot; ``row`` (S,) its first within the block; ``column`` (n,) within the block.
    ``height`` and ``width`` (blocks,); ``first_row`` and ``first_column`` (blocks + 1,) among
    those of all blocks.
    """

    slots: Ints
    people: Ints
    rows: Ints
    row: Ints
    column: Ints
    height: Ints
    width: Ints
    first_row: Ints
    first_column: Ints


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

    ``weights``: (E,) int64, used where >= 1, whose sums stay below 2**53.
    """
    slot_of = np.full(edges.candidates, -1, dtype=np.int32)
    layout = _layout(edges, places, blocks)
    slot_of_row = np.repeat(layout.slots, layout.rows[layout.slots])
    pairs, first_pair = members(blocks.of_slot[edges.slot], blocks.count)
    for group in _groups(layout.height * layout.width):
        inside = pairs[first_pair[group[0]] : first_pair[group[-1] + 1]]
        row, column = _pair_group(edges, weights, blocks, layout, group, inside)
        slot_of[layout.people[column]] = slot_of_row[row]
    return slot_of


def _layout(edges: Edges, places: Ints, blocks: Blocks) -> Layout:
    rows = np.minimum(places, edges.degrees())
    slots, _ = members(blocks.of_slot, blocks.count)
    slots = slots[rows[slots] > 0]
    people, first_column = members(blocks.of_candidate, blocks.count)
    height = np.zeros(blocks.count, dtype=np.int64)
    np.add.at(height, blocks.of_slot, rows)
    first_row = np.concatenate([[0], np.cumsum(height)])
    row, column = np.zeros(edges.slots, np.int64), np.empty(edges.candidates, np.int64)
    row[slots] = np.cumsum(rows[slots]) - rows[slots] - first_row[blocks.of_slot[slots]]
    column[people] = np.arange(len(people)) - first_column[blocks.of_candidate[people]]
    width = np.diff(first_column)
    return Layout(slots, people, rows, row, column, height, width, first_row, first_column)


def _groups(cells_of: Ints) -> Iterator[Ints]:
    """Groups of blocks that are not empty, in order, each within CELLS_AT_ONCE."""
    busy = np.flatnonzero(cells_of)
    sums = np.cumsum(cells_of[busy])
    first = 0
    while first < len(busy):
        before = int(sums[first] - cells_of[busy[first]])
        last = int(np.searchsorted(sums, before + CELLS_AT_ONCE, side="right"))
        last = max(last, first + 1)
        yield busy[first:last]
        first = last


def _pair_group(
    edges: Edges, weights: Ints, blocks: Blocks, layout: Layout, group: Ints, pairs: Ints
) -> tuple[Ints, Ints]:
    """Rows and columns, numbered over all blocks, that linear_sum_assignment pairs in these."""
    cell = np.zeros(blocks.count, dtype=np.int64)
    sizes = layout.height[group] * layout.width[group]
    cell[group] = np.cumsum(sizes) - sizes
    costs = np.zeros(int(sizes.sum()))
    slot, block = edges.slot[pairs], blocks.of_slot[edges.slot[pairs]]
    room = layout.rows[slot] > 0
    at = (
        cell[block] + layout.row[slot] * layout.width[block] + layout.column[edges.candidate[pairs]]
    )
    costs[at[room]] = -weights[pairs][room]
    _repeat_rows(costs, cell, blocks, layout, np.unique(slot[room]))
    found = [_solve(costs, int(cell[block]), layout, block) for block in group.tolist()]
    return np.concatenate([rows for rows, _ in found]), np.concatenate([cols for _, cols in found])


def _repeat_rows(costs: Floats, cell: Ints, blocks: Blocks, layout: Layout, slots: Indices) -> None:
    """Gives every place of a slot the costs of its first place."""
    for slot in slots[layout.rows[slots] > 1].tolist():
        block = blocks.of_slot[slot]
        width = layout.width[block]
        first = cell[block] + layout.row[slot] * width
        rows = costs[first : first + layout.rows[slot] * width].reshape(-1, width)
        rows[1:] = rows[0]


def _solve(costs: Floats, first: int, layout: Layout, block: int) -> tuple[Ints, Ints]:
    height, width = int(layout.height[block]), int(layout.width[block])
    cost = costs[first : first + height * width].reshape(height, width)
    row, column = linear_sum_assignment(cost)
    feasible = cost[row, column] < 0
    return (
        row[feasible] + layout.first_row[block],
        column[feasible] + layout.first_column[block],
    )
