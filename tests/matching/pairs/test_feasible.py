"""Pairs, points and reason counts against a test of every single pair."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from app.bench import instances
from app.matching import Candidate, Policy, Slot
from app.matching.kit import WITHOUT, Indices
from app.matching.pairs.feasible import feasible_pairs
from app.matching.rules.counted import failures
from tests.matching.dense import dense, pools_of
from tests.matching.make import AS_OF, POLICY, gated, make_candidate, make_slot, population


@pytest.fixture(params=["compiled", "plain"], autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Every test of this file runs both with numba and without."""
    if request.param == "plain":
        monkeypatch.setenv(WITHOUT, "1")
    return str(request.param)


NOBODY = np.zeros((0, 2), dtype=np.int32)
MONTH_ENDS = [date(2018, 8, 31), date(2018, 9, 30), date(2019, 2, 28), date(2020, 2, 29)]


def agree(
    people: list[Candidate], slots: list[Slot], policy: Policy, banned: Indices = NOBODY
) -> int:
    """Asserts that windows and tables find what every single pair says; the number that fit."""
    both = pools_of(people, slots, policy, banned)
    judge, found, failed = dense(both, policy), feasible_pairs(both, policy), failures(both)
    slot, candidate = np.nonzero(judge.points)
    assert found.edges.slot.tolist() == slot.tolist()
    assert found.edges.candidate.tolist() == candidate.tolist()
    assert found.points.tolist() == judge.points[slot, candidate].tolist()
    assert found.fitting.tolist() == np.bincount(candidate, minlength=len(people)).tolist()
    assert found.edges.indptr.tolist() == np.searchsorted(slot, np.arange(len(slots) + 1)).tolist()
    assert np.array_equal(failed.of_slot, judge.failed_of_slot)
    assert np.array_equal(failed.of_candidate, judge.failed_of_candidate)
    return len(found.edges)


@pytest.mark.parametrize("seed", range(6))
def test_random_populations(seed: int) -> None:
    policy = Policy(occupation_digits=1 + seed % 4)
    people, slots = instances.people_and_slots(seed, 300, 150)
    banned = np.array([(0, 1), (0, 7), (len(slots) - 1, 2)], dtype=np.int32)
    assert agree(people, slots, policy, banned) > 0


@pytest.mark.parametrize("seed", range(4))
def test_populations_where_most_rules_let_pass(seed: int) -> None:
    people, slots = population(seed, 120, 60)
    closed = [replace(one, closed=("supplier-excluded",)) for one in slots[::5]]
    assert agree(people, slots[1:] + closed, POLICY) > 100


@pytest.mark.parametrize("seed", range(4))
def test_slots_that_are_closed_to_some_programmes(seed: int) -> None:
    people, slots = population(seed, 120, 60)
    some = agree(people, gated(slots), POLICY)
    every = frozenset({"arbetspraktik", "introduktionsjobb"})
    shut = [replace(one, closed_programmes=every) for one in slots]
    assert 0 == agree(people, shut, POLICY) < some < agree(people, slots, POLICY)


def test_wishes_that_lie_in_one_another_count_once() -> None:
    wishes = [("7", "71", "711", "7111"), ("7111", "7112"), ("711", "9"), (), ("7111", "7111")]
    people = [make_candidate(id=f"c{n}", occupations=codes) for n, codes in enumerate(wishes)]
    codes = ("7111", "7112", "7121", "7211", "9310", "1111")
    slots = [make_slot(id=code, ssyk=code) for code in codes]
    for digits in (1, 2, 3, 4):
        agree(people, slots, Policy(occupation_digits=digits))


def test_the_edge_of_the_window_to_the_metre() -> None:
    """People on one meridian, and workplaces n and n + 1 metres away, north and south."""
    people, slots = [], []
    for kilometres in (0, 1, 15, 40):
        people.append(make_candidate(id=f"c{kilometres}", maximum_distance_km=kilometres))
        for metres in (-1.0, -0.5, -0.499, 0.0, 0.499, 0.5, 0.501, 1.0, 2.0):
            for side in (-1, 1):
                degrees = np.degrees((1000 * kilometres + metres) / 6_371_009)
                place = (float(63.1792 + side * degrees), 14.6357)
                slots.append(make_slot(id=f"s{kilometres}{metres}{side}", position=place))
    assert 30 < agree(people, slots, POLICY) < len(people) * len(slots)


