"""How far each person goes, as bounds on the squared chord that decide most pairs at once.

A pair whose squared chord lies below ``surely`` is near, above ``possibly`` it is too far; the
narrow band between is decided by the exact metres. The band is far wider than the rounding of
``metres`` and far narrower than a metre.
"""

from dataclasses import dataclass

import numpy as np

from app.matching.kit import Floats, Ints
from app.matching.sides.distance import EARTH_RADIUS

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
