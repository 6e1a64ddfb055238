from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self, get_args
from uuid import UUID

from pydantic import Strict, model_validator
from sqlalchemy import CheckConstraint, String
from sqlmodel import Field

from app.models.decisions import ApprovalReason, DeclineReason, refuse_unexplained
from app.models.rows import JsonOf, Row, belongs_to, owned
from app.models.values import (
    Day,
    Fields,
    Identifier,
    Percent,
    ProgrammeCode,
    Prose,
    contradiction,
    refuse_misplaced,
)


class PlacementStatus(StrEnum):
    """Where a placement is between planned and ended."""

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


class ExtensionFields(Fields):
    end_date: Day
    """The new last day, after the placement's own."""
    reason: ApprovalReason
    """Why, as a code."""
    comment: Prose | None = None
    """Why, in words: needed with the reason `other`. Null: nothing more is said."""

    @model_validator(mode="after")
    def _explained(self) -> Self:
        refuse_unexplained(self.reason, self.comment)
        return self


class PlacementFields(Fields):
    candidate_id: Identifier
    """Who is placed."""
    slot_id: Identifier
    """The slot in which the person is placed."""
    start_date: Day
    """The first day agreed."""
    end_date: Day
    """The last day agreed, inclusive."""
    programme: ProgrammeCode
    """The programme that carries the placement; the person must be cleared for it."""
    extent_percent: Percent | None = None
    """The working time agreed, in percent of full time. Null: not agreed yet."""
    reason: ApprovalReason
    """Why this pair, as a code."""
    comment: Prose | None = None
    """Why, in words: needed with the reason `other`. Null: nothing more is said."""
    overrides: list[Override] = Field(default=[], max_length=len(get_args(Override)))
    """The hard rules that the pair breaks and that are set aside, each named once. Room, consent
    and overlap never are."""

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


# Why a placement ends before its time, or is called off: the reasons for declining a proposal,
# and two that only a placement can have.
MoveReason = Literal[DeclineReason, "no-show", "work-environment"]
NO_SHOW: MoveReason = "no-show"
MOVE_REASONS: tuple[str, ...] = get_args(MoveReason)
REASONED = (PlacementStatus.ENDED_EARLY, PlacementStatus.CANCELLED)


class PlacementMoveFields(Fields):
    to: Annotated[PlacementStatus, Strict(False)]  # read from its text, as every code in the API
    """The state that the placement moves to."""
    on: Day
    """The day on which it happened, never in the future."""
    ended_by: EndedBy | None = None
    """Through whom it ended. Needed with `ended-early`; null with other states."""
    reason: MoveReason | None = None
    """Why. Needed with `ended-early` and `cancelled`; null with other states."""
    comment: Prose | None = None
    """Why, in words: needed with the reason `other`. Null: nothing more is said."""

    @model_validator(mode="after")
    def _says_why_it_ends(self) -> Self:
        refuse_misplaced("reason", self.reason, self.to in REASONED, " or ".join(REASONED))
        is_early = self.to == PlacementStatus.ENDED_EARLY
        refuse_misplaced("endedBy", self.ended_by, is_early, PlacementStatus.ENDED_EARLY)
        refuse_unexplained(self.reason, self.comment)
        return self


class PlacementMove(PlacementMoveFields, Row, table=True):
    """One change of a placement's status: from which to which, on which day. Never changed."""

    __tablename__ = "placement_moves"
    __table_args__ = owned(
        belongs_to("placement_id", "placements"),
        belongs_to("key_id", "keys"),
        CheckConstraint("(ended_by IS NULL) = (\"to\" <> 'ended-early')", name="ended_by_someone"),
    )

    placement_id: UUID = Field(index=True)
    origin: PlacementStatus = Field(sa_type=String(20))
    to: PlacementStatus = Field(sa_type=String(20))
    on: date
    ended_by: EndedBy | None = Field(default=None, sa_type=String(20))
    reason: MoveReason | None = Field(default=None, sa_type=String(40))
    key_id: UUID
    decided_by: str | None = Field(default=None, max_length=200)
