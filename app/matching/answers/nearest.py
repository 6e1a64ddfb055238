"""For each candidate who is left: the slot that comes nearest, and what stands between."""

import numpy as np

from app.matching.kit import Indices, Ints, Mask, numba_is_used
from app.matching.optimum.assignment import Solution
from app.matching.rules.counting_kernel import find_nearest

NONE = np.iinfo(np.int64).max


def nearest_slots(solution: Solution) -> tuple[Indices, Ints]:
    """(n,) the slot whose maximum price is the least above what the pair is worth, -1 for none,
    and (n,) by how much: just what the whole would lose by that pair. Of slots that come equally
    near the first counts. For those who are matched, the values mean nothing.
    """
    edges = solution.market.edges
    least = np.full(edges.candidates, NONE, dtype=np.int64)
    nearest = np.full(edges.candidates, -1, dtype=np.int32)
    find = find_nearest if numba_is_used() else _plainly
    net = solution.prices.slot_maximum - solution.bonus  # a weight is its points and the bonus
    points, bounded = solution.market.points, solution.prices.bounded
    find(edges.slot, edges.candidate, points, net, bounded, least, nearest)
    return nearest, least


def _plainly(
    slot: Indices,
    candidate: Indices,
    points: Ints,
    net_price: Ints,
    bounded: Mask,
    least: Ints,
    nearest: Indices,
) -> None:
    """As ``counting.find_nearest``."""
    gap = np.where(bounded[slot], net_price[slot] - points, NONE)
    np.minimum.at(least, candidate, gap)
    reached = (gap == least[candidate]) & (gap < NONE)
    nearest[candidate[reached][::-1]] = slot[reached][::-1]
