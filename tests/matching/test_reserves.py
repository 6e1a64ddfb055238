"""The order and the losses of reserves, against solving again with each of them pinned."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from app.matching import (
    CandidateColumns,
    Given,
    Policy,
    SlotColumns,
    Value,
    canonical,
    loss_of,
    reserves,
    solve,
)
from tests.matching.make import AS_OF, POLICY, make_slot, population, waiting

PLACEMENTS_FIRST = replace(POLICY, placements_before_points=True)
Key = tuple[int, ...]


def solved(given: Given, *pins: tuple[str, str]) -> Key:
    """Places by tier where they count, then points."""
    found = solve(replace(given, pins=pins)).certificate.primal
    return key_of(found)


def key_of(value: Value) -> Key:
    return (*(value.places_by_tier[tier] for tier in (2, 1, 0)), value.points)


def scarce(seed: int, policy: Policy) -> Given:
    """Far more people than places, of slots of every tier."""
    people, slots = population(seed, 40, 9)
    of_tiers = [replace(slot, tier=number % 3) for number, slot in enumerate(slots)]
    columns = CandidateColumns.from_records(people), SlotColumns.from_records(of_tiers)
    return canonical(Given(*columns, policy, AS_OF))


@pytest.mark.parametrize("policy", [POLICY, PLACEMENTS_FIRST])
def test_each_loss_is_that_of_solving_again_and_the_first_is_the_least(policy: Policy) -> None:
    seen = [compared(scarce(seed, policy)) for seed in range(2)]
    assert sum(seen) > 40


def compared(given: Given) -> int:
    """How many reserves were compared with a solution of their own."""
    result, best, seen = solve(given), solved(given), 0
    for row, slot_id in enumerate(result.slot_id.tolist()):
        found = reserves(given, slot_id, result.unmatched.candidate)
        if not result.prices.bounded[row]:
            continue
        price, tier = result.prices.maximum[row], int(result.tier[row])
        told = [
            key_of(loss_of(price, tier, pair.points or 0, given.policy))
            for pair in found.explained(slice(None))
        ]
        lost = [
            tuple(np.subtract(best, solved(given, (name, slot_id))).tolist())
            for name in found.candidate_id.tolist()
        ]
        assert told == lost
        assert all(one <= other for one, other in pairwise(lost))
        seen += len(lost)
    return seen


def small(**slot: object) -> Given:
    people = [waiting("a", 1096), waiting("b", 548), waiting("c", 548), waiting("d", 77)]
    columns = CandidateColumns.from_records(people), SlotColumns.from_records([make_slot(**slot)])
    return Given(*columns, POLICY, AS_OF)


def names(given: Given) -> list[str]:
    left = solve(Given(given.candidates, given.slots, given.policy, given.as_of)).unmatched
    return [str(name) for name in reserves(given, "carpentry", left.candidate).candidate_id]


def test_of_as_many_points_the_first_in_the_run_comes_first() -> None:
    assert names(small()) == ["b", "c", "d"]


def test_nobody_for_a_closed_slot() -> None:
    assert names(small(closed=("supplier-excluded",))) == []


def test_only_some_are_explained() -> None:
    given = small()
    found = reserves(given, "carpentry", np.array([1, 2, 3], dtype=np.int32))
    (middle,) = found.explained(slice(1, 2))
    assert (middle.candidate_id, middle.slot_id, middle.feasible) == ("c", "carpentry", True)
    assert middle.points == sum(one.points for one in middle.criteria)
