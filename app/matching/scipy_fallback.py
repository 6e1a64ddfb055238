"""An optimum by scipy's sparse solver, for when the paths would take too long.

1. Take each slot's best pairs, some more than it has places: the core.
2. Solve the core exactly: a row for each place, a column for each candidate in it and one more for
   each place, which leaves it empty (min_weight_full_bipartite_matching).
3. Price it. A pair outside the core that is worth more than its two prices joins the core; when
   there is none, the prices prove the pairing on all pairs (Dantzig's column generation).
"""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from app.matching.arrays import Indices, Ints, Mask
from app.matching.market import Edges
from app.matching.prices import Prices, own_weights, price_intervals

MORE_THAN_PLACES = 8


def core_and_price(edges: Edges, places: Ints, weights: Ints) -> Indices:
    """A pairing of highest total weight: (n,) int32 slot of each candidate, or -1.

    ``weights``: (E,) int64 >= 1, the largest below 2**50, so that float64 holds every number.
    """
    core = _best(edges, places, weights)
    while True:
        inside, worth = edges.keep(core), weights[core]
        slot_of = _solve(inside, places, worth)
        prices = price_intervals(inside, places, worth, slot_of)
        missing = _worth_more(edges, weights, prices, own_weights(inside, worth, slot_of), slot_of)
        if not missing.any():
            return slot_of
        core |= missing & (places > 0)[edges.slot]


def _best(edges: Edges, places: Ints, weights: Ints) -> Mask:
    """(E,) bool: the pairs worth most to each slot, MORE_THAN_PLACES above its places."""
    order = np.lexsort((-weights, edges.slot))
    rank = np.arange(len(edges)) - edges.indptr[edges.slot]
    best = np.zeros(len(edges), dtype=np.bool_)
    best[order[(rank < places[edges.slot] + MORE_THAN_PLACES)]] = True
    best &= (places > 0)[edges.slot]
    return best


def _worth_more(edges: Edges, weights: Ints, prices: Prices, own: Ints, slot_of: Indices) -> Mask:
    """(E,) bool: pairs worth more than their two prices halfway in the ranges."""
    price = (prices.slot_minimum + prices.slot_maximum) // 2
    kept = np.where(slot_of >= 0, own - price[slot_of], 0) if len(price) else own
    more: Mask = weights > price[edges.slot] + kept[edges.candidate]
    return more & prices.bounded[edges.slot]


def _solve(edges: Edges, places: Ints, weights: Ints) -> Indices:
    """The best pairing of few pairs, each place a row of its own."""
    rows = np.minimum(places, edges.degrees())
    people, column = np.unique(edges.candidate, return_inverse=True)
    slot = np.repeat(np.arange(edges.slots), rows)
    length = edges.degrees()[slot]
    begin = np.repeat(edges.indptr[slot] - np.cumsum(length) + length, length)
    pairs = begin + np.arange(len(begin))
    dearest = int(weights.max(initial=0)) + 1
    row, count = np.repeat(np.arange(len(slot)), length), len(slot)
    costs = np.concatenate([dearest - weights[pairs], np.full(count, dearest)]).astype(np.float64)
    rows_of = np.concatenate([row, np.arange(count)])
    columns_of = np.concatenate([column[pairs], len(people) + np.arange(count)])
    matrix = csr_array((costs, (rows_of, columns_of)), shape=(count, len(people) + count))
    chosen_row, chosen = min_weight_full_bipartite_matching(matrix)
    slot_of = np.full(edges.candidates, -1, dtype=np.int32)
    real = chosen < len(people)
    slot_of[people[chosen[real]]] = slot[chosen_row[real]]
    return slot_of
