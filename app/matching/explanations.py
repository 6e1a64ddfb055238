"""One pair explained; the slots that people just miss."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from app.matching.answers.terms import terms
from app.matching.errors import MatchingInputError
from app.matching.kit import Indices, Ints, Mask
from app.matching.pins import numbered
from app.matching.rules.eligibility import RULES
from app.matching.rules.facts import Case, failure_facts
from app.matching.rules.scoring import score, total
from app.matching.scenarios import Given
from app.matching.sides.pools import Pairs, Pools, pools
from app.matching.values import (
    ALL_REASONS,
    Candidate,
    CandidateColumns,
    NearMiss,
    PairExplanation,
    Policy,
    Reason,
    Slot,
    SlotColumns,
    candidate_at,
    check_candidates,
    check_policy,
    check_slots,
    in_order,
    slot_at,
)


def explain_pair(
    candidate: Candidate, slot: Slot, policy: Policy, *, as_of: date, forbidden: bool = False
) -> PairExplanation:
    """Say every rule that the pair fails, in the order of ALL_REASONS, or, when it fails none,
    its points, programme and dates. Places are not looked at: that they are taken is no fault of
    the pair. Raises MatchingInputError for malformed input.
    """
    both = _pools(candidate, slot, policy, as_of, forbidden)
    failed = {code for code, fails in _failures(both, 0).items() if fails[0]} | set(slot.closed)
    case = Case(candidate, slot, policy.occupation_digits, as_of)
    reasons = tuple(_reason(code, case) for code in ALL_REASONS if code in failed)
    if reasons:
        return PairExplanation(candidate.id, slot.id, reasons)
    first = np.zeros(1, dtype=np.int32)
    found = terms(Pairs(both, first, first), policy)
    ((start, end),) = found.dates()
    return PairExplanation(
        candidate_id=candidate.id,
        slot_id=slot.id,
        points=int(found.points[0]),
        criteria=next(found.criteria()),
        programme=found.programme_codes()[0],
        start=start,
        end=end,
    )


def near_misses(
    given: Given, candidate_ids: Sequence[str], *, most: int = 5
) -> dict[str, tuple[NearMiss, ...]]:
    """For each of these candidates the slots that fail exactly one rule other than the occupation,
    best first.

    Best is by the points the pair would have without that rule, then by slot order. Closed slots
    and slots without places are left out: there is nothing to come near. Raises MatchingInputError
    for malformed input or an id that is no candidate's.
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
    missed, codes = _missed_by_one(_failures(near.pools, row), near.slots)
    policy = near.given.policy
    points = total(score(Pairs(near.pools, missed, np.full_like(missed, row)), policy))
    person = candidate_at(near.people, row)
    for place in np.argsort(-points, kind="stable")[:most].tolist():
        slot = slot_at(near.slots, int(missed[place]))
        case = Case(person, slot, policy.occupation_digits, near.given.as_of)
        yield NearMiss(slot.id, _reason(codes[place], case))


def _missed_by_one(failures: Mapping[str, Mask], slots: SlotColumns) -> tuple[Indices, list[str]]:
    """Rows of open slots that fail one rule other than the occupation, and which."""
    failed = np.array(list(failures.values())).reshape(len(failures), -1)
    has_room = (slots.free_places() > 0) & ~slots.is_closed()
    once = has_room & (failed.sum(axis=0) == 1) & ~failures["occupation-not-sought"]
    rows = np.flatnonzero(once).astype(np.int32)
    names = list(failures)
    return rows, [names[rule] for rule in failed[:, rows].argmax(axis=0)]


def _failures(both: Pools, row: int) -> dict[str, Mask]:
    """(S,) per rule, for one candidate."""
    slots = np.arange(len(both.slots), dtype=np.int32)
    pairs = Pairs(both, slots, np.full_like(slots, row))
    return {code: rule(pairs) for code, rule in RULES.items()}


def _reason(code: str, case: Case) -> Reason:
    return Reason(code, failure_facts(code, case))


def _pools(candidate: Candidate, slot: Slot, policy: Policy, as_of: date, forbidden: bool) -> Pools:
    check_policy(policy)
    person, offer = CandidateColumns.from_records([candidate]), SlotColumns.from_records([slot])
    check_candidates(person)
    check_slots(offer)
    banned = np.zeros((int(forbidden), 2), dtype=np.int32)
    return pools(person, offer, policy, as_of.toordinal(), banned)
