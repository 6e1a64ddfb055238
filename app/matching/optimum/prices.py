"""Minimum and maximum prices, recovered from any optimal pairing.

The prices that prove an optimum have a range, from the least to the greatest. Both ends are fixed
points of relaxing every pair of a matched candidate (Bellman and Ford), from below and above, and
both are the same for every optimum they start from (the lattice of Shapley and Shubik, 1971).
Where some prices that prove the optimum are known, how far each can fall and rise is the shortest
distance over the same pairs, whose slack under those prices is never negative (Johnson, 1977).

Only pairs worth no less to the slot than its best candidate without a place are needed: the
others limit no price and are in no optimum that the last step could choose.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from app.matching.errors import CertificateError
from app.matching.kit import Indices, Ints, Mask
from app.matching.optimum.market import Edges
from app.matching.optimum.spreading import FAR, spread


@dataclass(frozen=True, slots=True)
class Prices:
    """Sums of weights, int64, for each slot (S,) and candidate (n,), lowest and highest.

    A slot without places has no maximum: 0 stands there, and ``bounded`` is False.
    A candidate's maximum goes with the slots' minimum, and the other way round.
    """

    slot_minimum: Ints
    slot_maximum: Ints
    candidate_minimum: Ints
    candidate_maximum: Ints
    bounded: Mask

    def interior_tight(self, edges: Edges, weights: Ints) -> Mask:
        """(E,) bool: weight equals slot price + candidate price halfway in both ranges."""
        slot = self.slot_minimum + self.slot_maximum
        person = self.candidate_minimum + self.candidate_maximum
        tight: Mask = slot[edges.slot] + person[edges.candidate] == 2 * weights
        return tight & self.bounded[edges.slot]


@dataclass(frozen=True, slots=True)
class _Exchanges:
    """Pairs that a matched candidate does not use: ``slot`` could have the candidate of ``rival``
    and would gain ``gain`` over what the pair in use is worth."""

    slot: Indices
    rival: Indices
    gain: Ints


def price_intervals(
    edges: Edges, places: Ints, weights: Ints, slot_of: Indices, price: Ints | None = None
) -> Prices:
    """Prices of every slot and candidate, from an optimal pairing ``slot_of`` (n,).

    ``places``: (S,); ``weights``: (E,) int64 >= 1; ``price``: (S,) any prices that prove the
    pairing, which makes it faster. Raises CertificateError when the pairing is not optimal, since
    then the relaxing has no fixed point or the prices prove nothing.
    """
    own = own_weights(edges, weights, slot_of)
    exchanges = _exchanges(edges, weights, slot_of, own)
    low, high = unmatched_offers(edges, weights, slot_of), _most_to_lose(places, slot_of, own)
    if price is None:
        low, high = _from_below(low, exchanges), _from_above(high, exchanges, places > 0)
    else:
        low, high = _around(price, low, high, exchanges, places > 0)
    return Prices(
        slot_minimum=low,
        slot_maximum=high,
        candidate_minimum=_left_over(own, slot_of, high),
        candidate_maximum=_left_over(own, slot_of, low),
        bounded=places > 0,
    )


def own_weights(edges: Edges, weights: Ints, slot_of: Indices) -> Ints:
    """(n,) weight of the pair each candidate is matched in, 0 for the unmatched."""
    used = edges.slot == slot_of[edges.candidate]
    own = np.zeros(edges.candidates, dtype=np.int64)
    own[edges.candidate[used]] = weights[used]
    return own


def _left_over(own: Ints, slot_of: Indices, slot_price: Ints) -> Ints:
    """(n,) what the slot's price leaves of each candidate's weight, 0 for the unmatched."""
    left = np.zeros_like(own)
    matched = slot_of >= 0
    left[matched] = own[matched] - slot_price[slot_of[matched]]
    return left


def _exchanges(edges: Edges, weights: Ints, slot_of: Indices, own: Ints) -> _Exchanges:
    rival = slot_of[edges.candidate]
    other = np.flatnonzero((rival >= 0) & (rival != edges.slot))
    gain = weights[other] - own[edges.candidate[other]]
    return _Exchanges(edges.slot[other], rival[other], gain)


def unmatched_offers(edges: Edges, weights: Ints, slot_of: Indices) -> Ints:
    """(S,) what the best unmatched candidate would bring, 0 where there is none."""
    free = slot_of[edges.candidate] < 0
    return _best(edges.slot[free], weights[free], edges.slots)


def _most_to_lose(places: Ints, slot_of: Indices, own: Ints) -> Ints:
    """(S,) the least weight in a full slot, 0 in one with room."""
    matched = slot_of >= 0
    slot = slot_of[matched]
    full = np.bincount(slot, minlength=len(places)) == places
    least = np.full(len(places), np.iinfo(np.int64).max)
    np.minimum.at(least, slot, own[matched])
    return np.where(full & (places > 0), least, 0)


def _around(
    price: Ints, low: Ints, high: Ints, exchanges: _Exchanges, bounded: Mask
) -> tuple[Ints, Ints]:
    """How far the prices can fall to ``low`` and rise to ``high``, by shortest distances."""
    slack = price[exchanges.slot] - price[exchanges.rival] - exchanges.gain
    if (slack < 0).any():
        raise CertificateError("a pair is worth more than the prices of the optimum allow")
    fall, rise = price - low, np.where(bounded, high - price, FAR)
    needed = slack < fall[exchanges.slot]
    _spread(fall, exchanges.rival[needed], exchanges.slot[needed], slack[needed])
    needed = (slack < rise[exchanges.rival]) & bounded[exchanges.slot]
    _spread(rise, exchanges.slot[needed], exchanges.rival[needed], slack[needed])
    return price - fall, np.where(bounded, price + rise, 0)


def _spread(distance: Ints, begin: Indices, end: Indices, length: Ints) -> None:
    """Lower ``distance`` in place along the links from ``begin`` to ``end``."""
    number = np.arange(len(begin), dtype=np.int32)
    links = csr_array((number, (begin, number)), shape=(len(distance), len(begin)))
    order = links.indices
    spread(distance, links.indptr.astype(np.int64), end[order], length[order])


def _from_below(start: Ints, exchanges: _Exchanges) -> Ints:
    """Raise each slot's price to what its rivals' candidates would bring it."""
    price = start
    for _ in range(len(price) + 1):
        offers = price[exchanges.rival] + exchanges.gain
        raised = np.maximum(price, _best(exchanges.slot, offers, len(price)))
        if np.array_equal(raised, price):
            return price
        price = raised
    raise CertificateError("the minimum prices have no fixed point: the pairing is not optimal")


def _from_above(start: Ints, exchanges: _Exchanges, bounded: Mask) -> Ints:
    """Lower each slot's price to what its candidates would still have elsewhere."""
    order = np.argsort(exchanges.rival, kind="stable")
    order = order[bounded[exchanges.slot[order]]]
    slot, rival, gain = (exchanges.slot[order], exchanges.rival[order], exchanges.gain[order])
    price = start
    for _ in range(len(price) + 1):
        lowered = price.copy()
        _lower(lowered, rival, price[slot] - gain)
        if np.array_equal(lowered, price):
            return price
        price = lowered
    raise CertificateError("the maximum prices have no fixed point: the pairing is not optimal")


def _best(slot: Indices, offers: Ints, slots: int) -> Ints:
    """(slots,) the highest offer of each slot, at least 0; ``slot`` in ascending order."""
    best = np.zeros(slots, dtype=np.int64)
    if slot.size:
        starts = np.flatnonzero(np.r_[True, slot[1:] != slot[:-1]])
        best[slot[starts]] = np.maximum(np.maximum.reduceat(offers, starts), 0)
    return best


def _lower(price: Ints, slot: Indices, asked: Ints) -> None:
    """Lower ``price`` in place to the least asked of each slot; ``slot`` in ascending order."""
    if slot.size:
        starts = np.flatnonzero(np.r_[True, slot[1:] != slot[:-1]])
        there = slot[starts]
        price[there] = np.minimum(price[there], np.minimum.reduceat(asked, starts))
