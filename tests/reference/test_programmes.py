"""Every entry of the reference data has dates and a source; no two of a programme overlap."""

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from app.reference.programmes import (
    GATES,
    PROGRAMMES,
    REFERENCE,
    Gate,
    KnownProgrammes,
    Programme,
)


def test_every_gate_that_a_programme_names_is_described() -> None:
    named = {gate for programme in PROGRAMMES for gate in programme.gates}
    assert named == set(GATES)


def test_everything_names_its_source() -> None:
    entries: list[Programme | Gate] = [*PROGRAMMES, *GATES.values()]
    assert all(one.source and one.name and one.english for one in entries)


def test_no_programme_has_two_entries_on_one_day() -> None:
    for one, other in combinations(PROGRAMMES, 2):
        assert one.code != other.code or not (
            one.holds_on(other.valid_from) or other.holds_on(one.valid_from)
        )


def test_an_entry_holds_from_its_first_day_on() -> None:
    assert REFERENCE.on("introduktionsjobb", date(2018, 4, 30)) is None
    found = REFERENCE.on("introduktionsjobb", date(2018, 5, 1))
    assert found is not None
    assert found.valid_to is None


def test_nothing_is_known_of_a_programme_that_is_not_listed() -> None:
    assert REFERENCE.on("kommunens-eget", date(2018, 5, 1)) is None


@pytest.mark.parametrize(
    ("code", "granted", "months"),
    [("arbetspraktik", 7, 6), ("arbetspraktik", 5, 5), ("arbetsträning", 24, 24), ("eget", 24, 24)],
)
def test_nobody_is_in_a_programme_for_longer_than_it_lasts(
    code: str, granted: int, months: int
) -> None:
    assert REFERENCE.longest_on(code, date(2018, 5, 1), granted) == months


@pytest.mark.parametrize(
    ("day", "months"),
    [
        (date(2017, 12, 31), 3),
        (date(2018, 1, 1), 6),
        (date(2018, 6, 30), 6),
        (date(2018, 7, 1), 3),
        (date(2018, 12, 31), 3),
        (date(2019, 1, 1), 3),
    ],
)
def test_out_of_force_the_shortest_limit_holds(day: date, months: int) -> None:
    """Six months in the first half of 2018, three in the second, and nothing before and after."""
    first = Programme(
        "egen",
        "Egen",
        "Own",
        "internship",
        date(2018, 1, 1),
        (),
        longest_months=6,
        valid_to=date(2018, 6, 30),
    )
    second = replace(
        first, valid_from=date(2018, 7, 1), longest_months=3, valid_to=date(2018, 12, 31)
    )
    known = KnownProgrammes((first, second), GATES)
    assert known.longest_on("egen", day, 12) == months
    in_force = date(2018, 1, 1) <= day <= date(2018, 12, 31)
    assert (known.on("egen", day) is not None) == in_force
