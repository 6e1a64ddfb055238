"""What slots and candidates are made of: occupations, languages, extents, demands, programmes."""

from typing import Annotated

from pydantic import AfterValidator, Field

from app.models.values.single import (
    Day,
    DrivingLicences,
    Identifier,
    LanguageCode,
    Value,
    without_repeats,
)
from app.models.values.texts import Code, GateCode, ProgrammeCode

Percent = Annotated[int, Field(ge=1, le=100)]
Months = Annotated[int, Field(ge=1, le=120)]


Codes = Annotated[
    list[Code],
    Field(max_length=200, json_schema_extra={"uniqueItems": True}),
    AfterValidator(without_repeats),
]

GateCodes = Annotated[
    list[GateCode],
    Field(max_length=50, json_schema_extra={"uniqueItems": True}),
    AfterValidator(without_repeats),
]


class Occupation(Value):
    """What a slot is: a unit group of SSYK 2012, optionally a JobTech taxonomy concept."""

    ssyk: Annotated[str, Field(pattern=r"^[0-9]{4}$", examples=["7111"])]
    concept_id: Code | None = None


class Wish(Value):
    """What a person seeks: one to four leading digits of SSYK 2012; "93" is the whole group."""

    ssyk: Annotated[str, Field(pattern=r"^[0-9]{1,4}$", examples=["9310"])]
    concept_id: Code | None = None


def _wishes_differ(wishes: list[Wish]) -> list[Wish]:
    without_repeats([wish.ssyk for wish in wishes])
    return wishes


Wishes = Annotated[list[Wish], Field(min_length=1, max_length=20), AfterValidator(_wishes_differ)]


class Language(Value):
    """An ISO 639 code with a level from 1 (a little) to 4 (fluent)."""

    code: LanguageCode
    level: Annotated[int, Field(ge=1, le=4)]


def _one_level_each(languages: list[Language]) -> list[Language]:
    without_repeats([language.code for language in languages])
    return languages


Languages = Annotated[list[Language], Field(max_length=20), AfterValidator(_one_level_each)]


class Extent(Value):
    """A range in percent of full time."""

    min: Percent
    max: Percent


def _extent_in_order(extent: Extent) -> Extent:
    if extent.min > extent.max:
        raise ValueError("min is over max")
    return extent


ExtentRange = Annotated[Extent, AfterValidator(_extent_in_order)]


class Position(Value):
    """A point in WGS 84, as coarse as the caller likes."""

    latitude: Annotated[float, Field(ge=55.0, le=70.0, strict=False)]
    longitude: Annotated[float, Field(ge=10.0, le=25.0, strict=False)]


class Demands(Value):
    """What a slot asks of a person; everything listed counts."""

    skills: Codes = Field(default=[])
    languages: Languages = Field(default=[])
    driving_licences: DrivingLicences = Field(default=[])
    certificates: Codes = Field(default=[])


class TargetGroup(Value):
    """A group the person belongs to, and the last day that holds (null: no end known)."""

    code: Code
    valid_to: Day | None = None


def _one_validity_each(groups: list[TargetGroup]) -> list[TargetGroup]:
    without_repeats([group.code for group in groups])
    return groups


TargetGroups = Annotated[
    list[TargetGroup], Field(max_length=50), AfterValidator(_one_validity_each)
]


class Clearance(Value):
    """A programme the person is cleared for and the longest time that remains in it."""

    code: ProgrammeCode
    maximum_months: Months


def _one_clearance_each(clearances: list[Clearance]) -> list[Clearance]:
    without_repeats([clearance.code for clearance in clearances])
    return clearances


Clearances = Annotated[list[Clearance], Field(max_length=20), AfterValidator(_one_clearance_each)]


class PairReference(Value):
    """One candidate and one slot, named together."""

    candidate_id: Identifier
    slot_id: Identifier
