"""What slots and candidates are made of: occupations, languages, extents, demands, programmes."""

from typing import Annotated

from pydantic import AfterValidator, Field

from app.models.values.formed import LanguageCode, filter_of, form_of, in_form
from app.models.values.single import (
    Day,
    DrivingLicences,
    Identifier,
    Value,
    without_repeats,
)
from app.models.values.texts import Code, GateCode, ProgrammeCode, Skill

Percent = Annotated[int, Field(ge=1, le=100)]
Months = Annotated[int, Field(ge=1, le=120)]
SsykGroup = Annotated[str, form_of("ssyk-group", "9310"), in_form("ssyk-group")]
SsykFilter = Annotated[str, filter_of("ssyk-group", "71"), in_form("ssyk-group")]


Codes = Annotated[
    list[Code],
    Field(max_length=200, json_schema_extra={"uniqueItems": True}),
    AfterValidator(without_repeats),
]

Skills = Annotated[
    list[Skill],
    Field(max_length=200, json_schema_extra={"uniqueItems": True}),
    AfterValidator(without_repeats),
]

GateCodes = Annotated[
    list[GateCode],
    Field(max_length=50, json_schema_extra={"uniqueItems": True}),
    AfterValidator(without_repeats),
]


class Occupation(Value):
    """What the work of a slot is: an occupation of SSYK 2012."""

    ssyk: Annotated[
        str,
        form_of("ssyk-code", "7111"),
        in_form("ssyk-code"),
    ]
    """Four digits of SSYK 2012."""
    concept_id: Code | None = None
    """The JobTech taxonomy's id of the occupation. Kept, not compared. Null: none."""


class Wish(Value):
    """What a person seeks: an occupation of SSYK 2012, or a whole group of them."""

    ssyk: SsykGroup
    """One to four first digits of SSYK 2012; "93" is the whole group."""
    concept_id: Code | None = None
    """The JobTech taxonomy's id of the occupation. Kept, not compared. Null: none."""


def _wishes_differ(wishes: list[Wish]) -> list[Wish]:
    without_repeats([wish.ssyk for wish in wishes])
    return wishes


Wishes = Annotated[list[Wish], Field(min_length=1, max_length=20), AfterValidator(_wishes_differ)]


class Language(Value):
    """A language, and how well somebody speaks it or must speak it."""

    code: LanguageCode
    """ISO 639 in small letters, such as `sv`. Kept as the code of ISO 639-1 where the language has
    one, so that `swe` and `sv` are the same."""
    level: Annotated[int, Field(ge=1, le=4)]
    """From 1, a little, to 4, fluent. Of a slot it is the least level."""


def _one_level_each(languages: list[Language]) -> list[Language]:
    without_repeats([language.code for language in languages])
    return languages


Languages = Annotated[list[Language], Field(max_length=20), AfterValidator(_one_level_each)]


class Extent(Value):
    """A range in percent of full time."""

    min: Percent
    """The least, inclusive."""
    max: Percent
    """The most, inclusive; at least `min`."""


def _extent_in_order(extent: Extent) -> Extent:
    if extent.min > extent.max:
        raise ValueError("min is over max")
    return extent


ExtentRange = Annotated[Extent, AfterValidator(_extent_in_order)]


class Position(Value):
    """A point in Sweden by its latitude and longitude, as coarse as the caller likes."""

    latitude: Annotated[float, Field(ge=55.0, le=70.0, strict=False)]
    """Degrees north, WGS 84."""
    longitude: Annotated[float, Field(ge=10.0, le=25.0, strict=False)]
    """Degrees east, WGS 84."""


class Demands(Value):
    """Skills, languages, licences and certificates that a slot requires, or prefers."""

    skills: Skills = Field(default=[])
    """Codes of skills."""
    languages: Languages = Field(default=[])
    """Languages, each with its least level."""
    driving_licences: DrivingLicences = Field(default=[])
    """Classes of driving licence."""
    certificates: Codes = Field(default=[])
    """Codes of certificates."""


class TargetGroup(Value):
    """A group that the person belongs to, and until when."""

    code: Code
    """The group, as clauses name it."""
    valid_to: Day | None = None
    """The last day on which it holds. Null: no end is known."""


def _one_validity_each(groups: list[TargetGroup]) -> list[TargetGroup]:
    without_repeats([group.code for group in groups])
    return groups


TargetGroups = Annotated[
    list[TargetGroup], Field(max_length=50), AfterValidator(_one_validity_each)
]


class Clearance(Value):
    """A programme that the person is cleared for, and for how long."""

    code: ProgrammeCode
    """The programme."""
    maximum_months: Months
    """The longest time that remains in it for the person, in months."""


def _one_clearance_each(clearances: list[Clearance]) -> list[Clearance]:
    without_repeats([clearance.code for clearance in clearances])
    return clearances


Clearances = Annotated[list[Clearance], Field(max_length=20), AfterValidator(_one_clearance_each)]


class PairReference(Value):
    """A pair: one candidate and one slot."""

    candidate_id: Identifier
    """The candidate of the pair."""
    slot_id: Identifier
    """The slot of the pair."""
