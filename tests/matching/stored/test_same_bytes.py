"""Bytes that must never change by themselves: their hash is a run's name for its input."""

from dataclasses import replace
from datetime import date
from hashlib import sha256

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
)

DRAWN = "7677da45972ecdb477b7622b114d51603f4fc8cc969627f73d07e464ddb9ada4"
FILLED = "9459af9c1b24432c8869f8e28cbba14aad10510c4942dd57640371d1c8450568"
MAY = (date(2018, 5, 1), date(2018, 5, 31))
JUNE = (date(2018, 6, 1), date(2018, 6, 30))


def drawn() -> Given:
    people, slots = instances.people_and_slots(7, 40, 20)
    return Given(
        CandidateColumns.from_records(people),
        SlotColumns.from_records(slots),
        Policy(),
        instances.AS_OF,
    )


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


def hash_of(given: Given) -> str:
    return sha256(pack(given)).hexdigest()


def test_a_drawn_input() -> None:
    assert hash_of(drawn()) == DRAWN


def test_an_input_with_something_in_every_column() -> None:
    assert hash_of(filled()) == FILLED
