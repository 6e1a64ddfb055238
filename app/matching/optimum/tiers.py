"""Tiers as exact integers: a bonus for each filled place, and how a sum is read back as its parts.

With m the most pairs a block can hold and Smax its highest points, the lowest tier that counts
before points gets 2(m+1)Smax + 1 a place, and the next 2(m+1)(that + Smax) + 1. Half of that is
enough for no sum of points to outweigh a place; the other half lets the parts of a price, of
which the lower may be negative, be read back as the nearest multiple.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from app.matching.errors import TooLargeError
from app.matching.kit import Ints, Mask
from app.matching.optimum.market import Blocks, Market, connected_blocks, one_block
from app.matching.values import TIERS, Value

LARGEST_WEIGHT = 2**60
"""A price is at most the largest weight, and no int64 sum holds more than four of them; sums over
all pairs are Python's integers."""


@dataclass(frozen=True, slots=True)
class Scale:
    """``bonus``: (blocks, 3) int64 per filled place of tier 0, 1 and 2; 0 where none counts."""

    bonus: Ints

    def weights(self, market: Market, blocks: Blocks) -> Ints:
        """(E,) int64: the points of each pair plus its slot's bonus."""
        return self.of_slots(market, blocks)[market.edges.slot] + market.points

    def of_slots(self, market: Market, blocks: Blocks) -> Ints:
        """(S,) the bonus of every pair of a slot."""
        return self.bonus[blocks.of_slot, market.tiers]

    def read(self, sums: Ints, block: Ints) -> "Values":
        """Take sums (k,) of weights of the given blocks (k,) apart again."""
        rest = sums.copy()
        counts = np.zeros((len(sums), 3), dtype=np.int64)
        for column, tier in enumerate(TIERS):
            bonus = self.bonus[block, tier]
            if not bonus.any():
                continue
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

    def __iter__(self) -> Iterator[Value]:
        for counts, points in zip(self.counts.tolist(), self.points.tolist(), strict=True):
            yield Value(dict(zip(TIERS, counts, strict=True)), points)

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


def scale(market: Market) -> tuple[Scale, Blocks]:
    """The bonuses, of all pairs as one block where that is exact, else of every connected block.

    Raises TooLargeError where not even the second is exact.
    """
    whole = one_block(market.edges)
    try:
        return scale_of(market, whole), whole
    except TooLargeError:
        blocks = connected_blocks(market.edges)
        return scale_of(market, blocks), blocks


def scale_of(market: Market, blocks: Blocks) -> Scale:
    """The bonuses of every block. Raises TooLargeError where a weight would not be exact."""
    present = _tiers_that_count(market, blocks)
    highest = _highest(market, blocks)
    pairs = most_pairs(market, blocks)
    bonus = np.zeros((blocks.count, 3), dtype=np.int64)
    for block in np.flatnonzero(highest):
        bonus[block] = bonuses(present[block], int(pairs[block]), int(highest[block]))
    return Scale(bonus)


def bonuses(present: Sequence[bool], pairs: int, highest: int) -> tuple[int, ...]:
    """Bonus of tier 0, 1 and 2 in one block, in Python's unbounded integers."""
    found, most = [0, 0, 0], highest
    for tier in (0, 1, 2):
        if present[tier]:
            found[tier] = 2 * (pairs + 1) * most + 1
            most = found[tier] + highest
    if most >= LARGEST_WEIGHT:
        raise TooLargeError(
            f"{pairs} pairs of at most {highest} points, weighed by tier first, are more than can "
            "be weighed exactly; use fewer places or smaller points"
        )
    return tuple(found)


def _highest(market: Market, blocks: Blocks) -> Ints:
    """(blocks,) the most points of a pair."""
    if blocks.count == 1:
        return np.array([market.points.max(initial=0)])
    highest = np.zeros(blocks.count, dtype=np.int64)
    np.maximum.at(highest, blocks.of_slot[market.edges.slot], market.points)
    return highest


def _tiers_that_count(market: Market, blocks: Blocks) -> Mask:
    present = np.zeros((blocks.count, 3), dtype=np.bool_)
    present[blocks.of_slot, market.tiers] = True
    if not market.placements_before_points:
        present[:, 0] = False
    return present
