import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.bench.instances import random_market
from app.matching import Market, assign
from app.matching.optimum.assignment import Solution, solve_market
from tests.matching.judges import (
    best_worth,
    minus,
    options_of,
    pair_worth,
    pairing_worth,
    plus,
    worth,
)

SHAPES = [(most, before) for most in (1, 3, 1000, 1_000_000) for before in (False, True)]


def small_markets(count: int, seed: int) -> list[Market]:
    """Up to five slots of up to three places and up to seven candidates; scarce and plenty."""
    rng = np.random.default_rng(seed)
    found = []
    for number in range(count):
        most_points, before = SHAPES[number % len(SHAPES)]
        slots, candidates = int(rng.integers(0, 6)), int(rng.integers(0, 8))
        found.append(random_market(rng, slots, candidates, rng.random(), 3, most_points, before))
    return found


def test_a_thousand_small_markets_are_as_good_as_the_best_of_all_pairings() -> None:
    for market in small_markets(1000, seed=1):
        result = assign(market)
        best = best_worth(market)
        assert pairing_worth(market, result.slot_of) == best
        assert worth(result.certificate.primal) == best
        assert worth(result.certificate.dual) == best
        assert result.objective.points == best[3]
        assert result.certificate.pairs_checked == len(market.edges)


def test_prices_say_what_one_place_more_or_less_is_worth() -> None:
    for market in small_markets(300, seed=2):
        prices, best = assign(market).prices, best_worth(market)
        for slot, room in enumerate(market.places.tolist()):
            lowest, highest = prices.minimum[slot], prices.maximum[slot]
            assert worth(lowest) == minus(best_worth(market, more=[slot]), best)
            if room == 0:
                assert highest is None
            else:
                assert highest is not None
                assert worth(highest) == minus(best, best_worth(market, more=[~slot]))
                assert worth(lowest) <= worth(highest)


def test_a_candidates_highest_price_is_what_is_lost_when_the_person_leaves() -> None:
    for market in small_markets(300, seed=3):
        result, best = assign(market), best_worth(market)
        options = [dict(pairs) for pairs in options_of(market)]
        for candidate, slot in enumerate(result.slot_of.tolist()):
            lost = minus(best, best_worth(market, gone=candidate))
            highest = result.candidate_prices.maximum[candidate]
            assert highest is not None
            assert worth(highest) == lost
            if slot >= 0:
                own = options[candidate][slot]
                assert minus(own, worth(result.prices.minimum[slot])) == lost


def test_a_candidates_lowest_price_is_what_one_more_such_person_would_bring() -> None:
    for market in small_markets(200, seed=4):
        result, best = assign(market), best_worth(market)
        for candidate in range(market.edges.candidates):
            twice = with_double(market, candidate)
            gained = minus(best_worth(twice), best)
            assert worth(result.candidate_prices.minimum[candidate]) == gained


def with_double(market: Market, candidate: int) -> Market:
    """The same market with one more person who fits the same slots."""
    edges = market.edges
    same = edges.candidate == candidate
    return Market.from_arrays(
        places=market.places,
        tiers=market.tiers,
        candidates=edges.candidates + 1,
        slot=np.concatenate([edges.slot, edges.slot[same]]),
        candidate=np.concatenate([edges.candidate, np.full(same.sum(), edges.candidates)]),
        points=np.concatenate([market.points, market.points[same]]),
        placements_before_points=market.placements_before_points,
    )


def test_the_maximum_price_less_the_weight_is_the_loss_of_forcing_an_unmatched_person_in() -> None:
    for market in small_markets(300, seed=5):
        result, best = assign(market), best_worth(market)
        edges = zip(market.edges.slot.tolist(), market.edges.candidate.tolist(), strict=True)
        for (slot, candidate), points in zip(edges, market.points.tolist(), strict=True):
            highest = result.prices.maximum[slot]
            if result.slot_of[candidate] < 0 and highest is not None:
                own = pair_worth(market, slot, points)
                forced = plus(own, best_worth(market, more=[~slot], gone=candidate))
                assert minus(worth(highest), own) == minus(best, forced)


def test_medium_markets_agree_with_min_cost_flow() -> None:
    rng = np.random.default_rng(6)
    shapes = [(20, 60, 0.2), (40, 40, 0.3), (60, 30, 0.1), (15, 200, 0.5)] * 5
    solutions = [solve_market(random_market(rng, *shape, most_places=4)) for shape in shapes]
    assert best_flows(solutions) == [dual(solution) for solution in solutions]


def dual(solution: Solution) -> int:
    slots = int(solution.prices.slot_minimum @ solution.market.places)
    return slots + int(solution.prices.candidate_maximum.sum())


