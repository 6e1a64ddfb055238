import os
import pickle
import random
import subprocess
import sys
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from app.matching import (
    Candidate,
    Matching,
    MatchingInputError,
    Policy,
    Slot,
    TooLargeError,
    explain_pair,
    match,
)
from app.matching.feasible import MOST_TESTS, refuse_too_many_tests
from tests.matching import instances
from tests.matching.make import AS_OF, POLICY, make_candidate, make_slot

POPULATIONS = [(seed, 60, 25) for seed in range(12)]


def run(
    people: list[Candidate], slots: list[Slot], policy: Policy = POLICY, **more: Any
) -> Matching:
    return match(people, slots, policy, as_of=AS_OF, **more)


def pairs(result: Matching) -> set[tuple[str, str]]:
    return {(proposal.candidate_id, proposal.slot_id) for proposal in result.proposals}


def population(seed: int, candidates: int, places: int) -> tuple[list[Candidate], list[Slot]]:
    """Dense enough that people compete: everyone can travel, and wishes are wide."""
    people, slots = instances.people_and_slots(seed, candidates, places, most_places=3)
    wide = [
        replace(person, occupations=(*person.occupations, "1", "2", "3"), maximum_distance_km=2000)
        for person in people
    ]
    return wide, slots


def waiting(name: str, days: int, **changes: Any) -> Candidate:
    since = date.fromordinal(AS_OF.toordinal() - days)
    return make_candidate(id=name, waiting_since=since, **changes)


class TestOstersund:
    """Four contractual places in two slots and two voluntary ones; eight people."""

    slots = (
        make_slot(id="carpentry", places=2),
        make_slot(id="labour", ssyk="9310", places=2),
        make_slot(
            id="cleaning", ssyk="9111", places=2, tier=0, minimum_months=1, minimum_extent=0,
            target_groups=frozenset(),
        ),
    )  # fmt: skip
    people = (
        waiting("a", 900),
        waiting("b", 600, occupations=("9310", "7111")),
        waiting("c", 300, occupations=("9310",)),
        waiting("d", 100, occupations=("7111", "9111")),
        waiting("e", 10, occupations=("9310",), agreed_to_be_proposed=False),
        waiting("f", 10, occupations=("9310",), maximum_distance_km=5, position=(62.39, 17.3)),
        waiting("g", 10, occupations=("9111",), target_groups={}),
        waiting("h", 10, occupations=("7111",), programmes=()),
    )

    def test_all_four_contractual_places_are_filled_and_a_voluntary_one(self):
        result = run(list(self.people), list(self.slots))
        assert pairs(result) == {
            ("a", "carpentry"),
            ("d", "carpentry"),
            ("b", "labour"),
            ("c", "labour"),
            ("g", "cleaning"),
        }
        assert dict(result.objective.places_by_tier) == {2: 0, 1: 4, 0: 1}
        assert result.certificate.optimal
        assert result.certificate.primal == result.certificate.dual

    def test_who_is_left_out_is_told_why_by_slot(self):
        result = run(list(self.people), list(self.slots))
        assert {left.candidate_id: dict(left.reasons) for left in result.unmatched_candidates} == {
            "e": {"occupation-not-sought": 2, "not-consented": 3},
            "f": {"occupation-not-sought": 2, "too-far": 3},
            "h": {"occupation-not-sought": 2, "programme-limit": 3},
        }

    def test_an_unfilled_place_is_told_why_by_candidate(self):
        result = run(list(self.people), list(self.slots))
        (left,) = result.unfilled_slots
        assert (left.slot_id, left.places_left) == ("cleaning", 1)
        assert dict(left.reasons) == {
            "occupation-not-sought": 6,
            "too-far": 1,
            "programme-limit": 1,
            "not-consented": 1,
            "no-candidate-left": 2,
        }


