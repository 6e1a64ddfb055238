"""Columns against records: what a service reads in bulk gives what objects give."""

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

import numpy as np
import pytest

from app.bench import instances
from app.bench.national import people_and_slots
from app.matching import (
    CandidateColumns,
    CodeLists,
    Demands,
    Given,
    MatchingInputError,
    Policy,
    Qualifications,
    SlotColumns,
    as_matching,
    day_numbers,
    match,
    solve,
)
from app.matching.kit import WITHOUT, Ints
from app.matching.values import LAST_DAY, Number, in_order
from app.matching.values.kinds import Rows
from tests.matching.make import AS_OF, make_candidate, make_slot


def rows_of(columns: CandidateColumns) -> list[tuple[object, ...]]:
    lists = columns.qualifications.skills
    return [
        (name, codes_of(lists, row), columns.placed[columns.placed[:, 0] == row, 1:].tolist())
        for row, name in enumerate(columns.id.tolist())
    ]


def codes_of(lists: CodeLists, row: int) -> list[str]:
    numbers = lists.number[lists.start[row] : lists.start[row + 1]]
    return sorted(lists.names[number] for number in numbers)


def test_columns_say_what_records_say() -> None:
    people, slots = instances.people_and_slots(1, 400, 100)
    columns = CandidateColumns.from_records(people), SlotColumns.from_records(slots)
    found = as_matching(solve(Given(*columns, Policy(), AS_OF)))
    assert found == match(people, slots, Policy(), as_of=AS_OF)


def test_rows_in_any_order_give_the_same_matching() -> None:
    people, slots = people_and_slots(3, 600, 150)
    rng = np.random.default_rng(1)
    mixed = (people.taken(rng.permutation(len(people))), slots.taken(rng.permutation(len(slots))))
    first, second = (solve(Given(*both, Policy(), AS_OF)) for both in ((people, slots), mixed))
    assert len(first.proposals) > 20
    assert repr(as_matching(first)) == repr(as_matching(second))
    assert first.points.tobytes() == second.points.tobytes()


def test_without_numba_the_bytes_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    people, slots = people_and_slots(4, 3000, 400)
    fast = solve(Given(people, slots, Policy(), AS_OF))
    monkeypatch.setenv(WITHOUT, "1")
    plain = solve(Given(people, slots, Policy(), AS_OF))
    assert repr(as_matching(fast)) == repr(as_matching(plain))
    for one, other in ((fast.points, plain.points), (fast.edges.slot, plain.edges.slot)):
        assert one.tobytes() == other.tobytes()


def test_taken_rows_bring_their_lists_and_periods() -> None:
    people, _ = instances.people_and_slots(2, 80, 10)
    columns = CandidateColumns.from_records(people)
    order = np.random.default_rng(0).permutation(80)[:60]
    before = rows_of(columns)
    assert rows_of(columns.taken(order)) == [before[row] for row in order]


@pytest.mark.parametrize(
    "references",
    [
        ["b", "a", "c"],
        ["bb", "b", "a"],
        ["å", "z", "ä"],
        ["😀1", "😀", "z"],
        ["a" * 20 + "2", "a" * 20 + "1", "a" * 20],
        ["same", "same", "other"],
    ],
)
def test_the_order_is_that_of_the_strings(references: list[str]) -> None:
    ids = ["3", "2", "1"]
    people = [make_candidate(id=i, reference=r) for i, r in zip(ids, references, strict=True)]
    found = in_order(CandidateColumns.from_records(people)).id.tolist()
    assert found == [i for _, i in sorted(zip(references, ids, strict=True))]


def test_texts_of_a_database_are_read_once_each() -> None:
    read: list[str] = []

    def levels(text: str) -> list[tuple[str, int]]:
        read.append(text)
        return [(one["code"], one["level"]) for one in json.loads(text)]

    swedish, none = '[{"code": "sv", "level": 2}]', "[]"
    both = '[{"code": "en", "level": 4}, {"code": "sv", "level": 1}]'
    lists = CodeLists.of_texts([swedish, both, none, swedish], levels)
    assert len(read) == 3
    assert [codes_of(lists, row) for row in range(4)] == [["sv"], ["en", "sv"], [], ["sv"]]
    assert lists.value.tolist() == [2, 4, 1, 2]


def test_days_are_read_from_iso_dates() -> None:
    days = ["2018-02-28", None, "0001-01-01", "9999-12-31"]
    expected = [date(2018, 2, 28).toordinal(), LAST_DAY, 1, LAST_DAY]
    assert day_numbers(days).tolist() == expected


def test_what_columns_cannot_hold_is_refused() -> None:
    with pytest.raises(MatchingInputError, match="zero characters"):
        CandidateColumns.from_records([make_candidate(id="a\0")])
    with pytest.raises(MatchingInputError, match="64 bits"):
        SlotColumns.from_records([make_slot(places=10**30)])


def test_columns_of_different_lengths_are_refused() -> None:
    people = CandidateColumns.from_records([make_candidate()])
    short = replace(people, available_to=people.available_to[:0])
    slots = SlotColumns.from_records([make_slot()])
    with pytest.raises(
        MatchingInputError, match="candidates: available_to: must have as many rows as ids: 1"
    ):
        solve(Given(short, slots, Policy(), AS_OF))


@dataclass(frozen=True, slots=True)
class LaterDemands(Demands):
    """One field more: its line as a record's ..."""

    shifts: int = 3


@dataclass(frozen=True, slots=True)
class LaterQualifications(Qualifications):
    record = LaterDemands

    # ... and its line as a column's.
    shifts: Annotated[Ints, Number(1, 4)]


class TestAFieldMore:
    """Everything else follows from the two lines."""

    RECORDS = (
        LaterDemands(frozenset({"a"}), {"sv": 2}, shifts=1),
        LaterDemands(certificates=frozenset({"x"}), shifts=4),
    )

    def test_records_become_columns_and_come_back(self) -> None:
        columns = LaterQualifications.from_records(self.RECORDS)
        assert columns.shifts.tolist() == [1, 4]
        assert [LaterDemands(**columns.values(row)) for row in range(2)] == [*self.RECORDS]
        assert columns.taken(np.array([1])).shifts.tolist() == [4]

    def test_it_is_checked(self) -> None:
        columns = LaterQualifications.from_records([LaterDemands(), LaterDemands(shifts=5)])
        with pytest.raises(MatchingInputError, match=r'slot "b": shifts must be 1\.\.4'):
            columns.check(Rows("slot", np.array(["a", "b"])))

    def test_it_is_stored_and_read(self) -> None:
        stored = dict(LaterQualifications.from_records(self.RECORDS).tidied().arrays("asked"))
        assert "asked.shifts" in stored
        found = LaterQualifications.from_arrays("asked", stored)
        assert [LaterDemands(**found.values(row)) for row in range(2)] == [*self.RECORDS]

    def test_what_was_stored_before_it_existed_is_read_with_its_default(self) -> None:
        before = dict(Qualifications.from_records(self.RECORDS).arrays("asked"))
        found = LaterQualifications.from_arrays("asked", before)
        assert found.shifts.tolist() == [3, 3]
        assert found.values(0)["skills"] == {"a"}

    def test_one_without_a_default_must_be_there(self) -> None:
        stored = dict(CandidateColumns.from_records([make_candidate()]).arrays("people"))
        del stored["people.waiting_since"]
        with pytest.raises(KeyError, match=r"people\.waiting_since"):
            CandidateColumns.from_arrays("people", stored)
