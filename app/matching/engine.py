"""The first door: candidates, slots and a policy in, an explained optimal matching out."""

from collections.abc import Collection, Sequence
from datetime import date

import numpy as np

from app.matching import answers
from app.matching.arrays import Indices, Mask
from app.matching.assignment import certify, solve
from app.matching.checks import check_candidate, check_policy, check_slot, in_order
from app.matching.errors import MatchingInputError
from app.matching.explanations import explain_pair
from app.matching.feasible import feasible_pairs, refuse_too_many_tests
from app.matching.inputs import Candidate, Policy, Slot
from app.matching.market import Market
from app.matching.pools import pools
from app.matching.requests import Pins, edge_of, numbered, refuse_impossible_pins, without
from app.matching.results import Matching


def match(
    candidates: Sequence[Candidate],
    slots: Sequence[Slot],
    policy: Policy,
    *,
    as_of: date,
    pins: Collection[tuple[str, str]] = (),
    forbidden: Collection[tuple[str, str]] = (),
) -> Matching:
    """Match everyone at once: optimal, proven, explained, whatever the order of the rows.

    ``pins`` and ``forbidden`` are (candidate id, slot id). A pinned pair is in the result, as it
    is: it takes one place and its candidate, and the rest is solved and proven around it; prices
    are those of the rest. Raises MatchingInputError for malformed input, an unknown id or a pin
    that is not possible, TooLargeError beyond the documented limits.
    """
    _check(candidates, slots, policy)
    people, offers = in_order(candidates), in_order(slots)
    fixed = numbered("pins", pins, people, offers)
    banned = numbered("forbidden", forbidden, people, offers)
    refuse_impossible_pins(fixed, people, offers)
    both = pools(people, offers, policy, as_of)
    closed = np.array([bool(slot.closed) for slot in offers], dtype=np.bool_)
    feasible = feasible_pairs(both, policy, closed, banned)
    question = answers.Question(people, offers, policy, as_of, both, feasible)
    pinned = _find_pins(question, fixed, banned)
    solution = solve(_market_around(question, pinned, closed))
    return answers.answer(question, pinned, solution, certify(solution))


def _check(candidates: Sequence[Candidate], slots: Sequence[Slot], policy: Policy) -> None:
    refuse_too_many_tests(len(slots), len(candidates))
    check_policy(policy)
    for person in candidates:
        check_candidate(person)
    for slot in slots:
        check_slot(slot)


def _find_pins(question: answers.Question, fixed: Indices, banned: Indices) -> Pins:
    edges = [edge_of(question.feasible.edges, (slot, person)) for slot, person in fixed.tolist()]
    for (slot, person), edge in zip(fixed.tolist(), edges, strict=True):
        if edge < 0:
            _refuse_pin(question, slot, person, [slot, person] in banned.tolist())
    return Pins(fixed[:, 0], fixed[:, 1], np.array(edges, dtype=np.int64))


def _refuse_pin(question: answers.Question, slot: int, person: int, forbidden: bool) -> None:
    who, where = question.candidates[person], question.slots[slot]
    pair = explain_pair(who, where, question.policy, as_of=question.as_of, forbidden=forbidden)
    reasons = ", ".join(reason.code for reason in pair.reasons)
    raise MatchingInputError(
        f'pins: candidate "{who.id}" and slot "{where.id}" cannot be paired: {reasons}'
    )


def _market_around(question: answers.Question, pins: Pins, closed: Mask) -> Market:
    """What is left to solve: free places less the pins, pairs without the pinned candidates."""
    places = np.array([slot.places for slot in question.slots], dtype=np.int64)
    places -= np.bincount(pins.slot, minlength=len(places))
    places[closed] = 0
    left = without(question.feasible.edges, pins.candidate)
    return Market(
        places=places,
        tiers=np.array([slot.tier for slot in question.slots], dtype=np.int8),
        edges=question.feasible.edges.keep(left),
        points=question.feasible.points[left],
        placements_before_points=question.policy.placements_before_points,
    )
