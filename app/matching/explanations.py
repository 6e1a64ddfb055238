"""One pair explained; the slots that one person just misses."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from app.matching.arrays import Indices, Mask
from app.matching.checks import check_candidate, check_policy, check_slot, in_order
from app.matching.dates import first_programme, proposed_end
from app.matching.eligibility import RULES, Block
from app.matching.facts import Case, failure_facts, points_facts
from app.matching.inputs import Candidate, Policy, Slot
from app.matching.pools import Pairs, Pools, pools
from app.matching.reasons import ALL_REASONS
from app.matching.results import CriterionPoints, NearMiss, PairExplanation, Reason
from app.matching.scoring import Scored, score, total


@dataclass(frozen=True, slots=True)
class Terms:
    """What a feasible pair would be: its points and the placement's dates."""

    points: int
    criteria: tuple[CriterionPoints, ...]
    programme: str
    start: date
    end: date


def explain_pair(
    candidate: Candidate, slot: Slot, policy: Policy, *, as_of: date, forbidden: bool = False
) -> PairExplanation:
    """Say every rule that the pair fails, in the order of ALL_REASONS, or, when it fails none,
    its points, programme and dates. Places are not looked at: that they are taken is no fault of
    the pair. Raises MatchingInputError for malformed input.
    """
    _check(candidate, [slot], policy)
    both = pools([candidate], [slot], policy, as_of)
    case = Case(candidate, slot, policy.occupation_digits, as_of)
    failed = {code for code, fails in _failures(both, [0] if forbidden else []).items() if fails[0]}
    failed.update(slot.closed)
    reasons = tuple(_reason(code, case) for code in ALL_REASONS if code in failed)
    if reasons:
        return PairExplanation(candidate.id, slot.id, reasons)
    first = np.zeros(1, dtype=np.int32)
    terms = next(describe(Pairs(both, first, first), [case], policy))
    return PairExplanation(
        candidate_id=candidate.id,
        slot_id=slot.id,
        points=terms.points,
        criteria=terms.criteria,
        programme=terms.programme,
        start=terms.start,
        end=terms.end,
    )


def near_misses(
    candidate: Candidate,
    slots: Sequence[Slot],
    policy: Policy,
    *,
    as_of: date,
    most: int = 5,
    forbidden: Collection[str] = (),
) -> tuple[NearMiss, ...]:
    """The slots that fail exactly one rule other than the occupation, best first.

    Best is by the points the pair would have without that rule, then by slot order. Closed slots
    and slots without places are left out: there is nothing to come near. ``forbidden``: ids of
    slots that the caller forbids for this person. Raises MatchingInputError for malformed input.
    """
    _check(candidate, slots, policy)
    ordered = in_order(slots)
    both = pools([candidate], ordered, policy, as_of)
    banned = [row for row, slot in enumerate(ordered) if slot.id in forbidden]
    missed, codes = _missed_by_one(_failures(both, banned), ordered)
    points = total(score(Pairs(both, missed, np.zeros_like(missed)), policy))
    best = np.argsort(-points, kind="stable")[:most]
    nearest = [(ordered[missed[index]], codes[index]) for index in best]
    cases = [Case(candidate, slot, policy.occupation_digits, as_of) for slot, _ in nearest]
    return tuple(
        NearMiss(slot.id, _reason(code, case))
        for (slot, code), case in zip(nearest, cases, strict=True)
    )


def _missed_by_one(
    failures: Mapping[str, Mask], slots: Sequence[Slot]
) -> tuple[Indices, Sequence[str]]:
    """Rows of open slots that fail one rule other than the occupation, and which."""
    failed = np.array(list(failures.values())).reshape(len(failures), -1)
    has_room = np.array([not slot.closed and slot.places > 0 for slot in slots], np.bool_)
    once = has_room & (failed.sum(axis=0) == 1) & ~failures["occupation-not-sought"]
    rows = np.flatnonzero(once).astype(np.int32)
    names = list(failures)
    return rows, [names[rule] for rule in failed[:, rows].argmax(axis=0)]


def describe(pairs: Pairs, cases: Sequence[Case], policy: Policy) -> Iterator[Terms]:
    """The terms of feasible pairs (k,), each with its case, in the same order."""
    scored = score(pairs, policy)
    points = total(scored)
    people, slots = pairs.pools.candidates, pairs.pools.slots
    programmes, months = people.programmes[pairs.candidate], slots.months[pairs.slot]
    start = np.maximum(slots.start[pairs.slot], people.available_from[pairs.candidate])
    end = proposed_end(
        start, months, slots.end[pairs.slot], people.available_to[pairs.candidate], programmes
    )
    chosen = first_programme(programmes, months)
    for row, case in enumerate(cases):
        yield Terms(
            points=int(points[row]),
            criteria=tuple(_criteria(scored, row, case, policy.weights)),
            programme=case.person.programmes[chosen[row]][0],
            start=date.fromordinal(int(start[row])),
            end=date.fromordinal(int(end[row])),
        )


def _criteria(
    scored: Mapping[str, Scored], row: int, case: Case, weights: Mapping[str, int]
) -> Iterator[CriterionPoints]:
    for name, criterion in scored.items():
        numbers = {fact: int(values[row]) for fact, values in criterion.facts.items()}
        facts = points_facts(name, numbers, case)
        yield CriterionPoints(name, int(criterion.points[row]), weights[name], facts)


def _failures(both: Pools, forbidden_rows: Sequence[int]) -> dict[str, Mask]:
    """(S,) per rule, for one candidate."""
    pairs: Indices = np.array([(row, 0) for row in forbidden_rows], dtype=np.int32).reshape(-1, 2)
    block = Block(both, pairs)
    return {code: rule(block)[:, 0] for code, rule in RULES.items()}


def _reason(code: str, case: Case) -> Reason:
    return Reason(code, failure_facts(code, case))


def _check(candidate: Candidate, slots: Sequence[Slot], policy: Policy) -> None:
    check_policy(policy)
    check_candidate(candidate)
    for slot in slots:
        check_slot(slot)
