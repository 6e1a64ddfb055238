from datetime import date
from enum import StrEnum
from typing import Literal, Self
from uuid import UUID

from pydantic import model_validator
from sqlalchemy import CheckConstraint, String
from sqlmodel import Field, SQLModel

from app.models.decisions import ApprovalReason, refuse_unexplained
from app.models.rows import JsonOf, Row, belongs_to, owned
from app.models.values import Code, Day, Identifier, Percent, Prose, contradiction


class PlacementStatus(StrEnum):
    PLANNED = "planned"
    READY = "ready"
    ACTIVE = "active"
    COMPLETED = "completed"
    ENDED_EARLY = "ended-early"
    CANCELLED = "cancelled"


BOOKED = (PlacementStatus.PLANNED, PlacementStatus.READY)
OVER = (PlacementStatus.COMPLETED, PlacementStatus.ENDED_EARLY)
EndedBy = Literal["participant", "supplier", "authority", "just-cause"]
# The hard rules that a person may set aside by name; capacity, consent and overlap are not here.
Override = Literal[
    "occupation-not-sought",
    "too-far",
    "not-available",
    "programme-limit",
    "extent-mismatch",
    "skill-missing",
    "language-level",
    "licence-missing",
    "certificate-missing",
    "adaptation-missing",
    "outside-target-group",
    "vetoed",
]


class ExtensionFields(SQLModel):
    end_date: Day
    reason: ApprovalReason
    comment: Prose | None = None

    @model_validator(mode="after")
    def _explained(self) -> Self:
        refuse_unexplained(self.reason, self.comment)
        return self


class PlacementFields(SQLModel):
    candidate_id: Identifier
    slot_id: Identifier
    start_date: Day
    end_date: Day
    programme: Code
    extent_percent: Percent | None = None
    reason: ApprovalReason
    comment: Prose | None = None
    overrides: list[Override] = Field(default=[], max_length=12)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.end_date < self.start_date:
            raise contradiction("endDate", "is before startDate")
        refuse_unexplained(self.reason, self.comment)
        if len(set(self.overrides)) < len(self.overrides):
            raise contradiction("overrides", "names a rule more than once")
        return self


class Placement(PlacementFields, Row, table=True):
    """A decided pairing with dates, from planned to completed.

    Agreed dates stay as they were agreed; `started_on` and `ended_on` say what happened. A no-show
    has the status ended early and neither of the two dates.
    """

    __tablename__ = "placements"
    __table_args__ = owned(
        belongs_to("candidate_id", "candidates"),
        belongs_to("slot_id", "slots"),
        belongs_to("clause_id", "clauses"),
        belongs_to("key_id", "keys"),
        belongs_to("extends_placement_id", "placements"),
        CheckConstraint("start_date <= end_date", name="dates_in_order"),
        CheckConstraint("extent_percent BETWEEN 1 AND 100", name="extent_in_percent"),
        CheckConstraint("started_on BETWEEN start_date AND end_date", name="starts_as_agreed"),
        CheckConstraint("ended_on BETWEEN started_on AND end_date", name="ends_after_it_starts"),
        CheckConstraint(
            "ended_on IS NULL OR started_on IS NOT NULL", name="no_end_without_a_start"
        ),
    )

    candidate_id: UUID = Field(index=True)
    slot_id: UUID = Field(index=True)
    clause_id: UUID | None = Field(default=None, index=True)
    status: str = Field(default=PlacementStatus.PLANNED, max_length=20)
    start_date: date
    end_date: date
    started_on: date | None = None
    ended_on: date | None = None
    ended_by: EndedBy | None = Field(default=None, sa_type=String(20))
    extends_placement_id: UUID | None = Field(default=None, index=True)
    reason: ApprovalReason = Field(sa_type=String(40))
    overrides: list[Override] = Field(default=[], sa_type=JsonOf(list[Override]))
    key_id: UUID
    decided_by: str | None = Field(default=None, max_length=200)

    @property
    def first_day(self) -> date:
        """The day when it began, or is to begin."""
        return self.started_on or self.start_date

    @property
    def last_day(self) -> date:
        """The day when it ended, or is to end."""
        return self.ended_on or self.end_date
