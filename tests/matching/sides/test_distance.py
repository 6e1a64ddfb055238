import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.matching.pairs.kernel import metres_of
from app.matching.sides.distance import EARTH_RADIUS, metres, unit_vectors

KNOWN_BITS = ["0x1.bf09d391c11f9p-2", "0x1.d2f814acd3560p-4", "0x1.c8eb8bf09cde4p-1"]
POSITIONS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
SWEDISH = st.tuples(st.floats(55, 69), st.floats(11, 24))


def apart(one: tuple[float, float], other: tuple[float, float]) -> int:
    return int(metres(unit_vectors(np.array([one])), unit_vectors(np.array([other])))[0])


def haversine(one: tuple[float, float], other: tuple[float, float]) -> float:
    (north, east), (north2, east2) = (tuple(map(math.radians, place)) for place in (one, other))
    across = math.cos(north) * math.cos(north2) * math.sin((east2 - east) / 2) ** 2
    chord = math.sqrt(math.sin((north2 - north) / 2) ** 2 + across)
    return 2 * EARTH_RADIUS * math.asin(min(1.0, chord))


@given(SWEDISH, SWEDISH)
def test_within_sweden_it_is_the_haversine_distance_to_the_metre(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    assert abs(apart(one, other) - haversine(one, other)) < 0.501


@given(POSITIONS, POSITIONS)
def test_anywhere_on_earth_it_is_within_a_metre(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    assert abs(apart(one, other) - haversine(one, other)) < 1.5
    assert apart(one, other) == apart(other, one)


def test_ostersund_to_sundsvall_is_161_kilometres() -> None:
    assert apart((63.1792, 14.6357), (62.3908, 17.3069)) == 161_651


def test_the_same_place_is_no_distance_and_the_antipode_half_the_circle() -> None:
    assert apart((63.1792, 14.6357), (63.1792, 14.6357)) == 0
    assert apart((0.0, 0.0), (0.0, 180.0)) == 20_015_115


def test_known_bits_stay_the_same_on_every_machine() -> None:
    """The three coordinates of Östersund, to the last bit."""
    vector = unit_vectors(np.array([(63.1792, 14.6357)]))[0]
    assert [float(part).hex() for part in vector] == KNOWN_BITS


@pytest.mark.parametrize("way", [metres_of, metres_of.plain])
def test_the_compiled_metres_are_the_same(way: Callable[[float], int]) -> None:
    """Random chords, and those about half a metre, where rounding decides."""
    rng = np.random.default_rng(5)
    halves = rng.integers(0, 300_000, 3000) + 0.5 + rng.choice([-1e-4, -1e-7, 0, 1e-7, 1e-4], 3000)
    chords = np.concatenate([rng.random(2000) * 2, 2 * np.sin(halves / EARTH_RADIUS / 2)])
    origin = np.zeros((1, 3))
    apart = metres(origin, np.stack([chords, 0 * chords, 0 * chords], axis=1))
    assert [way(chord * chord) for chord in chords.tolist()] == apart.tolist()
