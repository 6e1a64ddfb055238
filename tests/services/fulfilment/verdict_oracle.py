"""The verdict by its definition, computed day by day; tests compare the service with it.

It shares only the facts with the service: a place is delivered when enough calendar months have
been counted one by one, and full-time months are summed day by day.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from app.models.follow_ups import FollowUp
from app.services.fulfilment.facts import ClauseFacts, PlacementFact

DAY = timedelta(days=1)


def verdict(facts: ClauseFacts, day: date) -> str:
    terms: Any = facts.terms_on(day)
    start, end = facts.contract.start_date, facts.contract.end_date
    notes = [one for one in facts.follow_ups if one.on <= day]
    kinds = [str(one.kind) for one in notes]
    required = terms.places or terms.full_time_months
    if required:
        delivered, standing = _counted(facts, terms, day)
        short = max(Fraction(0), required - _two_decimals(delivered + standing))
        met = _two_decimals(delivered) >= required
    else:
        short, met = Fraction(1), "dialogue-held" in kinds
    excuses = [one.quantity for one in notes if one.kind == "excuse-decided"]
    excused = None in excuses or (required and excuses and sum(filter(None, excuses)) >= short)
    if met:
        return "met"
    if short and excused:
        return "excused"
    if any(one.until and one.until >= day for one in notes):
        return "rectification"
    if day > end:
        return "not-met"
    if day < start:
        return "not-started"
    if short and terms.places and months_after(day, terms.minimum_months) - DAY > end:
        longer = [one for one in facts.placements if _would_do_longer(facts, terms, one, day)]
        if len(longer) < short:
            return "impossible"
    if _is_overdue(facts, terms, day, notes):
        return "overdue"
    return "at-risk" if short else "on-track"


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a month that is too short."""
    there = day.replace(day=1)
    for _ in range(months):
        there += monthrange(there.year, there.month)[1] * DAY
    return there.replace(day=min(day.day, monthrange(there.year, there.month)[1]))


def _counted(facts: ClauseFacts, terms: Any, day: date) -> tuple[Fraction, Fraction]:
    counted = [_one(facts, terms, placement, day) for placement in facts.placements]
    return (
        sum((one[0] for one in counted), Fraction(0)),
        sum((one[1] for one in counted), Fraction(0)),
    )


def _one(
    facts: ClauseFacts, terms: Any, placement: PlacementFact, day: date
) -> tuple[Fraction, Fraction]:
    """What one placement has delivered by the day, and what it still covers."""
    happened = {str(move.to): move for move in placement.moves if move.on <= day}
    slot = facts.slots[placement.slot_id]
    over = happened.get("completed") or happened.get("ended-early")
    came = over is None or over.reason != "no-show"
    begun = happened["active"].on if "active" in happened and came else None
    agreed, nothing = placement.end_date, (Fraction(0), Fraction(0))
    latest = min(agreed, facts.contract.end_date)
    if "cancelled" in happened or (over and not begun) or (not begun and latest < day):
        return nothing
    first = begun or placement.start_date
    is_credited = False
    if over and begun and over.ended_by in ("participant", "just-cause") and over.on < agreed:
        share = Fraction((over.on - first).days + 1, (agreed - placement.start_date).days + 1)
        wanted = terms.early_end_share_percent
        is_credited = wanted is not None and share * 100 >= wanted
    first = max(first, facts.contract.start_date)
    if terms.full_time_months:
        lowest = max(slot.least_extent, terms.minimum_extent_percent or 0)
        percent = placement.extent_percent or min(lowest, slot.most_extent)
        last = agreed if is_credited or not over else over.on
        days = list(_days(first, min(last, facts.contract.end_date)))
        worth = [Fraction(percent, 100 * monthrange(one.year, one.month)[1]) for one in days]
        pairs = list(zip(days, worth, strict=True))
        if over:
            return sum(worth, Fraction(0)), Fraction(0)
        done = sum((value for one, value in pairs if begun and one <= day), Fraction(0))
        return done, sum(worth, Fraction(0)) - done
    if (placement.extent_percent or slot.most_extent) < (terms.minimum_extent_percent or 0):
        return nothing
    enough = months_after(first, terms.minimum_months) - DAY
    last = agreed if is_credited or not over else over.on
    if enough > min(last, facts.contract.end_date):
        return nothing
    if over:
        return Fraction(1), Fraction(0)
    return (Fraction(0), Fraction(0 if day > facts.contract.end_date else 1))


def _would_do_longer(facts: ClauseFacts, terms: Any, placement: PlacementFact, day: date) -> bool:
    """Whether it stands, is no place as agreed, and would be one by the end of the contract."""
    begun = any(str(move.to) == "active" and move.on <= day for move in placement.moves)
    if not begun and placement.end_date < day:
        return False
    last = max(placement.end_date, facts.slots[placement.slot_id].end_date)
    now = _one(facts, terms, placement, day)
    then = _one(facts, terms, replace(placement, end_date=last), day)
    return not any(now) and then[1] > 0


def _is_overdue(facts: ClauseFacts, terms: Any, day: date, notes: list[FollowUp]) -> bool:
    starts = [
        move.on
        for placement in facts.placements
        if not any(one.reason == "no-show" and one.on <= day for one in placement.moves)
        for move in placement.moves
        if move.to == "active" and move.on <= day
    ]
    starts += [one.on for one in notes if one.kind == "offer-made"]
    starts = [start for start in starts if start >= facts.contract.start_date]
    limit = terms.first_start_within_months
    is_late = limit and day >= months_after(facts.contract.start_date, limit)
    if is_late and not starts:
        return True
    reports = [one for one in notes if one.kind == "report"]
    return len([due for due in terms.report_dates if due < day]) > len(reports)


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


def _two_decimals(total: Fraction) -> Fraction:
    return Fraction(int(total * 100 + Fraction(1, 2)), 100)
