"""Every pair tested, in blocks of slots: the feasible ones with points, the others counted."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from app.matching.arrays import Indices, Ints, Mask
from app.matching.eligibility import RULES, Block
from app.matching.errors import TooLargeError
from app.matching.inputs import Policy
from app.matching.market import Edges
from app.matching.pools import Pairs, Pools
from app.matching.scoring import score, total

CELLS_AT_ONCE = 1_000_000
"""Slots x candidates tested together: a few megabytes for each rule."""

MOST_TESTS = 100_000_000
"""Slots x candidates in all; some ten seconds of work."""

MOST_PAIRS = 25_000_000
"""Feasible pairs; 10 000 candidates who fit each of 2 000 slots are 20 million."""


@dataclass(frozen=True, slots=True)
class Feasible:
    """Feasible pairs with points (E,), and how often each rule failed: per slot (S, rules) number
    of candidates, per candidate (n, rules) number of slots; rules in the order of RULES."""

    edges: Edges
    points: Ints
    failed_of_slot: Ints
    failed_of_candidate: Ints


def feasible_pairs(both: Pools, policy: Policy, closed: Mask, forbidden: Indices) -> Feasible:
    """Test and score all pairs.

    ``closed``: (S,) slots that pair with no one. ``forbidden``: (k, 2) slot and candidate rows.
    Raises TooLargeError beyond MOST_TESTS before the first test, beyond MOST_PAIRS on the way.
    """
    refuse_too_many_tests(len(both.slots), len(both.candidates))
    of_slot = np.zeros((len(both.slots), len(RULES)), dtype=np.int64)
    of_candidate = np.zeros((len(both.candidates), len(RULES)), dtype=np.int64)
    found: list[tuple[Indices, Indices, Ints]] = []
    for first, block in _blocks(both, forbidden):
        rows = slice(first, first + len(block.slots))
        fits = _count_failures(block, of_slot[rows], of_candidate)
        fits[closed[rows]] = False
        slot, candidate = (index.astype(np.int32) for index in np.nonzero(fits))
        _refuse_too_many_pairs(sum(len(points) for _, _, points in found) + len(slot))
        points = total(score(Pairs(block.pools, slot, candidate), policy))
        found.append((slot + np.int32(first), candidate, points))
    return _joined(found, of_slot, of_candidate)


def refuse_too_many_tests(slots: int, candidates: int) -> None:
    """Raise TooLargeError when testing every pair would take too long."""
    if slots * candidates > MOST_TESTS:
        raise TooLargeError(
            f"{slots} slots x {candidates} candidates are more than {MOST_TESTS} pairs to test; "
            "match a smaller area or fewer slots at a time"
        )


def _refuse_too_many_pairs(pairs: int) -> None:
    if pairs > MOST_PAIRS:
        raise TooLargeError(
            f"more than {MOST_PAIRS} feasible pairs; match a smaller area or fewer slots at a time"
        )


def _blocks(both: Pools, forbidden: Indices) -> Iterator[tuple[int, Block]]:
    height = max(1, CELLS_AT_ONCE // max(1, len(both.candidates)))
    for first in range(0, len(both.slots), height):
        part = replace(both, slots=both.slots.rows(slice(first, first + height)))
        inside = (forbidden[:, 0] >= first) & (forbidden[:, 0] < first + height)
        own = forbidden[inside] - np.array([first, 0], dtype=np.int32)
        yield first, Block(part, own)


def _count_failures(block: Block, of_slot: Ints, of_candidate: Ints) -> Mask:
    """Add the failures of every rule to both counts in place; (s, n) the pairs that fail none."""
    fits = ~block.nothing()
    for column, rule in enumerate(RULES.values()):
        fails = rule(block)
        of_slot[:, column] += np.count_nonzero(fails, axis=1)
        of_candidate[:, column] += np.count_nonzero(fails, axis=0)
        fits &= ~fails
    return fits


def _joined(
    found: list[tuple[Indices, Indices, Ints]], of_slot: Ints, of_candidate: Ints
) -> Feasible:
    if not found:
        found = [(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.int64))]
    slot, candidate, points = (np.concatenate(column) for column in zip(*found, strict=True))
    edges = Edges.in_order(len(of_slot), len(of_candidate), slot, candidate)
    return Feasible(edges, points, of_slot, of_candidate)
