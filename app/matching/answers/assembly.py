"""Makes the answer from arrays: the proposals, who and what is left and why, and the prices."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from app.matching.answers.column_results import (
    ColumnMatching,
    PriceColumns,
    ProposalColumns,
    UnfilledColumns,
    UnmatchedColumns,
)
from app.matching.answers.terms import terms
from app.matching.kit import Counts as CountArray
from app.matching.kit import Indices, Ints, Mask, numba_is_used
from app.matching.optimum.assignment import Solution, objective, slot_values
from app.matching.pairs.feasible import Feasible
from app.matching.pins import Pins
from app.matching.rules.counted import Failures
from app.matching.rules.counting_kernel import find_nearest
from app.matching.rules.table import ALL_REASONS, PAIR_REASONS
from app.matching.sides.pools import Pairs, Pools
from app.matching.values import (
    CLOSED_REASONS,
    NO_CANDIDATE_LEFT,
    NO_PLACES_LEFT,
    OUTRANKED,
    TIERS,
    CandidateColumns,
    Certificate,
    Counts,
    Objective,
    Policy,
    SlotColumns,
    Value,
)

COLUMN: Mapping[str, int] = {code: column for column, code in enumerate(ALL_REASONS)}


@dataclass(frozen=True, slots=True)
class Question:
    """The input: both sides in canonical order, given and prepared, and the feasible pairs."""

    candidates: CandidateColumns
    slots: SlotColumns
    policy: Policy
    pools: Pools
    feasible: Feasible


def answer(
    question: Question,
    pins: Pins,
    failed: Failures,
    solution: Solution,
    certificate: Certificate,
) -> ColumnMatching:
    """Makes the result, in canonical order. The pins are added to both sides of the
    certificate: they are given, and the rest is proven around them."""
    slot_of = solution.slot_of.copy()
    slot_of[pins.candidate] = pins.slot
    reached, pinned = objective(solution), _worth_of_pins(question, pins)
    return ColumnMatching(
        candidate_id=question.candidates.id,
        slot_id=question.slots.id,
        tier=question.slots.tier,
        proposals=_proposals(question, slot_of, pins),
        unmatched=_unmatched(question, slot_of, failed, solution),
        unfilled=_unfilled(question, slot_of, failed),
        prices=_prices(solution),
        objective=Objective(
            _sum(reached.places_by_tier, pinned.places_by_tier), reached.points + pinned.points
        ),
        certificate=_with_pins(certificate, pinned, question.policy),
        counts=_counts(question),
        edges=question.feasible.edges,
        points=question.feasible.points,
        solution=solution,
    )


def _worth_of_pins(question: Question, pins: Pins) -> Objective:
    filled = np.bincount(question.slots.tier[pins.slot], minlength=3)
    places = {tier: int(filled[tier]) for tier in TIERS}
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


def _prices(solution: Solution) -> PriceColumns:
    prices = solution.prices
    lowest, highest = (
        slot_values(solution, sums) for sums in (prices.slot_minimum, prices.slot_maximum)
    )
    return PriceColumns(lowest, highest, prices.bounded)


def _proposals(question: Question, slot_of: Indices, pins: Pins) -> ProposalColumns:
    people = np.flatnonzero(slot_of >= 0).astype(np.int32)
    people = people[np.argsort(slot_of[people], kind="stable")]
    pairs = Pairs(question.pools, slot_of[people], people)
    pinned = np.isin(people, pins.candidate)
    return ProposalColumns(pairs.slot, people, pinned, terms(pairs, question.policy))


def _unmatched(
    question: Question, slot_of: Indices, failed: Failures, solution: Solution
) -> UnmatchedColumns:
    rows = np.flatnonzero(slot_of < 0).astype(np.int32)
    reasons = np.zeros((len(rows), len(ALL_REASONS)), dtype=np.int32)
    reasons[:, : len(PAIR_REASONS)] = failed.of_candidate[rows]
    for code, times in _closed_slots(question).items():
        reasons[:, COLUMN[code]] = times
    no_room = _without_room(question, solution.market.places)[rows]
    reasons[:, COLUMN[NO_PLACES_LEFT]] += no_room
    reasons[:, COLUMN[OUTRANKED]] = question.feasible.fitting[rows] - no_room
    nearest, gap = nearest_slots(solution)
    near = nearest[rows]
    block = np.append(solution.blocks.of_slot, 0)[near]  # -1, for none, reads what was appended
    values = solution.scale.read(np.where(near >= 0, gap[rows], 0), block)
    return UnmatchedColumns(rows, reasons, near, values)


def _closed_slots(question: Question) -> dict[str, int]:
    """How many slots each code closes."""
    counted = _closed_by(question).sum(axis=0)
    return {code: int(times) for code, times in zip(CLOSED_REASONS, counted, strict=True)}


def _closed_by(question: Question) -> CountArray:
    """(S, codes) 1 where the code closes the slot."""
    closed = question.slots.closed
    order = np.array([CLOSED_REASONS.index(code) for code in closed.names], dtype=np.int64)
    found = np.zeros((len(closed), len(CLOSED_REASONS)), dtype=np.int32)
    found[closed.rows(), order[closed.number]] = 1
    return found


def _without_room(question: Question, places: Ints) -> Ints:
    """(n,) how many of the slots that fit each candidate have no place to fill."""
    edges = question.feasible.edges
    found = np.zeros(edges.candidates, dtype=np.int64)
    for slot in np.flatnonzero((places == 0) & (edges.degrees() > 0)):
        found[edges.candidate[edges.indptr[slot] : edges.indptr[slot + 1]]] += 1
    return found


def _unfilled(question: Question, slot_of: Indices, failed: Failures) -> UnfilledColumns:
    taken = np.bincount(slot_of[slot_of >= 0], minlength=len(question.slots))
    left = question.slots.free_places() - taken
    rows = np.flatnonzero(left > 0).astype(np.int32)
    reasons = np.zeros((len(rows), len(ALL_REASONS)), dtype=np.int32)
    reasons[:, : len(PAIR_REASONS)] = failed.of_slot[rows]
    first = COLUMN[CLOSED_REASONS[0]]
    closed = _closed_by(question)[rows] * np.int32(len(question.candidates))
    reasons[:, first : first + len(CLOSED_REASONS)] = closed
    reasons[:, COLUMN[NO_CANDIDATE_LEFT]] = question.feasible.edges.degrees()[rows]
    return UnfilledColumns(rows, left[rows], reasons)


def _counts(question: Question) -> Counts:
    slots = question.slots
    return Counts(
        candidates=len(question.candidates),
        slots=len(slots),
        places=int(slots.free_places()[~slots.is_closed()].sum()),
        feasible_pairs=len(question.feasible.edges),
    )


NONE = np.iinfo(np.int64).max


def nearest_slots(solution: Solution) -> tuple[Indices, Ints]:
    """(n,) the slot whose maximum price is the least above the pair's weight, -1 for none, and (n,)
    by how much: that is what the optimum would lose by the pair. Where several slots come equally
    near, it is the first. For candidates who are matched, the values mean nothing.
    """
    edges = solution.market.edges
    least = np.full(edges.candidates, NONE, dtype=np.int64)
    nearest = np.full(edges.candidates, -1, dtype=np.int32)
    find = find_nearest if numba_is_used() else _plainly
    net = solution.prices.slot_maximum - solution.bonus  # a weight is the sum of points and bonus
    points, bounded = solution.market.points, solution.prices.bounded
    find(edges.slot, edges.candidate, points, net, bounded, least, nearest)
    return nearest, least


def _plainly(
    slot: Indices,
    candidate: Indices,
    points: Ints,
    net_price: Ints,
    bounded: Mask,
    least: Ints,
    nearest: Indices,
) -> None:
    """Does the same as ``counting_kernel.find_nearest``, by numpy."""
    gap = np.where(bounded[slot], net_price[slot] - points, NONE)
    np.minimum.at(least, candidate, gap)
    reached = (gap == least[candidate]) & (gap < NONE)
    nearest[candidate[reached][::-1]] = slot[reached][::-1]
