from typing import Annotated, Self

from pydantic import model_validator
from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from app.models.rows import JsonOf, Row, owned
from app.models.values import Fields, Line, Prose, Value, contradiction

Weight = Annotated[int, Field(ge=0, le=1000)]
WEIGHT_SUM = 1000


class Weights(Value):
    """How many points each criterion can give at most: whole numbers that sum to 1 000."""

    occupation: Weight = 300
    """Most points for how high among the wishes the slot's occupation stands."""
    skills: Weight = 250
    """Most points for how much of what the slot prefers the person has."""
    distance: Weight = 200
    """Most points for how short the way is."""
    waiting: Weight = 150
    """Most points for how long the person has waited."""
    fit: Weight = 100
    """Most points for how well working time and languages fit."""

    @model_validator(mode="after")
    def _sum_to_a_thousand(self) -> Self:
        total = sum(self.model_dump().values())
        if total != WEIGHT_SUM:
            raise contradiction("", f"the weights sum to {total}, not to {WEIGHT_SUM}")
        return self


class PolicyRules(Fields):
    """The part of a policy that decides matching; the rest says who is responsible for it."""

    weights: Weights = Weights()
    """How many points each criterion can give at most: whole numbers that sum to 1 000."""
    occupation_digits: Annotated[int, Field(ge=1, le=4)] = 3
    """How many first digits of SSYK a wish and a slot must share. 4: the same occupation; 1: the
    same broad field."""
    placements_before_points: bool = False
    """Whether the number of voluntary places filled comes before points. False: points alone decide
    about them."""


class PolicyFields(PolicyRules):
    name: Line
    """What the version is called."""
    signed_by: Line
    """Who stands for it: a role, a board or a person at work."""
    reason: Prose
    """Why the rules and weights are these."""


class Policy(PolicyFields, Row, table=True):
    """The versioned rules and weights of matching, set by people and never changed."""

    __tablename__ = "policies"
    __table_args__ = owned(
        UniqueConstraint("organisation_id", "number"),
        CheckConstraint("occupation_digits BETWEEN 1 AND 4", name="digits_of_ssyk"),
    )

    number: int
    weights: Weights = Field(sa_type=JsonOf(Weights))
