"""A matching's body is checked part by part: its errors point into the whole."""

import json
from datetime import date
from typing import Any

import pytest

from app.api.http.bodies import ROWS_OF_A_PART
from app.api.runs.matching_bodies import MatchingInput, read_matching
from app.errors import Invalid
from app.reference.programmes import REFERENCE

(PERSON,), (SLOT,) = MatchingInput.example["candidates"], MatchingInput.example["slots"]
LAST = ROWS_OF_A_PART  # in a part of its own


def read(people: list[Any], slots: list[Any], **more: Any) -> Any:
    body = MatchingInput.example | {"candidates": people, "slots": slots} | more
    return read_matching(json.dumps(body).encode(), REFERENCE, date(2018, 2, 1))


def people() -> list[Any]:
    return [PERSON | {"id": f"k{number}"} for number in range(ROWS_OF_A_PART + 1)]


def slots() -> list[Any]:
    return [SLOT | {"id": f"p{number}"} for number in range(ROWS_OF_A_PART + 1)]


def test_every_part_is_read_in_its_order() -> None:
    found = read(people(), slots())
    given = found.given
    assert [one.id for one in given.candidates] == [one["id"] for one in people()]
    assert [one.id for one in given.slots] == [one["id"] for one in slots()]
    assert (given.as_of, found.with_pairs, found.unknown) == (date(2018, 2, 1), True, {})


@pytest.mark.parametrize(
    ("of_people", "of_slots", "more", "pointers"),
    [
        ({"reference": 1}, {}, {}, [f"#/candidates/{LAST}/reference"]),
        ({}, {"places": -1}, {}, [f"#/slots/{LAST}/places"]),
        ({}, {"places": -1}, {"zq": 1}, ["#/zq", f"#/slots/{LAST}/places"]),
        ({"id": "k0"}, {}, {}, [f"#/candidates/{LAST}/id"]),
    ],
)
def test_what_is_wrong_in_a_later_part(
    of_people: Any, of_slots: Any, more: Any, pointers: list[str]
) -> None:
    candidates, places = people(), slots()
    candidates[LAST] |= of_people
    places[LAST] |= of_slots
    with pytest.raises(Invalid) as refused:
        read(candidates, places, **more)
    assert [error.pointer for error in refused.value.errors] == pointers


def test_an_unknown_programme_in_a_later_part() -> None:
    candidates = people()
    candidates[LAST] |= {"programmes": [{"code": "zq", "maximumMonths": 6}]}
    assert read(candidates, []).unknown == {f"#/candidates/{LAST}/programmes/0/code": "zq"}
