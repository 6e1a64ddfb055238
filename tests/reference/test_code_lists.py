"""What the lists of codes hold, against facts that anyone can look up."""

import pytest

from app.reference.code_lists import (
    CPV_CODES,
    CPV_NUMBERS,
    LANGUAGES,
    SSYK_CODES,
    SSYK_GROUPS,
    is_cpv,
    language_of,
)

# SCB parts these managers by level, and the JobTech Taxonomy does not.
MANAGERS_OF_JOBTECH = {code for code in SSYK_CODES if code[0] == "1" and code[3] == "0"} - {
    "1120",
    "1230",
    "1380",
    "1540",
}


def test_ssyk_2012_has_429_unit_groups_in_10_major_ones() -> None:
    official = SSYK_CODES - MANAGERS_OF_JOBTECH
    assert len(official) == 429
    assert {code[0] for code in official} == set("0123456789")


def test_managers_are_known_on_two_levels_and_on_one() -> None:
    assert len(MANAGERS_OF_JOBTECH) == 25
    for code in MANAGERS_OF_JOBTECH:
        assert {code[:3] + "1", code[:3] + "2"} <= SSYK_CODES


@pytest.mark.parametrize("code", ["7111", "9310", "0110", "1211", "1210", "5322", "4430"])
def test_unit_groups_and_what_they_begin_with(code: str) -> None:
    assert code in SSYK_CODES
    assert {code[:digits] for digits in (1, 2, 3, 4)} <= SSYK_GROUPS


@pytest.mark.parametrize("code", ["7110", "9999", "7117", "04", "99"])
def test_no_group(code: str) -> None:
    assert code not in SSYK_GROUPS


def test_cpv_2008_has_9454_codes_with_a_check_digit_each() -> None:
    assert len(CPV_CODES) == len(CPV_NUMBERS) == 9_454


@pytest.mark.parametrize(
    ("code", "known"),
    [
        ("45214200-2", True),
        ("45214200", True),
        ("45214200-3", False),
        ("45214201", False),
        ("99999999", False),
        ("03000000-1", True),
        ("98910000-5", True),
    ],
)
def test_cpv_with_and_without_its_check_digit(code: str, known: bool) -> None:
    assert is_cpv(code) is known


def test_iso_639_1_has_183_codes_and_each_stands_for_its_language() -> None:
    short = {code for code in LANGUAGES.values() if len(code) == 2}
    assert len(short) == 183
    assert all(LANGUAGES[code] == code for code in LANGUAGES.values())


@pytest.mark.parametrize(
    ("codes", "kept"),
    [
        ("sv swe", "sv"),
        ("sq sqi alb", "sq"),
        ("fa fas per", "fa"),
        ("ro ron rum mo mol", "ro"),  # Moldavian was retired in 2008
        ("hr hrv scr", "hr"),
        ("bih bh", "bih"),  # the shorter one was retired
        ("prs", "prs"),
        ("ckb", "ckb"),
        ("smi", "smi"),
        ("swl", "swl"),  # Swedish Sign Language
    ],
)
def test_all_codes_of_a_language_meet(codes: str, kept: str) -> None:
    assert {language_of(code) for code in codes.split()} == {kept}


@pytest.mark.parametrize("code", ["qq", "xx", "zzz", "qaa", "SV", ""])
def test_no_language(code: str) -> None:
    assert code not in LANGUAGES
    assert language_of(code) == code
