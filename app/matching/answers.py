"""From rows and arrays back to what the caller reads: proposals, who is left, which places."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from app.matching.arrays import Indices, Ints
from app.matching.assignment import Solution, objective, slot_prices
from app.matching.eligibility import RULES
from app.matching.explanations import describe
from app.matching.facts import Case
from app.matching.feasible import Feasible
from app.matching.inputs import TIERS, Candidate, Policy, Slot
from app.matching.pools import Pairs, Pools
from app.matching.reasons import ALL_REASONS, NO_CANDIDATE_LEFT, NO_PLACES_LEFT, OUTRANKED
from app.matching.requests import Pins
from app.matching.results import (
    Certificate,
    Counts,
    FeasiblePairs,
    Matching,
    Objective,
    Outranked,
    Proposal,
    SlotPrice,
    UnfilledSlot,
    UnmatchedCandidate,
    Value,
)


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: both sides in canonical order, as rows and as columns, and what fits."""

    candidates: Sequence[Candidate]
    slots: Sequence[Slot]
    policy: Policy
    as_of: date
    pools: Pools
    feasible: Feasible


def answer(
    question: Question, pins: Pins, solution: Solution, certificate: Certificate
) -> Matching:
    """Put the result together, in canonical order. The pins are added to both sides of the
    certificate: they are given, and the rest is proven around them."""
    slot_of = solution.slot_of.copy()
    slot_of[pins.candidate] = pins.slot
    prices = _slot_prices(question, solution)
    reached, pinned = objective(solution), _worth_of_pins(question, pins)
    return Matching(
        proposals=tuple(_proposals(question, slot_of, prices, set(pins.candidate.tolist()))),
        unmatched_candidates=tuple(_unmatched(question, slot_of, solution)),
        unfilled_slots=tuple(_unfilled(question, slot_of)),
        slot_prices=prices,
        objective=Objective(
            _sum(reached.places_by_tier, pinned.places_by_tier), reached.points + pinned.points
        ),
        certificate=_with_pins(certificate, pinned, question.policy),
        counts=_counts(question),
        pairs=_pairs(question),
    )


def _worth_of_pins(question: Question, pins: Pins) -> Objective:
    tiers = [question.slots[row].tier for row in pins.slot.tolist()]
    places = {tier: tiers.count(tier) for tier in TIERS}
    return Objective(places, int(question.feasible.points[pins.edge].sum()))


def _with_pins(certificate: Certificate, pinned: Objective, policy: Policy) -> Certificate:
    counted = dict(pinned.places_by_tier)
    if not policy.placements_before_points:
        counted[0] = 0
    primal, dual = (
        Value(_sum(value.places_by_tier, counted), value.points + pinned.points)
        for value in (certificate.primal, certificate.dual)
    )
    return replace(certificate, primal=primal, dual=dual)


def _sum(one: Mapping[int, int], other: Mapping[int, int]) -> dict[int, int]:
    return {tier: one[tier] + other[tier] for tier in TIERS}


def _slot_prices(question: Question, solution: Solution) -> tuple[SlotPrice, ...]:
    prices = slot_prices(solution)
    rows = zip(question.slots, prices.minimum, prices.maximum, strict=True)
    return tuple(SlotPrice(slot.id, low, high) for slot, low, high in rows)


def _proposals(
    question: Question, slot_of: Indices, prices: Sequence[SlotPrice], pinned: set[int]
) -> Iterator[Proposal]:
    people = np.flatnonzero(slot_of >= 0).astype(np.int32)
    people = people[np.argsort(slot_of[people], kind="stable")]
    rows = list(zip(slot_of[people].tolist(), people.tolist(), strict=True))
    cases = [_case(question, slot, person) for slot, person in rows]
    pairs = Pairs(question.pools, slot_of[people], people)
    described = describe(pairs, cases, question.policy)
    for (slot, person), case, terms in zip(rows, cases, described, strict=True):
        yield Proposal(
            candidate_id=case.person.id,
            slot_id=case.slot.id,
            points=terms.points,
            criteria=terms.criteria,
            tier=case.slot.tier,
            slot_price=prices[slot],
            programme=terms.programme,
            start=terms.start,
            end=terms.end,
            pinned=person in pinned,
        )


