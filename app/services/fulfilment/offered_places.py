"""The places that a clause's slots offer: held, free, lacking, or free too late."""

from collections import Counter
from decimal import Decimal
from uuid import UUID

from app.services.fulfilment.balance import counted_places
from app.services.fulfilment.hints import Hints
from app.services.fulfilment.verdict import Fulfilment


def places_not_offered(found: Fulfilment) -> int:
    """How many places the slots fall short by; for full-time months, 1 where none is free now."""
    free = _free_places(found).total()
    if found.terms.places is None:
        return int(free == 0)
    return max(0, found.terms.places - _held_places(found).total() - free)


def too_late_to_begin(found: Fulfilment, hints: Hints, left: Decimal) -> Decimal:
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
