from datetime import date

from app.reference.place_rates import EDITIONS, place_rates_on


def test_the_edition_in_force() -> None:
    assert place_rates_on(date(2016, 1, 1)).sek_per_place["works"] == 50_000_000
    assert place_rates_on(date(2018, 3, 1)).months_per_place == {"employment": 12, "internship": 6}


def test_the_first_edition_stands_for_the_time_before_it() -> None:
    assert place_rates_on(date(1998, 1, 1)) == EDITIONS[0]


def test_every_edition_names_its_source() -> None:
    assert all(edition.source for edition in EDITIONS)
