"""A rule or a criterion that is not compiled counts all the same, with numba and without."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from app.matching import DEFAULT_WEIGHTS, Policy
from app.matching.kit import WITHOUT, Ints, Mask
from app.matching.one_pair import explained
from app.matching.pairs import feasible
from app.matching.pairs.feasible import Feasible, feasible_pairs
from app.matching.rules import scoring
from app.matching.rules.case import NO_FACTS, Case, Facts
from app.matching.rules.rule import Found, Rule, by_value
from app.matching.rules.scoring import Criterion, Scored
from app.matching.rules.table import RULES
from app.matching.sides.pools import Pairs, Pools
from tests.matching.dense import pools_of
from tests.matching.make import AS_OF, population

LONGEST_WAIT = 200


def _waited_too_long(case: Case) -> Facts | None:
    waited = (case.as_of - case.person.waiting_since).days
    return NO_FACTS if case.slot.places > 1 and waited > LONGEST_WAIT else None


def _test(places: Ints, since: Ints) -> Mask:
    fails: Mask = (places > 1) & (AS_OF.toordinal() - since > LONGEST_WAIT)
    return fails


RULE: Rule = by_value(
    "waited-too-long",
    _waited_too_long,
    lambda both: (both.slot_columns.places,),
    lambda both: (both.candidate_columns.waiting_since,),
    _test,
)
BONUS = Criterion(
    "bonus",
    lambda case, weight: (weight * (case.slot.places > 1), NO_FACTS),
    lambda pairs, weight: Scored(weight * (pairs.pools.slot_columns.places[pairs.slot] > 1), {}),
    lambda pairs, scored: {},
)


@pytest.fixture(params=["compiled", "plain"], autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "plain":
        monkeypatch.setenv(WITHOUT, "1")
    return str(request.param)


@pytest.fixture
def both() -> Pools:
    return pools_of(*population(3, 80, 40), Policy())


def by_pair(found: Feasible) -> Iterator[tuple[tuple[int, int], int]]:
    edges = zip(found.edges.slot.tolist(), found.edges.candidate.tolist(), strict=True)
    return zip(edges, found.points.tolist(), strict=True)


def test_a_rule_takes_out_just_the_pairs_that_break_it(
    both: Pools, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = dict(by_pair(feasible_pairs(both, Policy())))
    monkeypatch.setattr(feasible, "RULES", (*RULES, RULE))
    monkeypatch.setattr(feasible, "AT_ONCE", 7)
    found = dict(by_pair(feasible_pairs(both, Policy())))
    people, slots = population(3, 80, 40)
    expected = {
        (row, column): points
        for (row, column), points in without.items()
        if _waited_too_long(Case(people[column], slots[row], 3, AS_OF)) is None
    }
    assert found == expected
    assert 0 < len(found) < len(without)


def test_a_rule_by_value_is_counted_as_it_is_tested(both: Pools) -> None:
    shape = len(both.slots), len(both.candidates)
    slot, candidate = (index.reshape(-1).astype(np.int32) for index in np.indices(shape))
    fails = RULE.fails(Pairs(both, slot, candidate)).reshape(shape)
    of_slot, of_candidate = RULE.count(both)
    assert of_slot.tolist() == fails.sum(axis=1).tolist()
    assert of_candidate.tolist() == fails.sum(axis=0).tolist()
    assert RULE.found is Found.BY_COLUMNS


@pytest.mark.parametrize("only_bonus", [False, True])
def test_a_criterion_adds_its_points_to_every_pair(
    both: Pools, monkeypatch: pytest.MonkeyPatch, only_bonus: bool
) -> None:
    """Also where all others give nothing: then one point is left to say that a pair is possible."""
    old = dict.fromkeys(DEFAULT_WEIGHTS, 0) if only_bonus else dict(DEFAULT_WEIGHTS)
    policy = replace(Policy(), weights=old | {"bonus": 50})
    before = dict(by_pair(feasible_pairs(both, replace(policy, weights=old))))
    more = (*scoring.SOFT_CRITERIA, BONUS)
    for module in ("rules.scoring", "pairs.kernel_input"):
        monkeypatch.setattr(f"app.matching.{module}.SOFT_CRITERIA", more)
    found = dict(by_pair(feasible_pairs(both, policy)))
    many = both.slot_columns.places > 1
    assert found == {
        pair: max(points * (not only_bonus) + 50 * bool(many[pair[0]]), 1)
        for pair, points in before.items()
    }


def test_a_policy_from_before_a_criterion_gives_no_points_for_it(
    both: Pools, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dict(by_pair(feasible_pairs(both, Policy())))
    for module in ("rules.scoring", "pairs.kernel_input"):
        monkeypatch.setattr(f"app.matching.{module}.SOFT_CRITERIA", (*scoring.SOFT_CRITERIA, BONUS))
    assert dict(by_pair(feasible_pairs(both, Policy()))) == before
    people, slots = population(3, 80, 40)
    row, column = next(iter(before))
    pair = explained(Case(people[column], slots[row], 3, AS_OF), Policy())
    assert [one.criterion for one in pair.criteria] == list(DEFAULT_WEIGHTS)
    assert pair.points == before[row, column]
