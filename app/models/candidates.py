from datetime import date
from typing import Annotated, Self

from pydantic import model_validator
from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from app.models.rows import JsonOf, Referenced, owned
from app.models.values import (
    Clearance,
    Clearances,
    Codes,
    Day,
    DrivingLicences,
    Extent,
    ExtentRange,
    Fields,
    Identifiers,
    Language,
    Languages,
    MunicipalityCode,
    Position,
    Reference,
    Skills,
    TargetGroup,
    TargetGroups,
    Wish,
    Wishes,
    contradiction,
)

Kilometres = Annotated[int, Field(ge=0, le=2_000)]


class CandidateTerms(Fields):
    """All that matching may know of a person: wishes, abilities and limits."""

    occupations: Wishes
    """What the person seeks, in order of wish: 1 to 20, each SSYK code once."""
    skills: Skills = Field(default=[])
    """Codes of what the person can do. Compared as they are with those that slots name."""
    languages: Languages = Field(default=[])
    """What the person speaks, each language once with its level."""
    driving_licences: DrivingLicences = Field(default=[])
    """Classes of driving licence that the person holds."""
    certificates: Codes = Field(default=[])
    """Codes of certificates that the person has, such as `safe-construction-training`."""
    municipality_code: MunicipalityCode
    """The home municipality: SCB's four digits."""
    position: Position | None = None
    """A point near the home, as coarse as wished. Null: the municipality's own point is used,
    and no slot there is too far."""
    maximum_distance_km: Kilometres
    """The longest way to a workplace, in kilometres as the crow flies, inclusive."""
    available_from: Day
    """The first day on which the person can begin."""
    available_to: Day | None = None
    """The last day on which the person can take part. Null: no end is known."""
    extent_percent: ExtentRange
    """How much the person can work, in percent of full time."""
    needed_adaptations: Codes = Field(default=[])
    """Codes of what the workplace must have, such as `step-free-entrance`. The person needs all of
    them."""
    target_groups: TargetGroups = Field(default=[])
    """Groups that the person belongs to. A clause that names groups takes only those in one of
    them."""
    programmes: Clearances = Field(default=[])
    """What the person is cleared for; the first that fits a slot is used. Empty: nothing yet, so
    the person is not proposed."""
    waiting_since: Day
    """The day since which the person has waited. A longer wait gives more points, up to three
    years."""
    agreed_to_be_proposed: bool
    """Whether the person has agreed to be proposed. Without that nobody can book them."""

    @model_validator(mode="after")
    def _available_in_order(self) -> Self:
        if self.available_to and self.available_to < self.available_from:
            raise contradiction("availableTo", "is before availableFrom")
        return self


class CandidateFields(CandidateTerms):
    reference: Reference
    """The person's pseudonym in the caseworker's own system, unique in the organisation. Never a
    name or an identity number."""
    avoided_supplier_ids: Identifiers = Field(default=[])
    """Suppliers whose slots are never proposed to the person."""


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
