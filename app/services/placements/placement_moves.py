"""A placement's life: the one table of moves, and the one function that carries them out."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, or_
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import Conflict, NotPermitted
from app.models.placement_signatures import PARTIES
from app.models.placements import (
    BOOKED,
    NO_SHOW,
    Placement,
    PlacementMove,
    PlacementMoveFields,
    PlacementStatus,
)
from app.models.roles import Role
from app.models.slots import Slot
from app.services.ground import (
    DAY,
    Actor,
    add,
    find,
    find_for_change,
    read_known_programmes,
    record,
    refuse_programme_out_of_force,
    select_visible,
    touch,
)
from app.services.placements.placement_signatures import select_visible_signatures
from app.services.registers.gate_checks import read_missing_gates

CASEWORKERS = frozenset({Role.CASEWORKER, Role.ADMIN})
BEGINNING = {PlacementStatus.READY, PlacementStatus.ACTIVE}
BEGUN = (PlacementStatus.ACTIVE, PlacementStatus.COMPLETED)
CUT_SHORT = {PlacementStatus.ENDED_EARLY, PlacementStatus.CANCELLED}


@dataclass(frozen=True)
class Transition:
    """One move that a placement may make, and who may make it."""

    origin: PlacementStatus
    to: PlacementStatus
    roles: frozenset[Role]


TRANSITIONS = (
    Transition(PlacementStatus.PLANNED, PlacementStatus.READY, CASEWORKERS),
    Transition(PlacementStatus.PLANNED, PlacementStatus.CANCELLED, CASEWORKERS),
    Transition(PlacementStatus.READY, PlacementStatus.ACTIVE, CASEWORKERS),
    Transition(PlacementStatus.READY, PlacementStatus.CANCELLED, CASEWORKERS),
    # A no-show ends early with zero days, even where somebody has noted a start.
    Transition(PlacementStatus.READY, PlacementStatus.ENDED_EARLY, CASEWORKERS),
    Transition(PlacementStatus.ACTIVE, PlacementStatus.COMPLETED, CASEWORKERS),
    Transition(PlacementStatus.ACTIVE, PlacementStatus.ENDED_EARLY, CASEWORKERS),
)


@dataclass(frozen=True)
class Calendar:
    """The day on which a move is noted, and the earliest day that may be noted as the beginning."""

    today: date
    earliest_beginning: date


def select_visible_moves(actor: Actor, placement_id: UUID) -> SelectOfScalar[PlacementMove]:
    return select_visible(PlacementMove, actor).where(
        col(PlacementMove.placement_id) == placement_id
    )


def allowed_transitions(actor: Actor, placement: Placement) -> list[PlacementStatus]:
    """The statuses to which the table lets the actor move it; dates and papers may forbid it."""
    return [
        move.to
        for move in TRANSITIONS
        if move.origin == placement.status and actor.role in move.roles
    ]


def move_placement(
    session: Session,
    actor: Actor,
    placement_id: UUID,
    fields: PlacementMoveFields,
    calendar: Calendar,
) -> PlacementMove:
    """The only function that changes a placement's status, as TRANSITIONS allow. A placement that
    ends too early takes its extensions with it: they are called off."""
    placement = find_for_change(session, actor, Placement, placement_id)
    _refuse_unlisted(actor, placement, fields.to)
    _refuse_impossible_day(session, actor, placement, fields, calendar)
    if fields.to == PlacementStatus.READY:
        _refuse_unsigned(session, actor, placement, fields.on)
        _refuse_missing_gates(session, actor, placement, placement.start_date)
    elif fields.to == PlacementStatus.ACTIVE:
        _refuse_missing_gates(session, actor, placement, fields.on)
        _refuse_before_its_first_part(session, actor, placement)
    elif fields.to in CUT_SHORT and (extension := _extension_of(session, actor, placement)):
        _call_off(session, actor, extension, fields)
    return _moved(session, actor, placement, fields)


def _moved(
    session: Session, actor: Actor, placement: Placement, fields: PlacementMoveFields
) -> PlacementMove:
    values = fields.model_dump() | {
        "organisation_id": actor.organisation_id,
        "placement_id": placement.id,
        "origin": placement.status,
        "key_id": actor.key_id,
        "decided_by": actor.caseworker,
    }
    _take_over(session, actor, placement, fields)
    return add(session, actor, PlacementMove.model_validate(values))


def _take_over(
    session: Session, actor: Actor, placement: Placement, fields: PlacementMoveFields
) -> None:
    before = _told(placement)
    if fields.to == PlacementStatus.ACTIVE:
        placement.started_on = fields.on
    elif fields.reason == NO_SHOW:
        placement.started_on = None  # a noted start was no day of the placement
    elif placement.status == PlacementStatus.ACTIVE:
        placement.ended_on = fields.on
    placement.ended_by = fields.ended_by
    placement.status = fields.to
    touch(placement)
    session.flush()
    record(session, actor, "moved", placement, before=before, after=_told(placement))


def _extension_of(session: Session, actor: Actor, placement: Placement) -> Placement | None:
    """The placement's extension that is booked, or that somebody came to."""
    own = select_visible(Placement, actor).where(
        col(Placement.extends_placement_id) == placement.id,
        or_(col(Placement.status).in_((*BOOKED, *BEGUN)), col(Placement.started_on).is_not(None)),
    )
    found = session.exec(own).first()
    return None if found is None else find_for_change(session, actor, Placement, found.id)


