"""Why places of a clause are missing: taken from what happened, one cause for each.

Where several things happened, the first in the list of causes that has room for the place: who
ended what comes before who never offered, and that before what the matching found.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from app.models.decisions import DECLINE_REASONS
from app.models.placements import EndedBy, PlacementStatus
from app.services.fulfilment.balance import counted_places, months_of, rounded
from app.services.fulfilment.hints import Hints, Unfilled
from app.services.fulfilment.stays import ACTIVE, BOOKED, GONE, OVER, Part, Stay
from app.services.fulfilment.verdict import Cause, Fulfilment
from app.services.registers.gate_checks import missing_gates

ENDED_BY: Mapping[EndedBy, str] = {
    "participant": "ended-by-participant",
    "supplier": "ended-by-supplier",
    "authority": "ended-by-authority",
    "just-cause": "ended-for-just-cause",
}
GATE_MISSING = "gate-missing"
PROGRAMME_LIMIT = "programme-limit"
NO_CANDIDATE_LEFT = "no-candidate-left"
AUTHORITY_LATE = "authority-late"
FELL_SHORT = "placement-fell-short"
NO_SLOT_OFFERED = "no-slot-offered"
AWAITING_DECISION = "awaiting-decision"
SUPPLIER_DECLINED = "supplier-declined"
CANDIDATE_DECLINED = "candidate-declined"
PROPOSAL_DECLINED = "proposal-declined"  # for a reason that is neither side's own
NO_ELIGIBLE_CANDIDATE = "no-eligible-candidate"
NOT_MATCHED_YET = "not-matched-yet"
CAUSES = (
    *ENDED_BY.values(),
    GATE_MISSING,
    AUTHORITY_LATE,
    FELL_SHORT,
    NO_SLOT_OFFERED,
    AWAITING_DECISION,
    SUPPLIER_DECLINED,
    CANDIDATE_DECLINED,
    PROPOSAL_DECLINED,
    NO_ELIGIBLE_CANDIDATE,
    NOT_MATCHED_YET,
)
DECLINED_BY = dict.fromkeys(DECLINE_REASONS, PROPOSAL_DECLINED) | {
    "supplier-declined": SUPPLIER_DECLINED,
    "slot-withdrawn": SUPPLIER_DECLINED,
    "candidate-declined": CANDIDATE_DECLINED,
    "found-work": CANDIDATE_DECLINED,
    "in-training": CANDIDATE_DECLINED,
}
# A proposal that has waited longer than this is the authority's delay, no longer its due care.
LONGEST_WAIT_DAYS = 14


def causes_of(found: Fulfilment, hints: Hints) -> tuple[Cause, ...]:
    """The causes together explain all that is missing; a clause without a quantity has none."""
    if found.balance is None or found.balance.missing == 0:
        return ()
    places = _rooms_in_places(found, hints)
    rooms = {code: Decimal(places[code]) for code in CAUSES}
    if found.terms.places is None:
        rooms = _rooms_in_months(found, hints, places, found.balance.missing)
    left, quantities = found.balance.missing, {}
    for code in CAUSES:
        quantities[code] = min(left, rooms[code])
        left -= quantities[code]
    too_late = _too_late_to_begin(found, hints, left)
    quantities[AUTHORITY_LATE] += too_late
    quantities[NOT_MATCHED_YET] += left - too_late
    constraints = {NO_ELIGIBLE_CANDIDATE: _constraint(found, hints)}
    return tuple(
        Cause(code, quantity, constraints.get(code))
        for code, quantity in quantities.items()
        if quantity > 0
    )


def _rooms_in_places(found: Fulfilment, hints: Hints) -> Counter[str]:
    """How many places each cause could account for; the last one accounts for what is left."""
    states = counted_places(found.facts, found.terms, found.stays, found.as_of)
    lost = [
        stay
        for stay, state in zip(found.stays, states, strict=True)
        if state is None and not _is_called_off_extension(stay)
    ]
    rooms: Counter[str] = Counter(_lost_because(stay, found, hints) for stay in lost)
    rooms += _said_no(hints, found)
    rooms[NO_SLOT_OFFERED] = _unoffered(found)
    for day in _open_days(hints, found):
        is_late = (found.as_of - day).days > LONGEST_WAIT_DAYS
        rooms[AUTHORITY_LATE if is_late else AWAITING_DECISION] += 1
    for key in found.facts.slots:
        if (unfilled := hints.unfilled.get(key)) is not None:
            code = GATE_MISSING if _is_unchecked(unfilled) else NO_ELIGIBLE_CANDIDATE
            rooms[code] += unfilled.places
    return rooms


def _is_called_off_extension(stay: Stay) -> bool:
    """It held no place but the one of what it went on from, which says itself why it is lost."""
    first = stay.parts[0]
    return first.state == GONE and first.placement.extends_placement_id is not None


def _is_unchecked(unfilled: Unfilled) -> bool:
    """A missing check kept most people out, or everyone whose programme is long enough."""
    people = {reason["code"]: reason["candidates"] for reason in unfilled.reasons}
    kept_out = people.get(GATE_MISSING, 0)
    cleared = unfilled.candidates - people.get(PROGRAMME_LIMIT, 0)
    return _hardest(unfilled.reasons) == GATE_MISSING or 0 < cleared <= kept_out


def _unoffered(found: Fulfilment) -> int:
    """How many places the slots fall short by; for full-time months, 1 where none is free now."""
    free = _free_places(found).total()
    if found.terms.places is None:
        return int(free == 0)
    return max(0, found.terms.places - _held_places(found).total() - free)


def _too_late_to_begin(found: Fulfilment, hints: Hints, left: Decimal) -> Decimal:
    """How much of it is free only where the time to begin has passed, and no run, proposal or
    decision says why: it was offered, and nobody tried to fill it."""
    free = _free_places(found)
    late = {key for key, slot in found.facts.slots.items() if slot.latest_start < found.as_of}
    still = sum(free[key] for key in free.keys() - late)
    if found.terms.places is None:
        return Decimal(0) if still else left
    lacking = max(0, found.terms.places - _held_places(found).total() - still)
    unexplained = sum(free[key] for key in late if not hints.tell_of(key))
    return min(left, Decimal(lacking), Decimal(unexplained))


def _free_places(found: Fulfilment) -> Counter[UUID]:
    held = _held_places(found)
    return Counter(
        {key: max(0, slot.at_once - held[key]) for key, slot in found.facts.slots.items()}
    )


def _held_places(found: Fulfilment) -> Counter[UUID]:
    """By slot; where places are counted, by those whose stay counts."""
    in_places = found.terms.places is not None
    states = counted_places(found.facts, found.terms, found.stays, found.as_of)
    return Counter(
        stay.slot_id
        for stay, state in zip(found.stays, states, strict=True)
        if (state is not None if in_places else stay.standing)
    )


def _rooms_in_months(
    found: Fulfilment, hints: Hints, places: Counter[str], missing: Decimal
) -> dict[str, Decimal]:
    """What placements lost, by whom; the rest falls on the first other cause there is."""
    lost = dict.fromkeys(CAUSES, Fraction(0))
    parts = {part.placement.id: part for stay in found.stays for part in stay.parts}
    for part in parts.values():
        slot = found.facts.slots[part.placement.slot_id]
        months = months_of(part, found.terms, slot, found.contract, found.as_of).lost
        lost[_lost_because(Stay((_called_off_by(part, parts),)), found, hints)] += months
    from_placements = {*ENDED_BY.values(), FELL_SHORT}
    return {
        code: missing if places[code] and code not in from_placements else rounded(lost[code])
        for code in CAUSES
    }


def _called_off_by(part: Part, parts: Mapping[UUID, Part]) -> Part:
    """What a called-off extension would have gone on from, where that is what called it off."""
    before = parts.get(part.placement.extends_placement_id or part.placement.id, part)
    if part.state != GONE or before is part or (before.ended_by is None and before.state != GONE):
        return part
    return _called_off_by(before, parts)


def _lost_because(stay: Stay, found: Fulfilment, hints: Hints) -> str:
    """Why one stay counts for nothing."""
    last = stay.parts[-1]
    if last.ended_by is not None and last.last < last.agreed_last:
        return ENDED_BY[last.ended_by]
    if last.state == GONE:
        move = last.placement.moved_by(found.as_of)[-1]
        if move.to == PlacementStatus.ENDED_EARLY and move.ended_by is not None:
            return ENDED_BY[move.ended_by]
        return DECLINED_BY.get(move.reason or "", PROPOSAL_DECLINED)
    never_began = last.state == BOOKED and found.contract.end_date < found.as_of
    if last.state == OVER or (last.last >= found.as_of and not never_began):
        return FELL_SHORT
    if last.state == BOOKED and _lacks_gates(stay, found, hints):
        return GATE_MISSING
    return AUTHORITY_LATE if last.state in (BOOKED, ACTIVE) else FELL_SHORT


def _lacks_gates(stay: Stay, found: Fulfilment, hints: Hints) -> bool:
    placement = stay.parts[-1].placement
    supplier_id = found.facts.slots[stay.slot_id].supplier_id
    checks = hints.checks.get(supplier_id, ())
    return bool(missing_gates(checks, placement.programme, placement.start_date))


def _said_no(hints: Hints, found: Fulfilment) -> Counter[str]:
    """How many proposals each side, or neither, said no to; a pair twice declined counts twice."""
    counted: Counter[str] = Counter()
    for key in found.facts.slots:
        for reason, times in hints.declined.get(key, Counter()).items():
            counted[DECLINED_BY[reason]] += times
    return counted


def _open_days(hints: Hints, found: Fulfilment) -> Iterator[date]:
    for key in found.facts.slots:
        yield from hints.open_since.get(key, ())


def _constraint(found: Fulfilment, hints: Hints) -> str | None:
    left = [hints.unfilled[key] for key in found.facts.slots if key in hints.unfilled]
    return _hardest([reason for unfilled in left for reason in unfilled.reasons])


def _hardest(reasons: Sequence[Mapping[str, Any]]) -> str | None:
    """The rule that ruled most people out; that others had the place rules nobody out."""
    counted: Counter[str] = Counter()
    for reason in reasons:
        if reason["code"] != NO_CANDIDATE_LEFT:
            counted[reason["code"]] += reason["candidates"]
    return min(counted, key=lambda code: (-counted[code], code), default=None)
