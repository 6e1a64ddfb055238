"""Checks a proof's lines with numpy and the rule stated in them, without any part of the solver.

This file needs nothing but numpy: copied to another folder, ``python verification.py FILE``.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Line = Mapping[str, Any]
Ints = NDArray[np.int64]
KINDS = ("header", "slot", "candidate", "pairs", "matched", "end")
SLOT = ("places", "tier", "block", "bonus", "price")
CANDIDATE = ("block", "price")
VERSION = 1
RULE = (
    "A pair weighs its points plus its slot's bonus. Pairs join slots and candidates of one block "
    "only. In a block, slots of one tier have one bonus, and of those tiers that count before "
    "points each bonus is more than everything below it can sum to, so that more weight is a "
    "better filling of tiers, then more points. No price is negative; the two prices of a feasible "
    "pair sum to its weight or more; no slot has more people than places and no one two slots; "
    "and the pairing weighs what the prices sum to, a slot's once for each place. No pairing can "
    "weigh more than prices do, so this one is best."
)
LARGEST = 2**61
"""Sums of two such numbers fit 64 bits."""


class Unproven(Exception):
    """A condition does not hold, or a line is missing."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What was checked: how many of each, and what the pairing reaches. Pins were given: they are
    not proven, and count for themselves."""

    of: Mapping[str, str]
    slots: int
    candidates: int
    pairs: int
    matched: int
    places_by_tier: Mapping[int, int]
    points: int
    weight: int
    pins: int
    pinned_by_tier: Mapping[int, int]
    pinned_points: int

    def statements(self) -> tuple[str, ...]:
        """The conditions that hold, each as a sentence."""
        of = ", ".join(f"{name} {value}" for name, value in self.of.items())
        pinned = f"{_told(self.pinned_by_tier)}; {self.pinned_points} points."
        pins = f"Pins: {self.pins}, given beforehand, beside the above: {pinned}"
        return (
            *([f"By its own words this is the proof of {of}."] * bool(of)),
            f"Slots: {self.slots}, candidates: {self.candidates}. No price is negative.",
            f"Feasible pairs: {self.pairs}. The prices of each sum to its weight or more.",
            f"Chosen pairs: {self.matched}. All feasible, no slot overfull, no one chosen twice.",
            "They weigh what the prices sum to, and no pairing can weigh more.",
            "More weight is more places by tier, then points: "
            f"{_told(self.places_by_tier)}; {self.points} points.",
            *([pins] * bool(self.pins)),
        )


def _told(places: Mapping[int, int]) -> str:
    return ", ".join(f"{count} of tier {tier}" for tier, count in places.items())


@dataclass(slots=True)
class _Read:
    """The lines as columns, in the order of KINDS."""

    header: Line = field(default_factory=dict)
    slots: list[tuple[int, ...]] = field(default_factory=list)
    candidates: list[tuple[int, ...]] = field(default_factory=list)
    slot_names: set[str] = field(default_factory=set)
    candidate_names: set[str] = field(default_factory=set)
    pairs: list[Ints] = field(default_factory=list)
    matched: list[tuple[int, ...]] = field(default_factory=list)


def verify(lines: Iterable[Line]) -> Verified:
    """Check every condition of the rule. Raises Unproven for the first that fails, or for lines
    that are missing, doubled, out of order or not what they should be.
    """
    read, stage = _Read(), -1
    for number, line in enumerate(lines, 1):
        try:
            stage = _take(read, stage, line)
        except KeyError as error:
            raise Unproven(f"line {number} lacks {error}") from error
        except (TypeError, ValueError, OverflowError, Unproven) as error:
            raise Unproven(f"line {number}: {error}") from error
    _require(stage == len(KINDS) - 1, "the end is missing")
    return _verify(read)


def _take(read: _Read, stage: int, line: Line) -> int:
    """Read one line; what may follow it are lines of the kind returned, or later ones."""
    _require(isinstance(line, Mapping), "is no JSON object")
    _require(line["kind"] in KINDS, f"its kind is not one of {', '.join(KINDS)}")
    kind = KINDS.index(line["kind"])
    _require(kind >= stage and (kind != stage or kind not in (0, 5)), "lines are out of order")
    _require(kind == 0 or stage >= 0, "the header is not the first line")
    if kind == 0:
        read.header = _header(line)
    elif kind == 1:
        _require(line["slot"] == len(read.slots), "a slot is missing or doubled")
        _name(read.slot_names, line["id"])
        read.slots.append(tuple(_whole(line[name]) for name in SLOT))
    elif kind == 2:
        _require(line["candidate"] == len(read.candidates), "a candidate is missing or doubled")
        _name(read.candidate_names, line["id"])
        read.candidates.append(tuple(_whole(line[name]) for name in CANDIDATE))
    elif kind == 3:
        read.pairs.append(_pairs(line))
    elif kind == 4:
        read.matched.append((_whole(line["slot"]), _whole(line["candidate"])))
    return kind


def _header(line: Line) -> Line:
    known = type(line["version"]) is int and line["version"] == VERSION
    _require(known, f"its version is not {VERSION}: see a newer Handslag")
    _require(line["rule"] == RULE, "its rule is another than the one that is checked")
    of = line["of"]
    is_told = isinstance(of, dict) and all(isinstance(text, str) for text in of.values())
    _require(is_told, "what it is the proof of is no JSON object of texts")
    return {
        **{name: _whole(line[name]) for name in ("slots", "candidates", "pairs", "matched")},
        "tiers": set(_wholes(line["tiers"]).tolist()),
        "pins": _pins(line["pins"]),
        "of": dict(of),
    }


def _pairs(line: Line) -> Ints:
    """(k, 3): slot, candidate and points of one slot's feasible pairs."""
    people, points = _wholes(line["candidates"]), _wholes(line["points"])
    _require(len(people) == len(points), "a pair has no points, or points have no pair")
    return np.stack([np.full(len(people), _whole(line["slot"])), people, points], axis=1)