@pytest.mark.parametrize("population_of", POPULATIONS)
def test_the_same_rows_in_any_order_give_the_same_bytes(population_of: tuple[int, int, int]):
    people, slots = population(*population_of)
    shuffle = random.Random(population_of[0])
    again, slots_again = list(people), list(slots)
    shuffle.shuffle(again)
    shuffle.shuffle(slots_again)
    first, second = run(people, slots), run(again, slots_again)
    assert pickle.dumps(repr(first)) == pickle.dumps(repr(second))
    assert first.pairs.points.tobytes() == second.pairs.points.tobytes()


def test_another_hash_seed_gives_the_same_bytes():
    program = (
        "from tests.matching.test_engine import population, run;"
        "print(repr(run(*population(3, 40, 15))))"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "77")
    }
    assert len(answers) == 1


@pytest.mark.parametrize("population_of", POPULATIONS)
def test_proposals_and_pairs_say_what_a_single_explanation_says(
    population_of: tuple[int, int, int],
):
    people, slots = population(*population_of)
    result = run(people, slots)
    by_id = {person.id: person for person in people}
    slot_by_id = {slot.id: slot for slot in slots}
    for proposal in result.proposals:
        one = explain_pair(
            by_id[proposal.candidate_id], slot_by_id[proposal.slot_id], POLICY, as_of=AS_OF
        )
        assert (one.points, one.criteria) == (proposal.points, proposal.criteria)
        assert (one.programme, one.start, one.end) == (
            proposal.programme,
            proposal.start,
            proposal.end,
        )
    found = {
        (result.pairs.candidate_ids[candidate], result.pairs.slot_ids[slot]): points
        for slot, candidate, points in zip(
            result.pairs.slot.tolist(),
            result.pairs.candidate.tolist(),
            result.pairs.points.tolist(),
            strict=True,
        )
    }
    explained = {
        (person.id, slot.id): explain_pair(person, slot, POLICY, as_of=AS_OF).points
        for person in people
        for slot in slots
    }
    assert found == {pair: points for pair, points in explained.items() if points is not None}
    assert result.counts.feasible_pairs == len(found)


@pytest.mark.parametrize("population_of", POPULATIONS)
def test_every_candidate_and_every_place_is_accounted_for(population_of: tuple[int, int, int]):
    people, slots = population(*population_of)
    result = run(people, slots)
    assert len(result.proposals) + len(result.unmatched_candidates) == len(people)
    left = sum(slot.places_left for slot in result.unfilled_slots)
    assert len(result.proposals) + left == result.counts.places
    for unmatched in result.unmatched_candidates:
        assert sum(unmatched.reasons.values()) >= len(slots)
        assert ("outranked" in unmatched.reasons) == (unmatched.outranked is not None)


def test_the_gap_of_who_is_outranked_is_what_the_whole_loses_by_placing_that_person():
    seen = 0
    for shape in POPULATIONS:
        people, slots = population(*shape)
        result = run(people, slots)
        for unmatched in result.unmatched_candidates:
            if unmatched.outranked is not None:
                seen += 1
                pin = (unmatched.candidate_id, unmatched.outranked.slot_id)
                forced = run(people, slots, pins=[pin])
                gap, best, then = (
                    unmatched.outranked.gap,
                    result.certificate.primal,
                    forced.certificate.primal,
                )
                assert best.points - then.points == gap.points
                assert {
                    tier: best.places_by_tier[tier] - then.places_by_tier[tier]
                    for tier in (2, 1, 0)
                } == gap.places_by_tier
    assert seen > 30


def test_two_alike_for_one_place_are_equally_good():
    result = run([waiting("a", 100), waiting("b", 100)], [make_slot()])
    (left,) = result.unmatched_candidates
    assert dict(left.reasons) == {"outranked": 1}
    assert left.outranked is not None
    assert left.outranked.gap.points == 0
    assert set(left.outranked.gap.places_by_tier.values()) == {0}