@pytest.mark.parametrize("seed", range(4))
def test_who_is_at_home_is_found_outside_the_window(seed: int) -> None:
    """Nobody travels farther than a kilometre, and municipalities lie across one another."""
    rng = np.random.default_rng(seed)
    people, slots = population(seed, 120, 60)
    near = [replace(one, maximum_distance_km=1) for one in people]
    alone = agree(near, slots, POLICY)
    settled = [replace(one, municipality=int(rng.integers(5))) for one in near]
    offered = [replace(one, municipality=int(rng.integers(5))) for one in slots]
    assert agree(settled, offered, POLICY) == alone  # as all have positions
    found = agree([replace(one, has_position=False) for one in settled], offered, POLICY)
    assert found > alone
    vague = [replace(one, has_position=row % 2 == 0) for row, one in enumerate(offered)]
    assert alone < agree(settled, vague, POLICY) < found


@pytest.mark.parametrize("kilometres", [0, 20_015, 20_016, 20_100])
def test_around_the_whole_earth(kilometres: int) -> None:
    places = [(63.0, 14.0), (-63.0, -166.0), (90.0, 0.0), (-90.0, 0.0), (0.0, 180.0), (0.0, -180.0)]
    people = [
        make_candidate(id=f"c{n}", position=place, maximum_distance_km=kilometres)
        for n, place in enumerate(places)
    ]
    slots = [make_slot(id=f"s{n}", position=place) for n, place in enumerate(places)]
    assert agree(people, slots, POLICY) >= len(places)


def test_month_ends_and_leap_days() -> None:
    near = [day + timedelta(days=shift) for day in MONTH_ENDS for shift in (-1, 0, 1)]
    people = [
        make_candidate(
            id=f"c{first}{last}",
            available_from=first,
            available_to=last,
            placed=((last, last),) if first < last and (first.day + last.day) % 2 else (),
        )
        for first in near
        for last in [*near, date.max]
    ]
    slots = [
        make_slot(
            id=f"s{end}{months}",
            earliest_start=near[0],
            latest_start=end,
            end=end,
            minimum_months=months,
        )
        for end in near
        for months in (1, 2, 6)
    ]
    agree(people, slots, POLICY)


@pytest.mark.parametrize(("people", "slots"), [(0, 0), (0, 3), (3, 0)])
def test_empty_sides(people: int, slots: int) -> None:
    given = [make_candidate(id=f"c{n}") for n in range(people)]
    assert agree(given, [make_slot(id=f"s{n}") for n in range(slots)], POLICY) == 0


def test_everyone_alike() -> None:
    people = [make_candidate(id=f"c{n}") for n in range(20)]
    assert agree(people, [make_slot(id=f"s{n}") for n in range(7)], POLICY) == 140


def test_many_different_demands_reach_beyond_the_table_of_every_set() -> None:
    rng = np.random.default_rng(4)
    skills = np.array([f"skill-{number:03}" for number in range(150)])

    def drawn(share: float) -> frozenset[str]:
        return frozenset(skills[rng.random(150) < share].tolist())

    people = [make_candidate(id=f"c{n}", skills=drawn(0.9)) for n in range(60)]
    slots = [
        make_slot(id=f"s{n}", required=replace(make_slot().required, skills=drawn(0.02)))
        for n in range(40)
    ]
    assert 0 < agree(people, slots, POLICY) < 2400


def test_several_placements_that_stand() -> None:
    def period(day: int, days: int) -> tuple[date, date]:
        return AS_OF + timedelta(days=day), AS_OF + timedelta(days=day + days)

    rng = np.random.default_rng(9)
    people = [
        make_candidate(
            id=f"c{n}",
            placed=tuple(period(int(rng.integers(-200, 500)), 30) for _ in range(n % 4)),
            programmes=(("one", n % 7), ("two", 3 + n % 11)),
        )
        for n in range(60)
    ]
    slots = [
        make_slot(id=f"s{months}{closed}", minimum_months=months, closed_programmes={closed})
        for months in range(1, 12)
        for closed in ("one", "two", "three")
    ]
    assert agree(people, slots, POLICY) > 0
