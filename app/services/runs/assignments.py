"""Assignment of pairs that the caller sends; stores nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.errors import FieldError, Invalid, refuse_many
from app.matching.errors import TooLargeError
from app.matching.optimum.assignment import Assignment, assign
from app.matching.optimum.market import Market
from app.services.engine.answers import Json, certificate_json, price_json, value_json

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class OfferedSlot:
    id: str
    places: int
    tier: int


@dataclass(frozen=True, slots=True)
class ScoredPair:
    candidate_id: str
    slot_id: str
    points: int


@dataclass(frozen=True, slots=True)
class GivenMarket:
    """What was sent, in its order: `slot` and `candidate` are each pair's rows in the lists."""

    slots: Sequence[OfferedSlot]
    candidates: Sequence[str]
    slot: Ints
    candidate: Ints
    points: Ints

    @classmethod
    def of(
        cls, slots: Sequence[OfferedSlot], candidates: Sequence[str], pairs: Sequence[ScoredPair]
    ) -> "GivenMarket":
        """Raises Invalid where a pair names what was not sent, or comes twice."""
        slot_rows = {slot.id: row for row, slot in enumerate(slots)}
        candidate_rows = {name: row for row, name in enumerate(candidates)}
        _refuse_wrong_pairs(pairs, slot_rows, candidate_rows)
        return cls(
            slots,
            candidates,
            np.array([slot_rows[pair.slot_id] for pair in pairs], np.int64),
            np.array([candidate_rows[pair.candidate_id] for pair in pairs], np.int64),
            np.array([pair.points for pair in pairs], np.int64),
        )

    def in_order(self) -> "GivenMarket":
        """The same by the ids, whatever the order sent; pairs by slot, then by candidate."""
        slots = sorted(range(len(self.slots)), key=lambda row: self.slots[row].id)
        people = sorted(range(len(self.candidates)), key=self.candidates.__getitem__)
        slot, candidate = _ranks(slots)[self.slot], _ranks(people)[self.candidate]
        order = np.argsort(slot * len(people) + candidate)
        return GivenMarket(
            [self.slots[row] for row in slots],
            [self.candidates[row] for row in people],
            slot[order],
            candidate[order],
            self.points[order],
        )

    @property
    def keys(self) -> Ints:
        """A number for each pair; of a market in order, they rise."""
        return self.slot * len(self.candidates) + self.candidate


def assign_given(given: GivenMarket) -> Json:
    """Solves the pairs in the order of their ids, so that the order sent does not matter."""
    market = given.in_order()
    try:
        result = assign(
            Market.from_arrays(
                places=[slot.places for slot in market.slots],
                tiers=[slot.tier for slot in market.slots],
                candidates=len(market.candidates),
                slot=market.slot,
                candidate=market.candidate,
                points=market.points,
            )
        )
    except TooLargeError as error:
        raise Invalid(FieldError("#", str(error))) from error
    return _answer(result, market)


def _ranks(order: Sequence[int]) -> Ints:
    """For each row, its place in the order."""
    ranks = np.empty(len(order), np.int64)
    ranks[np.array(order, np.int64)] = np.arange(len(order))
    return ranks


def _answer(result: Assignment, market: GivenMarket) -> Json:
    prices = zip(market.slots, result.prices.minimum, result.prices.maximum, strict=True)
    return {
        "assignments": _assigned(result, market),
        "objective": value_json(result.objective),
        "prices": {
            "slots": [
                {"slot_id": slot.id, **price_json(minimum, maximum)}
                for slot, minimum, maximum in prices
            ]
        },
        "certificate": certificate_json(result.certificate),
    }


def _assigned(result: Assignment, market: GivenMarket) -> list[Json]:
    """By slot, then by candidate, as the pairs of a market in order are."""
    candidate = np.flatnonzero(result.slot_of >= 0)
    slot = result.slot_of[candidate].astype(np.int64)
    chosen = np.sort(np.searchsorted(market.keys, slot * len(market.candidates) + candidate))
    columns = (market.candidate[chosen], market.slot[chosen], market.points[chosen])
    return [
        {
            "candidate_id": market.candidates[person],
            "slot_id": market.slots[place].id,
            "points": points,
        }
        for person, place, points in zip(*(column.tolist() for column in columns), strict=True)
    ]


def _refuse_wrong_pairs(
    pairs: Sequence[ScoredPair], slots: Mapping[str, int], candidates: Mapping[str, int]
) -> None:
    wrong, seen = [], set()
    for number, pair in enumerate(pairs):
        if pair.candidate_id not in candidates:
            wrong.append(FieldError(f"#/pairs/{number}/candidateId", "names no candidate sent"))
        if pair.slot_id not in slots:
            wrong.append(FieldError(f"#/pairs/{number}/slotId", "names no slot sent"))
        if (pair.candidate_id, pair.slot_id) in seen:
            wrong.append(FieldError(f"#/pairs/{number}", "is the same pair as an earlier one"))
        seen.add((pair.candidate_id, pair.slot_id))
        refuse_many(wrong)
    if wrong:
        raise Invalid(*wrong)
