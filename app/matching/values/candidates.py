"""People who may be placed, as records and as columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from app.matching.kit import Floats, Ints, Mask, Names
from app.matching.values.code_kinds import Codes, LastDays, Months, Ssyk
from app.matching.values.columns import Columns, Part
from app.matching.values.kinds import (
    MOST_MONTHS,
    MOST_MUNICIPALITIES,
    Day,
    LastDay,
    Number,
    Periods,
    Position,
    Range,
    Rows,
    Text,
    Truth,
)
from app.matching.values.lists import CodeLists
from app.matching.values.qualifications import Qualifications

LONGEST_KM = 20_100
"""Half way round the earth."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person who may be placed, pseudonymous.

    ``occupations``: SSYK codes of one to four digits, in order of wish. ``languages``: code ->
    level 1..4. ``position``: latitude, longitude in degrees. ``extent``: percent of full time,
    min and max. ``target_groups``: code -> last valid day, None without end. ``programmes``:
    (code, longest remaining months) in order of preference. ``placed``: periods of placements
    that stand, first and last day. ``municipality``: its code as a number, 0 for none;
    ``has_position``: whether ``position`` is the person's own, and not the municipality's.
    """

    id: str
    reference: str | None
    occupations: tuple[str, ...]
    skills: frozenset[str]
    languages: Mapping[str, int]
    driving_licences: frozenset[str]
    certificates: frozenset[str]
    position: tuple[float, float]
    maximum_distance_km: int
    available_from: date
    available_to: date | None
    extent: tuple[int, int]
    needed_adaptations: frozenset[str]
    target_groups: Mapping[str, date | None]
    programmes: tuple[tuple[str, int], ...]
    waiting_since: date
    avoided_suppliers: frozenset[str]
    agreed_to_be_proposed: bool
    placed: tuple[tuple[date, date], ...] = ()
    municipality: int = 0
    has_position: bool = True


@dataclass(frozen=True, slots=True)
class CandidateColumns(Columns):
    """n candidates; the fields are those of Candidate, with all qualifications in one.

    ``reference`` orders the rows: the caller's own, or the id where there is none.
    """

    record = Candidate

    id: Annotated[Names, Text()]
    reference: Annotated[Names, Text()]
    occupations: Annotated[CodeLists, Codes(tuple, in_order=True, rule=Ssyk(1))]
    qualifications: Annotated[Qualifications, Part(Qualifications)]
    position: Annotated[Floats, Position()]
    maximum_distance_km: Annotated[Ints, Number(0, LONGEST_KM)]
    available_from: Annotated[Ints, Day()]
    available_to: Annotated[Ints, LastDay()]
    extent: Annotated[Ints, Range(0, 100)]
    needed_adaptations: Annotated[CodeLists, Codes()]
    target_groups: Annotated[CodeLists, LastDays()]
    programmes: Annotated[CodeLists, Months(0, MOST_MONTHS)]
    waiting_since: Annotated[Ints, Day()]
    avoided_suppliers: Annotated[CodeLists, Codes()]
    agreed_to_be_proposed: Annotated[Mask, Truth()]
    placed: Annotated[Ints, Periods()]
    municipality: Annotated[Ints, Number(0, MOST_MUNICIPALITIES)]
    has_position: Annotated[Mask, Truth()]

    @classmethod
    def from_records(cls, records: Sequence[Candidate]) -> Self:
        """Raises MatchingInputError for what no column can hold."""
        references = [one.id if one.reference is None else one.reference for one in records]
        return cls._from(records, reference=references, qualifications=records)


def candidate_at(people: CandidateColumns, row: int) -> Candidate:
    """One row as a record; a reference that equals the id counts as none."""
    own = people.values(row) | people.qualifications.values(row)
    reference = None if own["reference"] == own["id"] else own["reference"]
    return Candidate(**own | {"reference": reference})


def check_candidates(people: CandidateColumns) -> None:
    """Checks what the rules assume of candidates. Raises MatchingInputError."""
    people.check(Rows("candidate", people.id))
