"""The soft criteria: points for feasible pairs, one function per criterion.

Each takes a list of pairs and the criterion's weight, and gives whole points 0..weight (rounded
down) with the facts they rest on. Nothing here reads anything that the law protects: points come
from wishes, skills, distance, waiting time, extent and languages alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from app.matching.kit import Ints, Words
from app.matching.rules.eligibility import nth_entries
from app.matching.sides.distance import metres
from app.matching.sides.pools import Pairs
from app.matching.values import CRITERIA, Policy

ORDER_OF_WISH = (1000, 900, 800, 700, 600, 500, 400)
"""Permille for the first wish, the second ...; later ones as the last."""

WAITING_CAP_DAYS = 1096
"""Three years: who has waited longer has no more points."""


@dataclass(frozen=True, slots=True)
class Scored:
    """``points`` (k,), and ``facts`` (k,) each, by name."""

    points: Ints
    facts: Mapping[str, Ints]


Criterion = Callable[[Pairs, int], Scored]


def occupation(pairs: Pairs, weight: int) -> Scored:
    """The best wish: how near it is to the slot's occupation, times its place in the order."""
    best, rank = np.zeros(len(pairs), np.int64), np.zeros(len(pairs), np.int64)
    wishes, ssyk = pairs.pools.candidates.occupations, pairs.pools.slots.ssyk
    for order, (rows, entry) in enumerate(nth_entries(wishes.start, pairs)):
        permille = ORDER_OF_WISH[min(order, len(ORDER_OF_WISH) - 1)]
        near = pairs.pools.nearness[wishes.number[entry], ssyk[pairs.slot[rows]]]
        value = near * permille
        better = value > best[rows]
        rank[rows[better]] = order + 1
        best[rows[better]] = value[better]
    return Scored(weight * best // 1_000_000, {"wish_rank": rank})


def skills(pairs: Pairs, weight: int) -> Scored:
    """The share of what the slot prefers (skills, languages at their level, licences,
    certificates) that the person has.

    Full points where the slot prefers nothing: then nobody lacks anything there, and only the
    difference between people matters for who goes where.
    """
    preferred = pairs.pools.slots.preferred
    wanted = _ones(preferred)[pairs.slot]
    held = _ones(preferred[pairs.slot] & pairs.pools.candidates.has[pairs.candidate])
    points = np.where(wanted > 0, weight * held // np.maximum(wanted, 1), weight)
    return Scored(points, {"preferred": wanted, "held": held})


def distance(pairs: Pairs, weight: int) -> Scored:
    """All points at the doorstep, none at the person's longest distance, in a straight line."""
    people = pairs.pools.candidates
    apart = metres(pairs.pools.slots.position[pairs.slot], people.position[pairs.candidate])
    longest = people.longest_metres[pairs.candidate]
    left = np.maximum(longest - apart, 0)
    points = np.where(longest > 0, weight * left // np.maximum(longest, 1), weight)
    return Scored(points, {"metres": apart, "longest_metres": longest})


def waiting(pairs: Pairs, weight: int) -> Scored:
    """Days waited up to the day of the run, out of three years."""
    days = pairs.pools.candidates.waited[pairs.candidate]
    return Scored(waiting_points(days, weight), {"days": days})


def waiting_points(days: Ints, weight: int) -> Ints:
    return weight * np.minimum(days, WAITING_CAP_DAYS) // WAITING_CAP_DAYS


def fit(pairs: Pairs, weight: int) -> Scored:
    """Half for how much of the person's range of working time the slot can give, half for the
    margin in the required languages: a third at the level asked, all from two levels above it or
    where no language is required."""
    low, high = _common_extent(pairs)
    own = pairs.pools.candidates.extent[pairs.candidate]
    extent = 1000 * np.maximum(high - low + 1, 0) // (own[:, 1] - own[:, 0] + 1)
    margin = _language_margin(pairs)
    points = weight * (extent + margin) // 2000
    facts = {"extent_min": low, "extent_max": high, "language_margin_permille": margin}
    return Scored(points, facts)


def _common_extent(pairs: Pairs) -> tuple[Ints, Ints]:
    slot, person = (
        pairs.pools.slots.extent[pairs.slot],
        pairs.pools.candidates.extent[pairs.candidate],
    )
    return np.maximum(slot[:, 0], person[:, 0]), np.minimum(slot[:, 1], person[:, 1])


def _language_margin(pairs: Pairs) -> Ints:
    """(k,) permille, the mean over the required languages."""
    slots = pairs.pools.slots
    steps = _ones(slots.margin[pairs.slot] & pairs.pools.candidates.has[pairs.candidate])
    languages = slots.languages[pairs.slot]
    return np.where(languages > 0, 1000 * steps // np.maximum(3 * languages, 1), 1000)


def _ones(words: Words) -> Ints:
    """(k,) how many bits are set."""
    count: Ints = np.bitwise_count(words).sum(axis=1, dtype=np.int64)
    return count


CRITERION: Mapping[str, Criterion] = {
    "occupation": occupation,
    "skills": skills,
    "distance": distance,
    "waiting": waiting,
    "fit": fit,
}


def score(pairs: Pairs, policy: Policy) -> dict[str, Scored]:
    """Every criterion of every pair. The points of a pair sum to 1..1000.

    Where they would sum to 0, the criterion with the highest weight (the first such) gets the
    one point that says the pair is possible.
    """
    scored = {name: rate(pairs, policy.weights[name]) for name, rate in CRITERION.items()}
    heaviest = max(CRITERIA, key=lambda name: policy.weights[name])
    scored[heaviest].points[total(scored) == 0] = 1
    return scored


def total(scored: Mapping[str, Scored]) -> Ints:
    """(k,) the points of all criteria together."""
    points: Ints = np.sum([criterion.points for criterion in scored.values()], axis=0)
    return points
