"""Identity numbers are found as people type them, and everyday texts are not taken for them.

Every number is of Skatteverket's official test series. docs/operations.md gives the shares that
scripts/identity_numbers.py measures on the whole series.
"""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import no_identity_number
from scripts.identity_numbers import dense_series, found_by_way, is_refused, refused_by_kind
from tests.sampling import sampled

OFFICIAL = ("198112189876", "189002219815", "191406652386", "195109261494", "200502262389")
SEPARATORS = st.text(" -+./\\_:;,|*#\u2013\u2014\u2212\u00a0\u200b\u2060\t\n", max_size=3)
AMBIGUOUS = {"ten digits alone", "a date written out, a space, four digits"}


@pytest.mark.parametrize("number", OFFICIAL)
def test_found_in_every_way_of_writing(number: str) -> None:
    """A number from 2000 to 2009 may look like a telephone number: see below."""
    counted = found_by_way([number])
    missed = {name for name, (found, every) in counted.items() if found < every}
    assert missed <= ({*AMBIGUOUS, "digits in groups"} if number > "2" else set())


@sampled(200)
@given(SEPARATORS, SEPARATORS, SEPARATORS, st.booleans())
def test_up_to_three_separators_of_any_kind(a: str, b: str, c: str, has_century: bool) -> None:
    century = "19" if has_century else ""
    written = f"{century}81{a}12{b}18{c}9876"
    assert is_refused(written), written


@pytest.mark.parametrize(
    "text",
    [
        "811218 - 9876",
        "81 12 18 9876",
        "1981.12.18-9876",
        "811218/9876",
        "811218\u20269876",
        "811218 \u2026 9876",
        "811218 \u2025 9876",
        "811218-98 76",
        "811218-9 876",
        "811218-987 6",
        "19811218-98 76",
        "19811218 \u2013 98 76",
        "pnr 811218-98-76.",
        "81-12-18-98-76",
        "81 12 18 98 76",
        "81.12.18.98.76",
        "1981 12 18 98 76",
        "1981-12-18-98-76",
        "19 81 12 18 98 76",
        "8 1 1 2 1 8 9 8 7 6",
        "8-1-1-2-1-8-9-8-7-6",
        "1 9 8 1 1 2 1 8 9 8 7 6",
        "811218-9876-01-02",
        "811218-9876-1981-12-18",
        "1981-12-18 9876",
        "1981-12-18, 9876",
        "19811218 9876",
        "0301 811218-9876",  # what looks like one before it runs into it
        "2018-811218-9876",
        "AF_811218-9876",
        "AF 811218-9876",
        "AF--811218-9876",
        "AF: 811218-9876",
        "\uff18\uff11\uff11\uff12\uff11\uff18-\uff19\uff18\uff17\uff16",  # full width
        "\u0668\u0661\u0661\u0662\u0661\u0668\u0669\u0668\u0667\u0666",  # Arabic
        "\u096e\u0967\u0967\u0968\u0967\u096e-\u096f\u096e\u096d\u096c",  # Devanagari
        "8\u0336112189876",  # with a mark over a digit
        "81\u200b12\u200d18\u2060-\ufeff9876",
        "195109-26-T494",  # interim: the letter counts as 1
        "510926-t494",
        "050226-2389",
        "050226 2389",
        "05 02 26 2389",
        "05-02-26-2389",
        "20050226-2389",
        "010-123 45 67, 811218-9876",
        "2018-03-01 - 2018-06-30: 811218-9876",
    ],
)
def test_found(text: str) -> None:
    assert is_refused(text)


@pytest.mark.parametrize(
    "text",
    [
        "811218-9877",  # another check digit
        "811318-9875",  # a month 13
        "810229-9876",  # no such day in any century
        "811218-987",
        "811218-98765",
        "1811218-9876",
        "811218____9876",  # four separators
        "AF811218-9876",
        "AF-811218-9876",
        "\u00c5F\u2010811218-9876",
        "0502262389",
        "05 02 26 23 89",
        "050226-23 89",
        "0 5 0 2 2 6 2 3 8 9",
        "+46 81 12 18 98 76",
        "+81 12 18 98 76",
        "81 12 18 98 76 22",  # a longer series of pairs
        "22-81-12-18-98-76",
        "8 1 1 2 1 8 9 8 7 6 5",
        "81-12 18:98 76",  # parted by different signs
        "AF-81-12-18-98-76",
        "811218-98 76 kr",
        "+468112189876",
        "+46 8112189876",
        "+46 (0)8112189876",
        "1981-12-18 1234",
        "556000-0167",
        "46ac06c3-86f7-4682-8312-219150d4968f",  # reads 831221-9150 from within
        "61.7310, 12.9833",
    ],
)
def test_passes(text: str) -> None:
    assert not is_refused(text)


def dated(last: str) -> str:
    """A date written out before these four digits, with the check digit that makes them fit."""
    return next(
        f"2018-03-{day:02} {last}" for day in range(1, 29) if is_refused(f"201803{day:02}-{last}")
    )


@pytest.mark.parametrize("last", ["0000", "1300", "2359", "1900", "2019", "2099", "4500", "9900"])
def test_time_year_and_round_amount_after_a_date_pass(last: str) -> None:
    written = dated(last)
    assert not is_refused(written)
    in_pairs = f"{written[:-2]}-{written[-2:]}".replace(" ", "-")
    assert is_refused(in_pairs) == (last not in {"0000", "1300", "2359", "1900", "2019"})
    assert not is_refused(written.replace("-", "/"))
    assert is_refused(written.replace(" ", "-"))
    assert is_refused(written.removeprefix("20"))


@pytest.mark.parametrize("last", ["0000", "1300", "2359"])
def test_time_after_a_day_in_eight_digits_passes(last: str) -> None:
    written = dated(last).replace("-", "")
    assert not is_refused(written)
    assert is_refused(written.removeprefix("20"))
    assert is_refused(written.replace(" ", "-"))
    assert is_refused(written.replace(" ", ", "))


@pytest.mark.parametrize("last", ["2401", "1360", "9900"])
def test_other_digits_after_a_day_in_eight_digits_are_found(last: str) -> None:
    assert is_refused(dated(last).replace("-", ""))


@pytest.mark.parametrize("last", ["2401", "1360", "1899", "2461", "4550"])
def test_other_digits_after_a_date_are_found(last: str) -> None:
    assert is_refused(dated(last))


@pytest.mark.parametrize("unit", ["kr", " kr", ",50 kr", " SEK", ":-", " €"])
def test_amount_with_its_currency_passes(unit: str) -> None:
    assert not is_refused(dated("4550") + unit)


@pytest.mark.parametrize("between", [" ", " - ", "--", "/", "\n"])
def test_two_dates_pass(between: str) -> None:
    days = [f"{month:02}-{day:02}" for month, day in product(range(1, 13), range(1, 29))]
    assert not [day for day in days if is_refused(f"2018-{day}{between}2019-06-30")]


def test_everyday_texts_pass() -> None:
    """A hundred of each kind; the script tries a hundred times as many."""
    assert {name: count for name, count in refused_by_kind(texts=100).items() if count} == {}


def test_one_in_ten_of_a_dense_series_is_refused() -> None:
    refused = refused_by_kind({"dense": dense_series}, texts=1_000)
    assert 80 <= refused["dense"] <= 120


def test_refusal_says_how_to_write_it() -> None:
    with pytest.raises(ValueError, match="letters directly before it, as in KS-20180301-0006"):
        no_identity_number("19811218-9876")
    assert not is_refused("KS-20180301-0006")
    assert not is_refused("KS-19811218-9876")