def test_order_inside_is_by_reference_where_there_is_one():
    """Ids come from a database and differ between two of them; references do not."""
    by_id = [waiting("a", 100), waiting("b", 100), waiting("c", 100)]
    turned = zip(by_id, ("3", "2", "1"), strict=True)
    named = [replace(person, reference=reference) for person, reference in turned]
    one = run(by_id, [make_slot()]).proposals[0].candidate_id
    other = run(named, [make_slot()]).proposals[0].candidate_id
    assert (one, other) == ("a", "c")


class TestPins:
    def test_a_pinned_pair_is_in_the_result_though_another_is_better(self):
        people, slots = [waiting("a", 900), waiting("b", 10)], [make_slot()]
        result = run(people, slots, pins=[("b", "carpentry")])
        assert [(p.candidate_id, p.pinned) for p in result.proposals] == [("b", True)]
        assert result.proposals[0].slot_price.maximum is None
        assert result.objective.points == result.proposals[0].points
        assert result.certificate.primal.points == result.proposals[0].points
        (left,) = result.unmatched_candidates
        assert dict(left.reasons) == {"no-places-left": 1}

    def test_the_rest_is_solved_around_the_pins(self):
        people = [waiting("a", 900), waiting("b", 10), waiting("c", 500)]
        result = run(people, [make_slot(places=2)], pins=[("b", "carpentry")])
        assert pairs(result) == {("a", "carpentry"), ("b", "carpentry")}
        assert result.objective.places_by_tier[1] == 2

    def test_pinning_what_would_be_chosen_anyway_changes_nothing(self):
        for shape in POPULATIONS[:4]:
            people, slots = population(*shape)
            free = run(people, slots)
            pin = (free.proposals[0].candidate_id, free.proposals[0].slot_id)
            assert run(people, slots, pins=[pin]).objective == free.objective

    @pytest.mark.parametrize(
        ("pins", "message"),
        [
            ([("a", "labour")], '"a" and slot "labour" cannot be paired: occupation-not-sought'),
            ([("a", "nowhere")], 'pins: no slot has the id "nowhere"'),
            ([("nobody", "labour")], 'pins: no candidate has the id "nobody"'),
            ([("a", "carpentry"), ("b", "carpentry")], '"carpentry" has 1 places and 2 pins'),
            ([("a", "carpentry"), ("a", "labour")], '"a" is pinned twice'),
        ],
    )
    def test_a_pin_that_cannot_be_is_refused_with_its_reasons(
        self, pins: list[tuple[str, str]], message: str
    ):
        people = [waiting("a", 10), waiting("b", 10)]
        slots = [make_slot(), make_slot(id="labour", ssyk="9310")]
        with pytest.raises(MatchingInputError, match=message):
            run(people, slots, pins=pins)

    def test_a_pin_on_a_forbidden_or_closed_pair_is_refused(self):
        pin = ("anna", "carpentry")
        with pytest.raises(MatchingInputError, match="forbidden-pair"):
            run([make_candidate()], [make_slot()], pins=[pin], forbidden=[pin])
        with pytest.raises(MatchingInputError, match="gate-missing"):
            run([make_candidate()], [make_slot(closed=("gate-missing",))], pins=[pin])


def test_a_forbidden_pair_is_not_proposed_and_is_counted():
    people = [waiting("a", 900), waiting("b", 10)]
    result = run(people, [make_slot()], forbidden=[("a", "carpentry")])
    assert pairs(result) == {("b", "carpentry")}
    assert dict(result.unmatched_candidates[0].reasons) == {"forbidden-pair": 1}


def test_a_forbidden_pair_that_nobody_knows_is_refused():
    with pytest.raises(MatchingInputError, match="forbidden: no candidate"):
        run([make_candidate()], [make_slot()], forbidden=[("nobody", "carpentry")])


