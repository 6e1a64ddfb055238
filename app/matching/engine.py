"""Takes candidates, slots and a policy, and gives an explained optimal matching."""

from collections.abc import Collection, Sequence
from datetime import date

import numpy as np

from app.matching.answers.as_values import as_matching
from app.matching.answers.assembly import Question, answer
from app.matching.answers.column_results import ColumnMatching
from app.matching.errors import MatchingInputError
from app.matching.kit import Indices
from app.matching.optimum.assignment import certify, solve_market
from app.matching.optimum.market import Market
from app.matching.pairs.feasible import feasible_pairs
from app.matching.pins import Pins, edge_of, numbered, refuse_impossible_pins, without
from app.matching.rules.counted import failures
from app.matching.rules.table import ALL_REASONS, RULES
from app.matching.scenarios import Change, changed, compare
from app.matching.sides.pools import Pairs, pools
from app.matching.values import (
    Candidate,
    CandidateColumns,
    Comparison,
    Given,
    Matching,
    Policy,
    Slot,
    SlotColumns,
    check_candidates,
    check_policy,
    check_slots,
    in_order,
)


def match(
    candidates: Sequence[Candidate],
    slots: Sequence[Slot],
    policy: Policy,
    *,
    as_of: date,
    pins: Collection[tuple[str, str]] = (),
    forbidden: Collection[tuple[str, str]] = (),
) -> Matching:
    """Match everyone at once: optimal, proven and explained, for any order of the rows.

    ``pins`` and ``forbidden`` are (candidate id, slot id). A pinned pair is in the result: it takes
    one place and its candidate, and the rest is solved and proven without them; prices are those of
    the rest. Raises MatchingInputError for malformed input, an unknown id or a pin that is not
    possible, TooLargeError beyond the documented limits.
    """
    people, offers = CandidateColumns.from_records(candidates), SlotColumns.from_records(slots)
    given = Given(people, offers, policy, as_of, tuple(pins), tuple(forbidden))
    return as_matching(solve(given))


def solve(given: Given) -> ColumnMatching:
    """The same as ``match``, from columns to columns, without objects for rows or pairs."""
    check_policy(given.policy)
    check_candidates(given.candidates)
    check_slots(given.slots)
    people, offers = in_order(given.candidates), in_order(given.slots)
    fixed = numbered("pins", given.pins, people, offers)
    banned = numbered("forbidden", given.forbidden, people, offers)
    refuse_impossible_pins(fixed, people, offers)
    both = pools(people, offers, given.policy, given.as_of.toordinal(), banned)
    question = Question(people, offers, given.policy, both, feasible_pairs(both, given.policy))
    pinned = _find_pins(question, fixed)
    solution = solve_market(_market_around(question, pinned))
    return answer(question, pinned, failures(both), solution, certify(solution))


def scenario(given: Given, changes: Sequence[Change]) -> Comparison:
    """Apply the changes one after another, solve both and compare. Nothing given is altered.

    Raises MatchingInputError for a change that names an unknown id, or that is impossible.
    """
    return compare(solve(given), solve(changed(given, changes)))


def _find_pins(question: Question, fixed: Indices) -> Pins:
    edges = [edge_of(question.feasible.edges, (slot, person)) for slot, person in fixed.tolist()]
    for pair, edge in zip(fixed, edges, strict=True):
        if edge < 0:
            _refuse_pin(question, pair)
    return Pins(fixed[:, 0], fixed[:, 1], np.array(edges, dtype=np.int64))


def _refuse_pin(question: Question, pair: Indices) -> None:
    who, where = question.candidates.id[pair[1]], question.slots.id[pair[0]]
    one = Pairs(question.pools, pair[:1], pair[1:])
    failed = {rule.code for rule in RULES if rule.fails(one)[0]}
    failed |= set(question.slots.closed.codes(int(pair[0])))
    reasons = ", ".join(code for code in ALL_REASONS if code in failed)
    raise MatchingInputError(
        f'pins: candidate "{who}" and slot "{where}" cannot be paired: {reasons}'
    )


def _market_around(question: Question, pins: Pins) -> Market:
    """What is left to solve: free places without the pins, and pairs without pinned candidates."""
    places = question.slots.free_places() - np.bincount(pins.slot, minlength=len(question.slots))
    places[question.pools.slots.closed] = 0
    edges, points = question.feasible.edges, question.feasible.points
    if len(pins.candidate):
        left = without(edges, pins.candidate)
        edges, points = edges.keep(left), points[left]
    return Market(
        places=places,
        tiers=question.slots.tier.astype(np.int8),
        edges=edges,
        points=points,
        placements_before_points=question.policy.placements_before_points,
    )
