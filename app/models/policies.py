from typing import Annotated, Self

from pydantic import model_validator
from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.rows import JsonOf, Row, owned
from app.models.values import Line, Prose, Value, contradiction

Weight = Annotated[int, Field(ge=0, le=1000)]
WEIGHT_SUM = 1000


class Weights(Value):
    """How many points each criterion can give at most; together 1 000."""

    occupation: Weight = 300
    skills: Weight = 250
    distance: Weight = 200
    waiting: Weight = 150
    fit: Weight = 100

    @model_validator(mode="after")
    def _sum_to_a_thousand(self) -> Self:
        total = sum(self.model_dump().values())
        if total != WEIGHT_SUM:
            raise contradiction("", f"the weights sum to {total}, not to {WEIGHT_SUM}")
        return self


class PolicyRules(SQLModel):
    """The part of a policy that decides matching; the rest says who is responsible for it."""

    weights: Weights = Weights()
    occupation_digits: Annotated[int, Field(ge=1, le=4)] = 3
    placements_before_points: bool = False


class PolicyFields(PolicyRules):
    name: Line
    signed_by: Line
    reason: Prose


class Policy(PolicyFields, Row, table=True):
    """The versioned rules and weights of matching, set by people and never changed."""

    __tablename__ = "policies"
    __table_args__ = owned(
        UniqueConstraint("organisation_id", "number"),
        CheckConstraint("occupation_digits BETWEEN 1 AND 4", name="digits_of_ssyk"),
    )

    number: int
    weights: Weights = Field(sa_type=JsonOf(Weights))
