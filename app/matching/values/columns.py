"""Candidates and slots as columns: what a service can read from a database in bulk.

One array per fact, one row per candidate or slot, in any order. Days are day numbers
(date.toordinal; ``day_numbers`` reads ISO dates), LAST_DAY stands for no end.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeVar

import numpy as np

from app.matching.errors import MatchingInputError
from app.matching.kit import Floats, Ints, Mask, Names
from app.matching.values.inputs import Candidate, Demands, Slot
from app.matching.values.lists import CodeLists
from app.matching.values.months import EPOCH, LAST_DAY

UNLIMITED = 2**31
"""Stands for "no limit": more than any slot has places."""

Columns = TypeVar("Columns", "CandidateColumns", "SlotColumns", "Qualifications")


@dataclass(frozen=True, slots=True)
class Qualifications:
    """What people have, or what slots ask for. Values of ``languages``: levels 1..4."""

    skills: CodeLists
    languages: CodeLists
    driving_licences: CodeLists
    certificates: CodeLists

    @classmethod
    def of(cls, holders: Sequence[Candidate | Demands]) -> "Qualifications":
        return cls(
            CodeLists.of(holder.skills for holder in holders),
            CodeLists.of_pairs(holder.languages.items() for holder in holders),
            CodeLists.of(holder.driving_licences for holder in holders),
            CodeLists.of(holder.certificates for holder in holders),
        )

    def __len__(self) -> int:
        return len(self.skills)


@dataclass(frozen=True, slots=True)
class CandidateColumns:
    """n candidates; the fields are those of Candidate.

    ``reference`` orders the rows: the caller's own, or the id where there is none. ``position``
    (n, 2) degrees, ``extent`` (n, 2) percent. Values of ``target_groups``: last days; of
    ``programmes``: months. ``placed`` (k, 3): row, first day, last day.
    """

    id: Names
    reference: Names
    occupations: CodeLists
    qualifications: Qualifications
    position: Floats
    maximum_distance_km: Ints
    available_from: Ints
    available_to: Ints
    extent: Ints
    needed_adaptations: CodeLists
    target_groups: CodeLists
    programmes: CodeLists
    waiting_since: Ints
    avoided_suppliers: CodeLists
    agreed_to_be_proposed: Mask
    placed: Ints

    @classmethod
    def from_records(cls, people: Sequence[Candidate]) -> "CandidateColumns":
        """Raises MatchingInputError for what no column can hold."""
        return cls(
            id=names([one.id for one in people]),
            reference=names([_reference(one) for one in people]),
            occupations=CodeLists.of(one.occupations for one in people),
            qualifications=Qualifications.of(people),
            position=_positions(people),
            maximum_distance_km=_ints([one.maximum_distance_km for one in people]),
            available_from=_days(one.available_from for one in people),
            available_to=_days(one.available_to for one in people),
            extent=_ints([one.extent for one in people]).reshape(-1, 2),
            needed_adaptations=CodeLists.of(one.needed_adaptations for one in people),
            target_groups=CodeLists.of_pairs(map(_validity, people)),
            programmes=CodeLists.of_pairs(one.programmes for one in people),
            waiting_since=_days(one.waiting_since for one in people),
            avoided_suppliers=CodeLists.of(one.avoided_suppliers for one in people),
            agreed_to_be_proposed=np.array([one.agreed_to_be_proposed for one in people], bool),
            placed=_placed(people),
        )

    def __len__(self) -> int:
        return len(self.id)

    def taken(self, order: Ints) -> "CandidateColumns":
        """The rows ``order`` (k,) each at most once, in that order."""
        return _taken(self, order, placed=_placed_in(self.placed, len(self), order))


@dataclass(frozen=True, slots=True)
class SlotColumns:
    """S slots; the fields are those of Slot, ``reference`` as in CandidateColumns;
    ``supervisor_capacity`` is UNLIMITED where there is none.

    ``own_start``: the earliest start if no place were taken. ``placed`` (k, 3): row, first day,
    last day of the placements that stand, from which ``rooms.filled`` tells ``occupied`` and
    ``earliest_start``; none where those are given.
    """

    id: Names
    reference: Names
    supplier_id: Names
    ssyk: Names
    places: Ints
    tier: Ints
    earliest_start: Ints
    latest_start: Ints
    end: Ints
    minimum_months: Ints
    extent: Ints
    minimum_extent: Ints
    position: Floats
    required: Qualifications
    preferred: Qualifications
    adaptations: CodeLists
    target_groups: CodeLists
    closed: CodeLists
    closed_programmes: CodeLists
    supervisor_capacity: Ints
    occupied: Ints
    own_start: Ints
    placed: Ints

    @classmethod
    def from_records(cls, slots: Sequence[Slot]) -> "SlotColumns":
        """Raises MatchingInputError for what no column can hold."""
        return cls(
            id=names([one.id for one in slots]),
            reference=names([_reference(one) for one in slots]),
            supplier_id=names([one.supplier_id for one in slots]),
            ssyk=names([one.ssyk for one in slots]),
            places=_ints([one.places for one in slots]),
            tier=_ints([one.tier for one in slots]),
            earliest_start=_days(one.earliest_start for one in slots),
            latest_start=_days(one.latest_start for one in slots),
            end=_days(one.end for one in slots),
            minimum_months=_ints([one.minimum_months for one in slots]),
            extent=_ints([one.extent for one in slots]).reshape(-1, 2),
            minimum_extent=_ints([one.minimum_extent for one in slots]),
            position=_positions(slots),
            required=Qualifications.of([one.required for one in slots]),
            preferred=Qualifications.of([one.preferred for one in slots]),
            adaptations=CodeLists.of(one.adaptations for one in slots),
            target_groups=CodeLists.of(one.target_groups for one in slots),
            closed=CodeLists.of(one.closed for one in slots),
            closed_programmes=CodeLists.of(one.closed_programmes for one in slots),
            supervisor_capacity=_ints([_capacity(one) for one in slots]),
            occupied=_ints([one.occupied for one in slots]),
            own_start=_days(one.earliest_start for one in slots),
            placed=np.zeros((0, 3), dtype=np.int64),
        )

    def __len__(self) -> int:
        return len(self.id)

    def taken(self, order: Ints) -> "SlotColumns":
        """The rows ``order`` (k,) each at most once, in that order."""
        return _taken(self, order, placed=_placed_in(self.placed, len(self), order))

    def free_places(self) -> Ints:
        """(S,) how many more people each slot has room for."""
        room = np.minimum(self.places, self.supervisor_capacity)
        return np.maximum(room - self.occupied, 0)

    def is_closed(self) -> Mask:
        """(S,) the slots that pair with no one."""
        return self.closed.lengths() > 0


def names(values: Sequence[str]) -> Names:
    """Strings as an array. Raises MatchingInputError for a zero character, which would be lost."""
    if "\0" in "".join(values):
        raise MatchingInputError("ids and codes must not have zero characters in them")
    return np.array(values, dtype=np.str_)


def day_numbers(iso_dates: Sequence[str | None]) -> Ints:
    """Day numbers of ISO dates as a database gives them, LAST_DAY for None."""
    texts = np.array([f"{date.max}" if day is None else day for day in iso_dates], dtype=np.str_)
    return texts.astype("datetime64[D]").astype(np.int64) + EPOCH


def _taken(columns: Columns, order: Ints, **changed: Ints) -> Columns:
    values: dict[str, Any] = dict(changed)
    for field in fields(columns):
        if field.name not in values:
            column = getattr(columns, field.name)
            if isinstance(column, Qualifications):
                values[field.name] = _taken(column, order)
            else:
                values[field.name] = (
                    column.taken(order) if isinstance(column, CodeLists) else column[order]
                )
    return type(columns)(**values)


def _placed_in(placed: Ints, rows: int, order: Ints) -> Ints:
    """(k, 3) the periods of the rows ``order``, under their new numbers."""
    place = np.full(rows, -1, dtype=np.int64)
    place[order] = np.arange(len(order))
    moved = placed.copy()
    moved[:, 0] = place[placed[:, 0]]
    return moved[moved[:, 0] >= 0]


def _reference(row: Candidate | Slot) -> str:
    return row.id if row.reference is None else row.reference


def _capacity(slot: Slot) -> int:
    return UNLIMITED if slot.supervisor_capacity is None else slot.supervisor_capacity


def _ints(values: Sequence[int] | Sequence[tuple[int, int]]) -> Ints:
    try:
        return np.array(values, dtype=np.int64)
    except OverflowError as error:
        raise MatchingInputError("a number is too large for 64 bits") from error


def _days(dates: Iterable[date | None]) -> Ints:
    return _ints([LAST_DAY if day is None else day.toordinal() for day in dates])


def _positions(rows: Sequence[Candidate] | Sequence[Slot]) -> Floats:
    return np.array([row.position for row in rows], dtype=np.float64).reshape(-1, 2)


def _validity(person: Candidate) -> list[tuple[str, int]]:
    groups = person.target_groups.items()
    return [(code, LAST_DAY if last is None else last.toordinal()) for code, last in groups]


def _placed(people: Sequence[Candidate]) -> Ints:
    periods = [
        (row, first.toordinal(), last.toordinal())
        for row, person in enumerate(people)
        for first, last in person.placed
    ]
    return np.array(periods, dtype=np.int64).reshape(-1, 3)
