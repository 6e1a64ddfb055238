import numpy as np
import pytest

from app.bench.instances import random_market
from app.matching import CertificateError, Market
from app.matching.kit import Indices
from app.matching.optimum.assignment import solve_market
from app.matching.optimum.blocks import connected_blocks
from app.matching.optimum.pairing import pair
from app.matching.optimum.prices import Prices, price_intervals
from app.matching.optimum.tiers import scale_of
from app.matching.optimum.tight import pair_tight


def other_optimum(market: Market, rng: np.random.Generator) -> Indices:
    """An optimum found after renumbering slots and candidates at random."""
    edges = market.edges
    slots, people = rng.permutation(edges.slots), rng.permutation(edges.candidates)
    places, tiers = np.empty_like(market.places), np.empty_like(market.tiers)
    places[slots], tiers[slots] = market.places, market.tiers
    renumbered = Market.from_arrays(
        places=places,
        tiers=tiers,
        candidates=edges.candidates,
        slot=slots[edges.slot],
        candidate=people[edges.candidate],
        points=market.points,
    )
    blocks = connected_blocks(renumbered.edges)
    weights = scale_of(renumbered, blocks).weights(renumbered, blocks)
    found = pair(renumbered.edges, places, weights, blocks)[people]
    back = np.argsort(slots)
    return np.where(found >= 0, back[found], -1).astype(np.int32)


def columns(prices: Prices) -> list[list[int]]:
    return [
        prices.slot_minimum.tolist(),
        prices.slot_maximum.tolist(),
        prices.candidate_minimum.tolist(),
        prices.candidate_maximum.tolist(),
    ]


def test_prices_and_pairing_do_not_depend_on_which_optimum_was_found() -> None:
    rng = np.random.default_rng(1)
    differing = 0
    for _ in range(300):
        market = random_market(rng, 6, 12, 0.5, most_points=3)
        solution = solve_market(market)
        other = other_optimum(market, rng)
        differing += int((other != solution.slot_of).any())
        prices = price_intervals(market.edges, market.places, solution.weights, other)
        assert columns(prices) == columns(solution.prices)
        paired = pair_tight(market.edges, market.places, solution.weights, prices, other)
        assert (paired == solution.slot_of).all()
    assert differing > 100


def test_two_people_for_one_place_price_it_between_the_second_and_the_first() -> None:
    market = Market.from_arrays(
        places=[1], tiers=[0], candidates=2, slot=[0, 0], candidate=[0, 1], points=[700, 400]
    )
    prices = solve_market(market).prices
    assert prices.slot_minimum.tolist() == [400]
    assert prices.slot_maximum.tolist() == [700]
    assert prices.candidate_maximum.tolist() == [300, 0]


def test_a_slot_with_room_left_costs_nothing() -> None:
    market = Market.from_arrays(
        places=[2], tiers=[0], candidates=1, slot=[0], candidate=[0], points=[700]
    )
    prices = solve_market(market).prices
    assert prices.slot_maximum.tolist() == [0]
    assert prices.candidate_minimum.tolist() == [700]


def test_a_pairing_that_is_not_optimal_is_never_priced_quietly() -> None:
    """Two people in each other's places: exchanging them gains for ever."""
    market = Market.from_arrays(
        places=[1, 1],
        tiers=[0, 0],
        candidates=2,
        slot=[0, 0, 1, 1],
        candidate=[0, 1, 0, 1],
        points=[9, 1, 1, 9],
    )
    blocks = connected_blocks(market.edges)
    weights = scale_of(market, blocks).weights(market, blocks)
    crossed = np.array([1, 0], dtype=np.int32)
    with pytest.raises(CertificateError, match="no fixed point"):
        price_intervals(market.edges, market.places, weights, crossed)
