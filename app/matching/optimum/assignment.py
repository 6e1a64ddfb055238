"""Takes ready-made pairs with points, and gives a certified optimal assignment."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.matching.errors import CertificateError
from app.matching.kit import Indices, Ints
from app.matching.optimum import certificate as proof
from app.matching.optimum.market import Blocks, Market
from app.matching.optimum.prices import Prices, price_intervals
from app.matching.optimum.tiers import LARGEST_WEIGHT, Scale, Values, scale
from app.matching.optimum.tight import pair_tight
from app.matching.optimum.ways import Optimum, Weighted, find_optimum
from app.matching.values import TIERS, Certificate, Objective, Value


@dataclass(frozen=True, slots=True)
class PriceIntervals:
    """Lowest and highest price of each slot or candidate; None where there is no bound above."""

    minimum: Sequence[Value]
    maximum: Sequence[Value | None]


@dataclass(frozen=True, slots=True)
class Solution:
    """An optimum as arrays: (n,) ``slot_of``, and prices as sums of weights of ``scale``."""

    market: Market
    blocks: Blocks
    scale: Scale
    slot_of: Indices
    prices: Prices

    @property
    def bonus(self) -> Ints:
        """(S,) int64 what every pair of a slot is worth beyond its points."""
        return self.scale.of_slots(self.market, self.blocks)

    @property
    def weights(self) -> Ints:
        """(E,) int64 weight of each pair, built anew at each call."""
        return self.scale.weights(self.market, self.blocks)


@dataclass(frozen=True, slots=True)
class Assignment:
    """``slot_of``: (n,) int32 slot of each candidate, or -1.

    ``prices``: per slot, what one more place would gain and what losing one would cost (None
    without places). ``candidate_prices``: what one more such person would gain and what losing
    this one would cost.
    """

    slot_of: Indices
    objective: Objective
    prices: PriceIntervals
    candidate_prices: PriceIntervals
    certificate: Certificate


def assign(market: Market) -> Assignment:
    """Pair candidates with slots optimally, and prove it.

    First the most filled places of tier 2, then of tier 1 (then of tier 0 if placements come
    before points), then the highest total of points. The same market gives the same bytes.
    Raises TooLargeError beyond the limits on exact weights and on cells that are equally good.
    """
    solution = solve_market(market)
    return Assignment(
        slot_of=solution.slot_of,
        objective=objective(solution),
        prices=slot_prices(solution),
        candidate_prices=candidate_prices(solution),
        certificate=certify(solution),
    )


def solve_market(market: Market) -> Solution:
    """Finds any optimum, its prices, and the pairing that follows from the prices."""
    bonuses, blocks = scale(market)
    given = Weighted(market.edges, market.places, market.points, bonuses.of_slots(market, blocks))
    slot_of, prices = price_and_pair(given, find_optimum(given))
    return Solution(market, blocks, bonuses, slot_of, prices)


def price_and_pair(given: Weighted, optimum: Optimum) -> tuple[Indices, Prices]:
    """The pairing and prices, which are the same for every optimum."""
    edges, weights = given.edges.keep(optimum.pairs), given.weights(optimum.pairs)
    prices = price_intervals(edges, given.places, weights, optimum.slot_of, optimum.price)
    return pair_tight(edges, given.places, weights, prices, optimum.slot_of), prices


def certify(solution: Solution) -> Certificate:
    """Check the pairing against the lowest and the highest prices; raise or return the proof."""
    prices = solution.prices
    checked = _check(solution, prices.slot_minimum, prices.candidate_maximum)
    _check_highest(solution)
    primal, dual = _primal(solution), _dual(solution)
    if primal != dual:
        raise CertificateError(f"read by tier, the pairs are worth {primal}, the prices {dual}")
    return Certificate(primal=primal, dual=dual, pairs_checked=checked, optimal=True)


def _check(solution: Solution, slot_price: Ints, candidate_price: Ints) -> int:
    market = solution.market
    paired = (market.edges, market.places, market.points, solution.slot_of)
    return proof.check(*paired, slot_price, candidate_price, solution.bonus)


def _check_highest(solution: Solution) -> None:
    """Checks the highest prices; a slot without places has a price too high to limit anything."""
    prices = solution.prices
    highest = np.where(prices.bounded, prices.slot_maximum, LARGEST_WEIGHT)
    _check(solution, highest, prices.candidate_minimum)
    if (prices.slot_minimum > prices.slot_maximum)[prices.bounded].any():
        raise CertificateError("a minimum price is above the maximum")


def objective(solution: Solution) -> Objective:
    """Filled places by tier and the total of points."""
    market, matched = solution.market, np.flatnonzero(solution.slot_of >= 0)
    slot = solution.slot_of[matched]
    filled = np.bincount(market.tiers[slot], minlength=3)
    places = {tier: int(filled[tier]) for tier in TIERS}
    return Objective(places, int(market.points[market.edges.positions(slot, matched)].sum()))


def _primal(solution: Solution) -> Value:
    reached = objective(solution)
    places = dict(reached.places_by_tier)
    if not solution.market.placements_before_points:
        places[0] = 0
    return Value(places, reached.points)


def _dual(solution: Solution) -> Value:
    slots = slot_values(solution, solution.prices.slot_minimum).total(solution.market.places)
    people = candidate_values(solution, solution.prices.candidate_maximum).total()
    places = {tier: slots.places_by_tier[tier] + people.places_by_tier[tier] for tier in TIERS}
    return Value(places, slots.points + people.points)


def slot_values(solution: Solution, sums: Ints) -> Values:
    """Read a sum of weights per slot (S,) by tier and points."""
    return solution.scale.read(sums, solution.blocks.of_slot)


def candidate_values(solution: Solution, sums: Ints) -> Values:
    """Read a sum of weights per candidate (n,) by tier and points."""
    return solution.scale.read(sums, solution.blocks.of_candidate)


def slot_prices(solution: Solution) -> PriceIntervals:
    """The price interval of every slot, in slot order."""
    prices = solution.prices
    highest = slot_values(solution, prices.slot_maximum)
    return PriceIntervals(
        minimum=slot_values(solution, prices.slot_minimum),
        maximum=[
            value if bounded else None
            for value, bounded in zip(highest, prices.bounded.tolist(), strict=True)
        ],
    )


def candidate_prices(solution: Solution) -> PriceIntervals:
    """The price interval of every candidate, in candidate order."""
    prices = solution.prices
    return PriceIntervals(
        minimum=candidate_values(solution, prices.candidate_minimum),
        maximum=candidate_values(solution, prices.candidate_maximum),
    )
