"""Pairing by linear_sum_assignment, block by block, and the last step that every path shares."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from app.matching.arrays import Floats, Indices, Ints
from app.matching.blocks import Blocks, connected_blocks, members
from app.matching.errors import TooLargeError
from app.matching.market import Edges, Market
from app.matching.prices import Prices

MOST_CELLS = 50_000_000
"""Places x candidates of one dense block: 400 MB of float64, twice that when it is taller than
wide. 10 000 candidates x 2 000 places are 20 million."""

TIE_MODULUS = 1009


@dataclass(frozen=True, slots=True)
class Dense:
    """One block for linear_sum_assignment: ``cost`` (places, candidates) float64, 0 = infeasible,
    with the slot of each row and the candidate of each column."""

    cost: Floats
    slot: Ints
    candidate: Ints


def refuse_too_many_cells(market: Market, blocks: Blocks) -> None:
    """Raise TooLargeError when a block's dense matrix would pass MOST_CELLS."""
    rows = np.zeros(blocks.count, dtype=np.int64)
    np.add.at(rows, blocks.of_slot, np.minimum(market.places, market.edges.degrees()))
    columns = np.bincount(blocks.of_candidate, minlength=blocks.count)
    largest = int((rows * columns).max(initial=0))
    if largest > MOST_CELLS:
        raise TooLargeError(
            f"{largest} cells (places x candidates that hang together) are more than "
            f"{MOST_CELLS}; match a smaller area or fewer slots at a time"
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


def pair_tight(market: Market, weights: Ints, prices: Prices) -> Indices:
    """The one pairing that follows from the prices, whatever optimum they were found from.

    Only pairs that are tight under the interior prices (halfway between minimum and maximum) can
    be used. Whoever has a positive maximum price is covered by every optimum, so covering all of
    them on tight pairs is optimal; among those coverings the tie key decides.
    """
    edges = market.edges
    tight = prices.interior_tight(edges, weights)
    kept = edges.keep(tight)
    wanted = (prices.slot_maximum > 0)[kept.slot].astype(np.int64)
    wanted += (prices.candidate_maximum > 0)[kept.candidate]
    most_ties = int(np.minimum(market.places, kept.degrees()).sum()) * TIE_MODULUS
    cover = wanted * (most_ties + 1) - tie_key(kept)
    return pair(kept, market.places, cover, connected_blocks(kept))


def tie_key(edges: Edges) -> Ints:
    """(E,) int64 in 0..1008: (slot rank + 1)(candidate rank + 1) modulo 1009.

    The lower sum wins among pairings that are equally good. A product, since a key that adds the
    two ranks is the same for every exchange; a prime, so that no early rank is always favoured.
    """
    product = (edges.slot.astype(np.int64) + 1) * (edges.candidate.astype(np.int64) + 1)
    return product % TIE_MODULUS


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
