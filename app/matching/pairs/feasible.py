"""Finds the feasible pairs and their points: by occupation, by position, then by every rule."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from app.matching.errors import TooLargeError
from app.matching.kit import Indices, Ints, numba_is_used
from app.matching.optimum.market import Edges
from app.matching.pairs.kernel_input import compiled_pairs
from app.matching.rules.rule import Found
from app.matching.rules.scoring import score, total, weighed
from app.matching.rules.table import RULES
from app.matching.sides.occupations import LONGEST
from app.matching.sides.pools import Pairs, Pools
from app.matching.sides.windows import Line, Spans, line, near_pairs, spans
from app.matching.values import Policy, starts_of

MOST_TESTS = 2_000_000_000
"""Pairs of sought occupation in the same belt of the country; some ten seconds compiled."""

MOST_PAIRS = 50_000_000
"""Feasible pairs; each takes some forty bytes on the way. The whole country has 8 million."""

AT_ONCE = 2_000_000
"""Pairs that a rule is tested over together, where only columns test it."""


@dataclass(frozen=True, slots=True)
class Feasible:
    """Feasible pairs in canonical order with points (E,), and ``fitting`` (n,): each candidate's
    number of them."""

    edges: Edges
    points: Ints
    fitting: Ints


@dataclass(frozen=True, slots=True)
class ByCandidate:
    """Pairs by candidate: those of candidate r are start[r] .. start[r + 1], slots in any order."""

    start: Ints
    slot: Indices
    points: Ints


def feasible_pairs(both: Pools, policy: Policy) -> Feasible:
    """Every pair that fails no rule; closed slots are in none.

    Raises TooLargeError beyond MOST_TESTS before the first test, and beyond MOST_PAIRS later.
    """
    points = open_slots(both)
    windows = windows_of(both, points)
    refuse_too_many_tests(windows.tests())
    if numba_is_used():
        compiled = ByCandidate(*compiled_pairs(both, policy, points, windows))
        found = _by_columns(both, policy, compiled)
        refuse_too_many_pairs(len(found.points))
    else:
        found = plainly(both, policy, points, windows)
    return _canonical(both, found)


def open_slots(both: Pools) -> Line:
    """The open slots of each occupation group that someone seeks, sorted along the earth's axis."""
    is_open = np.flatnonzero(~both.slots.closed).astype(np.int32)
    group = both.prefixes.of_code[both.slots.ssyk[is_open]].reshape(-1)
    row = np.repeat(is_open, LONGEST)
    return line(group[group >= 0], row[group >= 0], both.slots.position, both.slots.area)


def windows_of(both: Pools, points: Line) -> Spans:
    """A window for each occupation group that a candidate seeks, candidates in order."""
    lengths = np.diff(both.prefixes.start)
    candidate = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    return spans(points, both.candidates, candidate, both.prefixes.sought)


def refuse_too_many_tests(tests: int) -> None:
    """Raise TooLargeError when testing every pair would take too long."""
    if tests > MOST_TESTS:
        raise TooLargeError(
            f"{tests} pairs of a sought occupation within reach are more than {MOST_TESTS} pairs "
            "to test; match a smaller area or fewer slots at a time"
        )


def refuse_too_many_pairs(pairs: int) -> None:
    if pairs > MOST_PAIRS:
        raise TooLargeError(
            f"more than {MOST_PAIRS} feasible pairs; match a smaller area or fewer slots at a time"
        )


def plainly(both: Pools, policy: Policy, points: Line, windows: Spans) -> ByCandidate:
    """Tests and scores by numpy, rule by rule over batches of pairs."""
    found = [_no_pairs()]
    for slot, candidate in near_pairs(points, windows, both.candidates):
        pairs = _passing(Pairs(both, slot, candidate))
        found.append((pairs.slot, pairs.candidate, total(score(pairs, policy))))
        refuse_too_many_pairs(sum(len(points) for _, _, points in found))
    slot, candidate, worth = (np.concatenate(column) for column in zip(*found, strict=True))
    lengths = np.bincount(candidate, minlength=len(both.candidates))
    return ByCandidate(starts_of(lengths), slot, worth)


def _by_columns(both: Pools, policy: Policy, found: ByCandidate) -> ByCandidate:
    """Applies what the kernel does not compile to the pairs that it found: rules over columns, and
    criteria. Most often there are none."""
    rules = [rule for rule in RULES if rule.found is Found.BY_COLUMNS]
    more = [one for one in weighed(policy) if not one.is_compiled]
    if not rules and not more:
        return found
    candidate = np.repeat(np.arange(len(both.candidates), dtype=np.int32), np.diff(found.start))
    passes = np.ones(len(candidate), dtype=np.bool_)
    points = found.points.copy()
    for first in range(0, len(candidate), AT_ONCE):
        part = slice(first, first + AT_ONCE)
        pairs = Pairs(both, found.slot[part], candidate[part])
        for rule in rules:
            passes[part] &= ~rule.fails(pairs)
        for one in more:
            points[part] += one.score(pairs, policy.weights[one.name]).points
    lengths = np.bincount(candidate[passes], minlength=len(both.candidates))
    worth = np.maximum(points[passes], 1)
    return ByCandidate(starts_of(lengths), found.slot[passes], worth)


def _no_pairs() -> tuple[Indices, Indices, Ints]:
    return np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.int64)


def _passing(pairs: Pairs) -> Pairs:
    for rule in RULES:
        if rule.found is not Found.BY_WINDOW:
            left = ~rule.fails(pairs)
            pairs = Pairs(pairs.pools, pairs.slot[left], pairs.candidate[left])
    return pairs


def _canonical(both: Pools, found: ByCandidate) -> Feasible:
    """Orders by slot, then by candidate, by transposing compressed rows, which needs no sorting."""
    slots, candidates = len(both.slots), len(both.candidates)
    by_candidate = csr_array((found.points, found.slot, found.start), shape=(candidates, slots))
    by_slot = by_candidate.tocsc()
    indptr = by_slot.indptr.astype(np.int64)
    candidate = by_slot.indices.astype(np.int32, copy=False)
    slot = np.repeat(np.arange(slots, dtype=np.int32), np.diff(indptr))
    edges = Edges(slots, candidates, slot, candidate, indptr)
    return Feasible(edges, by_slot.data.astype(np.int64, copy=False), np.diff(found.start))