def _name(names: set[str], name: Any) -> None:
    """Refuses an id that stands in two lines, as its person or slot would count twice."""
    _require(isinstance(name, str) and name != "", "its id is no text")
    _require(name not in names, "its id stands in an earlier line")
    names.add(name)


def _pins(pins: Sequence[Line]) -> Ints:
    """(k, 3): slot, candidate and points of each."""
    _require(isinstance(pins, list), "its pins are no list")
    rows = [[_whole(pin[name]) for name in ("slot", "candidate", "points")] for pin in pins]
    return np.array(rows, dtype=np.int64).reshape(-1, 3)


def _wholes(values: Any) -> Ints:
    """(k,) the numbers of a list."""
    _require(isinstance(values, list), "a list is none")
    if {type(value) for value in values} <= {int}:
        found = np.array(values, dtype=np.int64)
        _require(bool(((found >= 0) & (found <= LARGEST)).all()), "a number is out of bounds")
        return found
    return np.array([_whole(value) for value in values], dtype=np.int64)


def _whole(value: object) -> int:
    """An integer, or one as a string of digits; 0 .. LARGEST."""
    if type(value) not in (int, str):
        raise TypeError(f"{value!r:.40} is not a whole number")
    number = int(str(value))
    _require(0 <= number <= LARGEST, f"a number is not within 0..{LARGEST}")
    return number


