from datetime import datetime
from typing import Literal, Self, get_args
from uuid import UUID

from pydantic import model_validator
from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlmodel import Field

from app.models.rows import Row, belongs_to, moment_of_storing, owned
from app.models.values import Fields, Line, Percent, Prose, contradiction

Outcome = Literal["approved", "declined"]
# These are also the reasons for a placement outside any run, and for an extension.
ApprovalReason = Literal["good-fit", "candidate-wish", "supplier-wish", "only-alternative", "other"]
# These are also reasons why a placement ends early or is called off.
DeclineReason = Literal[
    "candidate-declined",
    "supplier-declined",
    "no-contact",
    "found-work",
    "in-training",
    "not-suitable-now",
    "travel-not-possible",
    "health-or-adaptation",
    "slot-withdrawn",
    "better-alternative",
    "duplicate",
    "other",
]
APPROVAL_REASONS: tuple[str, ...] = get_args(ApprovalReason)
DECLINE_REASONS: tuple[str, ...] = get_args(DeclineReason)
DecisionReason = Literal[ApprovalReason, DeclineReason]


def refuse_unexplained(reason: str | None, comment: str | None) -> None:
    if reason == "other" and comment is None:
        raise contradiction("comment", "is needed with the reason other, to say which")


class DecisionFields(Fields):
    outcome: Outcome
    """Yes or no to the proposal."""
    reason: DecisionReason
    """Why, as a code that fits the outcome."""
    comment: Prose | None = None
    """Why, in words: needed with the reason `other`. Never say who somebody is. Null: nothing more
    is said."""
    extent_percent: Percent | None = None
    """The working time agreed, in percent of full time; only with `approved`. Null: not yet."""

    @model_validator(mode="after")
    def _reason_fits_outcome(self) -> Self:
        allowed = APPROVAL_REASONS if self.outcome == "approved" else DECLINE_REASONS
        if self.reason not in allowed:
            raise contradiction("reason", f"{self.outcome} takes one of {', '.join(allowed)}")
        refuse_unexplained(self.reason, self.comment)
        if self.outcome != "approved" and self.extent_percent is not None:
            raise contradiction("extentPercent", "goes with approved, and only there")
        return self


class Decision(DecisionFields, Row, table=True):
    """A person's yes or no to a proposal, with a reason."""

    __tablename__ = "decisions"
    __table_args__ = owned(
        UniqueConstraint("proposal_id"),
        belongs_to("proposal_id", "proposals"),
        belongs_to("placement_id", "placements"),
        belongs_to("key_id", "keys"),
        CheckConstraint("extent_percent BETWEEN 1 AND 100", name="extent_in_percent"),
    )

    proposal_id: UUID
    placement_id: UUID | None = None
    key_id: UUID
    outcome: Outcome = Field(sa_type=String(20))
    reason: DecisionReason = Field(sa_type=String(40))
    decided_by: Line | None = None
    decided_at: datetime = moment_of_storing()


class DecisionLiftFields(Fields):
    reason: Prose
    """Why the pair may be proposed again, in words."""


class DecisionLift(DecisionLiftFields, Row, table=True):
    """A person lets a declined pair be proposed again."""

    __tablename__ = "decision_lifts"
    __table_args__ = owned(
        UniqueConstraint("decision_id"),
        belongs_to("decision_id", "decisions"),
        belongs_to("key_id", "keys"),
    )

    decision_id: UUID
    key_id: UUID
    decided_by: str | None = Field(default=None, max_length=200)
