from typing import Annotated

from sqlalchemy import CheckConstraint, String
from sqlmodel import Field, SQLModel

from app.models.rows import Row, owned
from app.models.values import GateCode, Line, Months
from app.reference.programmes import CheckedPer


class GateFields(SQLModel):
    code: Annotated[GateCode, Field(description="How programmes and checks name it.")]
    name: Annotated[Line, Field(description="Its name in Swedish.")]
    english: Annotated[Line, Field(description="Its name in English.")]
    valid_months: Annotated[
        Months | None,
        Field(description="How long a passed check stands; null: until the check says else."),
    ] = None
    per: Annotated[
        CheckedPer,
        Field(description="What is checked, an employer or each workplace. Shown for now."),
    ] = "supplier"


class OwnGate(GateFields, Row, table=True):
    """Something that an organisation checks of employers besides the reference data. Never
    changed: a newer row of the same code takes its place."""

    __tablename__ = "gates"
    __table_args__ = owned(
        CheckConstraint("valid_months BETWEEN 1 AND 120", name="valid_in_months"),
    )

    per: CheckedPer = Field(default="supplier", sa_type=String(20))
