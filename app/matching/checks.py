"""Malformed input, found before anything is computed. Each message says what would be right."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from app.matching.errors import MatchingInputError
from app.matching.inputs import CRITERIA, WEIGHT_SUM, Candidate, Policy, Slot
from app.matching.reasons import CLOSED_REASONS

LONGEST_KM = 20_100
"""Half way round the earth."""

MOST_MONTHS = 1200
MOST_PLACES = 1_000_000

Row = TypeVar("Row", Candidate, Slot)


def in_order(rows: Sequence[Row]) -> list[Row]:
    """Sorted by reference where there is one, else by id. Refuses an id that comes twice."""
    seen: set[str] = set()
    for row in rows:
        _require(row.id not in seen, f'the id "{row.id}"', "must be given once, not twice")
        seen.add(row.id)
    return sorted(
        rows, key=lambda row: (row.id if row.reference is None else row.reference, row.id)
    )


def check_policy(policy: Policy) -> None:
    """Whole weights for the five criteria that sum to 1000; 1 to 4 digits."""
    weights = policy.weights
    _require(set(weights) == set(CRITERIA), "weights", f"must name {', '.join(CRITERIA)}")
    whole = all(type(weight) is int and weight >= 0 for weight in weights.values())
    _require(whole, "weights", "must be whole numbers, 0 or more")
    total = sum(weights.values())
    _require(total == WEIGHT_SUM, "weights", f"must sum to {WEIGHT_SUM}, not {total}")
    _require(policy.occupation_digits in range(1, 5), "occupation_digits", "must be 1..4")


def check_candidate(person: Candidate) -> None:
    """What the columns and rules take for granted of a candidate."""
    name = f'candidate "{person.id}"'
    _check_ssyk(name, person.occupations, shortest=1)
    _check_levels(name, person.languages)
    _check_position(name, person.position)
    _check_extent(name, person.extent)
    near = 0 <= person.maximum_distance_km <= LONGEST_KM
    _require(near, name, f"maximum_distance_km must be 0..{LONGEST_KM}")
    short = all(0 <= months <= MOST_MONTHS for _, months in person.programmes)
    _require(short, name, f"programme months must be 0..{MOST_MONTHS}")
    forward = all(first <= last for first, last in person.placed)
    _require(forward, name, "a placed period must not end before it starts")


def check_slot(slot: Slot) -> None:
    """What the columns and rules take for granted of a slot."""
    name = f'slot "{slot.id}"'
    _check_ssyk(name, (slot.ssyk,), shortest=4)
    _check_levels(name, slot.required.languages)
    _check_levels(name, slot.preferred.languages)
    _check_position(name, slot.position)
    _check_extent(name, slot.extent)
    _require(0 <= slot.minimum_extent <= 100, name, "minimum_extent must be 0..100")
    _require(0 <= slot.places <= MOST_PLACES, name, f"places must be 0..{MOST_PLACES}")
    _require(slot.tier in (0, 1, 2), name, "tier must be 0, 1 or 2")
    months = 1 <= slot.minimum_months <= MOST_MONTHS
    _require(months, name, f"minimum_months must be 1..{MOST_MONTHS}")
    known = set(slot.closed) <= set(CLOSED_REASONS)
    _require(known, name, f"closed must be among {', '.join(CLOSED_REASONS)}")


def _require(condition: bool, name: str, demand: str) -> None:
    if not condition:
        raise MatchingInputError(f"{name}: {demand}")


def _check_ssyk(name: str, codes: Iterable[str], shortest: int) -> None:
    for code in codes:
        digits = shortest <= len(code) <= 4 and code.isascii() and code.isdigit()
        _require(digits, name, f'the SSYK code "{code}" must have {shortest}..4 digits')


def _check_levels(name: str, languages: Mapping[str, int]) -> None:
    for code, level in languages.items():
        _require(1 <= level <= 4, name, f'the level of language "{code}" must be 1..4')


def _check_position(name: str, position: tuple[float, float]) -> None:
    latitude, longitude = position
    on_earth = -90 <= latitude <= 90 and -180 <= longitude <= 180
    _require(on_earth, name, "position must be latitude -90..90 and longitude -180..180")


def _check_extent(name: str, extent: tuple[int, int]) -> None:
    lowest, highest = extent
    _require(0 <= lowest <= highest <= 100, name, "extent must be 0..100 with min <= max")
