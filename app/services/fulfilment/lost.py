"""Why a stay, or a part of one, counts for nothing: who ended it, or why it never began."""

from collections.abc import Mapping
from uuid import UUID

from app.models.placements import PlacementStatus
from app.services.fulfilment.cause_codes import (
    AUTHORITY_LATE,
    DECLINED_BY,
    ENDED_BY,
    FELL_SHORT,
    GATE_MISSING,
    PROPOSAL_DECLINED,
)
from app.services.fulfilment.hints import Hints
from app.services.fulfilment.stays import ACTIVE, BOOKED, GONE, OVER, Part, Stay
from app.services.fulfilment.verdict import Fulfilment
from app.services.registers.gate_checks import missing_gates


def lost_because(stay: Stay, found: Fulfilment, hints: Hints) -> str:
    """The code of the cause why one stay counts for nothing."""
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


def is_called_off_extension(stay: Stay) -> bool:
    """Such a stay held no place of its own: the placement that it extends says why it is lost."""
    first = stay.parts[0]
    return first.state == GONE and first.placement.extends_placement_id is not None


def called_off_by(part: Part, parts: Mapping[UUID, Part]) -> Part:
    """The placement whose early end called off this extension, or else the part itself."""
    before = parts.get(part.placement.extends_placement_id or part.placement.id, part)
    if part.state != GONE or before is part or (before.ended_by is None and before.state != GONE):
        return part
    return called_off_by(before, parts)


def _lacks_gates(stay: Stay, found: Fulfilment, hints: Hints) -> bool:
    """False under a programme that nobody knows: that is not the employer's doing."""
    placement = stay.parts[-1].placement
    supplier_id = found.facts.slots[stay.slot_id].supplier_id
    checks = hints.checks.get(supplier_id, ())
    known, day = found.facts.programmes, placement.start_date
    is_known = known.on(placement.programme, day) is not None
    return is_known and bool(missing_gates(known, checks, placement.programme, day))
