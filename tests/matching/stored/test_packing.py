"""The input as bytes: nothing is lost, and the same input gives the same bytes."""

from collections.abc import Iterator
from dataclasses import MISSING, fields, replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from app.bench import instances, national
from app.matching import (
    Candidate,
    CandidateColumns,
    Demands,
    Given,
    MatchingInputError,
    Policy,
    Slot,
    SlotColumns,
    UnmatchedCandidate,
    UnmatchedColumns,
    as_matching,
    candidate_at,
    canonical,
    pack,
    pack_unmatched,
    slot_at,
    solve,
    unpack,
    unpack_unmatched,
)
from app.matching.answers import as_values as records
from app.matching.stored.named_arrays import from_bytes, to_bytes
from app.matching.values import Columns, Kind, Part
from tests.matching.make import AS_OF, make_candidate, make_slot

STRANGE = make_candidate(
    id="ö1",
    reference="😀-Å",
    occupations=("7111", "93", "1"),
    skills=frozenset({"svetsning", "ålrensning", "😀"}),
    languages={},
    available_to=date(2018, 12, 31),
    target_groups={"ungdom": None, "nyanländ": date(2018, 5, 1)},
    programmes=(("b", 6), ("a", 12)),
    avoided_suppliers=frozenset({"x", "y"}),
    placed=((date(2018, 1, 1), date(2018, 2, 1)), (date(2018, 6, 1), date(2018, 7, 1))),
)
BARE = make_candidate(id="bare", reference=None, occupations=(), programmes=(), placed=())
CLOSED = make_slot(
    id="closed",
    places=3,
    occupied=2,
    supervisor_capacity=2,
    closed=("no-places-left", "clause-ended"),
    preferred=Demands(languages={"sv": 1, "en": 4}),
    target_groups=frozenset({"ungdom"}),
    closed_programmes=frozenset({"b", "å"}),
)

WANTED = Demands(frozenset({"a"}), {"sv": 1}, frozenset({"B"}), frozenset({"x"}))
FULL = make_slot(id="full", required=WANTED, preferred=WANTED)


def given_of(people: list[Candidate], slots: list[Slot]) -> Given:
    return Given(
        CandidateColumns.from_records(people), SlotColumns.from_records(slots), Policy(), AS_OF
    )


def told(unmatched: UnmatchedColumns, given: Given) -> list[UnmatchedCandidate]:
    return list(records.unmatched_candidates(unmatched, given.candidates.id, given.slots.id))


def people_of(given: Given) -> dict[str, Candidate]:
    rows = [candidate_at(given.candidates, row) for row in range(len(given.candidates))]
    return {one.id: one for one in rows}


def slots_of(given: Given) -> dict[str, Slot]:
    return {one.id: one for one in (slot_at(given.slots, row) for row in range(len(given.slots)))}


def test_everything_comes_back() -> None:
    people, slots = instances.people_and_slots(3, 300, 80)
    people, slots = [*people, STRANGE, BARE], [*slots, CLOSED, make_slot(id="å", reference="ä")]
    given = replace(given_of(people, slots), pins=(("ö1", "å"),), forbidden=(("bare", "å"),))
    found = unpack(pack(given))
    assert people_of(found) == {one.id: one for one in people}
    sorted_codes = replace(CLOSED, closed=("clause-ended", "no-places-left"))
    assert slots_of(found) == {one.id: one for one in slots} | {"closed": sorted_codes}
    assert (found.pins, found.forbidden) == (given.pins, given.forbidden)
    assert (found.policy, found.as_of) == (given.policy, given.as_of)


@pytest.mark.parametrize(("people", "slots"), [([], []), ([BARE], []), ([], [CLOSED])])
def test_empty_sides_come_back(people: list[Candidate], slots: list[Slot]) -> None:
    found = unpack(pack(given_of(people, slots)))
    assert (len(found.candidates), len(found.slots)) == (len(people), len(slots))
    assert as_matching(solve(found)) == as_matching(solve(given_of(people, slots)))


def test_what_comes_back_has_the_types_of_columns() -> None:
    given = canonical(given_of([STRANGE, BARE], [CLOSED]))
    found = unpack(pack(given))
    for before, after in ((given.candidates, found.candidates), (given.slots, found.slots)):
        for field in fields(before):
            old, new = getattr(before, field.name), getattr(after, field.name)
            if isinstance(old, np.ndarray):
                assert old.dtype.kind == new.dtype.kind
                assert old.dtype.kind == "U" or old.dtype == new.dtype


def test_the_same_matching_comes_of_it() -> None:
    people, slots = national.people_and_slots(4, 2_000, 300)
    given = Given(people, slots, Policy(), AS_OF)
    first, again = solve(given), solve(unpack(pack(given)))
    assert first.points.tobytes() == again.points.tobytes()
    assert repr(as_matching(first)) == repr(as_matching(again))


