from calendar import monthrange
from typing import Annotated, Self
from uuid import UUID

from pydantic import model_validator
from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from app.models.rows import Row, belongs_to, owned
from app.models.values import Fields, Month, contradiction

Days = Annotated[int, Field(ge=0, le=31)]


class AttendanceMonthFields(Fields):
    month: Month
    """The calendar month, as YYYY-MM."""
    days_planned: Days
    """Days on which the person was to come; at most the days of the placement in the month."""
    days_attended: Days
    """Days on which the person came; at most `daysPlanned`."""

    @model_validator(mode="after")
    def _fits_in_the_month(self) -> Self:
        year, month = int(self.month[:4]), int(self.month[5:])
        if self.days_planned > monthrange(year, month)[1]:
            raise contradiction("daysPlanned", f"{self.month} has fewer days")
        if self.days_attended > self.days_planned:
            raise contradiction("daysAttended", "is over daysPlanned")
        return self


class AttendanceMonth(AttendanceMonthFields, Row, table=True):
    """How many days of a month a placement planned, and on how many the person came."""

    __tablename__ = "attendance_months"
    __table_args__ = owned(
        UniqueConstraint("placement_id", "month"),
        belongs_to("placement_id", "placements"),
        CheckConstraint(
            "days_attended BETWEEN 0 AND days_planned AND days_planned <= 31",
            name="days_of_a_month",
        ),
    )

    placement_id: UUID
    month: str = Field(max_length=7)
