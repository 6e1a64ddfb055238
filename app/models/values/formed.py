"""Codes of a form, from registers outside the service.

They are trimmed as other codes are, and refused in words where the form is wrong.
"""

import re
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field
from stdnum.exceptions import ValidationError as NumberError
from stdnum.se import orgnr

from app.models.values.doors import is_new
from app.models.values.trimming import TRIMMED_PATTERN, as_read
from app.reference.code_lists import language_of
from app.reference.municipalities import MUNICIPALITIES

ADVICE = {
    "municipality-code": "give four digits, as 2380",
    "organisation-number": "give ten digits, with or without a hyphen before the last four",
    "cpv-code": "give eight digits, as 45214200, or with the check digit too, as 45214200-2",
    "language-code": "give two or three small letters, as sv or swe",
    "ssyk-code": "give four digits, as 7111",
    "ssyk-group": "give one to four digits, as 7111, or 71 for all of a group",
}
FORMS = {
    "municipality-code": r"[0-9]{4}",
    "organisation-number": r"[0-9]{6}-?[0-9]{4}",
    "cpv-code": r"[0-9]{8}(-[0-9])?",
    "language-code": r"[a-z]{2,3}",
    "ssyk-code": r"[0-9]{4}",
    "ssyk-group": r"[0-9]{1,4}",
}


def form_of(name: str, example: str) -> Any:
    """The form in schemas: what is stored, and around it the blanks that a caller may send."""
    return _field(name, {"format": name, "example": example})


def filter_of(name: str, example: str) -> Any:
    """As `form_of`, for a filter, which may name what is in no list."""
    return _field(name, {"example": example})


def _field(name: str, shown: dict[str, Any]) -> Any:
    sent = f"^{TRIMMED_PATTERN}{FORMS[name]}{TRIMMED_PATTERN}$"
    return Field(pattern=f"^{FORMS[name]}$", json_schema_extra={"pattern": sent, **shown})


def in_form(name: str) -> BeforeValidator:
    return BeforeValidator(_reader(re.compile(FORMS[name]), ADVICE[name]))


def _reader(form: re.Pattern[str], advice: str) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if not is_new(value):
            return value
        text = as_read(value)
        if not form.fullmatch(text):
            raise ValueError(advice)
        return text

    return read


def _known_municipality(code: str) -> str:
    if code not in MUNICIPALITIES:
        raise ValueError("is not the code of a Swedish municipality; see SCB's list, e.g. 2380")
    return code


def _company_number(value: str) -> str:
    """The ten digits of the number, without the hyphen."""
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
    form_of("municipality-code", "2380"),
    in_form("municipality-code"),
    AfterValidator(_known_municipality),
]
OrganisationNumber = Annotated[
    str,
    form_of("organisation-number", "5560000167"),
    in_form("organisation-number"),
    AfterValidator(_company_number),
]
CpvCode = Annotated[
    str,
    form_of("cpv-code", "45214200-2"),
    in_form("cpv-code"),
]
LanguageCode = Annotated[
    str,
    form_of("language-code", "sv"),
    in_form("language-code"),
    AfterValidator(language_of),
]