def test_order_of_rows_and_of_sets_says_nothing() -> None:
    people, slots = instances.people_and_slots(5, 200, 60)
    mixed = np.random.default_rng(1)
    given = given_of(people, slots)
    shuffled = replace(
        given,
        candidates=given.candidates.taken(mixed.permutation(len(people))),
        slots=given.slots.taken(mixed.permutation(len(slots))),
    )
    assert pack(shuffled) == pack(given)
    turned = replace(
        make_candidate(),
        skills=frozenset(("b", "a", "c")),
        languages={"sv": 2, "en": 3},
        placed=STRANGE.placed[::-1],
    )
    straight = replace(turned, languages={"en": 3, "sv": 2}, placed=STRANGE.placed)
    assert pack(given_of([turned], [])) == pack(given_of([straight], []))


def test_someone_taken_out_leaves_no_trace() -> None:
    given = given_of([STRANGE, BARE], [CLOSED])
    rows = np.flatnonzero(given.candidates.id != "ö1")
    left = replace(given, candidates=given.candidates.taken(rows))
    assert pack(left) == pack(given_of([BARE], [CLOSED]))
    assert "ålrensning".encode() not in pack(left)


def test_the_order_of_wishes_counts() -> None:
    first, second = (
        pack(
            given_of([make_candidate(occupations=codes, programmes=((codes[0], 6), ("x", 7)))], [])
        )
        for codes in (("7111", "9310"), ("9310", "7111"))
    )
    assert first != second


def test_whom_a_matching_left_comes_back() -> None:
    people, slots = instances.people_and_slots(3, 300, 80)
    given = canonical(given_of(people, slots))
    found = solve(given)
    again = unpack_unmatched(pack_unmatched(found.unmatched))
    assert told(again, given) == told(found.unmatched, given)
    assert told(again.part(slice(5, 9)), given) == told(again, given)[5:9]
    assert len({one.outranked is None for one in told(again, given)}) == 2


def test_one_less_of_those_whom_a_matching_left() -> None:
    people, slots = instances.people_and_slots(3, 300, 80)
    given = canonical(given_of(people, slots))
    unmatched = solve(given).unmatched
    every = told(unmatched, given)
    placed = next(row for row in range(300) if row not in unmatched.candidate.tolist())
    for row in (placed, int(unmatched.candidate[7]), 0, 299):
        rows = np.delete(np.arange(300), row)
        left = replace(given, candidates=given.candidates.taken(rows))
        gone = given.candidates.id[row]
        expected = [one for one in every if one.candidate_id != gone]
        assert told(unmatched.without(row), left) == expected


def test_a_check_that_closed_a_slot_of_version_1_closes_it_to_every_programme() -> None:
    old = replace(CLOSED, closed=("clause-ended", "gate-missing"), closed_programmes=frozenset())
    terms, arrays = from_bytes(pack(given_of([STRANGE, make_candidate()], [old, make_slot()])))
    kept = [(name, array) for name, array in arrays.items() if "closed_programmes" not in name]
    found = slots_of(unpack(to_bytes(terms | {"version": 1}, kept)))
    every = frozenset({"a", "b", "arbetspraktik"})
    assert found["closed"] == replace(old, closed=("clause-ended",), closed_programmes=every)
    assert found["carpentry"] == make_slot()


def declared_defaults(side: str, shape: type[Columns]) -> Iterator[tuple[str, Kind[Any, Any], Any]]:
    """The path of each field that declares what was so before it existed, its kind and default."""
    for field in fields(shape.record):
        kind = shape.kinds().get(field.name)
        if kind and field.default is not MISSING:
            yield f"{side}.{field.name}", kind, field.default
        elif kind and field.default_factory is not MISSING:
            yield f"{side}.{field.name}", kind, field.default_factory()
    for name, kind in shape.kinds().items():
        if isinstance(kind, Part):
            yield from declared_defaults(f"{side}.{name}", kind.shape)


CAME_LATER = {
    path: (kind, default)
    for side, shape in (("candidates", CandidateColumns), ("slots", SlotColumns))
    for path, kind, default in declared_defaults(side, shape)
}


@pytest.mark.parametrize("path", CAME_LATER)
def test_what_was_stored_before_a_field_existed_is_read_with_its_default(path: str) -> None:
    kind, default = CAME_LATER[path]
    terms, arrays = from_bytes(pack(given_of([STRANGE, BARE], [CLOSED, FULL])))
    own = [name for name in arrays if name == path or name.startswith(f"{path}.")]
    before = [(name, array) for name, array in arrays.items() if name not in own]
    as_before = arrays | dict(kind.arrays(path, kind.column([default] * 2)))
    assert own
    assert pack(unpack(to_bytes(terms, before))) == to_bytes(terms, as_before.items())


def test_fields_came_to_both_sides_and_to_what_slots_ask() -> None:
    """Else the test above would look at too little."""
    assert CAME_LATER.keys() >= {
        "candidates.placed",
        "candidates.qualifications.skills",
        "slots.closed_programmes",
        "slots.supervisor_capacity",
        "slots.occupied",
        "slots.preferred.languages",
    }


def test_an_id_that_comes_twice_is_refused() -> None:
    with pytest.raises(MatchingInputError, match="once, not twice"):
        pack(given_of([BARE, BARE], []))
