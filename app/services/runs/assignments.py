"""Assignment of pairs that the caller sends; stores nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.errors import FieldError, Invalid
from app.matching.errors import TooLargeError
from app.matching.optimum.assignment import Assignment, assign
from app.matching.optimum.market import Market
from app.services.engine.answers import Json, certificate_json, price_json, value_json


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


def assign_given(
    slots: Sequence[OfferedSlot], candidates: Sequence[str], pairs: Sequence[ScoredPair]
) -> Json:
    """Solves the pairs in the order of their ids, so that the order sent does not matter."""
    offers = sorted(slots, key=lambda slot: slot.id)
    people = sorted(candidates)
    slot_rows = {slot.id: row for row, slot in enumerate(offers)}
    candidate_rows = {name: row for row, name in enumerate(people)}
    _refuse_wrong_pairs(pairs, slot_rows.keys(), candidate_rows.keys())
    try:
        result = assign(
            Market.from_arrays(
                places=[slot.places for slot in offers],
                tiers=[slot.tier for slot in offers],
                candidates=len(people),
                slot=[slot_rows[pair.slot_id] for pair in pairs],
                candidate=[candidate_rows[pair.candidate_id] for pair in pairs],
                points=[pair.points for pair in pairs],
            )
        )
    except TooLargeError as error:
        raise Invalid(FieldError("#", str(error))) from error
    return _answer(result, offers, people, pairs)


def _answer(
    result: Assignment,
    offers: Sequence[OfferedSlot],
    people: Sequence[str],
    pairs: Sequence[ScoredPair],
) -> Json:
    points = {(pair.candidate_id, pair.slot_id): pair.points for pair in pairs}
    assigned = sorted(
        (offers[row].id, name)
        for name, row in zip(people, result.slot_of.tolist(), strict=True)
        if row >= 0
    )
    prices = zip(offers, result.prices.minimum, result.prices.maximum, strict=True)
    return {
        "assignments": [
            {"candidate_id": name, "slot_id": slot, "points": points[name, slot]}
            for slot, name in assigned
        ],
        "objective": value_json(result.objective),
        "prices": {
            "slots": [
                {"slot_id": slot.id, **price_json(minimum, maximum)}
                for slot, minimum, maximum in prices
            ]
        },
        "certificate": certificate_json(result.certificate),
    }


def _refuse_wrong_pairs(
    pairs: Sequence[ScoredPair], slots: Collection[str], candidates: Collection[str]
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
    if wrong:
        raise Invalid(*wrong)
