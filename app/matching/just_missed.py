"""The slots that people just miss, because they fail exactly one rule."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.matching.errors import MatchingInputError
from app.matching.kit import Indices, Ints, Mask
from app.matching.pins import numbered
from app.matching.rules.case import Case
from app.matching.rules.scoring import score, total
from app.matching.rules.table import RULES, failing
from app.matching.sides.pools import Pairs, Pools, pools
from app.matching.values import (
    CandidateColumns,
    Given,
    NearMiss,
    Reason,
    SlotColumns,
    candidate_at,
    check_candidates,
    check_policy,
    check_slots,
    in_order,
    slot_at,
)


def near_misses(
    given: Given, candidate_ids: Sequence[str], *, most: int = 5
) -> dict[str, tuple[NearMiss, ...]]:
    """For each of these candidates the slots that fail exactly one rule other than the occupation,
    best first.

    The order is by the points that the pair would have without that rule, then by slot. Closed
    slots and slots without places are left out. Raises MatchingInputError for malformed input or an
    id that is no candidate's.
    """
    check_policy(given.policy)
    people, slots = given.candidates.taken(_rows_of(given, candidate_ids)), in_order(given.slots)
    check_candidates(people)
    check_slots(slots)
    own = set(candidate_ids)
    forbidden = [pair for pair in given.forbidden if pair[0] in own]
    banned = numbered("forbidden", forbidden, people, slots)
    both = pools(people, slots, given.policy, given.as_of.toordinal(), banned)
    return {
        name: tuple(_near_misses(Neighbourhood(given, people, slots, both), row, most))
        for row, name in enumerate(candidate_ids)
    }


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Some people and every slot, as given and as prepared."""

    given: Given
    people: CandidateColumns
    slots: SlotColumns
    pools: Pools


def _rows_of(given: Given, candidate_ids: Sequence[str]) -> Ints:
    wanted = np.array(candidate_ids, dtype=np.str_)
    rows = np.flatnonzero(np.isin(given.candidates.id, wanted))
    row = {name: rows[place] for place, name in enumerate(given.candidates.id[rows].tolist())}
    if missing := [name for name in candidate_ids if name not in row]:
        raise MatchingInputError(f'no candidate has the id "{missing[0]}"')
    return np.array([row[name] for name in candidate_ids], dtype=np.int64)


def _near_misses(near: Neighbourhood, row: int, most: int) -> Iterator[NearMiss]:
    missed = _missed_by_one(_failures(near.pools, row), near.slots)
    policy, person = near.given.policy, candidate_at(near.people, row)
    points = total(score(Pairs(near.pools, missed, np.full_like(missed, row)), policy))
    for place in np.argsort(-points, kind="stable")[:most].tolist():
        slot = slot_at(near.slots, int(missed[place]))
        forbidden = (person.id, slot.id) in near.given.forbidden
        case = Case(person, slot, policy.occupation_digits, near.given.as_of, forbidden)
        ((code, facts),) = failing(case)
        yield NearMiss(slot.id, Reason(code, facts))


def _missed_by_one(failures: Mapping[str, Mask], slots: SlotColumns) -> Indices:
    """Rows of open slots that fail one rule other than the occupation."""
    failed = np.array(list(failures.values())).reshape(len(failures), -1)
    has_room = (slots.free_places() > 0) & ~slots.is_closed()
    once = has_room & (failed.sum(axis=0) == 1) & ~failures["occupation-not-sought"]
    return np.flatnonzero(once).astype(np.int32)


def _failures(both: Pools, row: int) -> dict[str, Mask]:
    """(S,) bool for each rule, for one candidate."""
    slots = np.arange(len(both.slots), dtype=np.int32)
    pairs = Pairs(both, slots, np.full_like(slots, row))
    return {rule.code: rule.fails(pairs) for rule in RULES}
