"""Seeded markets of ready-made pairs at any size, built column by column in seconds.

The same country as in `instances`: municipalities with lognormal populations, a third of them
around three metropoles. Slots have 1-12 places, and four in five are contractual. People have 1-4
wished occupation groups, travel 15-60 km, and have a period. Both have eight requirement bits and
skills as 64 bits. Pairs get points 1..1000 for wish, distance, skills, waiting and chance.
350 000 people and 30 000 places make some 8 million feasible pairs.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.bench.instances import Country, country
from app.matching.kit import Floats, Indices, Ints, Mask
from app.matching.optimum.market import Market

Words = NDArray[np.uint64]
KM = np.array([111.2, 55.6])
"""Kilometres in a degree of latitude and, in the middle of Sweden, of longitude."""
WISHES = 4
FIELD = 500
"""Codes of four digits that count as one occupation: some 18 in all."""
TESTS_AT_ONCE = 4_000_000


@dataclass(frozen=True)
class Columns:
    """The input of ``Market.from_arrays``; pairs by slot, then by candidate, unless shuffled."""

    places: Ints
    tiers: Ints
    candidates: int
    slot: Indices
    candidate: Indices
    points: Ints

    def market(self) -> Market:
        return Market.from_arrays(
            places=self.places,
            tiers=self.tiers,
            candidates=self.candidates,
            slot=self.slot,
            candidate=self.candidate,
            points=self.points,
        )

    def shuffled(self, seed: int) -> "Columns":
        """The same pairs in random order."""
        order = np.random.default_rng(seed).permutation(len(self.slot))
        pairs = self.slot[order], self.candidate[order], self.points[order]
        return Columns(self.places, self.tiers, self.candidates, *pairs)


@dataclass(frozen=True)
class Side:
    """People or slots: position in km (k, 2), bits they have or ask for, skills, first and last
    day. Occupation groups are kept apart, since people wish for several."""

    position: Floats
    bits: NDArray[np.uint8]
    skills: Words
    first: Ints
    last: Ints


def columns(seed: int, candidates: int, places: int) -> Columns:
    """A market with this many people and places, as columns in canonical order."""
    rng = np.random.default_rng(seed)
    land = country(rng, candidates)
    people, wishes, radius = _people(rng, land, candidates)
    room = _rooms(rng, places)
    slots, group = _slots(rng, land, len(room))
    found = [
        _fitting(rng, slots, people, radius, *pairs)
        for pairs in _same_group(slots, group, people, wishes)
    ]
    slot, candidate, points = (np.concatenate(part) for part in zip(*found, strict=True))
    order = np.lexsort((candidate, slot))
    tiers = np.where(rng.random(len(room)) < 0.8, rng.choice([1, 1, 2], len(room)), 0)
    return Columns(room, tiers, candidates, slot[order], candidate[order], points[order])


def _rooms(rng: np.random.Generator, places: int) -> Ints:
    """1..12 places for each slot, which sum to ``places``."""
    drawn = rng.integers(1, 13, places)
    room = drawn[: int(np.searchsorted(np.cumsum(drawn), places)) + 1]
    room[-1] -= room.sum() - places
    return room


def _people(rng: np.random.Generator, land: Country, count: int) -> tuple[Side, Indices, Floats]:
    """People, with wishes (count, WISHES) of groups, -1 for none, and the km they travel."""
    first = rng.integers(0, 150, count)
    last = np.where(rng.random(count) < 0.3, first + rng.integers(150, 900, count), 10_000)
    bits = np.packbits(rng.random((count, 8)) < 0.85, axis=1)[:, 0]
    side = Side(_positions(rng, land, count), bits, _skills(rng, count, 0.2), first, last)
    share = _shares_of_groups(land)
    wishes = rng.choice(len(share), (count, WISHES), p=share).astype(np.int32)
    wishes[np.arange(WISHES) >= rng.integers(1, WISHES + 1, count)[:, None]] = -1
    for later in range(1, WISHES):
        wishes[(wishes[:, :later] == wishes[:, later : later + 1]).any(axis=1), later] = -1
    return side, wishes, rng.integers(15, 61, count).astype(np.float64)


def _slots(rng: np.random.Generator, land: Country, count: int) -> tuple[Side, Indices]:
    """Slots, with the occupation group of each."""
    first = rng.integers(90, 250, count)
    bits = np.packbits(rng.random((count, 8)) < 0.12, axis=1)[:, 0]
    last = first + rng.integers(60, 180, count)
    side = Side(_positions(rng, land, count), bits, _skills(rng, count, 0.06), first, last)
    share = _shares_of_groups(land)
    return side, rng.choice(len(share), count, p=share).astype(np.int32)


def _positions(rng: np.random.Generator, land: Country, count: int) -> Floats:
    """Positions: half at the municipality's centre, half some kilometres from it."""
    at = land.centres[rng.choice(len(land.centres), count, p=land.population)]
    apart = rng.normal(0, (0.04, 0.08), (count, 2)) * (rng.random((count, 1)) < 0.5)
    where: Floats = (at + apart) * KM
    return where