def test_a_closed_slot_pairs_with_no_one_and_counts_every_other_rule_too():
    closed = make_slot(closed=("gate-missing", "supplier-excluded"))
    result = run([waiting("a", 1), waiting("b", 1, programmes=())], [closed])
    assert result.proposals == ()
    expected = {"gate-missing": 1, "supplier-excluded": 1}
    assert [dict(left.reasons) for left in result.unmatched_candidates] == [
        expected,
        {"programme-limit": 1} | expected,
    ]
    assert dict(result.unfilled_slots[0].reasons) == {
        "programme-limit": 1,
        "gate-missing": 2,
        "supplier-excluded": 2,
    }
    assert result.slot_prices[0].maximum is None
    assert result.counts.places == 0


def test_a_slot_without_places_is_priced_and_leaves_people_without():
    result = run([make_candidate()], [make_slot(places=0)])
    assert dict(result.unmatched_candidates[0].reasons) == {"no-places-left": 1}
    assert result.unfilled_slots == ()
    price = result.slot_prices[0]
    assert (price.minimum.places_by_tier[1], price.minimum.points) == (1, 850)
    assert price.maximum is None


def test_voluntary_places_are_filled_before_points_only_when_the_policy_says_so():
    """Only "a" fits both: 1000 points in one slot alone, or 400 + 280 with "b" in the first."""
    weights = {"occupation": 1000, "skills": 0, "distance": 0, "waiting": 0, "fit": 0}
    slots = [make_slot(id="near", tier=0), make_slot(id="wide", tier=0, ssyk="9310")]
    people = [
        make_candidate(id="a", occupations=("7111", *("5",) * 6, "9310")),
        make_candidate(id="b", occupations=("5",) * 6 + ("7112",)),
    ]
    by_points = run(people, slots, Policy(weights=weights))
    by_places = run(people, slots, Policy(weights=weights, placements_before_points=True))
    assert pairs(by_points) == {("a", "near")}
    assert pairs(by_places) == {("a", "wide"), ("b", "near")}
    assert by_points.certificate.primal.places_by_tier[0] == 0
    assert by_places.certificate.primal.places_by_tier[0] == 2
    assert by_places.certificate.optimal


@pytest.mark.parametrize(("people", "slots"), [(0, 0), (0, 1), (1, 0)])
def test_an_empty_side_is_a_result(people: int, slots: int):
    result = run([make_candidate()] * people, [make_slot()] * slots)
    assert result.proposals == ()
    assert len(result.unmatched_candidates) == people
    assert len(result.unfilled_slots) == slots
    assert result.certificate.optimal


def test_everyone_alike_for_everything_is_still_one_result():
    people = [waiting(f"c{number:02}", 50) for number in range(12)]
    slots = [make_slot(id=f"s{number}", places=2) for number in range(4)]
    result = run(people, slots)
    assert len(result.proposals) == 8
    assert pairs(run(people[::-1], slots[::-1])) == pairs(result)


def test_as_many_tests_as_the_limit_are_taken_on_and_more_are_refused():
    refuse_too_many_tests(1, MOST_TESTS)
    with pytest.raises(TooLargeError, match="pairs to test"):
        refuse_too_many_tests(1, MOST_TESTS + 1)


def test_more_feasible_pairs_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch):
    people = [waiting(f"c{number}", 50) for number in range(3)]
    slots = [make_slot(id=f"s{number}") for number in range(2)]
    monkeypatch.setattr("app.matching.feasible.MOST_PAIRS", 6)
    assert run(people, slots).counts.feasible_pairs == 6
    monkeypatch.setattr("app.matching.feasible.MOST_PAIRS", 5)
    with pytest.raises(TooLargeError, match="feasible pairs"):
        run(people, slots)


def test_the_columns_of_feasible_pairs_are_in_canonical_order():
    people, slots = population(1, 40, 20)
    columns = run(people, slots).pairs
    key = columns.slot.astype(np.int64) * len(people) + columns.candidate
    assert (np.diff(key) > 0).all()
    assert columns.slot.dtype == np.int32
    assert columns.points.dtype == np.int64
