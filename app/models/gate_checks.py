from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import model_validator
from sqlalchemy import CheckConstraint, String
from sqlmodel import Field

from app.models.rows import Row, belongs_to, owned
from app.models.values import (
    Day,
    Fields,
    GateCode,
    Line,
    Prose,
    contradiction,
    refuse_misplaced,
)

GateOutcome = Literal["passed", "failed"]
MOST_PEOPLE = 1_000_000
People = Annotated[int, Field(ge=0, le=MOST_PEOPLE)]
UNION_GATE = "union-consulted"
DISPLACEMENT_GATE = "no-displacement"


class GateCheckFields(Fields):
    gate: GateCode
    """What was checked."""
    outcome: GateOutcome
    """What the check came to. Of each gate the newest check counts."""
    checked_on: Day
    """The day of the check: today at the latest."""
    valid_until: Day | None = None
    """The last day on which a passed check holds. Null: for as long as `/programmes` says."""
    checked_by: Line | None = None
    """Who checked. Null: the caseworker whom the call names."""
    asked_on: Day | None = None
    """When the union was asked. Needed with `union-consulted`; null with other gates."""
    answered_on: Day | None = None
    """When the union answered. Null: not yet, or another gate."""
    deadline: Day | None = None
    """The last day for the union's answer; after it a consultation passes without one. Null: none
    set, or another gate."""
    interns: People | None = None
    """How many interns the employer has. Needed with `no-displacement`; null with other gates."""
    employees: People | None = None
    """How many employees the employer has. Needed with `no-displacement`; null with other gates."""
    comment: Prose | None = None
    """What else is worth knowing. Null: nothing."""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.valid_until is not None and self.valid_until < self.checked_on:
            raise contradiction("validUntil", "is before checkedOn")
        self._check_consultation()
        self._check_declaration()
        return self

    def _check_consultation(self) -> None:
        own = {"askedOn": self.asked_on, "answeredOn": self.answered_on, "deadline": self.deadline}
        if self.gate != UNION_GATE:
            for field, day in own.items():
                refuse_misplaced(field, day, False, UNION_GATE)
            return
        if self.asked_on is None:
            raise contradiction("askedOn", f"is needed with {UNION_GATE}")
        for field, day in (own | {"checkedOn": self.checked_on}).items():
            if day is not None and day < self.asked_on:
                raise contradiction(field, "is before askedOn")
        if self.answered_on is not None and self.answered_on > self.checked_on:
            raise contradiction("answeredOn", "is after checkedOn")
        is_over = self.deadline is not None and self.deadline < self.checked_on
        if self.outcome == "passed" and self.answered_on is None and not is_over:
            raise contradiction("outcome", "passed needs answeredOn, or a deadline that is over")

    def _check_declaration(self) -> None:
        for field, number in (("interns", self.interns), ("employees", self.employees)):
            belongs = self.gate == DISPLACEMENT_GATE
            refuse_misplaced(field, number, belongs, DISPLACEMENT_GATE)


class GateCheck(GateCheckFields, Row, table=True):
    """One check whether an employer may take people: what, by whom, when. Never changed."""

    __tablename__ = "gate_checks"
    __table_args__ = owned(
        belongs_to("supplier_id", "suppliers"),
        belongs_to("key_id", "keys"),
        CheckConstraint("valid_until >= checked_on", name="valid_from_the_check"),
        CheckConstraint("interns >= 0 AND employees >= 0", name="people_not_negative"),
    )

    supplier_id: UUID = Field(index=True)
    outcome: GateOutcome = Field(sa_type=String(20))
    checked_on: date
    valid_until: date | None = None
    asked_on: date | None = None
    answered_on: date | None = None
    deadline: date | None = None
    key_id: UUID
    decided_by: str | None = Field(default=None, max_length=200)
