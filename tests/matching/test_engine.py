import os
import pickle
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from app.matching import (
    Policy,
    TooLargeError,
    explain_pair,
)
from app.matching.pairs.feasible import MOST_TESTS, refuse_too_many_tests
from tests.matching.make import (
    AS_OF,
    POLICY,
    POPULATIONS,
    Shape,
    make_candidate,
    make_slot,
    pairs,
    population,
    run,
    waiting,
    weights,
)


@pytest.mark.parametrize("shape", POPULATIONS)
def test_the_same_rows_in_any_order_give_the_same_bytes(
    shape: Shape,
) -> None:
    people, slots = population(*shape)
    rng = np.random.default_rng(shape[0])
    again = [people[row] for row in rng.permutation(len(people))]
    slots_again = [slots[row] for row in rng.permutation(len(slots))]
    first, second = run(people, slots), run(again, slots_again)
    assert pickle.dumps(repr(first)) == pickle.dumps(repr(second))
    assert first.pairs.points.tobytes() == second.pairs.points.tobytes()


def test_another_hash_seed_gives_the_same_bytes() -> None:
    program = (
        "from tests.matching.make import population, run;print(repr(run(*population(3, 40, 15))))"
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


@pytest.mark.parametrize("shape", POPULATIONS[:3])
def test_proposals_and_pairs_say_what_a_single_explanation_says(
    shape: Shape,
) -> None:
    people, slots = population(*shape)
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


def test_order_inside_is_by_reference_where_there_is_one() -> None:
    """Ids come from a database and differ between two of them; references do not."""
    by_id = [waiting("a", 100), waiting("b", 100), waiting("c", 100)]
    turned = zip(by_id, ("3", "2", "1"), strict=True)
    named = [replace(person, reference=reference) for person, reference in turned]
    one = run(by_id, [make_slot()]).proposals[0].candidate_id
    other = run(named, [make_slot()]).proposals[0].candidate_id
    assert (one, other) == ("a", "c")


def test_voluntary_places_are_filled_before_points_only_when_the_policy_says_so() -> None:
    """Only "a" fits both: 1000 points in one slot alone, or 400 + 280 with "b" in the first."""
    slots = [make_slot(id="near", tier=0), make_slot(id="wide", tier=0, ssyk="9310")]
    people = [
        make_candidate(id="a", occupations=("7111", *("5",) * 6, "9310")),
        make_candidate(id="b", occupations=("5",) * 6 + ("7112",)),
    ]
    by_points = run(people, slots, Policy(weights=weights(occupation=1000)))
    by_places = run(
        people, slots, Policy(weights=weights(occupation=1000), placements_before_points=True)
    )
    assert pairs(by_points) == {("a", "near")}
    assert pairs(by_places) == {("a", "wide"), ("b", "near")}
    assert by_points.certificate.primal.places_by_tier[0] == 0
    assert by_places.certificate.primal.places_by_tier[0] == 2
    assert by_places.certificate.optimal


@pytest.mark.parametrize(("people", "slots"), [(0, 0), (0, 1), (1, 0)])
def test_an_empty_side_is_a_result(people: int, slots: int) -> None:
    result = run([make_candidate()] * people, [make_slot()] * slots)
    assert result.proposals == ()
    assert len(result.unmatched_candidates) == people
    assert len(result.unfilled_slots) == slots
    assert result.certificate.optimal


def test_everyone_alike_for_everything_is_still_one_result() -> None:
    people = [waiting(f"c{number:02}", 50) for number in range(12)]
    slots = [make_slot(id=f"s{number}", places=2) for number in range(4)]
    result = run(people, slots)
    assert len(result.proposals) == 8
    assert pairs(run(people[::-1], slots[::-1])) == pairs(result)


def test_as_many_tests_as_the_limit_are_taken_on_and_more_are_refused() -> None:
    refuse_too_many_tests(MOST_TESTS)
    with pytest.raises(TooLargeError, match="pairs to test"):
        refuse_too_many_tests(MOST_TESTS + 1)


def test_more_feasible_pairs_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [waiting(f"c{number}", 50) for number in range(3)]
    slots = [make_slot(id=f"s{number}") for number in range(2)]
    monkeypatch.setattr("app.matching.pairs.feasible.MOST_PAIRS", 6)
    assert run(people, slots).counts.feasible_pairs == 6
    monkeypatch.setattr("app.matching.pairs.feasible.MOST_PAIRS", 5)
    with pytest.raises(TooLargeError, match="feasible pairs"):
        run(people, slots)


def test_the_columns_of_feasible_pairs_are_in_canonical_order() -> None:
    people, slots = population(1, 40, 20)
    columns = run(people, slots).pairs
    key = columns.slot.astype(np.int64) * len(people) + columns.candidate
    assert (np.diff(key) > 0).all()
    assert columns.slot.dtype == np.int32
    assert columns.points.dtype == np.int64
