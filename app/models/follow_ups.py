from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Strict, model_validator
from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlmodel import Field

from app.models.clauses import FullTimeMonths
from app.models.rows import Row, belongs_to, owned
from app.models.values import Day, Fields, Identifier, Prose, contradiction, refuse_misplaced


class FollowUpKind(StrEnum):
    """What was done to follow a clause up."""

    START_MEETING = "start-meeting"
    REPORT = "report"
    VISIT = "visit"
    RECTIFICATION_SET = "rectification-set"
    EFFORT_RECORDED = "effort-recorded"
    EXCUSE_DECIDED = "excuse-decided"
    SANCTION = "sanction"
    NO_SANCTION = "no-sanction"
    DIALOGUE_HELD = "dialogue-held"
    OFFER_MADE = "offer-made"
    RECORDED_BY_MISTAKE = "recorded-by-mistake"


ExcuseReason = Literal["efforts", "lack-of-candidates"]
# These kinds need written grounds, because somebody may have to justify them later.
WITH_GROUNDS = {
    FollowUpKind.EXCUSE_DECIDED,
    FollowUpKind.NO_SANCTION,
    FollowUpKind.RECORDED_BY_MISTAKE,
}


class FollowUpFields(Fields):
    kind: Annotated[FollowUpKind, Strict(False)]  # read from its text, as every code in the API
    """What was done."""
    on: Day
    """The day on which it was done: today at the latest."""
    until: Day | None = None
    """The last day on which the supplier may rectify. Goes with `rectification-set`; null with
    other kinds."""
    reason: ExcuseReason | None = None
    """Why what is missing is excused. Goes with `excuse-decided`; null with other kinds."""
    quantity: FullTimeMonths | None = None
    """How many places or full-time months are excused; only with `excuse-decided`. Null: all that
    is missing."""
    text: Prose | None = None
    """What was said or found. Needed with `excuse-decided`, `no-sanction` and
    `recorded-by-mistake`. Null: nothing."""
    next_follow_up_date: Day | None = None
    """When to follow up next; it becomes the clause's own. Null only if the clause is settled."""
    corrects_follow_up_id: Identifier | None = None
    """The follow-up that this one replaces. Null: it corrects none."""

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        for field, value, kind in (
            ("until", self.until, FollowUpKind.RECTIFICATION_SET),
            ("reason", self.reason, FollowUpKind.EXCUSE_DECIDED),
        ):
            refuse_misplaced(field, value, self.kind == kind, kind)
        if self.quantity is not None and self.kind != FollowUpKind.EXCUSE_DECIDED:
            raise contradiction("quantity", "goes with excuse-decided, and only there")
        if self.kind in WITH_GROUNDS and self.text is None:
            raise contradiction("text", f"is needed with {self.kind}, to say on what grounds")
        if self.kind == FollowUpKind.RECORDED_BY_MISTAKE and self.corrects_follow_up_id is None:
            raise contradiction("correctsFollowUpId", f"is needed with {self.kind}")
        return self

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.until is not None and self.until < self.on:
            raise contradiction("until", "is before on")
        if self.next_follow_up_date is not None and self.next_follow_up_date <= self.on:
            raise contradiction("nextFollowUpDate", "must be after on")
        return self


class FollowUp(FollowUpFields, Row, table=True):
    """Something that was done to follow a clause up: what, on which day, by whom. Never changed."""

    __tablename__ = "follow_ups"
    __table_args__ = owned(
        UniqueConstraint("corrects_follow_up_id"),
        belongs_to("clause_id", "clauses"),
        belongs_to("corrects_follow_up_id", "follow_ups"),
        belongs_to("key_id", "keys"),
        CheckConstraint(
            "(until IS NULL) = (kind <> 'rectification-set')", name="rectification_has_its_end"
        ),
        CheckConstraint("(reason IS NULL) = (kind <> 'excuse-decided')", name="excuse_has_reason"),
    )

    clause_id: UUID = Field(index=True)
    kind: FollowUpKind = Field(sa_type=String(40))
    on: date
    until: date | None = None
    reason: ExcuseReason | None = Field(default=None, sa_type=String(40))
    next_follow_up_date: date | None = None
    corrects_follow_up_id: UUID | None = None
    key_id: UUID
    decided_by: str | None = Field(default=None, max_length=200)
