"""What somebody probably meant is found through case, accents, blanks and what nobody sees."""

from collections.abc import Iterable
from itertools import combinations
from unicodedata import normalize

import pytest

from app.reference.likely_codes import are_alike, likeliest, plain
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


@pytest.mark.parametrize(
    "written",
    [
        "arbets-praktik",
        "arbetspraktk",
        "arbetspraktikk",
        "arbetsprakitk",
        "arbetspraktek",
        "arbetsprakt\u0131\u043a",
        "\uff41rbetspraktik",
        "\u0430rbetspraktik",
        "\u0410RBETS_PRAKTIK",
        "arbets\u2010praktik",
        "rbetspraktik",
        "arbetspraktik.",
    ],
)
def test_a_look_alike_is_alike(written: str) -> None:
    assert are_alike(written, "arbetspraktik")
    assert are_alike("arbetspraktik", written)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("praktik", "arbetspraktik"),
        ("kommunal-praktik", "arbetspraktik"),
        ("arbetspraktik-ung", "arbetspraktik"),
        ("arbetspraktik-2", "arbetspraktik"),
        ("arbetspraktik2", "arbetspraktik"),
        ("egen-insats", "egen-insats-2"),
        ("insats-1", "insats-2"),
        ("insats-1-2", "insats-12"),
        ("insats2018", "insats2019"),
        ("kurs-a", "kurs-b"),
        ("insats-norra", "insats-södra"),
        ("id06", "id07"),
        ("feriejobb", "extratjänst"),
        ("", "kurs"),
    ],
)
def test_a_really_different_code_is_not_alike(one: str, other: str) -> None:
    assert not are_alike(one, other)
    assert not are_alike(other, one)


@pytest.mark.parametrize("codes", [REFERENCE.codes, REFERENCE.gates])
def test_no_two_of_the_reference_data_are_alike(codes: Iterable[str]) -> None:
    assert [pair for pair in combinations(sorted(codes), 2) if are_alike(*pair)] == []