def best_flows(solutions: list[Solution]) -> list[int]:
    """The best total weight of each market, by OR-Tools."""
    judge = Path(__file__).with_name("flow_judge.py")
    answer = subprocess.run(
        [sys.executable, str(judge)],
        input=json.dumps([instance(solution) for solution in solutions]),
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[int] = json.loads(answer.stdout)
    return found


def instance(solution: Solution) -> dict[str, object]:
    edges = solution.market.edges
    columns = (edges.slot.tolist(), edges.candidate.tolist(), solution.weights.tolist())
    return {
        "places": solution.market.places.tolist(),
        "candidates": edges.candidates,
        "pairs": [list(pair) for pair in zip(*columns, strict=True)],
    }


def test_rows_in_any_order_give_the_same_bytes() -> None:
    rng = np.random.default_rng(7)
    for market in small_markets(200, seed=7):
        edges, order = market.edges, rng.permutation(len(market.edges))
        shuffled = Market.from_arrays(
            places=market.places,
            tiers=market.tiers,
            candidates=edges.candidates,
            slot=edges.slot[order],
            candidate=edges.candidate[order],
            points=market.points[order],
            placements_before_points=market.placements_before_points,
        )
        assert as_bytes(market) == as_bytes(shuffled)


def as_bytes(market: Market) -> bytes:
    result = assign(market)
    prices = [list(result.prices.minimum), list(result.prices.maximum)]
    return pickle.dumps((result.slot_of.tolist(), result.objective, prices, result.certificate))


def test_places_of_an_at_risk_clause_come_before_any_points() -> None:
    market = Market.from_arrays(
        places=[1, 1, 1],
        tiers=[2, 1, 0],
        candidates=1,
        slot=[0, 1, 2],
        candidate=[0, 0, 0],
        points=[1, 999, 1000],
    )
    result = assign(market)
    assert result.slot_of.tolist() == [0]
    assert dict(result.objective.places_by_tier) == {2: 1, 1: 0, 0: 0}


def test_a_voluntary_place_gives_way_to_points_unless_placements_come_first() -> None:
    columns: dict[str, Any] = {
        "places": [1, 1],
        "tiers": [0, 0],
        "candidates": 2,
        "slot": [0, 0, 1],
        "candidate": [0, 1, 0],
        "points": [900, 100, 100],
    }
    by_points = assign(Market.from_arrays(**columns))
    by_places = assign(Market.from_arrays(**columns, placements_before_points=True))
    assert by_points.slot_of.tolist() == [0, -1]
    assert by_places.slot_of.tolist() == [1, 0]


def test_one_more_contractual_place_can_cost_points() -> None:
    """The only person for the new place leaves 900 points elsewhere for 100 there."""
    market = Market.from_arrays(
        places=[1, 0], tiers=[0, 1], candidates=1, slot=[0, 1], candidate=[0, 0], points=[900, 100]
    )
    price = assign(market).prices.minimum[1]
    assert dict(price.places_by_tier) == {2: 0, 1: 1, 0: 0}
    assert price.points == -800


@pytest.mark.parametrize(("slots", "candidates"), [(0, 0), (0, 3), (3, 0), (3, 3)])
def test_a_market_without_pairs_is_a_result(slots: int, candidates: int) -> None:
    market = Market.from_arrays(
        places=[2] * slots,
        tiers=[1] * slots,
        candidates=candidates,
        slot=[],
        candidate=[],
        points=[],
    )
    result = assign(market)
    assert result.slot_of.tolist() == [-1] * candidates
    assert result.certificate.optimal


def test_a_slot_with_a_million_places_needs_no_million_rows() -> None:
    market = Market.from_arrays(
        places=[1_000_000],
        tiers=[1],
        candidates=2,
        slot=[0, 0],
        candidate=[0, 1],
        points=[1, 2],
    )
    assert assign(market).slot_of.tolist() == [0, 0]


@settings(deadline=None)
@given(st.data())
def test_one_more_point_for_a_matched_pair_keeps_it_matched(data: st.DataObject) -> None:
    seed = data.draw(st.integers(0, 10_000))
    market = random_market(np.random.default_rng(seed), 4, 6, 0.6, most_points=5)
    used = np.flatnonzero(assign(market).slot_of[market.edges.candidate] == market.edges.slot)
    if used.size:
        edge = data.draw(st.sampled_from(used.tolist()))
        points = market.points.copy()
        points[edge] += 10
        raised = Market(market.places, market.tiers, market.edges, points)
        assert assign(raised).slot_of[market.edges.candidate[edge]] == market.edges.slot[edge]
