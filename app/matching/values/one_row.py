"""One row of columns as a plain value, where a single one is looked at."""

from datetime import date
from typing import Any, SupportsInt

from numpy.typing import NDArray

from app.matching.values.columns import UNLIMITED, CandidateColumns, Qualifications, SlotColumns
from app.matching.values.inputs import Candidate, Demands, Slot
from app.matching.values.months import LAST_DAY


def candidate_at(people: CandidateColumns, row: int) -> Candidate:
    """A reference that is the id itself is none: nothing tells the two apart."""
    has = _demands_at(people.qualifications, row)
    placed = people.placed[people.placed[:, 0] == row, 1:]
    return Candidate(
        id=str(people.id[row]),
        reference=_reference(people, row),
        occupations=people.occupations.codes(row),
        skills=has.skills,
        languages=has.languages,
        driving_licences=has.driving_licences,
        certificates=has.certificates,
        position=_pair(people.position[row]),
        maximum_distance_km=int(people.maximum_distance_km[row]),
        available_from=_date(people.available_from[row]),
        available_to=_last_date(people.available_to[row]),
        extent=_pair(people.extent[row]),
        needed_adaptations=frozenset(people.needed_adaptations.codes(row)),
        target_groups={code: _last_date(day) for code, day in people.target_groups.pairs(row)},
        programmes=people.programmes.pairs(row),
        waiting_since=_date(people.waiting_since[row]),
        avoided_suppliers=frozenset(people.avoided_suppliers.codes(row)),
        agreed_to_be_proposed=bool(people.agreed_to_be_proposed[row]),
        placed=tuple((_date(first), _date(last)) for first, last in placed.tolist()),
    )


def slot_at(slots: SlotColumns, row: int) -> Slot:
    """As ``candidate_at``."""
    capacity = int(slots.supervisor_capacity[row])
    return Slot(
        id=str(slots.id[row]),
        reference=_reference(slots, row),
        supplier_id=str(slots.supplier_id[row]),
        ssyk=str(slots.ssyk[row]),
        places=int(slots.places[row]),
        tier=int(slots.tier[row]),
        earliest_start=_date(slots.earliest_start[row]),
        latest_start=_date(slots.latest_start[row]),
        end=_date(slots.end[row]),
        minimum_months=int(slots.minimum_months[row]),
        extent=_pair(slots.extent[row]),
        minimum_extent=int(slots.minimum_extent[row]),
        position=_pair(slots.position[row]),
        required=_demands_at(slots.required, row),
        preferred=_demands_at(slots.preferred, row),
        adaptations=frozenset(slots.adaptations.codes(row)),
        target_groups=frozenset(slots.target_groups.codes(row)),
        closed=slots.closed.codes(row),
        closed_programmes=frozenset(slots.closed_programmes.codes(row)),
        supervisor_capacity=None if capacity == UNLIMITED else capacity,
        occupied=int(slots.occupied[row]),
    )


def _demands_at(lists: Qualifications, row: int) -> Demands:
    return Demands(
        skills=frozenset(lists.skills.codes(row)),
        languages=dict(lists.languages.pairs(row)),
        driving_licences=frozenset(lists.driving_licences.codes(row)),
        certificates=frozenset(lists.certificates.codes(row)),
    )


def _reference(columns: CandidateColumns | SlotColumns, row: int) -> str | None:
    name = str(columns.reference[row])
    return None if name == columns.id[row] else name


def _pair(row: NDArray[Any]) -> tuple[Any, Any]:
    first, second = row.tolist()
    return first, second


def _date(day: SupportsInt) -> date:
    return date.fromordinal(int(day))


def _last_date(day: SupportsInt) -> date | None:
    return None if int(day) == LAST_DAY else _date(day)
