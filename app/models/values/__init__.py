"""The values that fields are made of: each accepts exactly what its schema says.

`checks.py` holds what all have in common, `texts.py` (with `identity_numbers.py`), `days.py`,
`identifiers.py` and `codes.py` single values, `terms.py` what slots and candidates are made of.
Imports reference data.
"""

from app.models.values.checks import Value, contradiction, refuse_misplaced, without_repeats
from app.models.values.codes import CpvCode, DrivingLicences, MunicipalityCode, OrganisationNumber
from app.models.values.days import Day, Days, Instant, Month
from app.models.values.identifiers import Identifier, Identifiers, PairReference
from app.models.values.identity_numbers import no_identity_number
from app.models.values.terms import (
    Clearance,
    Clearances,
    Demands,
    Extent,
    ExtentRange,
    Language,
    Languages,
    Months,
    Occupation,
    Percent,
    Position,
    TargetGroup,
    TargetGroups,
    Wish,
    Wishes,
)
from app.models.values.texts import LINE_PATTERN, PROSE_PATTERN, Code, Codes, Line, Prose, Reference

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
    "DrivingLicences",
    "Extent",
    "ExtentRange",
    "Identifier",
    "Identifiers",
    "Instant",
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
    "without_repeats",
]
