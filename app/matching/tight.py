"""The last step that every way shares: the one pairing that follows from the prices.

1. Only pairs that are tight under the interior prices (halfway between minimum and maximum) can
   be used. Whoever has a positive maximum price is covered by every optimum, so covering all of
   them on tight pairs is optimal; among those coverings the tie key decides.
2. Each connected block is paired by linear_sum_assignment on that cover's weights.
3. Few different points leave large blocks. One of more than ROUND_CELLS is priced in its turn, by
   the cover's weights, and the pairs that stay tight are paired with a finer tie key.
"""

import numpy as np

from app.matching.arrays import Indices, Ints, Mask
from app.matching.blocks import connected_blocks
from app.matching.market import Edges
from app.matching.optimum import Weighted, find_optimum
from app.matching.pairing import cells, pair, refuse_too_many_cells
from app.matching.prices import Prices, price_intervals

ROUND_CELLS = 4_000_000
TIE_MODULI = (1009, 1_000_003)
"""Primes, one a round."""


def pair_tight(
    edges: Edges, places: Ints, weights: Ints, prices: Prices, in_round: int = 0
) -> Indices:
    """(n,) int32 slot of each candidate, or -1, whatever optimum the prices were found from."""
    kept = edges.keep(prices.interior_tight(edges, weights))
    wanted = (prices.slot_maximum > 0)[kept.slot].astype(np.int64)
    wanted += (prices.candidate_maximum > 0)[kept.candidate]
    modulus = TIE_MODULI[in_round]
    most_ties = int(np.minimum(places, kept.degrees()).sum()) * modulus
    cover = wanted * (most_ties + 1) - tie_key(kept, modulus)
    few, slots, candidates = kept.compact()
    paired = _pair_blocks(few, places[slots], cover, last=in_round + 1 == len(TIE_MODULI))
    slot_of = np.full(edges.candidates, -1, dtype=np.int32)
    slot_of[candidates[paired >= 0]] = slots[paired[paired >= 0]]
    return slot_of


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
    """The best cover with these pairs, found by its own prices."""
    inside = Weighted(edges.keep(which), places, cover[which], np.zeros_like(places))
    optimum = find_optimum(inside)
    needed, worth = inside.edges.keep(optimum.pairs), inside.weights(optimum.pairs)
    prices = price_intervals(needed, places, worth, optimum.slot_of, optimum.price)
    return pair_tight(needed, places, worth, prices, in_round=1)


def tie_key(edges: Edges, modulus: int) -> Ints:
    """(E,) int64 below ``modulus``: (slot rank + 1)(candidate rank + 1) modulo a prime.

    The lower sum wins among pairings that are equally good. A product, since a key that adds the
    two ranks is the same for every exchange; a prime, so that no early rank is always favoured.
    """
    product = (edges.slot.astype(np.int64) + 1) * (edges.candidate.astype(np.int64) + 1)
    return product % modulus
