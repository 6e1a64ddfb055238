"""Inputs in every form that there has been are read as what they meant."""

import json
from dataclasses import fields
from datetime import date
from typing import Any

import numpy as np
import pytest

from app.matching import (
    ALL_REASONS,
    Candidate,
    Given,
    Policy,
    Slot,
    UnreadableError,
    candidate_at,
    check_form,
    pack,
    pack_unmatched,
    solve,
    unpack,
    unpack_unmatched,
)
from app.matching.stored.earlier_forms import DEFAULTS, LIFTS, NEWEST
from app.matching.stored.named_arrays import from_bytes, to_bytes
from tests.matching.make import make_candidate, make_slot
from tests.matching.stored.test_packing import (
    BARE,
    STRANGE,
    given_of,
    people_of,
    slots_of,
    told,
)

PEOPLE = [STRANGE, BARE, make_candidate()]
FREE = make_slot(id="free", reference=None, places=2)
FULL = make_slot(id="full", reference="ä", closed=("no-places-left",), places=0)


def records_of(value: Any) -> Any:
    """As the first form wrote them: sets sorted, days as ISO dates."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [records_of(one) for one in value]
    if isinstance(value, dict):
        return {name: records_of(one) for name, one in value.items()}
    if hasattr(value, "__dataclass_fields__"):
        return {field.name: records_of(getattr(value, field.name)) for field in fields(value)}
    return value


def in_first_form(people: list[Candidate], slots: list[Slot], *left_out: str) -> bytes:
    """``left_out``: what slots were stored without."""
    document = {
        "as_of": "2018-02-01",
        "policy": records_of(Policy(occupation_digits=2)),
        "candidates": sorted(map(records_of, people), key=lambda one: str(one["id"])),
        "slots": [
            {name: value for name, value in records_of(slot).items() if name not in left_out}
            for slot in slots
        ],
        "pins": [["ö1", "free"]],
        "forbidden": [["bare", "free"], ["bare", "full"]],
    }
    return json.dumps(document, sort_keys=True, ensure_ascii=False).encode()


class TestFirstForm:
    NOT_YET = ("closed_programmes", "supervisor_capacity", "occupied")

    def test_everything_comes_back(self) -> None:
        found = unpack(in_first_form(PEOPLE, [FREE, FULL], *self.NOT_YET))
        assert people_of(found) == {one.id: one for one in PEOPLE}
        assert slots_of(found) == {one.id: one for one in (FREE, FULL)}
        assert found.pins == (("ö1", "free"),)
        assert found.forbidden == (("bare", "free"), ("bare", "full"))
        assert (found.policy, found.as_of) == (Policy(occupation_digits=2), date(2018, 2, 1))

    def test_stands_in_canonical_order(self) -> None:
        found = unpack(in_first_form(PEOPLE, [FULL, FREE], *self.NOT_YET))
        assert pack(found) == pack(unpack(pack(found)))
        assert found.slots.id.tolist() == ["free", "full"]
        assert [candidate_at(found.candidates, row).id for row in (1, 2)] == ["bare", "ö1"]

    def test_its_last_slots_told_places_and_people_apart(self) -> None:
        limited = make_slot(id="free", places=3, occupied=1, supervisor_capacity=2)
        found = unpack(in_first_form([], [limited, FULL], "closed_programmes"))
        assert slots_of(found) == {one.id: one for one in (limited, FULL)}

    @pytest.mark.parametrize(("people", "slots"), [([], []), (PEOPLE, []), ([], [FREE])])
    def test_empty_sides_come_back(self, people: list[Candidate], slots: list[Slot]) -> None:
        found = unpack(in_first_form(people, slots, *self.NOT_YET))
        assert (len(found.candidates), len(found.slots)) == (len(people), len(slots))


class TestArrays:
    def test_were_listed_under_another_name_at_first(self) -> None:
        packed = pack(given_of(PEOPLE, [FREE, FULL]))
        line, _, rest = packed.partition(b"\n")
        renamed = line.replace(b'"arrays":', b'"columns":', 1)
        assert pack(unpack(renamed + b"\n" + rest)) == packed

    @pytest.mark.parametrize("path", DEFAULTS)
    def test_one_that_came_later_is_as_before_it_came(self, path: str) -> None:
        given = given_of(PEOPLE, [FREE, FULL])
        found = unpack(without(given, path))
        assert pack(found) == pack(given)

    def test_one_that_was_always_there_must_be(self) -> None:
        with pytest.raises(UnreadableError, match=r"candidates\.extent"):
            unpack(without(given_of(PEOPLE, [FREE]), "candidates.extent"))


class TestNumbers:
    def test_each_but_the_newest_has_a_step(self) -> None:
        assert sorted(LIFTS) == list(range(NEWEST))

    @pytest.mark.parametrize("number", [NEWEST + 1, 99])
    def test_one_of_a_later_release_is_told(self, number: int) -> None:
        given = given_of(PEOPLE, [FREE])
        left = pack_unmatched(solve(given).unmatched)
        for read, packed in (
            (unpack, pack(given)),
            (check_form, pack(given)),
            (unpack_unmatched, left),
        ):
            terms, arrays = from_bytes(packed)
            later = to_bytes(terms | {"version": number}, arrays.items())
            with pytest.raises(UnreadableError, match=f"form {number} is of a later release"):
                read(later)


class TestDamage:
    PACKED = pack(given_of(PEOPLE, [FREE]))
    WRONG = (b"", b"{}", b"[]", b"null", b"\xff", b'{"version":2,"arrays":[[]]}', PACKED[:-9])

    @pytest.mark.parametrize("content", WRONG)
    def test_is_told_as_such(self, content: bytes) -> None:
        for read in (unpack, unpack_unmatched):
            with pytest.raises(UnreadableError, match="damaged"):
                read(content)


class TestUnmatched:
    def test_reasons_are_read_by_their_own_codes(self) -> None:
        given = given_of(PEOPLE, [FULL])
        unmatched = solve(given).unmatched
        terms, arrays = from_bytes(pack_unmatched(unmatched))
        order = np.random.default_rng(1).permutation(len(ALL_REASONS))
        turned = {"version": 1, "reasons": [ALL_REASONS[place] for place in order]}
        arrays["reasons"] = arrays["reasons"][:, order]
        found = unpack_unmatched(to_bytes(terms | turned, arrays.items()))
        assert told(found, given) == told(unmatched, given)

    def test_code_that_nobody_knows_any_more(self) -> None:
        terms, arrays = from_bytes(pack_unmatched(solve(given_of(PEOPLE, [FULL])).unmatched))
        terms["reasons"][0] = "forgotten"
        with pytest.raises(UnreadableError, match="damaged"):
            unpack_unmatched(to_bytes(terms, arrays.items()))


def without(given: Given, path: str) -> bytes:
    terms, arrays = from_bytes(pack(given))
    kept = {name: one for name, one in arrays.items() if not f"{name}.".startswith(f"{path}.")}
    assert len(kept) < len(arrays)
    return to_bytes(terms, kept.items())
