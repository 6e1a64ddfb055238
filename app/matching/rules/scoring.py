"""The soft criteria: points for feasible pairs, one entry per criterion.

Each gives whole points 0..weight (rounded down) with the facts behind them, for one pair as plain
values and for many over columns. Nothing here reads anything that the law protects: points come
only from wishes, skills, distance, waiting time, extent and languages.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.matching.kit import Ints, Words
from app.matching.rules.case import Case, Facts
from app.matching.sides.demands import HIGHEST_LEVEL, MARGIN_LEVELS
from app.matching.sides.distance import metres, metres_between
from app.matching.sides.occupations import nearness
from app.matching.sides.pools import Pairs, nth_entries
from app.matching.values import Candidate, Demands, Fact, Policy, months_between, whole_months

ORDER_OF_WISH = (1000, 900, 800, 700, 600, 500, 400)
"""Permille for the first wish, the second ...; later ones as the last."""

WAITING_CAP_DAYS = 1096
"""Three years: who has waited longer has no more points."""


@dataclass(frozen=True, slots=True)
class Scored:
    """``points`` (k,), and ``facts`` (k,) each, by name."""

    points: Ints
    facts: Mapping[str, Ints]


Told = Mapping[str, Sequence[Fact]]
"""(k,) each, by the names of a law's facts."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """``law``: points and facts of one pair under a weight. ``score``: the points over pairs, with
    the numbers they rest on. ``tell``: these numbers as the law's facts. ``is_compiled``: the
    kernel adds it."""

    name: str
    law: Callable[[Case, int], tuple[int, Facts]]
    score: Callable[[Pairs, int], Scored]
    tell: Callable[[Pairs, Scored], Told]
    is_compiled: bool = False


def _wish(case: Case, weight: int) -> tuple[int, Facts]:
    """The best wish: how near it is to the slot's occupation, times its place in the order."""
    wishes, ssyk, best, rank = case.person.occupations, case.slot.ssyk, 0, 0
    for order, wish in enumerate(wishes):
        permille = ORDER_OF_WISH[order] if order < len(ORDER_OF_WISH) else ORDER_OF_WISH[-1]
        value = nearness(wish, ssyk, case.digits) * permille
        if value > best:
            best, rank = value, order + 1
    facts: Facts = {"wished": wishes[rank - 1], "offered": ssyk, "wish_rank": rank}
    return weight * best // 1_000_000, facts


def _held(case: Case, weight: int) -> tuple[int, Facts]:
    """The share of what the slot prefers (skills, languages at their level, licences,
    certificates) that the person has.

    It gives full points where the slot prefers nothing, because then nobody lacks anything there,
    and only differences between people decide who goes where.
    """
    wanted, held = _preferred(case.slot.preferred, case.person)
    points = weight * held // wanted if wanted else weight
    return points, {"preferred": wanted, "held": held}


def _preferred(preferred: Demands, person: Candidate) -> tuple[int, int]:
    wanted = len(preferred.skills) + len(preferred.languages)
    wanted += len(preferred.driving_licences) + len(preferred.certificates)
    if not wanted:
        return 0, 0
    held = len(preferred.skills & person.skills)
    held += len(preferred.driving_licences & person.driving_licences)
    held += len(preferred.certificates & person.certificates)
    for code, level in preferred.languages.items():
        held += person.languages.get(code, 0) >= level
    return wanted, held


def _way(case: Case, weight: int) -> tuple[int, Facts]:
    """All points at distance zero, none at the person's longest distance, and linear between."""
    apart = metres_between(case.person.position, case.slot.position)
    longest = 1000 * case.person.maximum_distance_km
    points = weight * max(longest - apart, 0) // longest if longest else weight
    return points, {"metres": apart, "longest_metres": longest}


def _wait(case: Case, weight: int) -> tuple[int, Facts]:
    """The share of three years that the person has waited by the day of the run."""
    since, today = case.person.waiting_since, case.as_of
    days = max((today - since).days, 0)
    points = weight * min(days, WAITING_CAP_DAYS) // WAITING_CAP_DAYS
    return points, {"months": whole_months(since, today), "days": days}


def _fit(case: Case, weight: int) -> tuple[int, Facts]:
    """Half for how much of the person's range of working time the slot can give, half for the
    margin in the required languages: a third at the level asked, all from two levels above it or
    where no language is required."""
    own, offered = case.person.extent, case.slot.extent
    low = max(offered[0], case.slot.minimum_extent, own[0])
    high = min(offered[1], own[1])
    extent = 1000 * max(high - low + 1, 0) // (own[1] - own[0] + 1)
    margin = _margin(case.slot.required.languages, case.person.languages)
    facts = {"extent_min": low, "extent_max": high, "language_margin_permille": margin}
    return weight * (extent + margin) // 2000, facts


