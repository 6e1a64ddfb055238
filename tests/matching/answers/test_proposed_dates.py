from datetime import date
from typing import Any

import pytest

from app.bench import instances
from app.matching import explain_pair
from tests.matching.judges import first_day, last_day
from tests.matching.make import AS_OF, POLICY, gated, make_candidate, make_slot

JOB = ("introduktionsjobb", 24)


def explained(person: dict[str, Any], slot: dict[str, Any], as_of: date = AS_OF) -> Any:
    return explain_pair(make_candidate(**person), make_slot(**slot), POLICY, as_of=as_of)


@pytest.mark.parametrize(
    ("person", "slot", "as_of", "start"),
    [
        ({}, {}, AS_OF, date(2018, 3, 1)),
        ({"available_from": date(2018, 4, 2)}, {}, AS_OF, date(2018, 4, 2)),
        ({}, {}, date(2018, 5, 3), date(2018, 5, 3)),
    ],
)
def test_the_start_is_the_latest_of_the_three(
    person: dict[str, Any], slot: dict[str, Any], as_of: date, start: date
) -> None:
    assert explained(person, slot, as_of).start == start


@pytest.mark.parametrize(
    ("person", "slot", "end"),
    [
        ({}, {}, date(2018, 8, 31)),
        ({}, {"end": date(2018, 7, 31)}, date(2018, 7, 31)),
        ({"available_to": date(2018, 7, 15)}, {}, date(2018, 7, 15)),
        ({"programmes": (JOB,)}, {}, date(2019, 6, 30)),
        ({"available_from": date(2018, 8, 31)}, {"end": date(2020, 1, 1)}, date(2019, 2, 27)),
    ],
)
def test_the_end_is_the_latest_that_slot_person_and_programme_allow(
    person: dict[str, Any], slot: dict[str, Any], end: date
) -> None:
    assert explained(person, slot).end == end


@pytest.mark.parametrize(
    ("programmes", "used"),
    [
        ((("arbetspraktik", 4), JOB), "arbetspraktik"),
        ((("arbetspraktik", 3), JOB), "introduktionsjobb"),
        ((JOB, ("arbetspraktik", 4)), "introduktionsjobb"),
    ],
)
def test_the_first_programme_that_is_long_enough_is_used(
    programmes: tuple[tuple[str, int], ...], used: str
) -> None:
    assert explained({"programmes": programmes}, {}).programme == used


def test_a_programme_that_is_closed_there_is_passed_over() -> None:
    programmes = (("arbetspraktik", 4), JOB)
    closed = {"closed_programmes": frozenset({"arbetspraktik"})}
    pair = explained({"programmes": programmes}, closed)
    assert (pair.programme, pair.end) == ("introduktionsjobb", date(2019, 6, 30))


def test_dates_agree_with_a_plain_reading_on_a_random_population() -> None:
    people, slots = instances.people_and_slots(8, 150, 60)
    slots = gated(slots)
    seen = 0
    for person in people:
        for slot in slots:
            pair = explain_pair(person, slot, POLICY, as_of=instances.AS_OF)
            if pair.feasible:
                seen += 1
                assert pair.start == first_day(person, slot, instances.AS_OF)
                assert pair.end == last_day(person, slot, instances.AS_OF)
    assert seen > 10
