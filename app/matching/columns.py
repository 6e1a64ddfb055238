"""Candidates and slots as columns: what the rules and the criteria read, one array per fact.

Days are day numbers (date.toordinal). Lists of different length are padded with entries that
never fit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import numpy as np

from app.matching.arrays import Floats, Indices, Ints, Levels, Mask, Words
from app.matching.codes import KINDS, Codes, levels, of_kind, words
from app.matching.distance import unit_vectors
from app.matching.inputs import Candidate, Slot
from app.matching.months import LAST_DAY


@dataclass(frozen=True, slots=True)
class SlotColumns:
    """One row per slot, S rows.

    ``start`` is the first day a placement can start: the earliest start, but not before the day
    of the run. ``extent`` (S, 2) has the clause's minimum in it. ``ssyk`` numbers codes.
    """

    ssyk: Indices
    start: Ints
    latest_start: Ints
    end: Ints
    months: Ints
    extent: Ints
    position: Floats
    supplier: Words
    adaptations: Words
    target_groups: Mask
    required: Mapping[str, Words]
    preferred: Mapping[str, Words]
    required_levels: Levels
    preferred_levels: Levels

    def __len__(self) -> int:
        return len(self.ssyk)

    def rows(self, part: slice) -> "SlotColumns":
        """The same columns for some of the slots."""
        cut: dict[str, Any] = {}
        for field in fields(self):
            column = getattr(self, field.name)
            of_kinds = isinstance(column, Mapping)
            cut[field.name] = {k: c[part] for k, c in column.items()} if of_kinds else column[part]
        return SlotColumns(**cut)


@dataclass(frozen=True, slots=True)
class CandidateColumns:
    """One row per candidate, n rows.

    ``wishes`` (n, W) numbers codes in order of wish, -1 for none. ``positions`` (P, 3) are the
    distinct positions and ``at`` (n,) which of them. ``valid_to`` (n, G) is the last day in each
    target group, 0 for never. ``programmes`` (n, K) are months in order, 0 for none. ``placed``
    (n, Q, 2) are first and last days, the last before the first for none. ``waited`` are days.
    """

    wishes: Indices
    positions: Floats
    at: Indices
    longest_metres: Ints
    available_from: Ints
    available_to: Ints
    extent: Ints
    avoided: Words
    needed: Words
    valid_to: Ints
    programmes: Ints
    waited: Ints
    agreed: Mask
    placed: Ints
    has: Mapping[str, Words]
    levels: Levels

    def __len__(self) -> int:
        return len(self.at)


def slot_columns(slots: Sequence[Slot], codes: Codes, as_of: date) -> SlotColumns:
    """Turn slots into columns, in the order given."""
    required, preferred = [slot.required for slot in slots], [slot.preferred for slot in slots]
    extent = [(max(slot.extent[0], slot.minimum_extent), slot.extent[1]) for slot in slots]
    return SlotColumns(
        ssyk=np.array([codes.ssyk[slot.ssyk] for slot in slots], dtype=np.int32),
        start=_days([max(slot.earliest_start, as_of) for slot in slots]),
        latest_start=_days([slot.latest_start for slot in slots]),
        end=_days([slot.end for slot in slots]),
        months=_ints([slot.minimum_months for slot in slots]),
        extent=_ints(extent).reshape(-1, 2),
        position=unit_vectors(_positions([slot.position for slot in slots])),
        supplier=words([(slot.supplier_id,) for slot in slots], codes.suppliers),
        adaptations=words([slot.adaptations for slot in slots], codes.adaptations),
        target_groups=_wanted_groups(slots, codes),
        required={k: words([of_kind(d, k) for d in required], codes.demanded[k]) for k in KINDS},
        preferred={k: words([of_kind(d, k) for d in preferred], codes.demanded[k]) for k in KINDS},
        required_levels=levels([demand.languages for demand in required], codes.languages),
        preferred_levels=levels([demand.languages for demand in preferred], codes.languages),
    )


def candidate_columns(
    candidates: Sequence[Candidate], codes: Codes, as_of: date
) -> CandidateColumns:
    """Turn candidates into columns, in the order given."""
    places = _positions([person.position for person in candidates])
    distinct, at = np.unique(places, axis=0, return_inverse=True)
    wishes = [[codes.wishes[code] for code in person.occupations] for person in candidates]
    held = {kind: [of_kind(person, kind) for person in candidates] for kind in KINDS}
    return CandidateColumns(
        wishes=_padded(wishes, -1).astype(np.int32),
        positions=unit_vectors(distinct),
        at=at.astype(np.int32).reshape(-1),
        longest_metres=_ints([1000 * person.maximum_distance_km for person in candidates]),
        available_from=_days([person.available_from for person in candidates]),
        available_to=_days([person.available_to for person in candidates]),
        extent=_ints([person.extent for person in candidates]).reshape(-1, 2),
        avoided=words([person.avoided_suppliers for person in candidates], codes.suppliers),
        needed=words([person.needed_adaptations for person in candidates], codes.adaptations),
        valid_to=_validity(candidates, codes),
        programmes=_padded([[m for _, m in person.programmes] for person in candidates], 0),
        waited=_ints([(as_of - person.waiting_since).days for person in candidates]).clip(min=0),
        agreed=np.array([person.agreed_to_be_proposed for person in candidates], dtype=np.bool_),
        placed=_placed(candidates),
        has={kind: words(held[kind], codes.demanded[kind]) for kind in KINDS},
        levels=levels([person.languages for person in candidates], codes.languages),
    )


def _ints(values: Sequence[int] | Sequence[tuple[int, int]]) -> Ints:
    return np.array(values, dtype=np.int64)


def _days(dates: Sequence[date | None]) -> Ints:
    return _ints([LAST_DAY if day is None else day.toordinal() for day in dates])


def _positions(positions: Sequence[tuple[float, float]]) -> Floats:
    return np.array(positions, dtype=np.float64).reshape(-1, 2)


def _padded(lists: Sequence[Sequence[int]], padding: int) -> Ints:
    """(rows, longest list)."""
    found = np.full((len(lists), max(map(len, lists), default=0)), padding, dtype=np.int64)
    for row, values in enumerate(lists):
        found[row, : len(values)] = values
    return found


def _wanted_groups(slots: Sequence[Slot], codes: Codes) -> Mask:
    found = np.zeros((len(slots), len(codes.target_groups)), dtype=np.bool_)
    for row, slot in enumerate(slots):
        found[row, [codes.target_groups[code] for code in slot.target_groups]] = True
    return found


def _validity(candidates: Sequence[Candidate], codes: Codes) -> Ints:
    found = np.zeros((len(candidates), len(codes.target_groups)), dtype=np.int64)
    for row, person in enumerate(candidates):
        for code, last in person.target_groups.items():
            if code in codes.target_groups:
                number = codes.target_groups[code]
                found[row, number] = LAST_DAY if last is None else last.toordinal()
    return found


def _placed(candidates: Sequence[Candidate]) -> Ints:
    most = max((len(person.placed) for person in candidates), default=0)
    found = np.tile(np.array([1, 0], dtype=np.int64), (len(candidates), most, 1))
    for row, person in enumerate(candidates):
        for column, (first, last) in enumerate(person.placed):
            found[row, column] = first.toordinal(), last.toordinal()
    return found