def _skills(rng: np.random.Generator, count: int, share: float) -> Words:
    return np.packbits(rng.random((count, 64)) < share, axis=1).view(np.uint64)[:, 0]


def _shares_of_groups(land: Country) -> Floats:
    """The share of demand of each occupation group."""
    _, group = np.unique([int(code) // FIELD for code in land.occupations], return_inverse=True)
    share: Floats = np.bincount(group, weights=land.demand).astype(np.float64)
    return share


def _same_group(
    slots: Side, group: Indices, people: Side, wishes: Indices
) -> Iterator[tuple[Indices, Indices, Indices]]:
    """Pairs of one occupation group within 60 km north or south, with the number of the wish."""
    for number in range(int(group.max(initial=-1)) + 1):
        own = np.flatnonzero(group == number)
        row, wish = np.nonzero(wishes == number)
        north = people.position[row, 0]
        order = np.argsort(north, kind="stable")
        low = np.searchsorted(north[order], slots.position[own, 0] - 60)
        high = np.searchsorted(north[order], slots.position[own, 0] + 60)
        for part in _parts(high - low):
            width = (high - low)[part]
            inside = np.arange(width.sum()) + np.repeat(low[part] - np.cumsum(width) + width, width)
            at = order[inside]
            yield np.repeat(own[part], width).astype(np.int32), row[at].astype(np.int32), wish[at]


def _parts(widths: Ints) -> Iterator[slice]:
    """Cuts the list so that no part makes many more pairs than TESTS_AT_ONCE."""
    cut = np.flatnonzero(np.diff(np.cumsum(widths) // TESTS_AT_ONCE)) + 1
    for first, last in zip([0, *cut.tolist()], [*cut.tolist(), len(widths)], strict=True):
        yield slice(first, last)


def _fitting(
    rng: np.random.Generator,
    slots: Side,
    people: Side,
    radius: Floats,
    slot: Indices,
    candidate: Indices,
    wish: Indices,
) -> tuple[Indices, Indices, Ints]:
    """The pairs among these that fail no rule, with their points."""
    fits = _fits(slots, people, slot, candidate)
    slot, candidate, wish = slot[fits], candidate[fits], wish[fits]
    far = np.linalg.norm(slots.position[slot] - people.position[candidate], axis=1)
    near = far <= radius[candidate]
    slot, candidate, wish, far = slot[near], candidate[near], wish[near], far[near]
    asked = np.maximum(np.bitwise_count(slots.skills[slot]), 1)
    shared = np.bitwise_count(slots.skills[slot] & people.skills[candidate])
    waited = (candidate.astype(np.int64) * 7919) % 151
    points = 300 - 60 * wish + (250 * shared) // asked + waited
    points += (200 * (1 - far / 60)).astype(np.int64) + rng.integers(0, 101, len(slot))
    return slot, candidate, np.clip(points, 1, 1000)


def _fits(slots: Side, people: Side, slot: Indices, candidate: Indices) -> Mask:
    bits = (slots.bits[slot] & ~people.bits[candidate]) == 0
    begins = people.first[candidate] <= slots.first[slot]
    fits: Mask = bits & begins & (people.last[candidate] >= slots.last[slot])
    return fits
