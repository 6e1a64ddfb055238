"""A rule is written as a law, over columns, by counting and compiled: all of them agree."""

from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.matching import ALL_REASONS, PAIR_REASONS, Policy
from app.matching.kit import NUMBA_IS_THERE
from app.matching.one_pair import explained
from app.matching.pairs.feasible import feasible_pairs
from app.matching.rules.case import Case
from app.matching.rules.counted import failures
from app.matching.rules.scoring import score
from app.matching.rules.table import RULES, failing
from app.matching.sides.pools import Pairs
from app.models.placements import Override, PlacementFields
from tests.matching.dense import dense, pools_of
from tests.matching.judges import failing_rules
from tests.matching.make import AS_OF, drawn
from tests.sampling import sampled

POLICIES = (Policy(), Policy(occupation_digits=1), Policy(occupation_digits=4))
ONE_RULE_ONLY = {"too-far", "forbidden-pair"}  # the judge leaves them out


@sampled(25)
@given(st.integers(0, 100_000), st.sampled_from(POLICIES))
def test_laws_columns_counts_and_the_judge_agree_on_every_pair_and_rule(
    seed: int, policy: Policy
) -> None:
    people, slots = drawn(seed, 12)
    banned = np.array([(row, row) for row in range(0, len(slots), 3)], dtype=np.int32)
    both = pools_of(people, slots, policy, banned)
    found = dense(both, policy)
    for row, slot in enumerate(slots):
        for column, person in enumerate(people):
            case = Case(
                person, slot, policy.occupation_digits, AS_OF, row == column and not row % 3
            )
            by_law = [code for code, _ in failing(case)]
            assert by_law == [code for code, grid in found.fails.items() if grid[row, column]]
            judged = failing_rules(person, slot, policy.occupation_digits, AS_OF)
            assert set(by_law) - ONE_RULE_ONLY == judged
    counted = failures(both)
    assert np.array_equal(counted.of_slot, found.failed_of_slot)
    assert np.array_equal(counted.of_candidate, found.failed_of_candidate)


@sampled(25)
@given(st.integers(0, 100_000), st.sampled_from(POLICIES))
def test_the_feasible_pairs_are_those_that_break_no_law(seed: int, policy: Policy) -> None:
    """Compiled where numba is there, and over columns where it is not."""
    people, slots = drawn(seed, 12)
    both = pools_of(people, slots, policy)
    expected = {}
    for row, slot in enumerate(slots):
        for column, person in enumerate(people):
            pair = explained(Case(person, slot, policy.occupation_digits, AS_OF), policy)
            if pair.feasible:
                expected[row, column] = pair.points
    for without_numba in ("", "1"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("MATCHING_WITHOUT_NUMBA", without_numba)
            edges, points = (found := feasible_pairs(both, policy)).edges, found.points
        pairs = zip(edges.slot.tolist(), edges.candidate.tolist(), strict=True)
        assert dict(zip(pairs, points.tolist(), strict=True)) == expected


def test_both_ways_are_tried() -> None:
    assert NUMBA_IS_THERE


@sampled(15)
@given(st.integers(0, 100_000), st.sampled_from(POLICIES))
def test_points_and_facts_of_one_pair_are_those_over_columns(seed: int, policy: Policy) -> None:
    people, slots = drawn(seed, 12)
    both = pools_of(people, slots, policy)
    feasible = feasible_pairs(both, policy).edges
    scored = score(Pairs(both, feasible.slot, feasible.candidate), policy)
    for place, (row, column) in enumerate(
        zip(feasible.slot.tolist(), feasible.candidate.tolist(), strict=True)
    ):
        case = Case(people[column], slots[row], policy.occupation_digits, AS_OF)
        for one in explained(case, policy).criteria:
            assert one.points == scored[one.criterion].points[place]
            for name, values in scored[one.criterion].facts.items():
                assert one.facts[name] == values[place]


def test_every_rule_fails_and_passes_somewhere_in_what_is_drawn() -> None:
    people, slots = drawn(7, 40)
    seen: dict[str, set[bool]] = {code: set() for code in PAIR_REASONS}
    for number, person in enumerate(people):
        for slot in slots:
            broken = {code for code, _ in failing(Case(person, slot, 3, AS_OF, number == 0))}
            for code, outcomes in seen.items():
                outcomes.add(code in broken)
    assert [code for code, outcomes in seen.items() if outcomes != {True, False}] == []


def test_every_rule_has_a_code_of_its_own() -> None:
    assert len(set(ALL_REASONS)) == len(ALL_REASONS)
    assert tuple(rule.code for rule in RULES) == PAIR_REASONS == ALL_REASONS[: len(RULES)]


def test_a_person_may_set_aside_just_what_the_table_says() -> None:
    codes = tuple(rule.code for rule in RULES if rule.may_be_set_aside)
    assert get_args(Override) == codes
    asked = PlacementFields.model_json_schema()["properties"]["overrides"]
    assert asked["maxItems"] == len(codes)
