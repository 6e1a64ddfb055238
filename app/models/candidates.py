from datetime import date
from typing import Annotated, Self

from pydantic import model_validator
from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.rows import JsonOf, Referenced, owned
from app.models.values import (
    Clearance,
    Clearances,
    Codes,
    Day,
    DrivingLicences,
    Extent,
    ExtentRange,
    Identifiers,
    Language,
    Languages,
    MunicipalityCode,
    Position,
    Reference,
    TargetGroup,
    TargetGroups,
    Wish,
    Wishes,
    contradiction,
)

Kilometres = Annotated[int, Field(ge=0, le=2_000)]


class CandidateTerms(SQLModel):
    """All that matching may know of a person: wishes, abilities and limits."""

    occupations: Wishes
    skills: Codes = []
    languages: Languages = []
    driving_licences: DrivingLicences = []
    certificates: Codes = []
    municipality_code: MunicipalityCode
    position: Position | None = None
    maximum_distance_km: Kilometres
    available_from: Day
    available_to: Day | None = None
    extent_percent: ExtentRange
    needed_adaptations: Codes = []
    target_groups: TargetGroups = []
    programmes: Clearances = []
    waiting_since: Day
    agreed_to_be_proposed: bool

    @model_validator(mode="after")
    def _available_in_order(self) -> Self:
        if self.available_to and self.available_to < self.available_from:
            raise contradiction("availableTo", "is before availableFrom")
        return self


class CandidateFields(CandidateTerms):
    reference: Reference
    avoided_supplier_ids: Identifiers = []


class Candidate(CandidateFields, Referenced, table=True):
    """A person who may be placed, known by a pseudonymous reference."""

    __tablename__ = "candidates"
    __table_args__ = owned(
        UniqueConstraint("organisation_id", "reference"),
        CheckConstraint("available_to >= available_from", name="available_in_order"),
    )

    occupations: list[Wish] = Field(sa_type=JsonOf(list[Wish]))
    skills: list[str] = Field(default=[], sa_type=JsonOf(list[str]))
    languages: list[Language] = Field(default=[], sa_type=JsonOf(list[Language]))
    driving_licences: DrivingLicences = Field(default=[], sa_type=JsonOf(list[str]))
    certificates: list[str] = Field(default=[], sa_type=JsonOf(list[str]))
    position: Position | None = Field(default=None, sa_type=JsonOf(Position))
    available_from: date
    available_to: date | None = None
    extent_percent: Extent = Field(sa_type=JsonOf(Extent))
    needed_adaptations: list[str] = Field(default=[], sa_type=JsonOf(list[str]))
    target_groups: list[TargetGroup] = Field(default=[], sa_type=JsonOf(list[TargetGroup]))
    programmes: list[Clearance] = Field(default=[], sa_type=JsonOf(list[Clearance]))
    waiting_since: date
    avoided_supplier_ids: Identifiers = Field(default=[], sa_type=JsonOf(Identifiers))
