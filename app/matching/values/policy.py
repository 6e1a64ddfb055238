"""The rules people set: how a pair's points are computed, and how tiers count."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.matching.errors import MatchingInputError

WEIGHT_SUM = 1000
TIERS = (2, 1, 0)
"""At-risk clause, other clause, voluntary; in the order in which they count."""

DEFAULT_WEIGHTS: Mapping[str, int] = {
    "occupation": 300,
    "skills": 250,
    "distance": 200,
    "waiting": 150,
    "fit": 100,
}
CRITERIA = (*DEFAULT_WEIGHTS,)
"""Those of the default, which every policy names, and then those that came later."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules people set: points per criterion (sum 1000) and how tiers count.

    Always in this order: filled places of tier 2, filled places of tier 1, then points. With
    ``placements_before_points`` filled places of tier 0 come third, before points.
    """

    weights: Mapping[str, int] = field(default_factory=lambda: dict(DEFAULT_WEIGHTS))
    occupation_digits: int = 3
    placements_before_points: bool = False


def check_policy(policy: Policy) -> None:
    """Requires whole weights for all criteria, which sum to 1000, and 1 to 4 digits. Criteria that
    came later may be missing: such a policy gives no points for them."""
    weights, named = policy.weights, set(policy.weights)
    complete = set(DEFAULT_WEIGHTS) <= named <= set(CRITERIA)
    _require(complete, "weights", f"must name {', '.join(CRITERIA)}")
    whole = all(type(weight) is int and weight >= 0 for weight in weights.values())
    _require(whole, "weights", "must be whole numbers, 0 or more")
    total = sum(weights.values())
    _require(total == WEIGHT_SUM, "weights", f"must sum to {WEIGHT_SUM}, not {total}")
    _require(policy.occupation_digits in range(1, 5), "occupation_digits", "must be 1..4")


def _require(condition: bool, name: str, demand: str) -> None:
    if not condition:
        raise MatchingInputError(f"{name}: {demand}")
