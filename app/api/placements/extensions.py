from typing import ClassVar

from fastapi import APIRouter
from fastapi.responses import Response
from sqlmodel import Session

from app.api.http import GuardedRoute, Input, PlacementId, Storing, needs
from app.api.placements.placements import PlacementOutput, shown_placement
from app.models.placements import ExtensionFields
from app.services.ground import may_decide
from app.services.placements.extensions import extend_placement

router = APIRouter(route_class=GuardedRoute, tags=["placements"])


class ExtensionInput(ExtensionFields, Input):
    """How long a placement is to go on, and why."""

    example: ClassVar = {
        "endDate": "2018-08-31",
        "reason": "candidate-wish",
        "comment": "Två månader till för att bli klar med stommen.",
    }


@router.post(
    "/placements/{placementId}/extensions",
    status_code=201,
    response_model=PlacementOutput,
    summary="Extend a placement",
)
@needs(may_decide)
def store_extension(placement_id: PlacementId, body: ExtensionInput, call: Storing) -> Response:
    """A new, planned placement from the day after, linked by `extendsPlacementId`.

    Same person, slot, programme and extent; signed and moved like any other. Room, consent and
    overlap are checked as for any booking. 409 `extension-forbidden` where the placement cannot be
    extended or would go on too long: beyond slot, contract or availability, or beyond the
    programme's longest time in all.
    """

    def store(session: Session) -> Response:
        placement = extend_placement(session, call.actor, placement_id, body)
        return call.created(shown_placement(call, placement), placement.version)

    return call.store(body, store)
