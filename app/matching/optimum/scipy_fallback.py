"""An optimum by scipy's sparse solver, for when the paths would take too long.

1. Take each slot's best pairs, some more than it has places: the core.
2. Solve the core exactly: a row for each place, a column for each candidate in it and one more for
   each place, which leaves it empty (min_weight_full_bipartite_matching).
3. Price it. Pairs that are worth more than their two prices join the core, the most so first; when
   there are none, the prices prove the pairing on all pairs (column generation, Ford and
   Fulkerson, 1958).
"""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from app.matching.kit import Indices, Ints
from app.matching.optimum.market import Edges
from app.matching.optimum.prices import Prices, own_weights, price_intervals

MORE_THAN_PLACES = 8


def core_and_price(edges: Edges, places: Ints, weights: Ints) -> Indices:
    """A pairing of highest total weight: (n,) int32 slot of each candidate, or -1.

    ``weights``: (E,) int64 >= 1, the largest below 2**50, so that float64 holds every number.
    """
    core = np.zeros(len(edges), dtype=np.bool_)
    joining, gain = np.flatnonzero((places > 0)[edges.slot]), weights
    while True:
        core[_best(edges, places, joining, gain[joining])] = True
        inside, worth = edges.keep(core), weights[core]
        slot_of = _solve(inside, places, worth)
        prices = price_intervals(inside, places, worth, slot_of)
        gain = _worth_more(edges, weights, prices, own_weights(inside, worth, slot_of), slot_of)
        joining = np.flatnonzero(gain > 0)
        if not joining.size:
            return slot_of


def _best(edges: Edges, places: Ints, pairs: Ints, gain: Ints) -> Ints:
    """The pairs with the most ``gain`` in each slot, MORE_THAN_PLACES more than its places."""
    slot = edges.slot[pairs]
    order = np.lexsort((-gain, slot))
    rank = np.arange(len(pairs)) - np.searchsorted(slot, slot)
    return pairs[order[rank < places[slot] + MORE_THAN_PLACES]]


def _worth_more(edges: Edges, weights: Ints, prices: Prices, own: Ints, slot_of: Indices) -> Ints:
    """(E,) what each pair is worth above its two prices halfway in their ranges."""
    price = (prices.slot_minimum + prices.slot_maximum) // 2
    kept = np.zeros_like(own)
    matched = slot_of >= 0
    kept[matched] = own[matched] - price[slot_of[matched]]
    gain = weights - price[edges.slot] - kept[edges.candidate]
    return np.where(prices.bounded[edges.slot], gain, 0)


def _solve(edges: Edges, places: Ints, weights: Ints) -> Indices:
    """The best pairing of few pairs, with a row for each place."""
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