def _margin(required: Mapping[str, int], spoken: Mapping[str, int]) -> int:
    """The margin in permille, the mean over the required languages."""
    if not required:
        return 1000
    steps = 0
    for code, level in required.items():
        top = min(level + MARGIN_LEVELS, HIGHEST_LEVEL)
        steps += max(min(spoken.get(code, 0), top) - level + 1, 0)
    return 1000 * steps // ((MARGIN_LEVELS + 1) * len(required))


def _score_occupation(pairs: Pairs, weight: int) -> Scored:
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


def _score_skills(pairs: Pairs, weight: int) -> Scored:
    preferred = pairs.pools.slots.preferred
    wanted = _ones(preferred)[pairs.slot]
    held = _ones(preferred[pairs.slot] & pairs.pools.candidates.has[pairs.candidate])
    points = np.where(wanted > 0, weight * held // np.maximum(wanted, 1), weight)
    return Scored(points, {"preferred": wanted, "held": held})


def _score_distance(pairs: Pairs, weight: int) -> Scored:
    people = pairs.pools.candidates
    apart = metres(pairs.pools.slots.position[pairs.slot], people.position[pairs.candidate])
    longest = people.longest_metres[pairs.candidate]
    left = np.maximum(longest - apart, 0)
    points = np.where(longest > 0, weight * left // np.maximum(longest, 1), weight)
    return Scored(points, {"metres": apart, "longest_metres": longest})


def _score_waiting(pairs: Pairs, weight: int) -> Scored:
    days = pairs.pools.candidates.waited[pairs.candidate]
    return Scored(waiting_points(days, weight), {"days": days})


def waiting_points(days: Ints, weight: int) -> Ints:
    return weight * np.minimum(days, WAITING_CAP_DAYS) // WAITING_CAP_DAYS


def _score_fit(pairs: Pairs, weight: int) -> Scored:
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


def _tell_numbers(pairs: Pairs, scored: Scored) -> Told:
    return {name: values.tolist() for name, values in scored.facts.items()}


def _tell_wish(pairs: Pairs, scored: Scored) -> Told:
    both, wishes = pairs.pools, pairs.pools.candidates.occupations
    wish = wishes.number[wishes.start[pairs.candidate] + scored.facts["wish_rank"] - 1]
    offered = both.slots.ssyk[pairs.slot]
    codes = {
        "wished": [wishes.names[number] for number in wish.tolist()],
        "offered": [both.ssyk[number] for number in offered.tolist()],
    }
    return {**codes, **_tell_numbers(pairs, scored)}


def _tell_wait(pairs: Pairs, scored: Scored) -> Told:
    since = pairs.pools.candidates.waiting_since[pairs.candidate]
    months = np.maximum(months_between(since, np.full_like(since, pairs.pools.as_of)), 0)
    return {"months": months.tolist(), **_tell_numbers(pairs, scored)}


SOFT_CRITERIA: tuple[Criterion, ...] = (
    Criterion("occupation", _wish, _score_occupation, _tell_wish, is_compiled=True),
    Criterion("skills", _held, _score_skills, _tell_numbers, is_compiled=True),
    Criterion("distance", _way, _score_distance, _tell_numbers, is_compiled=True),
    Criterion("waiting", _wait, _score_waiting, _tell_wait, is_compiled=True),
    Criterion("fit", _fit, _score_fit, _tell_numbers, is_compiled=True),
)


def weighed(policy: Policy) -> Iterator[Criterion]:
    """The criteria that the policy names."""
    return (one for one in SOFT_CRITERIA if one.name in policy.weights)


def score(pairs: Pairs, policy: Policy) -> dict[str, Scored]:
    """Every criterion of every pair. The points of a pair sum to 1..1000.

    Where they would sum to 0, the criterion with the highest weight (the first such) gets the
    one point that says the pair is possible.
    """
    scored = {one.name: one.score(pairs, policy.weights[one.name]) for one in weighed(policy)}
    scored[heaviest(policy)].points[total(scored) == 0] = 1
    return scored


def heaviest(policy: Policy) -> str:
    """The criterion with the highest weight, the first where several have it."""
    return max(weighed(policy), key=lambda one: policy.weights[one.name]).name


def total(scored: Mapping[str, Scored]) -> Ints:
    """(k,) the points of all criteria together."""
    points: Ints = np.sum([criterion.points for criterion in scored.values()], axis=0)
    return points
