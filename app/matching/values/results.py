"""What the engine answers: frozen values, in canonical order, without texts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.matching.kit import Indices, Ints

Fact = int | str | bool | tuple[str, ...]
"""What a text needs. Dates are ISO strings, distances whole metres, tuples hold codes."""

PlacesByTier = Mapping[int, int]
"""Keys 2, 1 and 0, in that order."""


@dataclass(frozen=True, slots=True)
class Value:
    """The worth of pairs, compared tier by tier and then in points.

    Each part may be negative where an earlier part is positive: one more contractual place can
    cost points. Tier 0 is 0 unless the policy puts placements before points, since a voluntary
    place otherwise counts through its points alone.
    """

    places_by_tier: PlacesByTier
    points: int


@dataclass(frozen=True, slots=True)
class Objective:
    """What a matching reaches: filled places per tier (tier 0 too) and the total of points."""

    places_by_tier: PlacesByTier
    points: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """The proof that no matching is better: what the pairs reach equals what the prices allow."""

    primal: Value
    dual: Value
    pairs_checked: int
    optimal: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """``places`` are the free places of all slots that are not closed."""

    candidates: int
    slots: int
    places: int
    feasible_pairs: int


@dataclass(frozen=True, slots=True)
class CriterionPoints:
    """Points 0..maximum for one criterion, with the facts that gave them."""

    criterion: str
    points: int
    maximum: int
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class SlotPrice:
    """``minimum``: what one more place would gain. ``maximum``: what losing one would cost,
    None where the slot has no place to lose."""

    slot_id: str
    minimum: Value
    maximum: Value | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """One candidate and one slot that the run pairs. The points of ``criteria`` sum to points."""

    candidate_id: str
    slot_id: str
    points: int
    criteria: tuple[CriterionPoints, ...]
    tier: int
    slot_price: SlotPrice
    programme: str
    start: date
    end: date
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Outranked:
    """What the whole would lose if the person were placed in the slot that comes nearest.

    With a gap of zero the person is equally good.
    """

    slot_id: str
    gap: Value


@dataclass(frozen=True, slots=True)
class UnmatchedCandidate:
    """``reasons``: code -> number of slots; a slot counts once for each rule that fails."""

    candidate_id: str
    reasons: Mapping[str, int]
    outranked: Outranked | None


@dataclass(frozen=True, slots=True)
class UnfilledSlot:
    """``reasons``: code -> number of candidates; one counts once for each rule that fails."""

    slot_id: str
    places_left: int
    reasons: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class FeasiblePairs:
    """Every feasible pair in canonical order (slot, then candidate), as columns.

    ``slot`` and ``candidate``: (E,) int32 positions in ``slot_ids`` and ``candidate_ids``;
    ``points``: (E,) int64, at least 1.
    """

    slot_ids: tuple[str, ...]
    candidate_ids: tuple[str, ...]
    slot: Indices
    candidate: Indices
    points: Ints


@dataclass(frozen=True, slots=True)
class Matching:
    """One optimal, certified matching of all candidates and slots."""

    proposals: tuple[Proposal, ...]
    unmatched_candidates: tuple[UnmatchedCandidate, ...]
    unfilled_slots: tuple[UnfilledSlot, ...]
    slot_prices: tuple[SlotPrice, ...]
    objective: Objective
    certificate: Certificate
    counts: Counts
    pairs: FeasiblePairs = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that a pair fails, by its code, with the facts that a text needs."""

    code: str
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class PairExplanation:
    """One pair: every rule it fails, or, when it fails none, its points and its dates."""

    candidate_id: str
    slot_id: str
    reasons: tuple[Reason, ...] = ()
    points: int | None = None
    criteria: tuple[CriterionPoints, ...] = ()
    programme: str | None = None
    start: date | None = None
    end: date | None = None

    @property
    def feasible(self) -> bool:
        return not self.reasons


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A slot that fails exactly one rule, other than the occupation."""

    slot_id: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Move:
    """One person's slot before and after; None where the person has none."""

    candidate_id: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Who gains a place, who loses one and who gets another, each in the order of the candidates.
    Someone who is removed does not lose a place: ``freed`` says which place they had.

    ``places_by_tier``, ``points``: what the change adds, negative where it costs.
    """

    gained: tuple[Move, ...]
    lost: tuple[Move, ...]
    moved: tuple[Move, ...]
    freed: tuple[Move, ...]
    before: Objective
    after: Objective
    places_by_tier: Mapping[int, int]
    points: int
