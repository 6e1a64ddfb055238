"""Why places of a clause are missing: each missing place gets one cause, from what happened.

Where several causes fit, the missing place goes to the first in the list of causes that can still
take one: early ends come first, then slots never offered, then what the matching found.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from app.services.fulfilment.balance import counted_places, months_of, rounded
from app.services.fulfilment.cause_codes import (
    AUTHORITY_LATE,
    AWAITING_DECISION,
    CAUSES,
    DECLINED_BY,
    ENDED_BY,
    FELL_SHORT,
    GATE_MISSING,
    NO_ELIGIBLE_CANDIDATE,
    NO_SLOT_OFFERED,
    NOT_MATCHED_YET,
)
from app.services.fulfilment.hints import Hints, Unfilled
from app.services.fulfilment.lost import called_off_by, is_called_off_extension, lost_because
from app.services.fulfilment.stays import Stay
from app.services.fulfilment.verdict import Cause, Fulfilment

PROGRAMME_LIMIT = "programme-limit"
NO_CANDIDATE_LEFT = "no-candidate-left"
# A proposal that waits longer than this counts as the authority's delay.
LONGEST_WAIT_DAYS = 14


def causes_of(found: Fulfilment, hints: Hints) -> tuple[Cause, ...]:
    """The causes together explain all that is missing; a clause without a quantity has none."""
    if found.balance is None or found.balance.missing == 0:
        return ()
    places = _places_by_cause(found, hints)
    accounted = {code: Decimal(places[code]) for code in CAUSES}
    if found.terms.places is None:
        accounted = _months_by_cause(found, hints, places, found.balance.missing)
    left, quantities = found.balance.missing, {}
    for code in CAUSES:
        quantities[code] = min(left, accounted[code])
        left -= quantities[code]
    too_late = too_late_to_begin(found, hints, left)
    quantities[AUTHORITY_LATE] += too_late
    quantities[NOT_MATCHED_YET] += left - too_late
    constraints = {NO_ELIGIBLE_CANDIDATE: _constraint(found, hints)}
    return tuple(
        Cause(code, quantity, constraints.get(code))
        for code, quantity in quantities.items()
        if quantity > 0
    )


def _places_by_cause(found: Fulfilment, hints: Hints) -> Counter[str]:
    """How many places each cause could account for; NOT_MATCHED_YET takes what is left."""
    states = counted_places(found.facts, found.terms, found.stays, found.as_of)
    lost = [
        stay
        for stay, state in zip(found.stays, states, strict=True)
        if state is None and not is_called_off_extension(stay)
    ]
    accounted: Counter[str] = Counter(lost_because(stay, found, hints) for stay in lost)
    accounted += _said_no(hints, found)
    accounted[NO_SLOT_OFFERED] = places_not_offered(found)
    for day in _open_days(hints, found):
        is_late = (found.as_of - day).days > LONGEST_WAIT_DAYS
        accounted[AUTHORITY_LATE if is_late else AWAITING_DECISION] += 1
    for key in found.facts.slots:
        if (unfilled := hints.unfilled.get(key)) is not None:
            code = GATE_MISSING if _is_unchecked(unfilled) else NO_ELIGIBLE_CANDIDATE
            accounted[code] += unfilled.places
    return accounted


def _is_unchecked(unfilled: Unfilled) -> bool:
    """Whether a missing check kept out most people, or everyone whose programme is long enough."""
    people = {reason["code"]: reason["candidates"] for reason in unfilled.reasons}
    kept_out = people.get(GATE_MISSING, 0)
    cleared = unfilled.candidates - people.get(PROGRAMME_LIMIT, 0)
    return _hardest(unfilled.reasons) == GATE_MISSING or 0 < cleared <= kept_out


def _months_by_cause(
    found: Fulfilment, hints: Hints, places: Counter[str], missing: Decimal
) -> dict[str, Decimal]:
    """The months lost, by who ended placements; the first other cause that occurs gets the rest."""
    lost = dict.fromkeys(CAUSES, Fraction(0))
    parts = {part.placement.id: part for stay in found.stays for part in stay.parts}
    for part in parts.values():
        slot = found.facts.slots[part.placement.slot_id]
        months = months_of(part, found.terms, slot, found.contract, found.as_of).lost
        lost[lost_because(Stay((called_off_by(part, parts),)), found, hints)] += months
    from_placements = {*ENDED_BY.values(), FELL_SHORT}
    return {
        code: missing if places[code] and code not in from_placements else rounded(lost[code])
        for code in CAUSES
    }


def _said_no(hints: Hints, found: Fulfilment) -> Counter[str]:
    """How many proposals were declined, by cause; a pair that was declined twice counts twice."""
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
    """The rule that ruled out most people; a place that went to others ruled out nobody."""
    counted: Counter[str] = Counter()
    for reason in reasons:
        if reason["code"] != NO_CANDIDATE_LEFT:
            counted[reason["code"]] += reason["candidates"]
    return min(counted, key=lambda code: (-counted[code], code), default=None)


def places_not_offered(found: Fulfilment) -> int:
    """How many places too few the slots offer; for full-time months, 1 where no place is free."""
    free = _free_places(found).total()
    if found.terms.places is None:
        return int(free == 0)
    return max(0, found.terms.places - _held_places(found).total() - free)


def too_late_to_begin(found: Fulfilment, hints: Hints, left: Decimal) -> Decimal:
    """How much of what is left is free only in slots whose last start has passed, where no run,
    proposal or decision says why: it was offered, and nobody tried to fill it."""
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
    """How many hold a place in each slot; where places are counted, only stays that count."""
    in_places = found.terms.places is not None
    states = counted_places(found.facts, found.terms, found.stays, found.as_of)
    return Counter(
        stay.slot_id
        for stay, state in zip(found.stays, states, strict=True)
        if (state is not None if in_places else stay.standing)
    )
