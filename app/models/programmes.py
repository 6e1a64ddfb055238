from datetime import date
from typing import Annotated

from sqlalchemy import CheckConstraint, String
from sqlmodel import Field, SQLModel

from app.models.rows import JsonOf, Row, owned
from app.models.values import Day, GateCodes, Line, Months, ProgrammeCode
from app.reference.programmes import CountsPer, ProgrammeKind


class ProgrammeFields(SQLModel):
    code: Annotated[ProgrammeCode, Field(description="How candidates and placements name it.")]
    name: Annotated[Line, Field(description="Its name in Swedish.")]
    english: Annotated[Line, Field(description="Its name in English.")]
    kind: Annotated[ProgrammeKind, Field(description="An internship, or an employment.")]
    longest_months: Annotated[
        Months | None,
        Field(description="The longest time in all; null where it has no limit of its own."),
    ] = None
    counts_per: Annotated[
        CountsPer,
        Field(description="What the longest time is counted for. Stored and shown for now."),
    ] = "person"
    gates: Annotated[
        GateCodes,
        Field(description="What is checked of an employer before somebody may start in it."),
    ]
    valid_from: Annotated[Day, Field(description="The first day on which this holds.")]


class OwnProgramme(ProgrammeFields, Row, table=True):
    """What an organisation has registered of a programme of its own. Never changed: a newer row of
    the same code takes its place from its own first day on."""

    __tablename__ = "programmes"
    __table_args__ = owned(
        CheckConstraint("longest_months BETWEEN 1 AND 120", name="longest_in_months"),
    )

    kind: ProgrammeKind = Field(sa_type=String(20))
    counts_per: CountsPer = Field(default="person", sa_type=String(40))
    gates: list[str] = Field(sa_type=JsonOf(list[str]))
    valid_from: date
