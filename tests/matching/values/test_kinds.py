"""Each kind, whatever field is of it: nothing is lost, and what is wrong is named."""

from collections.abc import Mapping
from datetime import date
from typing import Any, get_args, get_type_hints

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.matching import MatchingInputError
from app.matching.stored.named_arrays import from_bytes, to_bytes
from app.matching.values import (
    CandidateColumns,
    CodeLists,
    Codes,
    Columns,
    Day,
    Demands,
    Kind,
    LastDay,
    LastDays,
    Levels,
    Limit,
    Months,
    Number,
    Part,
    Periods,
    Position,
    Qualifications,
    Range,
    SlotColumns,
    Text,
    Truth,
)
from app.matching.values.code_kinds import Among, Ssyk
from app.matching.values.kinds import Rows
from tests.sampling import sampled

CODES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=4)
DAYS = st.dates()
SPANS = st.tuples(st.integers(0, 100), st.integers(0, 100))
DEMANDS = st.builds(
    Demands,
    st.frozensets(CODES),
    st.dictionaries(CODES, st.integers(1, 4)),
    st.frozensets(CODES),
    st.frozensets(CODES),
)
OF_KIND: Mapping[Kind[Any, Any], st.SearchStrategy[Any]] = {
    Text(): CODES,
    Truth(): st.booleans(),
    Number(0): st.integers(0, 2**31),
    Limit(): st.none() | st.integers(0, 2**31 - 1),
    Day(): DAYS,
    LastDay(): st.none() | DAYS.filter(lambda day: day < date.max),
    Range(0, 100): SPANS,
    Position(): st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
    Periods(): st.lists(st.tuples(DAYS, DAYS), max_size=3).map(lambda some: tuple(sorted(some))),
    Codes(): st.frozensets(CODES),
    Codes(tuple, in_order=True): st.lists(CODES).map(tuple),
    Levels(1, 4): st.dictionaries(CODES, st.integers(1, 4)),
    Months(0, 99): st.lists(st.tuples(CODES, st.integers(0, 99))).map(tuple),
    LastDays(): st.dictionaries(CODES, st.none() | DAYS.filter(lambda day: day < date.max)),
    Part(Qualifications): DEMANDS,
}
KINDS = pytest.mark.parametrize("kind", OF_KIND, ids=lambda kind: type(kind).__name__)


def drawn(data: st.DataObject, kind: Kind[Any, Any]) -> list[Any]:
    return data.draw(st.lists(OF_KIND[kind], min_size=1, max_size=5))


def values_of(kind: Kind[Any, Any], column: Any, rows: int) -> list[Any]:
    return [kind.value(column, row) for row in range(rows)]


