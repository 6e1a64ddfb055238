"""What somebody probably meant is found through case, accents, blanks and what nobody sees."""

from unicodedata import normalize

import pytest

from app.reference.likely_codes import likeliest, plain
from app.reference.programmes import REFERENCE


@pytest.mark.parametrize("code", sorted(REFERENCE.codes))
@pytest.mark.parametrize(
    "written",
    [
        str.title,
        str.upper,
        lambda code: normalize("NFD", code),
        lambda code: f" {code} ",
        lambda code: f"{code[:6]} {code[6:]}",
        lambda code: f"{code[:3]}\u00ad{code[3:]}",
        lambda code: f"\u200b{code}\ufeff",
        lambda code: f"{code}\u00a0",
        lambda code: code.replace("ä", "a").replace("ö", "o"),
        lambda code: code[:4] + code[5:],
        lambda code: code.replace("j", "jj").replace("a", "e", 1),
    ],
)
def test_each_programme_is_found_however_it_is_written(code: str, written: object) -> None:
    assert callable(written)
    assert likeliest(written(code), REFERENCE.codes) == code


def test_nothing_is_guessed_where_nothing_is_like_it() -> None:
    assert likeliest("kurs", REFERENCE.codes) is None
    assert likeliest("", REFERENCE.codes) is None


def test_codes_that_differ_for_the_eye_differ() -> None:
    assert plain("egen-insats") != plain("egen-insats-2")
    assert plain("Egen insats\u200b") == plain("egeninsats")
