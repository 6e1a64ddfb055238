from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.bench import instances
from app.matching import CRITERIA, CriterionPoints, Demands, Policy, explain_pair
from app.matching.rules.scoring import SOFT_CRITERIA
from tests.matching.make import AS_OF, OSTERSUND, POLICY, make_candidate, make_slot, weights
from tests.sampling import sampled

CUTS = len(CRITERIA) - 1


def criterion(name: str, *, slot: dict[str, Any] | None = None, **person: Any) -> CriterionPoints:
    pair = explain_pair(make_candidate(**person), make_slot(**(slot or {})), POLICY, as_of=AS_OF)
    assert pair.feasible, pair.reasons
    return next(part for part in pair.criteria if part.criterion == name)


@pytest.mark.parametrize(
    ("wishes", "points", "rank"),
    [
        (("7111",), 300, 1),
        (("9310", "7111"), 270, 2),
        (("711",), 285, 1),
        (("7112",), 210, 1),
        (("7112", "7111"), 270, 2),
        (("71", "7111"), 270, 1),
        (("9310",) * 6 + ("7111",), 120, 7),
        (("9310",) * 9 + ("7111",), 120, 10),
    ],
)
def test_occupation_counts_the_best_of_the_wishes(
    wishes: tuple[str, ...], points: int, rank: int
) -> None:
    part = criterion("occupation", occupations=wishes)
    assert part.points == points
    assert part.facts["wish_rank"] == rank
    assert part.facts["wished"] == wishes[rank - 1]


@pytest.mark.parametrize(("held", "points"), [(0, 0), (1, 62), (2, 125), (3, 187), (4, 250)])
def test_skills_count_the_share_of_what_is_preferred(held: int, points: int) -> None:
    preferred = Demands(
        skills=frozenset({"bricklaying"}),
        languages={"en": 2},
        driving_licences=frozenset({"C"}),
        certificates=frozenset({"hot-work"}),
    )
    parts: list[dict[str, Any]] = [
        {"skills": frozenset({"bricklaying", "other"})},
        {"languages": {"en": 2}},
        {"driving_licences": frozenset({"C"})},
        {"certificates": frozenset({"hot-work"})},
    ]
    has = {key: value for part in parts[:held] for key, value in part.items()}
    part = criterion("skills", slot={"preferred": preferred}, **has)
    assert (part.points, part.facts["held"], part.facts["preferred"]) == (points, held, 4)


def test_a_preferred_language_below_its_level_does_not_count() -> None:
    slot = {"preferred": Demands(languages={"en": 3})}
    assert criterion("skills", slot=slot, languages={"en": 2}).points == 0
    assert criterion("skills", slot=slot, languages={"en": 3}).points == 250


def test_a_slot_that_prefers_nothing_gives_all_points_for_skills() -> None:
    assert criterion("skills").points == 250


@pytest.mark.parametrize(("share", "points"), [(0.0, 200), (0.25, 150), (0.5, 100), (0.999, 0)])
def test_distance_counts_down_to_the_persons_longest(share: float, points: int) -> None:
    place = (OSTERSUND[0] + share * 40_000 / 6_371_009 * 180 / 3.141592653589793, OSTERSUND[1])
    assert criterion("distance", slot={"position": place}).points == points


def test_who_goes_nowhere_has_all_points_next_door() -> None:
    assert criterion("distance", maximum_distance_km=0).points == 200


@pytest.mark.parametrize(
    ("days", "points"), [(0, 0), (7, 0), (8, 1), (548, 75), (1095, 149), (1096, 150), (4000, 150)]
)
def test_waiting_counts_days_up_to_three_years(days: int, points: int) -> None:
    part = criterion("waiting", waiting_since=AS_OF - timedelta(days=days))
    assert (part.points, part.facts["days"]) == (points, days)


def test_waiting_from_tomorrow_counts_nothing() -> None:
    assert criterion("waiting", waiting_since=date(2018, 2, 2)).points == 0


@pytest.mark.parametrize(
    ("own", "offered", "level", "points"),
    [
        ((50, 100), (50, 100), None, 100),
        ((50, 100), (100, 100), None, 50),
        ((51, 100), (76, 100), None, 75),
        ((100, 100), (50, 100), None, 100),
        ((50, 100), (50, 100), 2, 66),
        ((50, 100), (50, 100), 3, 83),
        ((50, 100), (50, 100), 4, 100),
    ],
)
def test_fit_is_half_working_time_and_half_language_margin(
    own: tuple[int, int], offered: tuple[int, int], level: int | None, points: int
) -> None:
    """Level 2 is required where a level is given: it gives a third, 4 gives all."""
    required = Demands(languages={"sv": 2} if level else {})
    person: dict[str, Any] = {"extent": own, "languages": {"sv": level} if level else {}}
    part = criterion("fit", slot={"extent": offered, "required": required}, **person)
    assert part.points == points


def test_a_possible_pair_has_at_least_one_point_from_the_heaviest_criterion() -> None:
    policy = Policy(weights=weights(skills=400, waiting=600))
    slot = make_slot(preferred=Demands(skills=frozenset({"bricklaying"})))
    pair = explain_pair(make_candidate(), slot, policy, as_of=AS_OF)
    assert pair.points == 1
    assert {part.criterion: part.points for part in pair.criteria} == weights(waiting=1)


@sampled(15)
@given(st.integers(0, 50), st.lists(st.integers(0, 1000), min_size=CUTS, max_size=CUTS))
def test_criteria_sum_to_the_points_and_stay_within_their_weights(
    seed: int, cuts: list[int]
) -> None:
    bounds = [0, *sorted(cuts), 1000]
    parts = [high - low for low, high in pairwise(bounds)]
    shares = dict(zip(CRITERIA, parts, strict=True))
    policy = Policy(weights=shares, occupation_digits=1)
    people, slots = instances.people_and_slots(seed, 12, 8, most_places=1)
    for person in people:
        for slot in slots:
            pair = explain_pair(person, slot, policy, as_of=instances.AS_OF)
            if pair.points is not None:
                assert 1 <= pair.points <= 1000
                assert sum(part.points for part in pair.criteria) == pair.points
                for part in pair.criteria:
                    assert 0 <= part.points <= part.maximum == shares[part.criterion]


def test_there_is_one_function_for_every_criterion() -> None:
    assert tuple(one.name for one in SOFT_CRITERIA) == CRITERIA
