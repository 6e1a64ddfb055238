from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import model_validator
from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from app.models.rows import JsonOf, Referenced, belongs_to, owned
from app.models.values import (
    Codes,
    Day,
    Demands,
    Extent,
    ExtentRange,
    Fields,
    Identifier,
    Line,
    MunicipalityCode,
    Occupation,
    Position,
    Prose,
    Reference,
    contradiction,
)

MOST_PLACES = 1_000
NumberOfPlaces = Annotated[int, Field(ge=0, le=MOST_PLACES)]


class SlotTerms(Fields):
    """What a slot offers and asks, whether it is stored or only sent to be matched."""

    title: Line
    """What the work is called."""
    tasks: Prose | None = None
    """What is done there, in plain words. Null: nothing is said."""
    occupation: Occupation
    """What the work is, by SSYK 2012."""
    places: NumberOfPlaces
    """How many people there is room for in all; 0 closes the slot."""
    earliest_start: Day
    """The first day on which somebody can begin."""
    latest_start: Day
    """The last day on which somebody can begin, inclusive."""
    end_date: Day
    """The last day on which anybody works there."""
    extent_percent: ExtentRange
    """The working time that can be agreed, in percent of full time."""
    municipality_code: MunicipalityCode
    """Where the workplace is: SCB's four digits."""
    position: Position | None = None
    """Where the workplace is. Null: the municipality's own point is used."""
    required: Demands = Demands()
    """What a person must have; whoever lacks one thing is not proposed."""
    preferred: Demands = Demands()
    """What gives points to those who have it."""
    adaptations: Codes = Field(default=[])
    """Codes of what the workplace has, such as `step-free-entrance`."""
    supervisor_capacity: NumberOfPlaces | None = None
    """How many people the supervisor can take at once. Null: as many as there are places."""

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.latest_start < self.earliest_start:
            raise contradiction("latestStart", "is before earliestStart")
        if self.end_date < self.latest_start:
            raise contradiction("endDate", "is before latestStart")
        return self


def most_at_once(slot: SlotTerms) -> int:
    """How many people the slot holds at a time: its places, or the supervisor's lower capacity."""
    if slot.supervisor_capacity is None:
        return slot.places
    return min(slot.places, slot.supervisor_capacity)


class SlotFields(SlotTerms):
    reference: Reference | None = None
    """The organisation's own reference, unique in it; a batch replaces by it. Null: none."""
    supplier_id: Identifier
    """The supplier who offers it."""
    clause_id: Identifier | None = None
    """The clause to which all its places belong. Null: they are voluntary."""


class Slot(SlotFields, Referenced, table=True):
    """A place to work that a supplier offers, with one or more places."""

    __tablename__ = "slots"
    __table_args__ = owned(
        UniqueConstraint("organisation_id", "reference"),
        belongs_to("supplier_id", "suppliers"),
        belongs_to("clause_id", "clauses"),
        CheckConstraint("earliest_start <= latest_start", name="starts_in_order"),
        CheckConstraint("latest_start <= end_date", name="ends_after_starts"),
        CheckConstraint("places >= 0", name="places_not_negative"),
    )

    supplier_id: UUID = Field(index=True)
    clause_id: UUID | None = Field(default=None, index=True)
    occupation: Occupation = Field(sa_type=JsonOf(Occupation))
    earliest_start: date
    latest_start: date
    end_date: date
    extent_percent: Extent = Field(sa_type=JsonOf(Extent))
    position: Position | None = Field(default=None, sa_type=JsonOf(Position))
    required: Demands = Field(sa_type=JsonOf(Demands))
    preferred: Demands = Field(sa_type=JsonOf(Demands))
    adaptations: list[str] = Field(default=[], sa_type=JsonOf(list[str]))
