from datetime import date
from typing import Annotated, Literal, Self, get_args
from uuid import UUID

from pydantic import Strict, model_validator
from sqlalchemy import CheckConstraint, String
from sqlmodel import Field, SQLModel

from app.models.decisions import DeclineReason, refuse_unexplained
from app.models.placements import EndedBy, PlacementStatus
from app.models.rows import Row, belongs_to, owned
from app.models.values import Day, Prose, refuse_misplaced

# Why a placement ends before its time, or is called off: the reasons for declining a proposal,
# and two that only a placement can have.
MoveReason = Literal[DeclineReason, "no-show", "work-environment"]
NO_SHOW: MoveReason = "no-show"
MOVE_REASONS: tuple[str, ...] = get_args(MoveReason)
REASONED = (PlacementStatus.ENDED_EARLY, PlacementStatus.CANCELLED)


class PlacementMoveFields(SQLModel):
    to: Annotated[PlacementStatus, Strict(False)]  # read from its text, as every code in the API
    on: Day
    ended_by: EndedBy | None = None
    reason: MoveReason | None = None
    comment: Prose | None = None

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
