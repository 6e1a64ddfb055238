"""Codes of a form: trimmed as other codes are, and refused in words where the form is wrong."""

import re
from collections.abc import Callable
from typing import Any

from pydantic import BeforeValidator, Field

from app.models.values.texts import TRIMMED_PATTERN, as_read, is_new

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
