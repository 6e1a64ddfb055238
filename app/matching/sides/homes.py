"""Who is never too far: two sides in one municipality, of which one has no position of its own.

The point of a municipality is no address, so a distance to or from it says nothing inside the
municipality. A slot's area is a number: twice its municipality, and one more where it has a
position. A person without a position is at home in both areas of a municipality, a person with
one in the first alone.
"""

from dataclasses import dataclass

import numpy as np

from app.matching.kit import Floats, Indices, Mask
from app.matching.values import MOST_MUNICIPALITIES, CandidateColumns, SlotColumns

NOWHERE = -1
"""Of a person who is at home in no slot's area."""


@dataclass(frozen=True, slots=True)
class Homes:
    """Person r (n,) is at home in ``area`` a where a | either[r] == area[r].

    ``south``, ``north``: the range of z in which the slots of these areas lie, of which nothing
    is left where there are none.
    """

    area: Indices
    either: Indices
    south: Floats
    north: Floats

    def hold(self, candidate: Indices, area: Indices) -> Mask:
        """(k,) bool: each person is at home in the area beside them."""
        found: Mask = (area | self.either[candidate]) == self.area[candidate]
        return found


def areas(slots: SlotColumns) -> Indices:
    """(S,) the area of each slot."""
    return (2 * slots.municipality + slots.has_position).astype(np.int32)


def homes(people: CandidateColumns, area: Indices, z: Floats) -> Homes:
    """``area``, ``z``: (S,) of the slots."""
    south, north = _ranges(area, z)
    first, either = 2 * people.municipality, ~people.has_position
    lowest = np.where(either, np.minimum(south[first], south[first + 1]), south[first])
    highest = np.where(either, np.maximum(north[first], north[first + 1]), north[first])
    is_home = (people.municipality > 0) & (lowest <= highest)
    return Homes(
        np.where(is_home, first + either, NOWHERE).astype(np.int32),
        either.astype(np.int32),
        np.where(is_home, lowest, np.inf),
        np.where(is_home, highest, -np.inf),
    )


def _ranges(area: Indices, z: Floats) -> tuple[Floats, Floats]:
    """The lowest and the highest z of each area."""
    size = 2 * MOST_MUNICIPALITIES + 2
    south, north = np.full(size, np.inf), np.full(size, -np.inf)
    np.minimum.at(south, area, z)
    np.maximum.at(north, area, z)
    return south, north
