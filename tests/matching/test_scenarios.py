"""Each change against the same change made by hand to the records and solved again."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.matching import (
    Candidate,
    CandidateColumns,
    Comparison,
    Forbid,
    Given,
    Matching,
    MatchingInputError,
    MaximumDistance,
    Pin,
    Places,
    RemoveCandidate,
    Slot,
    SlotColumns,
    SupervisorCapacity,
    scenario,
)
from app.matching.scenarios import Change
from tests.matching.make import AS_OF, POLICY, make_candidate, make_slot, population, run, waiting

Records = tuple[list[Candidate], list[Slot]]


def given(people: list[Candidate], slots: list[Slot]) -> Given:
    columns = CandidateColumns.from_records(people), SlotColumns.from_records(slots)
    return Given(*columns, POLICY, AS_OF)


def seats(result: Matching) -> dict[str, str]:
    return {proposal.candidate_id: proposal.slot_id for proposal in result.proposals}


def assert_tells(found: Comparison, before: Matching, after: Matching, here: set[str]) -> None:
    was, now = seats(before), seats(after)
    assert {move.candidate_id for move in found.gained} == now.keys() - was.keys()
    assert {move.candidate_id for move in found.lost} == (was.keys() - now.keys()) & here
    assert {move.candidate_id for move in found.freed} == was.keys() - here
    both = was.keys() & now.keys()
    assert {m.candidate_id for m in found.moved} == {
        name for name in both if was[name] != now[name]
    }
    for move in (*found.gained, *found.lost, *found.moved, *found.freed):
        assert move.before == was.get(move.candidate_id)
        assert move.after == now.get(move.candidate_id)
    assert (found.before, found.after) == (before.objective, after.objective)
    assert found.points == after.objective.points - before.objective.points


def more_places(people: list[Candidate], slots: list[Slot]) -> tuple[Change, Records]:
    first = slots[0]
    return Places(first.id, first.places + 2), (
        people,
        [replace(first, places=first.places + 2), *slots[1:]],
    )


def no_places(people: list[Candidate], slots: list[Slot]) -> tuple[Change, Records]:
    return Places(slots[2].id, 0), (
        people,
        [replace(slot, places=0) if slot is slots[2] else slot for slot in slots],
    )


def someone_leaves(people: list[Candidate], slots: list[Slot]) -> tuple[Change, Records]:
    placed = run(people, slots).proposals[1].candidate_id
    left = [person for person in people if person.id != placed]
    return RemoveCandidate(placed), (left, slots)


def everyone_goes_far(people: list[Candidate], slots: list[Slot]) -> tuple[Change, Records]:
    far = [
        replace(person, maximum_distance_km=max(person.maximum_distance_km, 3000))
        for person in people
    ]
    return MaximumDistance(3000), (far, slots)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("make", [more_places, no_places, someone_leaves, everyone_goes_far])
def test_a_change_is_the_same_input_changed_by_hand(
    seed: int, make: Callable[[list[Candidate], list[Slot]], tuple[Change, Records]]
) -> None:
    people, slots = population(seed, 60, 25)
    change, (other_people, other_slots) = make(people, slots)
    found = scenario(given(people, slots), [change])
    before, after = run(people, slots), run(other_people, other_slots)
    assert_tells(found, before, after, {person.id for person in other_people})


def test_pins_and_forbidden_pairs_undo_each_other() -> None:
    people, slots = population(5, 60, 25)
    proposal = run(people, slots).proposals[0]
    pair = (proposal.candidate_id, proposal.slot_id)
    forbidden = run(people, slots, forbidden=[pair])
    found = scenario(given(people, slots), [Pin(*pair), Forbid(*pair)])
    assert_tells(found, run(people, slots), forbidden, {person.id for person in people})
    back = scenario(replace(given(people, slots), forbidden=(pair,)), [Pin(*pair)])
    assert_tells(back, forbidden, run(people, slots, pins=[pair]), {person.id for person in people})


def test_one_more_place_is_worth_the_minimum_price() -> None:
    people, slots = population(7, 60, 25)
    result = run(people, slots)
    for price, slot in zip(result.slot_prices, slots, strict=True):
        found = scenario(given(people, slots), [Places(slot.id, slot.places + 1)])
        assert price.slot_id == slot.id
        assert found.points == price.minimum.points
        assert found.places_by_tier[2] == price.minimum.places_by_tier[2]
        assert found.places_by_tier[1] == price.minimum.places_by_tier[1]


def test_a_slot_that_was_full_opens_when_it_gets_places() -> None:
    full = make_slot(places=1, occupied=1, closed=("no-places-left",))
    people = [make_candidate()]
    assert scenario(given(people, [full]), [Places("carpentry", 1)]).gained == ()
    found = scenario(given(people, [full]), [Places("carpentry", 2)])
    assert [(move.candidate_id, move.after) for move in found.gained] == [("anna", "carpentry")]
    gated = replace(full, closed=("no-places-left", "supplier-excluded"))
    assert scenario(given(people, [gated]), [Places("carpentry", 2)]).gained == ()


@pytest.mark.parametrize(
    ("capacity", "free"), [(0, 0), (1, 0), (2, 1), (3, 2), (4, 2), (None, 2), (10**6, 2)]
)
def test_a_supervisor_takes_as_many_as_places_and_placements_leave(
    capacity: int | None, free: int
) -> None:
    """Three places, one of them taken."""
    full = make_slot(places=3, occupied=1, supervisor_capacity=1, closed=("supervisor-full",))
    people = [waiting(name, 10) for name in "abcd"]
    found = scenario(given(people, [full]), [SupervisorCapacity("carpentry", capacity)])
    assert len(found.gained) == free
    by_hand = [replace(full, supervisor_capacity=capacity, closed=() if free else full.closed)]
    assert_tells(found, run(people, [full]), run(people, by_hand), {one.id for one in people})


def test_places_and_supervisor_are_changed_together_in_either_order() -> None:
    slots = [make_slot(places=1, occupied=1, supervisor_capacity=1, closed=("no-places-left",))]
    both: list[Change] = [Places("carpentry", 3), SupervisorCapacity("carpentry", 2)]
    people = [waiting(name, 10) for name in "abcd"]
    for changes in (both, both[::-1]):
        assert len(scenario(given(people, slots), changes).gained) == 1
    assert scenario(given(people, slots), both[:1]).gained == ()


def test_one_person_s_longer_way_takes_another_s_place() -> None:
    people = [waiting("a", 900, maximum_distance_km=1), waiting("b", 10)]
    away = make_slot(position=(63.25, 14.6357))
    found = scenario(given(people, [away]), [MaximumDistance(40, "a")])
    assert [move.candidate_id for move in found.gained] == ["a"]
    assert [move.candidate_id for move in found.lost] == ["b"]


def test_who_leaves_takes_pins_and_forbidden_pairs_along() -> None:
    people, slots = [waiting("a", 900), waiting("b", 10)], [make_slot(), make_slot(id="other")]
    pinned = replace(given(people, slots), pins=(("a", "carpentry"),), forbidden=(("a", "other"),))
    found = scenario(pinned, [RemoveCandidate("a")])
    assert [(move.candidate_id, move.before) for move in found.freed] == [("a", "carpentry")]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (Places("nowhere", 1), 'no slot has the id "nowhere"'),
        (Places("carpentry", -1), "places must be 0"),
        (SupervisorCapacity("nowhere", 1), 'no slot has the id "nowhere"'),
        (SupervisorCapacity("carpentry", -1), "supervisor_capacity must be 0"),
        (RemoveCandidate("nobody"), 'no candidate has the id "nobody"'),
        (MaximumDistance(20, "nobody"), 'no candidate has the id "nobody"'),
        (MaximumDistance(30_000), "maximum_distance_km must be"),
        (Pin("nobody", "carpentry"), 'pins: no candidate has the id "nobody"'),
        (Forbid("anna", "nowhere"), 'forbidden: no slot has the id "nowhere"'),
    ],
)
def test_a_change_that_cannot_be_is_refused(change: Change, message: str) -> None:
    with pytest.raises(MatchingInputError, match=message):
        scenario(given([make_candidate()], [make_slot()]), [change])
