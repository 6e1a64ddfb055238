"""The values that fields are made of: each accepts exactly what its schema says.

`texts.py` holds every kind of text, `doors.py` which checks a text meets, and `identity_numbers.py`
refuses personal numbers in it; `single.py` holds days, ids and other codes, with the checks that
all share; `composed.py` is what slots and candidates are made of; `described.py` finds the text
under each field for the OpenAPI document.
Imports reference data.
"""

from app.models.values.composed import (
    Clearance,
    Clearances,
    Codes,
    Demands,
    Extent,
    ExtentRange,
    GateCodes,
    Language,
    Languages,
    Months,
    Occupation,
    PairReference,
    Percent,
    Position,
    TargetGroup,
    TargetGroups,
    Wish,
    Wishes,
)
from app.models.values.described import Described
from app.models.values.doors import Door, Kept, through
from app.models.values.identity_numbers import no_identity_number
from app.models.values.single import (
    CpvCode,
    Day,
    Days,
    DrivingLicences,
    Fields,
    Identifier,
    Identifiers,
    Instant,
    Month,
    MunicipalityCode,
    OrganisationNumber,
    Value,
    contradiction,
    refuse_misplaced,
    without_repeats,
)
from app.models.values.texts import (
    LINE_PATTERN,
    PROSE_PATTERN,
    Code,
    GateCode,
    Line,
    ProgrammeCode,
    Prose,
    Reference,
)

__all__ = [
    "LINE_PATTERN",
    "PROSE_PATTERN",
    "Clearance",
    "Clearances",
    "Code",
    "Codes",
    "CpvCode",
    "Day",
    "Days",
    "Demands",
    "Described",
    "Door",
    "DrivingLicences",
    "Extent",
    "ExtentRange",
    "Fields",
    "GateCode",
    "GateCodes",
    "Identifier",
    "Identifiers",
    "Instant",
    "Kept",
    "Language",
    "Languages",
    "Line",
    "Month",
    "Months",
    "MunicipalityCode",
    "Occupation",
    "OrganisationNumber",
    "PairReference",
    "Percent",
    "Position",
    "ProgrammeCode",
    "Prose",
    "Reference",
    "TargetGroup",
    "TargetGroups",
    "Value",
    "Wish",
    "Wishes",
    "contradiction",
    "no_identity_number",
    "refuse_misplaced",
    "through",
    "without_repeats",
]
