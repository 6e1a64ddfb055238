"""Tiers as exact integers: a bonus per filled place, and the way back from a sum to its parts.

With m the most pairs a block can hold and Smax its highest points, the lowest tier that counts
before points gets f(m+1)Smax + 1 a place, and the next f(m+1)(that + Smax) + 1. With f = 1 no
sum of points outweighs a place, which is what pairing needs; with f = 2 the parts of a price,
of which the lower may be negative, are read back as the nearest multiple.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from app.matching.arrays import Ints, Mask
from app.matching.blocks import Blocks
from app.matching.errors import TooLargeError
from app.matching.inputs import TIERS
from app.matching.market import Market
from app.matching.results import Value

FOR_PAIRING = 1
FOR_PRICES = 2
LIMITS = {FOR_PAIRING: 2**53, FOR_PRICES: 2**62}
"""linear_sum_assignment computes in float64; prices are int64 with room for one more sum."""


@dataclass(frozen=True, slots=True)
class Scale:
    """``bonus``: (blocks, 3) int64 per filled place of tier 0, 1 and 2; 0 where none counts."""

    bonus: Ints

    def weights(self, market: Market, blocks: Blocks) -> Ints:
        """(E,) int64: the points of each pair plus its slot's bonus."""
        of_slot = self.bonus[blocks.of_slot, market.tiers]
        return of_slot[market.edges.slot] + market.points

    def read(self, sums: Ints, block: Ints) -> "Values":
        """Take sums (k,) of weights of the given blocks (k,) apart again."""
        rest = sums.copy()
        counts = np.zeros((len(sums), 3), dtype=np.int64)
        for column, tier in enumerate(TIERS):
            bonus = self.bonus[block, tier]
            counts[:, column] = np.where(bonus > 0, (rest + bonus // 2) // np.maximum(bonus, 1), 0)
            rest -= counts[:, column] * bonus
        return Values(counts, rest)


class Values(Sequence[Value]):
    """Values as columns: ``counts`` (k, 3) places of tier 2, 1, 0 and ``points`` (k,), int64."""

    def __init__(self, counts: Ints, points: Ints) -> None:
        self.counts = counts
        self.points = points

    def __len__(self) -> int:
        return len(self.points)

    @overload
    def __getitem__(self, index: int) -> Value: ...
    @overload
    def __getitem__(self, index: slice) -> "Values": ...
    def __getitem__(self, index: int | slice) -> "Value | Values":
        if isinstance(index, slice):
            return Values(self.counts[index], self.points[index])
        places = (int(count) for count in self.counts[index])
        return Value(dict(zip(TIERS, places, strict=True)), int(self.points[index]))

    def total(self, times: Ints | None = None) -> Value:
        """The sum, each row taken ``times`` (k,) times."""
        factor = np.ones(len(self), dtype=np.int64) if times is None else times
        counts = (self.counts * factor[:, None]).sum(axis=0, dtype=np.int64)
        places = (int(count) for count in counts)
        points = int((self.points * factor).sum(dtype=np.int64))
        return Value(dict(zip(TIERS, places, strict=True)), points)


def most_pairs(market: Market, blocks: Blocks) -> Ints:
    """(blocks,) the most pairs each block can hold at once."""
    rows = np.minimum(market.places, market.edges.degrees())
    places = np.zeros(blocks.count, dtype=np.int64)
    np.add.at(places, blocks.of_slot, rows)
    return np.minimum(places, np.bincount(blocks.of_candidate, minlength=blocks.count))


def scale(market: Market, blocks: Blocks, factor: int) -> Scale:
    """The bonuses of every block, for pairing or for prices.

    Raises TooLargeError where an exact sum would not fit its number type.
    """
    present = _tiers_that_count(market, blocks)
    highest = np.zeros(blocks.count, dtype=np.int64)
    np.maximum.at(highest, blocks.of_slot[market.edges.slot], market.points)
    pairs = most_pairs(market, blocks)
    bonus = np.zeros((blocks.count, 3), dtype=np.int64)
    for block in np.flatnonzero(highest):
        bonus[block] = bonuses(present[block], int(pairs[block]), int(highest[block]), factor)
    return Scale(bonus)


def bonuses(present: Sequence[bool], pairs: int, highest: int, factor: int) -> tuple[int, ...]:
    """Bonus of tier 0, 1 and 2 in one block, in Python's unbounded integers."""
    found, most = [0, 0, 0], highest
    for tier in (0, 1, 2):
        if present[tier]:
            found[tier] = factor * (pairs + 1) * most + 1
            most = found[tier] + highest
    if (pairs + 1) * most >= LIMITS[factor]:
        raise TooLargeError(
            f"{pairs} pairs of at most {highest} points in {sum(present)} tiers that count before "
            "points are more than can be summed exactly; use fewer places or smaller points"
        )
    return tuple(found)


def _tiers_that_count(market: Market, blocks: Blocks) -> Mask:
    present = np.zeros((blocks.count, 3), dtype=np.bool_)
    present[blocks.of_slot, market.tiers] = True
    if not market.placements_before_points:
        present[:, 0] = False
    return present
