from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response
from sqlmodel import Session

from app.api.http import (
    EXAMPLE_ID,
    Call,
    GuardedRoute,
    Input,
    Listing,
    Page,
    PlacementId,
    PlacementMoveId,
    Reading,
    StoredOutput,
    Storing,
    needs,
    stored_example,
)
from app.models.placements import (
    EndedBy,
    MoveReason,
    Placement,
    PlacementMove,
    PlacementMoveFields,
    PlacementStatus,
)
from app.models.values import Day
from app.services.ground import (
    may_move_placements,
    may_read_placements,
    may_see_candidate_of_placement,
)
from app.services.placements.placement_moves import Calendar, move_placement, select_visible_moves

router = APIRouter(route_class=GuardedRoute, tags=["placements"])

EXAMPLE = {
    "to": "ended-early",
    "on": "2018-05-31",
    "endedBy": "participant",
    "reason": "found-work",
    "comment": None,
}


class PlacementMoveInput(PlacementMoveFields, Input):
    """A step of a placement's life."""

    example: ClassVar = EXAMPLE


class PlacementMoveOutput(StoredOutput):
    """To procurement, `reason`, `comment` and `decidedBy` are null: they can be the person's."""

    example: ClassVar = stored_example(
        "placement-moves",
        EXAMPLE | {"placementId": EXAMPLE_ID, "origin": "active", "decidedBy": "caseworker-17"},
    )

    placement_id: UUID
    """The placement that moved."""
    origin: PlacementStatus
    """The state that it moved from."""
    to: PlacementStatus
    """The state that it moved to."""
    on: Day
    """The day on which it happened."""
    ended_by: EndedBy | None
    """Through whom it ended. Null with states other than `ended-early`."""
    reason: MoveReason | None
    """Why it ended or was called off. Null with other states, and to procurement."""
    comment: str | None
    """Why, in words. Null: nothing is said; always so to procurement."""
    decided_by: str | None
    """The caseworker whom the call named. Null: nobody; always so to procurement."""


@router.post(
    "/placements/{placementId}/transitions",
    status_code=201,
    response_model=PlacementMoveOutput,
    summary="Move a placement",
)
@needs(may_move_placements)
def store_move(placement_id: PlacementId, body: PlacementMoveInput, call: Storing) -> Response:
    """One step of a placement's life; `allowedTransitions` of the placement says which may come.

    `on` is the day it happened: for `active` the actual first day, for `completed` and
    `ended-early` the last day, for a no-show the day it was clear: it has no days, also where a
    start had been noted. It is never in the future nor before the last move, and a beginning is
    back-dated only so far as the installation allows. `ready` asks for three signatures and the
    employer's checks. A placement that ends early, or is called off, takes with it the extension
    that is booked, which becomes `cancelled` for the same reason. The type of a 409 says what
    stands in the way: `transition-forbidden`, `day-forbidden`, `signatures-missing` or
    `gates-missing`.
    """

    def store(session: Session) -> Response:
        move = move_placement(session, call.actor, placement_id, body, _calendar(call))
        return call.created(_shown(call, move), move.version)

    return call.store(body, store)


@router.get(
    "/placements/{placementId}/transitions",
    response_model=Page[PlacementMoveOutput],
    summary="List a placement's moves",
)
@needs(may_read_placements)
def list_moves(placement_id: PlacementId, call: Listing) -> Response:
    """What has happened to the placement, in the order it was noted."""
    with call.reading() as session:
        call.find(session, Placement, placement_id)
        query = select_visible_moves(call.actor, placement_id)
        return call.answer(session, query, lambda row: _shown(call, row))


@router.get(
    "/placement-moves/{placementMoveId}",
    response_model=PlacementMoveOutput,
    summary="Read a move",
)
@needs(may_read_placements)
def read_move(placement_move_id: PlacementMoveId, call: Reading) -> Response:
    """One step of a placement's life, as it was noted."""
    with call.reading() as session:
        move = call.find(session, PlacementMove, placement_move_id)
        return call.single(_shown(call, move), move.version, by_role=True)


def _calendar(call: Call) -> Calendar:
    today: date = call.today()
    return Calendar(today, today - timedelta(days=call.state.backdating_days))


def _shown(call: Call, row: PlacementMove) -> PlacementMoveOutput:
    hidden: dict[str, Any] = {}
    if not may_see_candidate_of_placement(call.actor):
        hidden = dict.fromkeys(("reason", "comment", "decided_by"))
    return call.show(PlacementMoveOutput, row, **hidden)
