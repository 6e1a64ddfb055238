"""For each candidate who is left: the slot that comes nearest, and what stands between."""

import numpy as np

from app.matching.arrays import Indices, Ints
from app.matching.assignment import Solution

NONE = np.iinfo(np.int64).max


def nearest_slots(solution: Solution) -> tuple[Indices, Ints]:
    """(n,) the slot whose maximum price is the least above what the pair is worth, -1 for none,
    and (n,) by how much: just what the whole would lose by that pair. Of slots that come equally
    near the first counts. For those who are matched, the values mean nothing.
    """
    edges, prices = solution.market.edges, solution.prices
    gap = prices.slot_maximum[edges.slot] - solution.weights
    gap[~prices.bounded[edges.slot]] = NONE
    least = np.full(edges.candidates, NONE, dtype=np.int64)
    np.minimum.at(least, edges.candidate, gap)
    nearest = np.full(edges.candidates, -1, dtype=np.int32)
    reached = (gap == least[edges.candidate]) & (gap < NONE)
    nearest[edges.candidate[reached][::-1]] = edges.slot[reached][::-1]
    return nearest, least
