from dataclasses import replace

import numpy as np
import pytest

from app.bench.instances import random_market
from app.matching import CertificateError, Market
from app.matching.optimum.assignment import Solution, certify, solve_market
from app.matching.optimum.certificate import check
from app.matching.optimum.prices import Prices


def solutions(count: int = 60) -> list[Solution]:
    rng = np.random.default_rng(11)
    return [
        solve_market(random_market(rng, 5, 7, 0.6, most_points=int(rng.choice([3, 1000]))))
        for _ in range(count)
    ]


def refuses(solution: Solution) -> bool:
    try:
        certify(solution)
    except CertificateError:
        return True
    return False


def with_slot_of(solution: Solution, candidate: int, slot: int) -> Solution:
    slot_of = solution.slot_of.copy()
    slot_of[candidate] = slot
    return replace(solution, slot_of=slot_of)


def test_an_untouched_solution_is_accepted() -> None:
    assert not any(refuses(solution) for solution in solutions())


def test_dropping_any_pair_is_refused() -> None:
    for solution in solutions():
        for candidate in np.flatnonzero(solution.slot_of >= 0).tolist():
            assert refuses(with_slot_of(solution, candidate, -1))


def test_swapping_any_two_people_is_refused_unless_they_are_worth_the_same() -> None:
    refused = 0
    for solution in solutions():
        matched = np.flatnonzero(solution.slot_of >= 0)
        for one in matched.tolist():
            for other in matched[solution.slot_of[matched] != solution.slot_of[one]].tolist():
                swapped = with_slot_of(solution, one, int(solution.slot_of[other]))
                swapped = with_slot_of(swapped, other, int(solution.slot_of[one]))
                accepted = not refuses(swapped)
                assert not accepted or weight(swapped) == weight(solution)
                refused += not accepted
    assert refused > 300


def weight(solution: Solution) -> int:
    edges = solution.market.edges
    used = edges.slot == solution.slot_of[edges.candidate]
    assert used.sum() == (solution.slot_of >= 0).sum()
    return int(solution.weights[used].sum())


def test_doubling_into_a_full_slot_is_refused() -> None:
    tried = 0
    for solution in solutions():
        taken = np.bincount(solution.slot_of[solution.slot_of >= 0], minlength=5)
        for slot in np.flatnonzero(taken == solution.market.places).tolist():
            for candidate in np.flatnonzero(solution.slot_of != slot).tolist():
                assert refuses(with_slot_of(solution, candidate, slot))
                tried += 1
    assert tried > 300


def test_a_pair_that_is_not_feasible_is_refused() -> None:
    for solution in solutions():
        edges = solution.market.edges
        feasible = set(zip(edges.candidate.tolist(), edges.slot.tolist(), strict=True))
        for candidate in range(edges.candidates):
            for slot in range(edges.slots):
                if (candidate, slot) not in feasible:
                    assert refuses(with_slot_of(solution, candidate, slot))


@pytest.mark.parametrize("side", ["slot_minimum", "candidate_maximum"])
def test_lowering_any_price_that_proves_the_optimum_is_refused(side: str) -> None:
    lowered = 0
    for solution in solutions():
        for row in np.flatnonzero(getattr(solution.prices, side) > 0).tolist():
            assert refuses(with_price(solution, side, row, -1))
            lowered += 1
    assert lowered > 100


@pytest.mark.parametrize("side", ["slot_maximum", "candidate_minimum"])
def test_lowering_any_price_of_the_other_end_is_refused(side: str) -> None:
    for solution in solutions():
        for row in np.flatnonzero(getattr(solution.prices, side) > 0).tolist():
            assert refuses(with_price(solution, side, row, -1))


def test_a_negative_price_is_refused() -> None:
    for solution in solutions(10):
        for row in range(solution.market.edges.slots):
            change = -1 - int(solution.prices.slot_minimum[row])
            assert refuses(with_price(solution, "slot_minimum", row, change))


def with_price(solution: Solution, side: str, row: int, change: int) -> Solution:
    column = getattr(solution.prices, side).copy()
    column[row] += change
    prices: Prices = replace(solution.prices, **{side: column})
    return replace(solution, prices=prices)


@pytest.mark.parametrize(
    ("slot_of", "slot_price", "candidate_price", "message"),
    [
        ([0, -1], [400], [299, 0], "worth more than its two prices"),
        ([0, -1], [400], [301, 0], "are worth 700, the prices allow 701"),
        ([0, -1], [399], [301, 0], "worth more than its two prices"),
        ([-1, 0], [400], [300, 0], "are worth 400, the prices allow 700"),
        ([0, 0], [400], [300, 0], "more candidates than it has places"),
        ([0, -1], [-1], [701, 401], "a price is negative"),
        ([1, -1], [400], [300, 0], "more candidates than it has places"),
    ],
)
def test_the_check_alone_says_what_does_not_hold(
    slot_of: list[int], slot_price: list[int], candidate_price: list[int], message: str
) -> None:
    """One place; 700 points with the first person, 400 with the second."""
    market = Market.from_arrays(
        places=[1], tiers=[0], candidates=2, slot=[0, 0], candidate=[0, 1], points=[700, 400]
    )
    rest = np.array(slot_of, np.int32), np.array(slot_price), np.array(candidate_price)
    with pytest.raises(CertificateError, match=message):
        check(market.edges, market.places, market.points, *rest)
