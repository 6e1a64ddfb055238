"""What the engine answers, as columns, without an object for each row.

All rows number the candidates and slots of ``candidate_id`` and ``slot_id``, which are in
canonical order. ``as_values.as_matching`` turns them into the plain values of ``results.py``.
"""

from dataclasses import dataclass, field

import numpy as np

from app.matching.answers.terms import Terms
from app.matching.kit import Counts, Indices, Ints, Mask, Names
from app.matching.optimum.assignment import Solution
from app.matching.optimum.market import Edges
from app.matching.optimum.tiers import Values
from app.matching.values import Certificate, Objective
from app.matching.values import Counts as Sizes


@dataclass(frozen=True, slots=True)
class ProposalColumns:
    """(k,) by slot, then by candidate. ``terms`` has points, criteria, programmes and dates."""

    slot: Indices
    candidate: Indices
    pinned: Mask
    terms: Terms

    def __len__(self) -> int:
        return len(self.slot)


@dataclass(frozen=True, slots=True)
class UnmatchedColumns:
    """(k,) candidates. ``reasons`` (k, codes): numbers of slots, codes as in ALL_REASONS.
    ``nearest``: the slot that comes nearest, -1 for none, at ``gap``."""

    candidate: Indices
    reasons: Counts
    nearest: Indices
    gap: Values

    def __len__(self) -> int:
        return len(self.candidate)

    def part(self, part: slice) -> "UnmatchedColumns":
        """Some of them, in their order."""
        return UnmatchedColumns(
            self.candidate[part], self.reasons[part], self.nearest[part], self.gap[part]
        )

    def without(self, row: int) -> "UnmatchedColumns":
        """The candidates without this row; later rows are numbered one lower."""
        left = self.candidate != row
        gap = Values(self.gap.counts[left], self.gap.points[left])
        candidate = self.candidate[left]
        moved = candidate - (candidate > row).astype(np.int32)
        return UnmatchedColumns(moved, self.reasons[left], self.nearest[left], gap)


@dataclass(frozen=True, slots=True)
class UnfilledColumns:
    """(k,) slots. ``reasons`` (k, codes): numbers of candidates, codes as in ALL_REASONS."""

    slot: Indices
    places_left: Ints
    reasons: Counts

    def __len__(self) -> int:
        return len(self.slot)


@dataclass(frozen=True, slots=True)
class PriceColumns:
    """Prices of every slot; one that is not ``bounded`` has no place to lose and no maximum."""

    minimum: Values
    maximum: Values
    bounded: Mask


@dataclass(frozen=True, slots=True)
class ColumnMatching:
    """One optimal, certified matching of all candidates and slots.

    ``edges`` with ``points`` (E,): every feasible pair. ``tier`` (S,). ``solution``: the optimum
    around the pins, from which ``proof.lines`` writes what anyone can check.
    """

    candidate_id: Names
    slot_id: Names
    tier: Ints
    proposals: ProposalColumns
    unmatched: UnmatchedColumns
    unfilled: UnfilledColumns
    prices: PriceColumns
    objective: Objective
    certificate: Certificate
    counts: Sizes
    edges: Edges = field(repr=False)
    points: Ints = field(repr=False)
    solution: Solution = field(repr=False)