def _call_off(
    session: Session, actor: Actor, extension: Placement, fields: PlacementMoveFields
) -> None:
    """Cancels the extension, and what extends it, for the same reason, not before its last move."""
    if extension.status not in BOOKED:
        raise Conflict(
            "transition-forbidden",
            f"It goes on as {extension.id}, which is {extension.status}: "
            "note first how this part was completed.",
        )
    if (further := _extension_of(session, actor, extension)) is not None:
        _call_off(session, actor, further, fields)
    day = max(fields.on, _last_move_day(session, actor, extension))
    called_off = {"to": PlacementStatus.CANCELLED, "on": day, "ended_by": None}
    cancelled = PlacementMoveFields.model_validate(fields.model_dump() | called_off)
    _moved(session, actor, extension, cancelled)


def _last_move_day(session: Session, actor: Actor, placement: Placement) -> date:
    moves = session.exec(select_visible_moves(actor, placement.id)).all()
    return max((move.on for move in moves), default=date.min)


def _told(placement: Placement) -> dict[str, str | None]:
    return {
        "status": placement.status,
        "started_on": _day_told(placement.started_on),
        "ended_on": _day_told(placement.ended_on),
        "ended_by": placement.ended_by,
    }


def _day_told(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _refuse_unlisted(actor: Actor, placement: Placement, to: PlacementStatus) -> None:
    moves = {move.to: move for move in TRANSITIONS if move.origin == placement.status}
    if to not in moves:
        allowed = ", ".join(
            f"{move.to} ({', '.join(sorted(move.roles))})" for move in moves.values()
        )
        raise Conflict(
            "transition-forbidden",
            f"A placement that is {placement.status} cannot become {to}. "
            f"Allowed: {allowed or 'none: this is its end'}.",
        )
    if actor.role not in moves[to].roles:
        allowed = ", ".join(sorted(moves[to].roles))
        raise NotPermitted(
            f"The role {actor.role} may not move a placement to {to}. Allowed: {allowed}."
        )


def _refuse_impossible_day(
    session: Session,
    actor: Actor,
    placement: Placement,
    fields: PlacementMoveFields,
    calendar: Calendar,
) -> None:
    last_move = _last_move_day(session, actor, placement)
    first, last = _days_for(placement, fields.to, last_move, calendar)
    if first <= fields.on <= last:
        return
    days = f"from {first} to {last}"
    if first > calendar.today:
        days = f"on {first} at the earliest, which has not come"
    elif first > last:
        days = f"on no day any more: {last} was the last, and {first} is the first left to note"
    elif first == date.min:
        days = f"on {last} at the latest"
    raise Conflict("day-forbidden", f"This placement can become {fields.to} {days}.")


def _days_for(
    placement: Placement, to: PlacementStatus, last_move: date, calendar: Calendar
) -> tuple[date, date]:
    """The first and last day that a move may have: not before the last move, not in the future,
    and within the agreed dates. Only a beginning must be noted within some time."""
    first, last = last_move, calendar.today
    if to in BEGINNING:
        first = max(first, calendar.earliest_beginning)
    if to == PlacementStatus.ACTIVE:
        return max(first, placement.start_date), min(last, placement.end_date)
    if to == PlacementStatus.COMPLETED:
        return max(first, placement.end_date), min(last, placement.end_date)
    if to == PlacementStatus.ENDED_EARLY and placement.status == PlacementStatus.ACTIVE:
        return first, min(last, placement.end_date - DAY)
    if to == PlacementStatus.ENDED_EARLY:
        first = max(first, placement.start_date)
    return first, last


def _refuse_before_its_first_part(session: Session, actor: Actor, placement: Placement) -> None:
    if placement.extends_placement_id is None:
        return
    before = find(session, actor, Placement, placement.extends_placement_id)
    if before.status not in BEGUN:
        raise Conflict(
            "transition-forbidden",
            f"It goes on from {before.id}, which is {before.status}: note first how that began.",
        )


def _refuse_unsigned(session: Session, actor: Actor, placement: Placement, on: date) -> None:
    signatures = session.exec(select_visible_signatures(actor, placement.id)).all()
    signed = {one.party for one in signatures if one.signed_on <= on}
    if missing := [party for party in PARTIES if party not in signed]:
        raise Conflict(
            "signatures-missing",
            f"The agreement was not signed by {', '.join(missing)} on {on}. "
            "Record each signature first.",
        )


def _refuse_missing_gates(session: Session, actor: Actor, placement: Placement, day: date) -> None:
    known = read_known_programmes(session, actor)
    refuse_programme_out_of_force(known, placement.programme, day)
    supplier_id = find(session, actor, Slot, placement.slot_id).supplier_id
    missing = read_missing_gates(session, actor, supplier_id, placement.programme, day)
    if missing:
        raise Conflict(
            "gates-missing",
            f"{placement.programme} asks for checks of the employer that are not passed for "
            f"{day}: {', '.join(missing)}. Record them under the supplier first.",
        )