class TestEveryKind:
    @KINDS
    @sampled(examples=20)
    @given(st.data())
    def test_a_column_says_what_its_values_said(
        self, kind: Kind[Any, Any], data: st.DataObject
    ) -> None:
        values = drawn(data, kind)
        assert values_of(kind, kind.column(values), len(values)) == values

    @KINDS
    @sampled(examples=20)
    @given(st.data())
    def test_rows_are_taken_in_the_order_asked_for(
        self, kind: Kind[Any, Any], data: st.DataObject
    ) -> None:
        values = drawn(data, kind)
        rows = data.draw(st.permutations(range(len(values))))[: len(values) // 2 + 1]
        taken = kind.taken(kind.column(values), np.array(rows, dtype=np.int64))
        assert values_of(kind, taken, len(rows)) == [values[row] for row in rows]

    @KINDS
    @sampled(examples=20)
    @given(st.data())
    def test_stored_and_read_it_is_the_same(
        self, kind: Kind[Any, Any], data: st.DataObject
    ) -> None:
        values = drawn(data, kind)
        column = kind.tidied(kind.column(values))
        stored = to_bytes({}, kind.arrays("side.field", column))
        found = kind.from_arrays("side.field", from_bytes(stored)[1])
        assert values_of(kind, found, len(values)) == values
        assert to_bytes({}, kind.arrays("side.field", found)) == stored

    @KINDS
    def test_of_no_rows(self, kind: Kind[Any, Any]) -> None:
        column = kind.tidied(kind.column([]))
        _, stored = from_bytes(to_bytes({}, kind.arrays("field", column)))
        assert len(kind.taken(kind.from_arrays("field", stored), np.zeros(0, np.int64))) == 0


class TestDeclarations:
    @pytest.mark.parametrize("shape", [CandidateColumns, SlotColumns, Qualifications])
    def test_a_column_has_the_type_that_its_kind_makes(self, shape: type[Columns]) -> None:
        hints = get_type_hints(shape)
        assert len(shape.kinds()) >= 4
        for name, kind in shape.kinds().items():
            column = kind.column([])
            if isinstance(column, np.ndarray):
                (asked,) = get_args(get_args(hints[name])[1])
                assert np.issubdtype(column.dtype, asked), name
            else:
                assert type(column) is hints[name], name

    def test_every_kind_of_a_column_is_tested_above(self) -> None:
        declared = {
            type(kind)
            for shape in (CandidateColumns, SlotColumns, Qualifications)
            for kind in shape.kinds().values()
        }
        assert declared == {type(kind) for kind in OF_KIND}


@pytest.mark.parametrize(
    ("kind", "values", "message"),
    [
        (Number(2, 7), [2, 8], 'slot "b": hours must be 2..7'),
        (Number(2), [2, 1], 'slot "b": hours must be 2 or more'),
        (Number(0, 1, "0 or 1"), [2, 1], 'slot "a": hours must be 0 or 1'),
        (Limit(), [None, -1], 'slot "b": hours must be 0 or more'),
        (Range(5, 9), [(5, 9), (9, 5)], 'slot "b": hours must be 5..9 with min <= max'),
        (Position(), [(0.0, 181.0), (0.0, 0.0)], 'slot "a": hours must be latitude'),
        (Text(Among(("x", "y"))), ["y", "z"], 'slot "b": hours must be among x, y'),
        (Text(Ssyk(4)), ["x", "711"], 'slot "a": the SSYK code "x" must have 4..4 digits'),
        (Codes(rule=Ssyk(2)), [["12"], ["12", "1"]], 'slot "b": the SSYK code "1" must have 2..4'),
        (Levels(1, 3), [{"sv": 4}, {}], 'slot "a": the level of language "sv" must be 1..3'),
        (Months(1, 2), [[("p", 2)], [("p", 3)]], 'slot "b": programme months must be 1..2'),
        (
            Periods(),
            [[], [(date(2018, 1, 2), date(2018, 1, 1))]],
            'slot "b": a hours period must not end before it starts',
        ),
        (
            Part(Qualifications),
            [Demands(), Demands(languages={"sv": 5})],
            'slot "b": the level of language "sv" must be 1..4',
        ),
    ],
)
def test_the_first_row_that_is_wrong_is_named(
    kind: Kind[Any, Any], values: list[Any], message: str
) -> None:
    rows = Rows("slot", np.array(["a", "b"]))
    with pytest.raises(MatchingInputError) as refused:
        kind.check("hours", kind.column(values), rows)
    assert str(refused.value).startswith(message)


def test_a_list_whose_order_says_nothing_is_sorted() -> None:
    lists = CodeLists.of([("b", "a"), ("c",), ("a", "b")])
    rows = np.array([2, 0], dtype=np.int64)
    for kind, expected in (
        (Codes(tuple), [("a", "b"), ("a", "b")]),
        (Codes(tuple, in_order=True), [("a", "b"), ("b", "a")]),
    ):
        tidied = kind.tidied(kind.taken(lists, rows))
        assert tidied.names == ("a", "b")
        assert values_of(kind, tidied, 2) == expected
