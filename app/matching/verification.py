"""Checks a proof's lines with numpy and the rule that stands in them: no part of the solver."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.matching.errors import CertificateError

Line = Mapping[str, Any]
Ints = NDArray[np.int64]
KINDS = ("header", "slot", "candidate", "pairs", "matched", "end")
LARGEST = 2**61
"""Sums of two such numbers fit 64 bits."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What was checked: how many of each, and what the pairing reaches."""

    slots: int
    candidates: int
    pairs: int
    matched: int
    places_by_tier: Mapping[int, int]
    points: int
    weight: int

    def statements(self) -> tuple[str, ...]:
        """What holds, a sentence each."""
        filled = ", ".join(f"{count} of tier {tier}" for tier, count in self.places_by_tier.items())
        return (
            f"Slots: {self.slots}, candidates: {self.candidates}. No price is negative.",
            f"Feasible pairs: {self.pairs}. The prices of each sum to its weight or more.",
            f"Chosen pairs: {self.matched}. All feasible, no slot overfull, no one chosen twice.",
            "They weigh what the prices sum to, and no pairing can weigh more.",
            f"More weight is more places by tier, then points: {filled}; {self.points} points.",
        )


@dataclass(slots=True)
class _Read:
    """The lines as columns, in the order of KINDS."""

    header: Line = field(default_factory=dict)
    slots: list[tuple[int, ...]] = field(default_factory=list)
    candidates: list[tuple[int, ...]] = field(default_factory=list)
    pairs: list[Ints] = field(default_factory=list)
    matched: list[tuple[int, ...]] = field(default_factory=list)


def verify(lines: Iterable[Line]) -> Verified:
    """Check every condition of the rule. Raises CertificateError for the first that fails, or for
    lines that are missing, doubled, out of order or not what they should be.
    """
    try:
        return _verify(_read(lines))
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise CertificateError(f"the proof is malformed: {error!r}") from error


def _read(lines: Iterable[Line]) -> _Read:
    read, stage = _Read(), -1
    for line in lines:
        kind = KINDS.index(line["kind"])
        _require(kind >= stage and (kind != stage or kind not in (0, 5)), "lines are out of order")
        _require(kind == 0 or stage >= 0, "the header is not the first line")
        stage = kind
        if kind == 0:
            read.header = line
        elif kind == 1:
            names = ("places", "tier", "block", "bonus", "price")
            _require(line["slot"] == len(read.slots), "a slot is missing or doubled")
            read.slots.append(tuple(_whole(line[name]) for name in names))
        elif kind == 2:
            _require(line["candidate"] == len(read.candidates), "a candidate is missing or doubled")
            read.candidates.append((_whole(line["block"]), _whole(line["price"])))
        elif kind == 3:
            read.pairs.append(_pairs(line))
        elif kind == 4:
            read.matched.append((_whole(line["slot"]), _whole(line["candidate"])))
    _require(stage == 5, "the end is missing")
    return read


def _pairs(line: Line) -> Ints:
    """(k, 3): slot, candidate and points of one slot's feasible pairs."""
    people = [_whole(candidate) for candidate in line["candidates"]]
    points = [_whole(value) for value in line["points"]]
    slots = [_whole(line["slot"])] * len(people)
    return np.array(list(zip(slots, people, points, strict=True)), dtype=np.int64).reshape(-1, 3)


def _whole(value: object) -> int:
    """An integer, or one as a string of digits; 0 .. LARGEST."""
    if type(value) not in (int, str):
        raise TypeError(f"{value!r} is not a whole number")
    number = int(str(value))
    _require(0 <= number <= LARGEST, f"{number} is not within 0..{LARGEST}")
    return number


