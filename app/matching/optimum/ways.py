"""Finds any optimum by the way that suits the size; all ways give the same prices and pairing."""

from dataclasses import dataclass
from enum import Enum

import numpy as np

from app.matching.kit import Indices, Ints, numba_is_used
from app.matching.optimum.market import Edges, connected_blocks
from app.matching.optimum.pairing import pair
from app.matching.optimum.path_columns import FAR, LEVELS, Found, Lists, Tree
from app.matching.optimum.paths import fill, that_matter
from app.matching.optimum.prices import unmatched_offers
from app.matching.optimum.scipy_fallback import core_and_price

DIRECT_CELLS = 250_000
"""Up to here a dense linear_sum_assignment takes some milliseconds, and nothing is compiled."""

EXACT_IN_FLOAT64 = 2**50
"""Largest weight for scipy's solvers: no number on their way holds eight of them."""

MOST_ROWS = 200_000
"""Places that the sparse solver takes as rows of their own."""

READS_COMPILED, READS_PLAIN = 20_000_000_000, 10_000_000
"""Pairs that the paths may read: some minutes compiled, some seconds in plain Python."""


class Way(Enum):
    DIRECT = "linear_sum_assignment on dense blocks"
    PATHS = "successive shortest paths"
    FALLBACK = "scipy's sparse solver on a growing core of pairs"


@dataclass(frozen=True, slots=True)
class Weighted:
    """The pairs to choose from: ``points`` (E,), and the ``bonus`` (S,) of every pair of a slot."""

    edges: Edges
    places: Ints
    points: Ints
    bonus: Ints

    def weights(self, pairs: Ints | slice = slice(None)) -> Ints:
        """(E,), or (k,) at those positions."""
        return self.bonus[self.edges.slot[pairs]] + self.points[pairs]


@dataclass(frozen=True, slots=True)
class Optimum:
    """``slot_of`` (n,), the ``pairs`` (k,) in order that prices and optima can depend on and, where
    the way gives some, prices (S,) that prove it."""

    slot_of: Indices
    pairs: Ints
    price: Ints | None = None


def find_optimum(given: Weighted) -> Optimum:
    """Chooses the way by size; where the paths pass their budget of reads, scipy solves instead."""
    rows = int(np.minimum(given.places, given.edges.degrees()).sum())
    largest = int(given.points.max(initial=0)) + int(given.bonus.max(initial=0))
    for_scipy = largest < EXACT_IN_FLOAT64
    if for_scipy and rows * given.edges.candidates <= DIRECT_CELLS:
        return by_way(given, Way.DIRECT)
    budget = READS_COMPILED if numba_is_used() else READS_PLAIN
    found = by_paths(given, budget if for_scipy and rows <= MOST_ROWS else FAR)
    return found or by_way(given, Way.FALLBACK)


def by_way(given: Weighted, way: Way) -> Optimum:
    """An optimum by this way, for any size."""
    if way is Way.PATHS and (found := by_paths(given, FAR)):
        return found
    weights = given.weights()
    if way is Way.DIRECT:
        slot_of = pair(given.edges, given.places, weights, connected_blocks(given.edges))
    else:
        slot_of = core_and_price(given.edges, given.places, weights)
    floor = unmatched_offers(given.edges, weights, slot_of)
    return Optimum(slot_of, np.flatnonzero(weights >= floor[given.edges.slot]))


def by_paths(given: Weighted, budget: int) -> Optimum | None:
    """An optimum by successive shortest paths; None where they would read over ``budget`` pairs."""
    lists, found, reads = offer_places(given, budget)
    if reads < 0:
        return None
    chosen = np.empty(len(given.edges), np.int64)
    count = that_matter(lists, found, given.places, chosen)
    return Optimum(found.slot_of.astype(np.int32), np.sort(chosen[:count]), found.price)


def offer_places(given: Weighted, budget: int = FAR) -> tuple[Lists, Found, int]:
    """Optimal prices and a pairing, with the lists as far as they were read, and how many pairs
    that were; -1 if ``budget`` did not do."""
    edges = given.edges
    lists = _lists(given)
    found = Found(
        price=np.zeros(edges.slots, np.int64),
        slot_of=np.full(edges.candidates, -1, np.int64),
        own=np.zeros(edges.candidates, np.int64),
    )
    far = np.full(edges.slots, FAR)
    tree = Tree(far, *(np.zeros(edges.slots, np.int64) for _ in range(3)))
    return lists, found, fill(lists, found, tree, given.places, budget)


def _lists(given: Weighted) -> Lists:
    """Lists of which nothing is read yet. Long columns take memory only where they are written."""
    pairs, slots = len(given.edges), given.edges.slots
    return Lists(
        indptr=given.edges.indptr,
        candidate=given.edges.candidate,
        points=given.points,
        bonus=given.bonus,
        order=np.empty(pairs, np.int32),
        ready=np.zeros(slots, np.int64),
        person=np.empty(pairs, np.int32),
        worth=np.empty(pairs, np.int64),
        most=np.empty(pairs, np.int64),
        read=np.zeros(slots, np.int64),
        bound=np.empty(pairs, np.int64),
        level=np.empty(pairs, np.uint8),
        begin=np.zeros(LEVELS, np.int64),
        ceiling=np.zeros(LEVELS, np.int64),
    )
