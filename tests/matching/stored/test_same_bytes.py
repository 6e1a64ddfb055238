"""The stored form of an input never changes unnoticed: a new column, or else a new number.

`form.bin.xz` holds what 0.2.0 packed of an input with something in every column.
"""

from dataclasses import replace
from datetime import date
from lzma import decompress
from pathlib import Path

import numpy as np

from app.bench import instances
from app.matching import (
    Candidate,
    CandidateColumns,
    Demands,
    Given,
    Policy,
    Slot,
    SlotColumns,
    pack,
    unpack,
)
from app.matching.stored.named_arrays import from_bytes

STORED = decompress(Path(__file__).with_name("form.bin.xz").read_bytes())
MAY = (date(2018, 5, 1), date(2018, 5, 31))
JUNE = (date(2018, 6, 1), date(2018, 6, 30))


def filled() -> Given:
    """With something in every column, and in an order that is not the canonical one."""
    people, slots = instances.people_and_slots(7, 40, 20)
    columns = SlotColumns.from_records([full_slot(one, row) for row, one in enumerate(slots)])
    stays = [[1, *map(date.toordinal, JUNE)], [0, *map(date.toordinal, MAY)]]
    offers = replace(columns, own_start=columns.earliest_start - 9, placed=np.array(stays))
    return Given(
        CandidateColumns.from_records(
            [full_candidate(one, row) for row, one in enumerate(people)][::-1]
        ),
        offers,
        Policy(occupation_digits=2, placements_before_points=True),
        instances.AS_OF,
        pins=(("c000001", "s00001"), ("c000000", "s00000")),
        forbidden=(("c000003", "s00000"),),
    )


def full_candidate(person: Candidate, row: int) -> Candidate:
    return replace(
        person,
        reference=None if row % 3 else f"ö-{row}",
        available_to=None if row % 2 else MAY[1],
        target_groups={"unga": None, "nyanlända": JUNE[0]},
        programmes=(("b", 3), ("arbetspraktik", 6))[:: 1 - 2 * (row % 2)],
        avoided_suppliers=frozenset({"supplier-1", "supplier-9"}),
        needed_adaptations=frozenset({"quiet-room"}),
        placed=(JUNE, MAY),
    )


def full_slot(slot: Slot, row: int) -> Slot:
    return replace(
        slot,
        reference=None if row % 3 else f"😀-{row}",
        required=Demands(frozenset({"ål", "å"}), {"sv": 2}, frozenset("CB"), frozenset({"x"})),
        preferred=Demands(frozenset({"å"}), {"en": 1}, frozenset("D"), frozenset({"y"})),
        closed=("supervisor-full", "clause-ended") if row % 2 else (),
        closed_programmes=frozenset({"b", "å"}),
        supervisor_capacity=None if row % 2 else 3,
        occupied=row % 4,
    )


def test_what_was_stored_is_stored_alike() -> None:
    before, columns_before = from_bytes(STORED)
    now, columns_now = from_bytes(pack(filled()))
    weights_before, weights_now = before["policy"].pop("weights"), now["policy"].pop("weights")
    assert now == before
    assert weights_now == dict.fromkeys(weights_now, 0) | weights_before
    for name, column in columns_before.items():
        assert columns_now[name].dtype == column.dtype
        np.testing.assert_array_equal(columns_now[name], column)


def test_a_column_that_came_later_is_read_as_before_it_came() -> None:
    read = unpack(STORED)
    assert pack(read) == pack(replace(filled(), policy=read.policy))
