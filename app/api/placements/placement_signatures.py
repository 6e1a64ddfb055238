from typing import Any, ClassVar
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response
from sqlmodel import Session

from app.api.http import (
    EXAMPLE_ID,
    Call,
    Changing,
    GuardedRoute,
    Input,
    Listing,
    Page,
    Patch,
    PlacementId,
    PlacementSignatureId,
    Reading,
    StoredOutput,
    Storing,
    needs,
    patched,
    stored_example,
)
from app.models.placement_signatures import PlacementSignature, PlacementSignatureFields
from app.models.placements import Placement
from app.services.ground import (
    may_move_placements,
    may_read_placements,
    may_see_candidate_of_placement,
)
from app.services.placements.placement_signatures import (
    change_signature,
    select_visible_signatures,
    sign_agreement,
)

router = APIRouter(route_class=GuardedRoute, tags=["placements"])

EXAMPLE = {"party": "supplier", "signedOn": "2018-02-20"}


class PlacementSignatureInput(PlacementSignatureFields, Input):
    """That a party has signed the agreement."""

    example: ClassVar = EXAMPLE


class PlacementSignatureOutput(PlacementSignatureFields, StoredOutput):
    """`decidedBy`: the caseworker who noted it; null to procurement."""

    example: ClassVar = stored_example(
        "placement-signatures",
        EXAMPLE | {"placementId": EXAMPLE_ID, "decidedBy": "caseworker-17"},
    )

    placement_id: UUID
    """The placement whose agreement was signed."""
    decided_by: str | None
    """The caseworker whom the call named. Null: nobody; always so to procurement."""


@router.post(
    "/placements/{placementId}/signatures",
    status_code=201,
    response_model=PlacementSignatureOutput,
    summary="Note a signature",
)
@needs(may_move_placements)
def store_signature(
    placement_id: PlacementId, body: PlacementSignatureInput, call: Storing
) -> Response:
    """A party has signed the agreement: the participant, the supplier or the authority, each once.

    Only a planned placement is signed: 409 `not-planned`. All three make it possible to move it
    to `ready`.
    """

    def store(session: Session) -> Response:
        signature = sign_agreement(session, call.actor, placement_id, body, call.today())
        return call.created(_shown(call, signature), signature.version)

    return call.store(body, store)


@router.get(
    "/placements/{placementId}/signatures",
    response_model=Page[PlacementSignatureOutput],
    summary="List a placement's signatures",
)
@needs(may_read_placements)
def list_signatures(placement_id: PlacementId, call: Listing) -> Response:
    """Who has signed so far, in the order it was noted."""
    with call.reading() as session:
        call.find(session, Placement, placement_id)
        query = select_visible_signatures(call.actor, placement_id)
        return call.answer(session, query, lambda row: _shown(call, row))


@router.get(
    "/placement-signatures/{placementSignatureId}",
    response_model=PlacementSignatureOutput,
    summary="Read a signature",
)
@needs(may_read_placements)
def read_signature(placement_signature_id: PlacementSignatureId, call: Reading) -> Response:
    """One party's signature on the agreement of a placement."""
    with call.reading() as session:
        signature = call.find(session, PlacementSignature, placement_signature_id)
        return call.single(_shown(call, signature), signature.version, by_role=True)


@router.patch(
    "/placement-signatures/{placementSignatureId}",
    response_model=PlacementSignatureOutput,
    summary="Correct a signature",
)
@needs(may_move_placements)
def correct_signature(
    placement_signature_id: PlacementSignatureId, body: Patch, call: Changing
) -> Response:
    """A merge patch of the day, while the placement is planned; the party stays."""
    with call.writing() as session:
        signature = call.find_for_change(session, PlacementSignature, placement_signature_id)
        wanted = patched(signature, PlacementSignatureInput, body)
        change_signature(session, call.actor, signature, wanted, call.today())
        return call.single(_shown(call, signature), signature.version, by_role=True)


def _shown(call: Call, row: PlacementSignature) -> PlacementSignatureOutput:
    hidden: dict[str, Any] = {}
    if not may_see_candidate_of_placement(call.actor):
        hidden = {"decided_by": None}
    return call.show(PlacementSignatureOutput, row, **hidden)
