"""Columns of a result as plain frozen values, as many as are asked for."""

from collections.abc import Iterator

from app.matching.arrays import Counts, Ints
from app.matching.column_results import ColumnMatching
from app.matching.reasons import ALL_REASONS
from app.matching.results import (
    FeasiblePairs,
    Matching,
    Outranked,
    Proposal,
    SlotPrice,
    UnfilledSlot,
    UnmatchedCandidate,
)

EVERYTHING = slice(None)


def as_matching(result: ColumnMatching) -> Matching:
    """Everything as values; a candidate or slot takes some microseconds and a kilobyte."""
    return Matching(
        proposals=tuple(proposals(result)),
        unmatched_candidates=tuple(unmatched_candidates(result)),
        unfilled_slots=tuple(unfilled_slots(result)),
        slot_prices=tuple(slot_prices(result)),
        objective=result.objective,
        certificate=result.certificate,
        counts=result.counts,
        pairs=FeasiblePairs(
            slot_ids=tuple(result.slot_id.tolist()),
            candidate_ids=tuple(result.candidate_id.tolist()),
            slot=result.edges.slot,
            candidate=result.edges.candidate,
            points=result.points,
        ),
    )


def proposals(result: ColumnMatching, part: slice = EVERYTHING) -> Iterator[Proposal]:
    """Some of the proposals, in their order."""
    columns = result.proposals
    for row in range(len(columns))[part]:
        slot, terms = int(columns.slot[row]), columns.terms
        start, end = terms.dates(row)
        yield Proposal(
            candidate_id=str(result.candidate_id[columns.candidate[row]]),
            slot_id=str(result.slot_id[slot]),
            points=int(terms.points[row]),
            criteria=terms.criteria(row),
            tier=int(result.tier[slot]),
            slot_price=slot_price(result, slot),
            programme=terms.programme_code(row),
            start=start,
            end=end,
            pinned=bool(columns.pinned[row]),
        )


def unmatched_candidates(
    result: ColumnMatching, part: slice = EVERYTHING
) -> Iterator[UnmatchedCandidate]:
    """Some of the unmatched candidates, in their order."""
    columns = result.unmatched
    for row in range(len(columns))[part]:
        slot = int(columns.nearest[row])
        nearest = Outranked(str(result.slot_id[slot]), columns.gap[row]) if slot >= 0 else None
        name = str(result.candidate_id[columns.candidate[row]])
        yield UnmatchedCandidate(name, _counted(columns.reasons, row), nearest)


def unfilled_slots(result: ColumnMatching, part: slice = EVERYTHING) -> Iterator[UnfilledSlot]:
    """Some of the unfilled slots, in their order."""
    columns = result.unfilled
    for row in range(len(columns))[part]:
        name, left = str(result.slot_id[columns.slot[row]]), int(columns.places_left[row])
        yield UnfilledSlot(name, left, _counted(columns.reasons, row))


def slot_prices(result: ColumnMatching, part: slice = EVERYTHING) -> Iterator[SlotPrice]:
    """Some of the slots' prices, in the order of the slots."""
    for slot in range(len(result.slot_id))[part]:
        yield slot_price(result, slot)


def slot_price(result: ColumnMatching, slot: int) -> SlotPrice:
    prices = result.prices
    highest = prices.maximum[slot] if prices.bounded[slot] else None
    return SlotPrice(str(result.slot_id[slot]), prices.minimum[slot], highest)


def _counted(reasons: Counts | Ints, row: int) -> dict[str, int]:
    """The codes that occur, in the order of ALL_REASONS."""
    counts = reasons[row].tolist()
    return {code: count for code, count in zip(ALL_REASONS, counts, strict=True) if count > 0}
