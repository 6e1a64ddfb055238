"""Places to work, as records and as columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

import numpy as np

from app.matching.kit import Floats, Ints, Mask, Names
from app.matching.values.code_kinds import Among, Codes, Ssyk
from app.matching.values.columns import Columns, Part
from app.matching.values.kinds import (
    MOST_MONTHS,
    MOST_MUNICIPALITIES,
    Day,
    Limit,
    Number,
    Periods,
    Position,
    Range,
    Rows,
    Text,
    Truth,
)
from app.matching.values.lists import CodeLists
from app.matching.values.qualifications import Demands, Qualifications
from app.matching.values.reasons import CLOSED_REASONS

MOST_PLACES = 1_000_000


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to work. Its free places are the lesser of ``places`` and ``supervisor_capacity``
    (None: as many as places) less those ``occupied``; a slot without any is still priced.

    ``tier``: 2 at-risk clause, 1 other clause, 0 voluntary. ``end``: the earliest of the slot's
    and the contract's end. ``extent``: percent of full time, min and max; ``minimum_extent`` is
    the clause's. ``target_groups``: the clause's, empty = anyone. ``closed``: reason codes that
    close the slot as a whole; a closed slot pairs with no one. ``closed_programmes``: those that
    cannot carry a placement there, because the employer has not passed what they ask for.
    ``municipality``, ``has_position``: as those of a candidate.
    """

    id: str
    reference: str | None
    supplier_id: str
    ssyk: str
    places: int
    tier: int
    earliest_start: date
    latest_start: date
    end: date
    minimum_months: int
    extent: tuple[int, int]
    minimum_extent: int
    position: tuple[float, float]
    required: Demands
    preferred: Demands
    adaptations: frozenset[str]
    target_groups: frozenset[str]
    closed: tuple[str, ...] = ()
    closed_programmes: frozenset[str] = frozenset()
    supervisor_capacity: int | None = None
    occupied: int = 0
    municipality: int = 0
    has_position: bool = True

    def free_places(self) -> int:
        """How many more people it has room for."""
        capacity = self.supervisor_capacity
        room = self.places if capacity is None else min(self.places, capacity)
        return max(0, room - self.occupied)


@dataclass(frozen=True, slots=True)
class SlotColumns(Columns):
    """S slots; the fields are those of Slot, ``reference`` as in CandidateColumns.

    ``own_start``: the earliest start if no place were taken. ``placed``: the placements that
    stand, from which ``free_places.filled`` computes ``occupied`` and ``earliest_start``; none
    where those are given.
    """

    record = Slot

    id: Annotated[Names, Text()]
    reference: Annotated[Names, Text()]
    supplier_id: Annotated[Names, Text()]
    ssyk: Annotated[Names, Text(Ssyk(4))]
    places: Annotated[Ints, Number(0, MOST_PLACES)]
    tier: Annotated[Ints, Number(0, 2, "0, 1 or 2")]
    earliest_start: Annotated[Ints, Day()]
    latest_start: Annotated[Ints, Day()]
    end: Annotated[Ints, Day()]
    minimum_months: Annotated[Ints, Number(1, MOST_MONTHS)]
    extent: Annotated[Ints, Range(0, 100)]
    minimum_extent: Annotated[Ints, Number(0, 100)]
    position: Annotated[Floats, Position()]
    required: Annotated[Qualifications, Part(Qualifications)]
    preferred: Annotated[Qualifications, Part(Qualifications)]
    adaptations: Annotated[CodeLists, Codes()]
    target_groups: Annotated[CodeLists, Codes()]
    closed: Annotated[CodeLists, Codes(tuple, rule=Among(CLOSED_REASONS))]
    closed_programmes: Annotated[CodeLists, Codes()]
    supervisor_capacity: Annotated[Ints, Limit()]
    occupied: Annotated[Ints, Number(0)]
    own_start: Annotated[Ints, Day()]
    placed: Annotated[Ints, Periods()]
    municipality: Annotated[Ints, Number(0, MOST_MUNICIPALITIES)]
    has_position: Annotated[Mask, Truth()]

    @classmethod
    def from_records(cls, records: Sequence[Slot]) -> Self:
        """Raises MatchingInputError for what no column can hold."""
        return cls._from(
            records,
            reference=[one.id if one.reference is None else one.reference for one in records],
            own_start=[one.earliest_start for one in records],
            placed=[()] * len(records),
        )

    def free_places(self) -> Ints:
        """(S,) how many more people each slot has room for."""
        room = np.minimum(self.places, self.supervisor_capacity)
        return np.maximum(room - self.occupied, 0)

    def is_closed(self) -> Mask:
        """(S,) the slots that pair with no one."""
        return self.closed.lengths() > 0


def slot_at(slots: SlotColumns, row: int) -> Slot:
    """One row as a record; a reference that is the id itself is none."""
    own = slots.values(row)
    reference = None if own["reference"] == own["id"] else own["reference"]
    return Slot(**own | {"reference": reference})


def check_slots(slots: SlotColumns) -> None:
    """Checks what the rules assume of slots. Raises MatchingInputError."""
    slots.check(Rows("slot", slots.id))
