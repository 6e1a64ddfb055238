from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import model_validator
from sqlalchemy import CheckConstraint, String
from sqlmodel import Field, SQLModel

from app.db import JsonOf
from app.models.rows import Row, belongs_to, owned
from app.models.values import Codes, Day, Line, Months, Percent, Prose, contradiction

ClauseKind = Literal["employment", "internship", "dialogue"]
Places = Annotated[int, Field(ge=1, le=10_000)]
FullTimeMonths = Annotated[int, Field(ge=1, le=100_000)]


class ClauseFields(SQLModel):
    kind: ClauseKind
    places: Places | None = None
    minimum_months: Months | None = None
    full_time_months: FullTimeMonths | None = None
    minimum_extent_percent: Percent | None = None
    target_groups: Codes = []
    first_start_within_months: Months | None = None
    early_end_share_percent: Percent | None = None
    responsible: Line
    next_follow_up_date: Day
    purpose: Prose | None = None

    @model_validator(mode="after")
    def _asks_for_one_quantity(self) -> Self:
        quantities = (self.places, self.minimum_months, self.full_time_months)
        if self.kind == "dialogue" and any(quantity is not None for quantity in quantities):
            raise contradiction("kind", "a dialogue clause has no quantity; leave it out")
        if (self.places is None) != (self.minimum_months is None):
            raise contradiction("minimumMonths", "goes together with places: give both or none")
        if self.kind != "dialogue" and (self.places is None) == (self.full_time_months is None):
            raise contradiction("places", "give places with minimumMonths, or fullTimeMonths")
        return self


class Clause(ClauseFields, Row, table=True):
    """The social obligation in a contract: what, how much, for whom, by when."""

    __tablename__ = "clauses"
    __table_args__ = owned(
        belongs_to("contract_id", "contracts"),
        CheckConstraint("(places IS NULL) = (minimum_months IS NULL)", name="places_with_months"),
        CheckConstraint(
            "kind = 'dialogue' AND places IS NULL AND full_time_months IS NULL"
            " OR kind <> 'dialogue' AND (places IS NULL) <> (full_time_months IS NULL)",
            name="one_quantity",
        ),
    )

    contract_id: UUID = Field(index=True)
    kind: ClauseKind = Field(sa_type=String(20))
    target_groups: list[str] = Field(default=[], sa_type=JsonOf(list[str]))
    next_follow_up_date: date
