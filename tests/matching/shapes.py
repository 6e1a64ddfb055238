"""Markets of every shape that is hard in its own way, small enough to judge, and their solutions
by each way."""

from collections.abc import Callable
from dataclasses import fields

import numpy as np

from app.bench.instances import random_market
from app.matching import Market
from app.matching.kit import Ints
from app.matching.optimum.assignment import Solution, price_and_pair
from app.matching.optimum.tiers import scale
from app.matching.optimum.ways import Way, Weighted, by_way

POINTS: dict[str, Callable[[np.random.Generator, int], Ints]] = {
    "fine": lambda rng, count: rng.integers(1, 1001, count),
    "a million": lambda rng, count: rng.integers(1, 1_000_001, count),
    "five levels": lambda rng, count: 200 * rng.integers(1, 6, count),
    "all equal": lambda rng, count: np.full(count, 7),
}
SIZES = {
    "plenty": (6, 40, 0.4),
    "scarce": (12, 12, 0.5),
    "more places than people": (20, 8, 0.5),
    "sparse": (25, 40, 0.06),
    "everyone fits": (8, 12, 1.0),
    "no slots": (0, 5, 0.5),
    "no people": (5, 0, 0.5),
    "one person for all": (12, 1, 1.0),
    "one of all fits everywhere": (12, 20, 0.08),
    "no places": (6, 10, 0.5),
}


def market_of(seed: int, size: str, points: str, before: bool) -> Market:
    """Slots of 0..3 places in all tiers; ``before`` puts placements before points."""
    rng = np.random.default_rng(seed)
    slots, candidates, share = SIZES[size]
    drawn = random_market(rng, slots, candidates, share, placements_before_points=before)
    if size == "one of all fits everywhere":
        drawn = with_one_everywhere(drawn)
    places = drawn.places * (size != "no places")
    worth = POINTS[points](rng, len(drawn.edges))
    return Market(places, drawn.tiers, drawn.edges, worth, before)


def with_one_everywhere(market: Market) -> Market:
    """The first person fits every slot; points are left open."""
    edges = market.edges
    others = edges.candidate > 0
    slot = np.concatenate([edges.slot[others], np.arange(edges.slots)])
    candidate = np.concatenate([edges.candidate[others], np.zeros(edges.slots, np.int64)])
    return Market.from_arrays(
        places=market.places,
        tiers=market.tiers,
        candidates=edges.candidates,
        slot=slot,
        candidate=candidate,
        points=np.ones(len(slot), np.int64),
        placements_before_points=market.placements_before_points,
    )


def shuffled(market: Market, seed: int) -> Market:
    """The same market, its pairs given in another order."""
    edges = market.edges
    order = np.random.default_rng(seed).permutation(len(edges))
    return Market.from_arrays(
        places=market.places,
        tiers=market.tiers,
        candidates=edges.candidates,
        slot=edges.slot[order],
        candidate=edges.candidate[order],
        points=market.points[order],
        placements_before_points=market.placements_before_points,
    )


def weighted(market: Market) -> Weighted:
    bonuses, blocks = scale(market)
    bonus = bonuses.of_slots(market, blocks)
    return Weighted(market.edges, market.places, market.points, bonus)


def by(market: Market, way: Way) -> Solution:
    bonuses, blocks = scale(market)
    pairs = weighted(market)
    return Solution(market, blocks, bonuses, *price_and_pair(pairs, by_way(pairs, way)))


def as_bytes(solution: Solution) -> list[bytes]:
    columns = [getattr(solution.prices, field.name) for field in fields(solution.prices)]
    return [column.tobytes() for column in (solution.slot_of, *columns)]
