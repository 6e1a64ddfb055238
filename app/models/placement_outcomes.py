from datetime import date
from typing import Annotated, Literal, get_args
from uuid import UUID

from pydantic import WithJsonSchema
from sqlalchemy import CheckConstraint, Integer, String, UniqueConstraint
from sqlmodel import Field

from app.models.rows import Row, belongs_to, owned
from app.models.values import Day, Fields

MonthsAfter = Annotated[
    Literal[0, 3, 6, 12],
    WithJsonSchema({"type": "integer", "enum": [0, 3, 6, 12], "minimum": 0, "maximum": 12}),
]
AfterwardsIn = Literal["in-work", "in-education", "other", "unknown"]
AFTERWARDS: tuple[AfterwardsIn, ...] = get_args(AfterwardsIn)


class PlacementOutcomeFields(Fields):
    after_months: MonthsAfter
    """How many months after the placement's last day is asked about: 0 is its end. Each once."""
    outcome: AfterwardsIn
    """What the person did then."""
    on: Day
    """The day on which it was known: not before so many months after the last day, and today at the
    latest."""


class PlacementOutcome(PlacementOutcomeFields, Row, table=True):
    """What the person did at the end of a placement, or so many months after."""

    __tablename__ = "placement_outcomes"
    __table_args__ = owned(
        UniqueConstraint("placement_id", "after_months"),
        belongs_to("placement_id", "placements"),
        belongs_to("key_id", "keys"),
        CheckConstraint("after_months IN (0, 3, 6, 12)", name="asked_at_set_times"),
    )

    placement_id: UUID
    after_months: MonthsAfter = Field(sa_type=Integer)
    outcome: AfterwardsIn = Field(sa_type=String(20))
    on: date
    key_id: UUID
    decided_by: str | None = Field(default=None, max_length=200)
