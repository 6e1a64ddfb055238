"""Columns of a result as plain frozen values."""

from collections.abc import Iterator

from app.matching.answers.column_results import ColumnMatching, UnmatchedColumns
from app.matching.kit import Counts, Names
from app.matching.rules.table import ALL_REASONS
from app.matching.values import (
    FeasiblePairs,
    Matching,
    Outranked,
    Proposal,
    SlotPrice,
    UnfilledSlot,
    UnmatchedCandidate,
)


def as_matching(result: ColumnMatching) -> Matching:
    """The whole result as values; each candidate or slot takes some microseconds and a kilobyte."""
    unmatched = unmatched_candidates(result.unmatched, result.candidate_id, result.slot_id)
    return Matching(
        proposals=tuple(proposals(result)),
        unmatched_candidates=tuple(unmatched),
        unfilled_slots=tuple(unfilled_slots(result)),
        slot_prices=slot_prices(result),
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


def proposals(result: ColumnMatching) -> Iterator[Proposal]:
    """In their order."""
    columns, terms, prices = result.proposals, result.proposals.terms, slot_prices(result)
    rows = zip(
        result.candidate_id[columns.candidate].tolist(),
        columns.slot.tolist(),
        terms.points.tolist(),
        terms.criteria(),
        result.tier[columns.slot].tolist(),
        terms.programme_codes(),
        terms.dates(),
        columns.pinned.tolist(),
        strict=True,
    )
    for name, slot, points, criteria, tier, programme, (start, end), pinned in rows:
        yield Proposal(
            candidate_id=name,
            slot_id=prices[slot].slot_id,
            points=points,
            criteria=criteria,
            tier=tier,
            slot_price=prices[slot],
            programme=programme,
            start=start,
            end=end,
            pinned=pinned,
        )


def unmatched_candidates(
    columns: UnmatchedColumns, candidate_id: Names, slot_id: Names
) -> Iterator[UnmatchedCandidate]:
    """In their order. ``candidate_id``, ``slot_id``: the ids of the matching, in its order."""
    names = candidate_id[columns.candidate].tolist()
    rows = zip(names, _counted(columns.reasons), columns.nearest.tolist(), columns.gap, strict=True)
    for name, reasons, slot, gap in rows:
        nearest = Outranked(str(slot_id[slot]), gap) if slot >= 0 else None
        yield UnmatchedCandidate(name, reasons, nearest)


def unfilled_slots(result: ColumnMatching) -> Iterator[UnfilledSlot]:
    """In their order."""
    columns = result.unfilled
    names, left = result.slot_id[columns.slot].tolist(), columns.places_left.tolist()
    for name, places, reasons in zip(names, left, _counted(columns.reasons), strict=True):
        yield UnfilledSlot(name, places, reasons)


def slot_prices(result: ColumnMatching) -> tuple[SlotPrice, ...]:
    """In the order of the slots."""
    prices = result.prices
    rows = zip(
        result.slot_id.tolist(),
        prices.minimum,
        prices.maximum,
        prices.bounded.tolist(),
        strict=True,
    )
    return tuple(
        SlotPrice(name, lowest, highest if bounded else None)
        for name, lowest, highest, bounded in rows
    )


def _counted(reasons: Counts) -> Iterator[dict[str, int]]:
    """The codes that occur in each row, in the order of ALL_REASONS."""
    for counts in reasons.tolist():
        yield {code: times for code, times in zip(ALL_REASONS, counts, strict=True) if times > 0}
