"""Codes of a form are trimmed as other codes are, and what is wrong with one is said in words."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from app.api.http.swedish.sentences import in_swedish
from app.models.values import (
    CpvCode,
    Door,
    Month,
    MunicipalityCode,
    Occupation,
    OrganisationNumber,
    Wish,
    through,
)
from app.models.values.formed import ADVICE, FORMS, LanguageCode

CODES = [
    (MunicipalityCode, "2380"),
    (OrganisationNumber, "5560000167"),
    (CpvCode, "45214200-2"),
    (LanguageCode, "sv"),
]


@pytest.mark.parametrize(("kind", "code"), CODES)
@pytest.mark.parametrize("around", ["{} ", " {}", "\u00a0{}\u2003", "\t{}\r\n"])
def test_blanks_around_a_code_go(kind: Any, code: str, around: str) -> None:
    assert TypeAdapter(kind).validate_python(around.format(code)) == code
    with through(Door.BY):
        assert TypeAdapter(kind).validate_python(around.format(code)) == code


def test_blanks_around_an_occupation_go() -> None:
    assert Occupation.model_validate({"ssyk": "7111 "}).ssyk == "7111"
    assert Wish.model_validate({"ssyk": " 71"}).ssyk == "71"


@pytest.mark.parametrize("kind", [*(kind for kind, _ in CODES), Month])
@pytest.mark.parametrize("text", ["", "x", "23 80", "12345678901", "2018-4", "\uff12380"])
def test_a_wrong_form_is_told_in_words(kind: Any, text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(kind).validate_python(text)
    said = refused.value.errors()[0]["msg"].removeprefix("Value error, ")
    assert said.startswith("give ")
    assert "^" not in said
    assert in_swedish(said) != said


def test_every_form_has_its_advice() -> None:
    assert FORMS.keys() == ADVICE.keys()
    assert [advice for advice in ADVICE.values() if in_swedish(advice) == advice] == []
