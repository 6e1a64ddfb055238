"""Drawn instances are as the handbook describes them, and the same every time."""

import numpy as np
import pytest

from app.bench import instances, markets, national
from app.bench.instances import country
from app.matching import Candidate
from app.matching.kit import Ints

SHARE = 0.06
"""How far a share may lie from what is meant, in a few hundred draws."""


def test_records() -> None:
    people, slots = instances.people_and_slots(1, 2_000, 2_000)
    assert instances.people_and_slots(1, 2_000, 2_000) == (people, slots)
    assert {len(person.occupations) for person in people} == {1, 2, 3, 4}
    assert {person.maximum_distance_km for person in people} == set(range(15, 61))
    assert_rooms(np.array([slot.places for slot in slots]), 2_000)
    assert np.mean([slot.tier > 0 for slot in slots]) == pytest.approx(0.8, abs=SHARE)
    held = {code for person in people for code in held_by(person)}
    assert len(held) == 8
    assert {skill for person in people for skill in person.skills} == set(instances.SKILLS)
    assert len(instances.SKILLS) == 64


def held_by(person: Candidate) -> frozenset[str]:
    return person.driving_licences | person.certificates | person.needed_adaptations


def assert_rooms(places: Ints, total: int) -> None:
    assert set(places.tolist()) == set(range(1, 13))
    assert places.sum() == total


def test_columns() -> None:
    people, slots = national.people_and_slots(1, 5_000, 3_000)
    assert set(people.occupations.lengths().tolist()) == {1, 2, 3, 4}
    assert set(people.maximum_distance_km.tolist()) == set(range(15, 61))
    assert_rooms(slots.places, 3_000)
    assert np.mean(slots.tier > 0) == pytest.approx(0.8, abs=SHARE)


def test_ready_made_pairs() -> None:
    drawn, again = (markets.columns(1, 5_000, 3_000) for _ in range(2))
    assert drawn.points.tobytes() == again.points.tobytes()
    assert_rooms(drawn.places, 3_000)
    assert np.mean(drawn.tiers > 0) == pytest.approx(0.8, abs=SHARE)
    assert 1 <= drawn.points.min() < drawn.points.max() <= 1000
    mixed = drawn.shuffled(1)
    assert mixed.slot.tolist() != drawn.slot.tolist()
    assert mixed.market().edges.candidate.tobytes() == drawn.market().edges.candidate.tobytes()


def test_a_country_has_a_few_large_places_and_three_clusters() -> None:
    land = country(np.random.default_rng(1), 350_000)
    assert len(land.centres) == 290
    logarithm = np.log(land.population)
    assert logarithm.std() == pytest.approx(1.0, abs=0.15)
    apart = np.linalg.norm(land.centres[:, None] - land.centres[None], axis=2)
    crowd = np.sort((apart < 0.5).sum(axis=1))[::-1]
    assert crowd[0] > 5 * np.median(crowd)
