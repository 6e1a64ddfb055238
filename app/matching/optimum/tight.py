"""The last step of every way: the one pairing that follows from the prices.

1. Only pairs that are tight under the interior prices (halfway between minimum and maximum) can
   be used, and of these only those that some optimum uses (Berge, 1957).
2. Whoever has a positive maximum price is covered by every optimum, so covering all of them on
   tight pairs is optimal; among those coverings the tie key decides. A candidate who must be
   covered and has a single pair left takes it.
3. Of the rest, each connected block is paired by linear_sum_assignment on that cover's weights.
4. Few different points leave large blocks. One of more than ROUND_CELLS is priced in its turn, by
   the cover's weights, and the pairs that stay tight are paired with a finer tie key.
"""

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from app.matching.kit import Indices, Ints, Mask
from app.matching.optimum.market import Edges, connected_blocks
from app.matching.optimum.pairing import cells, pair, refuse_too_many_cells
from app.matching.optimum.prices import Prices, price_intervals
from app.matching.optimum.ways import Weighted, find_optimum

ROUND_CELLS = 4_000_000
TIE_MODULI = (1009, 1_000_003)
"""Primes, one a round."""


def pair_tight(
    edges: Edges,
    places: Ints,
    weights: Ints,
    prices: Prices,
    optimum: Indices,
    in_round: int = 0,
) -> Indices:
    """(n,) int32 slot of each candidate, or -1: the same whichever ``optimum`` (n,) was found."""
    tight = edges.keep(prices.interior_tight(edges, weights))
    usable = tight.keep(_in_some_optimum(tight, places, prices, optimum))
    slot_of, kept, room = _take_only_pairs(usable, places, prices)
    wanted = (prices.slot_maximum > 0)[kept.slot].astype(np.int64)
    wanted += (prices.candidate_maximum > 0)[kept.candidate]
    modulus = TIE_MODULI[in_round]
    most_ties = int(np.minimum(room, kept.degrees()).sum()) * modulus
    cover = wanted * (most_ties + 1) - tie_key(kept, modulus)
    few, slots, candidates = kept.compact()
    paired = _pair_blocks(few, room[slots], cover, last=in_round + 1 == len(TIE_MODULI))
    slot_of[candidates[paired >= 0]] = slots[paired[paired >= 0]]
    return slot_of


def _in_some_optimum(tight: Edges, places: Ints, prices: Prices, optimum: Indices) -> Mask:
    """(tight,) bool: pairs in use, or that a round of exchanges brings into use.

    A slot can take a candidate from who holds them, and a round leads back to where it began
    (strong components). One more holder has the candidates without a place; it gives them for
    those who may go without, and for places that may stand empty.
    """
    without = tight.slots
    holder = np.where(optimum >= 0, optimum, without)
    taken = np.bincount(optimum[optimum >= 0], minlength=tight.slots)
    may_leave = optimum[(optimum >= 0) & (prices.candidate_maximum + prices.candidate_minimum == 0)]
    may_stand_empty = np.flatnonzero(prices.slot_minimum + prices.slot_maximum == 0)
    empty = np.flatnonzero(taken < places)
    begin = [tight.slot, np.full(len(may_leave) + len(empty), without), may_stand_empty]
    end = [holder[tight.candidate], may_leave, empty, np.full(len(may_stand_empty), without)]
    links = np.concatenate(begin), np.concatenate(end)
    graph = coo_array((np.ones(len(links[0])), links), shape=(without + 1, without + 1))
    _, round_of = connected_components(graph.tocsr(), connection="strong")
    found: Mask = round_of[tight.slot] == round_of[holder[tight.candidate]]
    return found


def _take_only_pairs(tight: Edges, places: Ints, prices: Prices) -> tuple[Indices, Edges, Ints]:
    """Gives whoever must be covered and has one tight pair that place: (n,) slot or -1. Then the
    pairs of the others with slots that still have room, and (S,) how much."""
    only = np.bincount(tight.candidate, minlength=tight.candidates) == 1
    only &= prices.candidate_maximum > 0
    taken = only[tight.candidate]
    slot_of = np.full(tight.candidates, -1, dtype=np.int32)
    slot_of[tight.candidate[taken]] = tight.slot[taken]
    room = places - np.bincount(tight.slot[taken], minlength=tight.slots)
    return slot_of, tight.keep(~taken & (room > 0)[tight.slot]), room


def _pair_blocks(edges: Edges, places: Ints, cover: Ints, last: bool) -> Indices:
    """(n,) slot of each candidate, or -1; in the ``last`` round however large the blocks."""
    blocks = connected_blocks(edges)
    large = (cells(edges, places, blocks) > ROUND_CELLS)[blocks.of_slot[edges.slot]]
    if last or not large.any():
        refuse_too_many_cells(edges, places, blocks)
        return pair(edges, places, cover, blocks)
    small = edges.keep(~large)
    slot_of = pair(small, places, cover[~large], connected_blocks(small))
    again = _priced_again(edges, places, cover, large & (cover > 0))
    return np.where(again >= 0, again, slot_of)


def _priced_again(edges: Edges, places: Ints, cover: Ints, which: Mask) -> Indices:
    """The best cover with these pairs, solved and priced like a market of its own."""
    inside = Weighted(edges.keep(which), places, cover[which], np.zeros_like(places))
    optimum = find_optimum(inside)
    needed, worth = inside.edges.keep(optimum.pairs), inside.weights(optimum.pairs)
    prices = price_intervals(needed, places, worth, optimum.slot_of, optimum.price)
    return pair_tight(needed, places, worth, prices, optimum.slot_of, in_round=1)


def tie_key(edges: Edges, modulus: int) -> Ints:
    """(E,) int64 below ``modulus``: (slot rank + 1)(candidate rank + 1) modulo a prime.

    The lower sum wins among pairings that are equally good. A product, since a key that adds the
    two ranks is the same for every exchange; a prime, so that no early rank is always favoured.
    """
    product = (edges.slot.astype(np.int64) + 1) * (edges.candidate.astype(np.int64) + 1)
    return product % modulus