def _verify(read: _Read) -> Verified:
    slots = np.array(read.slots, dtype=np.int64).reshape(-1, 5)
    people = np.array(read.candidates, dtype=np.int64).reshape(-1, 2)
    pairs = np.concatenate([np.zeros((0, 3), np.int64), *read.pairs])
    chosen = np.array(read.matched, dtype=np.int64).reshape(-1, 2)
    counts = {"slots": slots, "candidates": people, "pairs": pairs, "matched": chosen}
    for name, rows in counts.items():
        _require(read.header[name] == len(rows), f"the header counts other {name} than there are")
    for table, name in ((pairs, "pair"), (chosen, "matched pair")):
        known = (table[:, 0] < len(slots)) & (table[:, 1] < len(people))
        _require(bool(known.all()), f"a {name} names a slot or candidate that is not there")
    _check_bonuses(slots, people, pairs, set(read.header["tiers"]))
    weights = pairs[:, 2] + slots[pairs[:, 0], 3]
    sums = slots[pairs[:, 0], 4] + people[pairs[:, 1], 1]
    _require(bool((sums >= weights).all()), "a pair weighs more than its two prices")
    used = _chosen_pairs(slots, len(people), pairs, chosen)
    weight = sum(weights[used].tolist())
    prices = sum(people[:, 1].tolist()) + sum(p * q for q, *_, p in slots.tolist())
    _require(weight == prices, f"the pairing weighs {weight}, the prices sum to {prices}")
    filled = np.bincount(slots[pairs[used, 0], 1], minlength=3)
    reached = {tier: int(filled[tier]) for tier in (2, 1, 0)}
    points = sum(pairs[used, 2].tolist())
    return Verified(len(slots), len(people), len(pairs), len(chosen), reached, points, weight)


def _chosen_pairs(slots: Ints, people: int, pairs: Ints, chosen: Ints) -> Ints:
    """Where the chosen pairs stand among the feasible ones, each of which stands once."""
    key = pairs[:, 0] * people + pairs[:, 1]
    order = np.argsort(key, kind="stable")
    _require(not (np.diff(key[order]) == 0).any(), "a pair is given twice")
    taken = np.bincount(chosen[:, 0], minlength=len(slots))
    _require(bool((taken <= slots[:, 0]).all()), "a slot holds more people than places")
    once = np.bincount(chosen[:, 1], minlength=people) <= 1
    _require(bool(once.all()), "a candidate is matched twice")
    wanted = chosen[:, 0] * people + chosen[:, 1]
    place = np.minimum(np.searchsorted(key, wanted, sorter=order), max(len(key) - 1, 0))
    found = key[order[place]] == wanted if len(key) else np.zeros(len(wanted), np.bool_)
    _require(bool(found.all()), "a matched pair is not feasible")
    used: Ints = order[place] if len(key) else np.zeros(0, np.int64)
    return used


def _check_bonuses(slots: Ints, people: Ints, pairs: Ints, tiers: set[int]) -> None:
    """That more weight is always more places of a higher tier, or as many and more points."""
    _require(bool((slots[:, 1] <= 2).all()), "a tier is not 0, 1 or 2")
    _require({1, 2} <= tiers <= {0, 1, 2}, "the tiers that count are not 2 and 1, or all")
    _require(bool((pairs[:, 2] >= 1).all()), "a pair has no points")
    block = slots[pairs[:, 0], 2]
    _require(bool((block == people[pairs[:, 1], 0]).all()), "a pair joins two blocks")
    numbers, row = np.unique(block, return_inverse=True)
    highest = np.zeros(len(numbers), dtype=np.int64)
    np.maximum.at(highest, row, pairs[:, 2])
    slot_rows, degree = np.unique(pairs[:, 0], return_counts=True)
    most = np.minimum(slots[slot_rows, 0], degree)
    for number, top in zip(numbers.tolist(), highest.tolist(), strict=True):
        inside = slot_rows[slots[slot_rows, 2] == number]
        room = min(
            int(most[slots[slot_rows, 2] == number].sum()), int((people[:, 0] == number).sum())
        )
        _check_block(slots[inside], room, top, tiers)


def _check_block(slots: Ints, room: int, top: int, tiers: set[int]) -> None:
    """``room``: the most pairs the block can hold; ``top``: the most points of one."""
    below = top
    for tier in (0, 1, 2):
        bonuses = set(slots[slots[:, 1] == tier, 3].tolist())
        _require(len(bonuses) <= 1, "slots of one tier and block have different bonuses")
        for bonus in bonuses if tier in tiers else ():
            _require(bonus > room * below, "a bonus is less than what lower tiers can sum to")
            below = bonus + top
        _require(tier in tiers or bonuses <= {0}, "a tier that does not count has a bonus")


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise CertificateError(message)