def _verify(read: _Read) -> Verified:
    slots = np.array(read.slots, dtype=np.int64).reshape(-1, 5)
    people = np.array(read.candidates, dtype=np.int64).reshape(-1, 2)
    pairs = np.concatenate([np.zeros((0, 3), np.int64), *read.pairs])
    chosen = np.array(read.matched, dtype=np.int64).reshape(-1, 2)
    counts = {"slots": slots, "candidates": people, "pairs": pairs, "matched": chosen}
    for name, rows in counts.items():
        _require(read.header[name] == len(rows), f"the header counts other {name} than there are")
    pins = read.header["pins"]
    for table, name in ((pairs, "pair"), (chosen, "matched pair"), (pins, "pin")):
        known = (table[:, 0] < len(slots)) & (table[:, 1] < len(people))
        _require(bool(known.all()), f"a {name} names a slot or candidate that is not there")
    _check_bonuses(slots, people, pairs, read.header["tiers"])
    taken = np.concatenate([chosen[:, 1], pins[:, 1]])
    _require(not (np.bincount(taken) > 1).any(), "a candidate is matched or pinned twice")
    _require(not (pins[:, 2] == 0).any(), "a pin has no points")
    both = np.isin(pairs[:, 1], pins[:, 1])
    _require(not both.any(), "who is pinned stands among the feasible pairs")
    weights = pairs[:, 2] + slots[pairs[:, 0], 3]
    sums = slots[pairs[:, 0], 4] + people[pairs[:, 1], 1]
    _require(bool((sums >= weights).all()), "a pair weighs more than its two prices")
    used = _chosen_pairs(slots, len(people), pairs, chosen)
    weight = sum(weights[used].tolist())
    prices = sum(people[:, 1].tolist()) + sum(p * q for q, *_, p in slots.tolist())
    _require(weight == prices, f"the pairing weighs {weight}, the prices sum to {prices}")
    reached, pinned = (_by_tier(slots, table[:, 0]) for table in (pairs[used], pins))
    points, pinned_points = (sum(table[:, 2].tolist()) for table in (pairs[used], pins))
    counted = len(slots), len(people), len(pairs), len(chosen)
    of: Mapping[str, str] = read.header["of"]
    return Verified(of, *counted, reached, points, weight, len(pins), pinned, pinned_points)


def _by_tier(slots: Ints, chosen: Ints) -> dict[int, int]:
    filled = np.bincount(slots[chosen, 1], minlength=3)
    return {tier: int(filled[tier]) for tier in (2, 1, 0)}


def _chosen_pairs(slots: Ints, people: int, pairs: Ints, chosen: Ints) -> Ints:
    """The positions of the chosen pairs among the feasible ones, which must all differ."""
    key = pairs[:, 0] * people + pairs[:, 1]
    order = np.argsort(key, kind="stable")
    _require(not (np.diff(key[order]) == 0).any(), "a pair is given twice")
    taken = np.bincount(chosen[:, 0], minlength=len(slots))
    _require(bool((taken <= slots[:, 0]).all()), "a slot holds more people than places")
    wanted = chosen[:, 0] * people + chosen[:, 1]
    place = np.minimum(np.searchsorted(key, wanted, sorter=order), max(len(key) - 1, 0))
    found = key[order[place]] == wanted if len(key) else np.zeros(len(wanted), np.bool_)
    _require(bool(found.all()), "a matched pair is not feasible")
    return order[place] if len(key) else np.zeros(0, np.int64)


def _check_bonuses(slots: Ints, people: Ints, pairs: Ints, tiers: set[int]) -> None:
    """Checks that a higher weight always means more places of a higher tier, or more points."""
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
        here = slots[slot_rows, 2] == number
        room = min(int(most[here].sum()), int((people[:, 0] == number).sum()))
        _check_block(slots[slot_rows[here]], room, top, tiers)


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
        raise Unproven(message)


def _lines(file: Iterable[bytes]) -> Iterator[Line]:
    for number, line in enumerate(file, 1):
        try:
            if line.strip():
                yield json.loads(line, object_pairs_hook=_object)
        except (ValueError, RecursionError) as error:
            raise Unproven(f"line {number} is not JSON") from error


def _object(pairs: list[tuple[str, Any]]) -> Line:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return dict(pairs)


def main(arguments: Sequence[str]) -> int:
    """Prints what was checked; or prints what does not hold, in one line, and returns 1."""
    name = " ".join(arguments)
    try:
        with Path(name).open("rb") as file:
            found = verify(_lines(file))
    except (OSError, Unproven, ValueError) as error:
        print(f"{name} proves nothing: {error}", file=sys.stderr)
        return 1
    print("\n".join(found.statements()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
