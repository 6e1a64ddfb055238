import csv
import re
from importlib.resources import files

import pytest

from app.reference.municipalities import MUNICIPALITIES


def test_all_290_municipalities_are_there_by_their_code() -> None:
    assert len(MUNICIPALITIES) == 290
    assert all(code == municipality.code for code, municipality in MUNICIPALITIES.items())
    assert all(re.fullmatch(r"\d{4}", code) for code in MUNICIPALITIES)


def test_the_table_is_sorted_by_code_so_that_a_rebuild_shows_only_what_changed() -> None:
    assert list(MUNICIPALITIES) == sorted(MUNICIPALITIES)


# The bounds of some municipalities, which anyone can look up and which hold the centroid.
@pytest.mark.parametrize(
    ("code", "name", "latitudes", "longitudes"),
    [
        ("2380", "Östersund", (62.9, 63.7), (14.2, 15.7)),
        ("0180", "Stockholm", (59.2, 59.5), (17.7, 18.3)),
        ("1480", "Göteborg", (57.5, 57.9), (11.5, 12.2)),
        ("2584", "Kiruna", (67.4, 69.1), (17.9, 23.4)),
    ],
)
def test_a_known_municipality_lies_where_it_does(
    code: str,
    name: str,
    latitudes: tuple[float, float],
    longitudes: tuple[float, float],
) -> None:
    municipality = MUNICIPALITIES[code]
    assert municipality.name == name
    assert latitudes[0] < municipality.latitude < latitudes[1]
    assert longitudes[0] < municipality.longitude < longitudes[1]


def test_every_centroid_lies_in_sweden() -> None:
    outside = [
        municipality
        for municipality in MUNICIPALITIES.values()
        if not (55.3 < municipality.latitude < 69.1 and 10.9 < municipality.longitude < 24.2)
    ]
    assert outside == []


def test_centroids_have_five_decimals_at_most_as_a_metre_is_enough() -> None:
    lines = (
        files("app.reference")
        .joinpath("municipalities.csv")
        .read_text(encoding="utf-8")
        .splitlines()
    )
    numbers = [row[key] for row in csv.DictReader(lines) for key in ("latitude", "longitude")]
    assert [number for number in numbers if not re.fullmatch(r"\d{2}\.\d{5}", number)] == []


def test_the_table_cannot_be_changed_by_who_reads_it() -> None:
    with pytest.raises(TypeError):
        MUNICIPALITIES["0000"] = MUNICIPALITIES["2380"]  # type: ignore[index]  # that it cannot is what is tested
