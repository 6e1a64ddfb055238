"""Codes that somebody else keeps: municipalities, companies, procurement, languages, licences."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from stdnum.exceptions import ValidationError as NumberError
from stdnum.se import orgnr

from app.models.values.checks import without_repeats
from app.reference.municipalities import MUNICIPALITIES


def _known_municipality(code: str) -> str:
    if code not in MUNICIPALITIES:
        raise ValueError("is not the code of a Swedish municipality; see SCB's list, e.g. 2380")
    return code


def _company_number(value: str) -> str:
    """Ten digits, hyphen taken away."""
    try:
        number = orgnr.validate(value)
    except NumberError:
        raise ValueError("is not an organisation number: ten digits with a check digit") from None
    if number[2] < "2":
        raise ValueError(
            "is a personal identity number (third digit below 2); this service stores none. "
            "Register the company under the organisation number of a legal person."
        )
    return number


MunicipalityCode = Annotated[
    str,
    Field(
        pattern=r"^[0-9]{4}$",
        json_schema_extra={"format": "municipality-code", "example": "2380"},
    ),
    AfterValidator(_known_municipality),
]
OrganisationNumber = Annotated[
    str,
    Field(
        pattern=r"^[0-9]{6}-?[0-9]{4}$",
        json_schema_extra={"format": "organisation-number", "example": "5560000167"},
    ),
    AfterValidator(_company_number),
]
CpvCode = Annotated[
    str,
    Field(pattern=r"^[0-9]{8}(-[0-9])?$", json_schema_extra={"example": "45214200-2"}),
]
LanguageCode = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
DrivingLicence = Literal[
    "AM",
    "A1",
    "A2",
    "A",
    "B",
    "B96",
    "BE",
    "C1",
    "C1E",
    "C",
    "CE",
    "D1",
    "D1E",
    "D",
    "DE",
]
DrivingLicences = Annotated[
    list[DrivingLicence],
    Field(max_length=15, json_schema_extra={"uniqueItems": True}),
    AfterValidator(without_repeats),
]
