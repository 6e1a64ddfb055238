"""Distances in whole metres along the surface of a sphere, the same on every machine.

The sines of libraries differ in their last bits between processors, and one metre can decide a
pairing. So this file only uses operations that IEEE 754 rounds exactly: + - * / and square roots.

Most pairs are decided at once by bounds on the squared chord: below ``surely`` a pair is near,
above ``possibly`` too far; the narrow band between is decided by the exact metres, far wider
than the rounding of ``metres`` and far narrower than a metre.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import TypeVar

import numpy as np

from app.matching.kit import Floats, Ints

Angle = TypeVar("Angle", float, Floats)
Position = tuple[float, float]
"""Latitude and longitude in degrees."""

EARTH_RADIUS = 6_371_009
"""Metres; the mean radius of the IUGG, rounded."""

HALVINGS = 3
_TERMS = 16


def unit_vectors(positions: Floats) -> Floats:
    """Latitude and longitude in degrees (k, 2) as points on the unit sphere (k, 3)."""
    latitude, longitude = (positions * (np.pi / 180)).T
    across = _cosine(latitude)
    return np.stack([across * _cosine(longitude), across * _sine(longitude), _sine(latitude)], -1)


def metres(one: Floats, other: Floats) -> Ints:
    """Great-circle distance between points on the unit sphere; (..., 3) each, shapes broadcast."""
    half = sum_of_squares(one, other)
    np.sqrt(half, out=half)
    half *= 0.5
    found: Ints = np.rint(_arcsine(half) * (2 * EARTH_RADIUS)).astype(np.int64)
    return found


def metres_between(one: Position, other: Position) -> int:
    """The distance of one pair in whole metres, without an array."""
    here, there = _unit_vector(one), _unit_vector(other)
    x, y, z = here[0] - there[0], here[1] - there[1], here[2] - there[2]
    sine = sqrt(x * x + y * y + z * z) * 0.5
    for _ in range(HALVINGS):
        cosine = sqrt(max(1.0 - sine * sine, 0.0))
        sine = sine / sqrt(2.0 * (1.0 + cosine))
    squared, total = sine * sine, 0.0
    for coefficient in _SMALLEST_FIRST:
        total = total * squared + coefficient
    angle: float = total * sine * 2**HALVINGS
    return round(angle * (2 * EARTH_RADIUS))


@lru_cache(maxsize=4096)
def _unit_vector(position: Position) -> tuple[float, float, float]:
    """Cached, because most workplaces and people share the centroid of their municipality."""
    latitude, longitude = (degrees * (np.pi / 180) for degrees in position)
    across = _cosine(latitude)
    return across * _cosine(longitude), across * _sine(longitude), _sine(latitude)


def sum_of_squares(one: Floats, other: Floats) -> Floats:
    """The squared chord, summed in a fixed order, which a matrix product does not have."""
    x, y, z = (one[..., axis] - other[..., axis] for axis in range(3))
    squared: Floats = x * x + y * y + z * z
    return squared


def _sine(angle: Angle) -> Angle:
    """Taylor's series; for |angle| up to pi its error stays near the last bit."""
    term, total = angle, angle
    for step in range(1, _TERMS):
        term = term * angle * angle / -(2 * step * (2 * step + 1))
        total = total + term
    return total


def _cosine(angle: Angle) -> Angle:
    half = _sine(angle / 2)
    return 1.0 - 2.0 * half * half


def _arcsine(sine: Floats) -> Floats:
    """Halve the angle three times, then add the series from its smallest term."""
    for _ in range(HALVINGS):
        cosine = np.sqrt(np.maximum(1.0 - sine * sine, 0.0))
        sine = sine / np.sqrt(2.0 * (1.0 + cosine))
    squared = sine * sine
    total = np.zeros_like(sine)
    for coefficient in reversed(ARCSINE_SERIES):
        total = total * squared + coefficient
    angle: Floats = total * sine * 2**HALVINGS
    return angle


def _arcsine_series(terms: int) -> list[float]:
    """1, 1/6, 3/40, 15/336, ...: (2k)! / (4^k k!^2 (2k + 1))."""
    binomial, found = 1.0, []
    for step in range(terms):
        found.append(binomial / (2 * step + 1))
        binomial = binomial * (2 * step + 1) / (2 * step + 2)
    return found


ARCSINE_SERIES = tuple(_arcsine_series(10))
_SMALLEST_FIRST = ARCSINE_SERIES[::-1]


BAND = 1e-12
"""Relative; a hundred times what rounding can do to a squared chord."""

SLACK = 1e-9
"""Added to every window along an axis: 6 millimetres."""


@dataclass(frozen=True, slots=True)
class TravelBounds:
    """(n,) squared chords on the unit sphere, and ``window`` (n,): no near point's coordinates
    differ by more."""

    surely: Floats
    possibly: Floats
    window: Floats


def travel_bounds(longest_metres: Ints) -> TravelBounds:
    """The bounds of distances that round to ``longest_metres`` (n,) or less."""
    angle = (longest_metres + 0.5) / EARTH_RADIUS
    squared = np.where(angle < np.pi, 4 * np.sin(np.minimum(angle, np.pi) / 2) ** 2, 5.0)
    possibly = squared * (1 + BAND)
    return TravelBounds(squared * (1 - BAND), possibly, np.sqrt(possibly) + SLACK)
