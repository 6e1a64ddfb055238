"""Malformed input, found before anything is computed. Each message says what would be right."""

from dataclasses import fields

import numpy as np

from app.matching.errors import MatchingInputError
from app.matching.kit import Floats, Ints, Mask, Names
from app.matching.values.columns import UNLIMITED, CandidateColumns, Qualifications, SlotColumns
from app.matching.values.inputs import CRITERIA, WEIGHT_SUM, Policy
from app.matching.values.lists import CodeLists
from app.matching.values.reasons import CLOSED_REASONS

LONGEST_KM = 20_100
"""Half way round the earth."""

MOST_MONTHS = 1200
MOST_PLACES = 1_000_000


class _Rows:
    """Refuses by the id of the first row that is wrong."""

    def __init__(self, kind: str, ids: Names) -> None:
        self.kind = kind
        self.ids = ids

    def require(self, right: Mask, demand: str) -> None:
        """``right``: (rows,)."""
        if not right.all():
            name = self.ids[int(np.argmin(right))]
            raise MatchingInputError(f'{self.kind} "{name}": {demand}')

    def require_entries(self, lists: CodeLists, right: Mask, demand: str) -> None:
        """``right``: (entries,); "{code}" in the demand is the first wrong one."""
        if not right.all():
            wrong = int(np.argmin(right))
            name = self.ids[lists.rows()[wrong]]
            text = demand.replace("{code}", lists.names[lists.number[wrong]])
            raise MatchingInputError(f'{self.kind} "{name}": {text}')


def check_policy(policy: Policy) -> None:
    """Whole weights for the five criteria that sum to 1000; 1 to 4 digits."""
    weights = policy.weights
    _require(set(weights) == set(CRITERIA), "weights", f"must name {', '.join(CRITERIA)}")
    whole = all(type(weight) is int and weight >= 0 for weight in weights.values())
    _require(whole, "weights", "must be whole numbers, 0 or more")
    total = sum(weights.values())
    _require(total == WEIGHT_SUM, "weights", f"must sum to {WEIGHT_SUM}, not {total}")
    _require(policy.occupation_digits in range(1, 5), "occupation_digits", "must be 1..4")


def check_candidates(people: CandidateColumns) -> None:
    """What the rules take for granted of candidates."""
    _same_lengths("candidates", people)
    rows = _Rows("candidate", people.id)
    right = np.array([_is_ssyk(code, 1) for code in people.occupations.names], np.bool_)
    demand = 'the SSYK code "{code}" must have 1..4 digits'
    rows.require_entries(people.occupations, right[people.occupations.number], demand)
    _check_levels(rows, people.qualifications.languages)
    _check_position(rows, people.position)
    _check_extent(rows, people.extent)
    near = _within(people.maximum_distance_km, 0, LONGEST_KM)
    rows.require(near, f"maximum_distance_km must be 0..{LONGEST_KM}")
    months = _within(people.programmes.value, 0, MOST_MONTHS)
    demand = f"programme months must be 0..{MOST_MONTHS}"
    rows.require_entries(people.programmes, months, demand)
    forward = np.ones(len(people), np.bool_)
    forward[people.placed[people.placed[:, 1] > people.placed[:, 2], 0]] = False
    rows.require(forward, "a placed period must not end before it starts")


def check_slots(slots: SlotColumns) -> None:
    """What the rules take for granted of slots."""
    _same_lengths("slots", slots)
    rows = _Rows("slot", slots.id)
    _check_slot_codes(rows, slots)
    for demands in (slots.required, slots.preferred):
        _check_levels(rows, demands.languages)
    _check_position(rows, slots.position)
    _check_extent(rows, slots.extent)
    rows.require(_within(slots.minimum_extent, 0, 100), "minimum_extent must be 0..100")
    rows.require(_within(slots.places, 0, MOST_PLACES), f"places must be 0..{MOST_PLACES}")
    capacity = _within(slots.supervisor_capacity, 0, UNLIMITED)
    rows.require(capacity, "supervisor_capacity must be 0 or more")
    rows.require(_within(slots.occupied, 0, UNLIMITED), "occupied must be 0 or more")
    rows.require(_within(slots.tier, 0, 2), "tier must be 0, 1 or 2")
    months = _within(slots.minimum_months, 1, MOST_MONTHS)
    rows.require(months, f"minimum_months must be 1..{MOST_MONTHS}")
    known = np.array([code in CLOSED_REASONS for code in slots.closed.names], np.bool_)
    demand = f"closed must be among {', '.join(CLOSED_REASONS)}"
    rows.require_entries(slots.closed, known[slots.closed.number], demand)


def _check_slot_codes(rows: _Rows, slots: SlotColumns) -> None:
    codes, number = np.unique(slots.ssyk, return_inverse=True)
    right = np.array([_is_ssyk(code, 4) for code in codes.tolist()], np.bool_)
    if not right.all():
        code = codes[~right][0]
        rows.require(right[number], f'the SSYK code "{code}" must have 4..4 digits')


def _same_lengths(side: str, columns: CandidateColumns | SlotColumns | Qualifications) -> None:
    for field in fields(columns):
        column = getattr(columns, field.name)
        if isinstance(column, Qualifications):
            _same_lengths(side, column)
        right = field.name == "placed" or len(column) == len(columns)
        _require(right, f"{side}: {field.name}", f"must have as many rows as ids: {len(columns)}")


def _require(condition: bool, name: str, demand: str) -> None:
    if not condition:
        raise MatchingInputError(f"{name}: {demand}")


def _within(values: Ints, low: int, high: int) -> Mask:
    found: Mask = (values >= low) & (values <= high)
    return found


def _is_ssyk(code: str, shortest: int) -> bool:
    return shortest <= len(code) <= 4 and code.isascii() and code.isdigit()


def _check_levels(rows: _Rows, languages: CodeLists) -> None:
    right = _within(languages.value, 1, 4)
    rows.require_entries(languages, right, 'the level of language "{code}" must be 1..4')


def _check_position(rows: _Rows, position: Floats) -> None:
    latitude, longitude = position.T
    on_earth = (np.abs(latitude) <= 90) & (np.abs(longitude) <= 180)
    rows.require(on_earth, "position must be latitude -90..90 and longitude -180..180")


def _check_extent(rows: _Rows, extent: Ints) -> None:
    right = (extent[:, 0] >= 0) & (extent[:, 0] <= extent[:, 1]) & (extent[:, 1] <= 100)
    rows.require(right, "extent must be 0..100 with min <= max")