def _case(question: Question, slot: int, person: int) -> Case:
    digits = question.policy.occupation_digits
    return Case(question.candidates[person], question.slots[slot], digits, question.as_of)


def _unmatched(
    question: Question, slot_of: Indices, solution: Solution
) -> Iterator[UnmatchedCandidate]:
    edges, failed = question.feasible.edges, question.feasible.failed_of_candidate
    closed = _closed_slots(question)
    room = solution.market.places[edges.slot] > 0
    outranked = np.bincount(edges.candidate[room], minlength=edges.candidates)
    no_room = np.bincount(edges.candidate[~room], minlength=edges.candidates)
    nearest = _nearest(question, solution)
    for row in np.flatnonzero(slot_of < 0).tolist():
        counts = dict(zip(RULES, failed[row].tolist(), strict=True)) | closed
        counts[NO_PLACES_LEFT] = closed.get(NO_PLACES_LEFT, 0) + int(no_room[row])
        counts[OUTRANKED] = int(outranked[row])
        yield UnmatchedCandidate(question.candidates[row].id, _counted(counts), nearest.get(row))


def _closed_slots(question: Question) -> dict[str, int]:
    codes = [code for slot in question.slots for code in set(slot.closed)]
    return {code: codes.count(code) for code in sorted(set(codes))}


def _nearest(question: Question, solution: Solution) -> dict[int, Outranked]:
    """By row of an unmatched candidate: the slot whose maximum price is the least above what the
    pair is worth. That gap is just what the whole would lose by that pair."""
    market, prices = solution.market, solution.prices
    edges = market.edges
    left = (solution.slot_of[edges.candidate] < 0) & prices.bounded[edges.slot]
    slot, person = edges.slot[left], edges.candidate[left]
    gap = prices.slot_maximum[slot] - solution.weights[left]
    order = np.lexsort((slot, gap, person))
    first = order[_firsts(person[order])]
    values = solution.scale.read(gap[first], solution.blocks.of_slot[slot[first]])
    found = zip(person[first].tolist(), slot[first].tolist(), values, strict=True)
    return {row: Outranked(question.slots[at].id, value) for row, at, value in found}


def _firsts(values: Indices) -> Ints:
    """Where a new value begins in sorted values."""
    return np.flatnonzero(np.diff(values, prepend=-1))


def _unfilled(question: Question, slot_of: Indices) -> Iterator[UnfilledSlot]:
    taken = np.bincount(slot_of[slot_of >= 0], minlength=len(question.slots))
    fitting, failed = question.feasible.edges.degrees(), question.feasible.failed_of_slot
    for row, slot in enumerate(question.slots):
        left = slot.places - int(taken[row])
        if left > 0:
            counts = dict(zip(RULES, failed[row].tolist(), strict=True))
            counts |= dict.fromkeys(slot.closed, len(question.candidates))
            counts[NO_CANDIDATE_LEFT] = int(fitting[row])
            yield UnfilledSlot(slot.id, left, _counted(counts))


def _counted(counts: Mapping[str, int]) -> dict[str, int]:
    """The codes that occur, in the order of ALL_REASONS."""
    return {code: counts[code] for code in ALL_REASONS if counts.get(code, 0) > 0}


def _counts(question: Question) -> Counts:
    return Counts(
        candidates=len(question.candidates),
        slots=len(question.slots),
        places=sum(slot.places for slot in question.slots if not slot.closed),
        feasible_pairs=len(question.feasible.edges),
    )


def _pairs(question: Question) -> FeasiblePairs:
    edges = question.feasible.edges
    return FeasiblePairs(
        slot_ids=tuple(slot.id for slot in question.slots),
        candidate_ids=tuple(person.id for person in question.candidates),
        slot=edges.slot,
        candidate=edges.candidate,
        points=question.feasible.points,
    )
