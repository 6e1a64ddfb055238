from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response
from sqlmodel import Session

from app.api.http import (
    EXAMPLE_ID,
    Changing,
    GuardedRoute,
    Input,
    Listing,
    Page,
    Patch,
    PlacementId,
    PlacementOutcomeId,
    Reading,
    StoredOutput,
    Storing,
    needs,
    patched,
    stored_example,
)
from app.models.placement_outcomes import PlacementOutcome, PlacementOutcomeFields
from app.models.placements import Placement
from app.services.ground import may_move_placements, may_read_follow_up
from app.services.placements.placement_outcomes import (
    change_outcome,
    note_outcome,
    select_visible_outcomes,
)

router = APIRouter(route_class=GuardedRoute, tags=["placements"])

EXAMPLE = {"afterMonths": 3, "outcome": "in-work", "on": "2018-09-03"}


class PlacementOutcomeInput(PlacementOutcomeFields, Input):
    """What the person did at the end of a placement, or some months after."""

    example: ClassVar = EXAMPLE


class PlacementOutcomeOutput(PlacementOutcomeFields, StoredOutput):
    """An outcome, as noted."""

    example: ClassVar = stored_example(
        "placement-outcomes",
        EXAMPLE | {"placementId": EXAMPLE_ID, "decidedBy": "caseworker-17"},
    )

    placement_id: UUID
    """The placement that it is about."""
    decided_by: str | None
    """The caseworker whom the call named. Null: nobody."""


@router.post(
    "/placements/{placementId}/outcomes",
    status_code=201,
    response_model=PlacementOutcomeOutput,
    summary="Note an outcome",
)
@needs(may_move_placements)
def store_outcome(
    placement_id: PlacementId, body: PlacementOutcomeInput, call: Storing
) -> Response:
    """What the person does at the end (0), and 3, 6 and 12 months after, each once.

    `on` is the day it was known, no earlier than so many months after the last day. Before the
    placement has ended it is 409 `not-ended`.
    """

    def store(session: Session) -> Response:
        outcome = note_outcome(session, call.actor, placement_id, body, call.today())
        return call.created(call.show(PlacementOutcomeOutput, outcome), outcome.version)

    return call.store(body, store)


@router.get(
    "/placements/{placementId}/outcomes",
    response_model=Page[PlacementOutcomeOutput],
    summary="List a placement's outcomes",
)
@needs(may_read_follow_up)
def list_outcomes(placement_id: PlacementId, call: Listing) -> Response:
    """What has been noted so far, the earliest first."""
    with call.reading() as session:
        call.find(session, Placement, placement_id)
        query = select_visible_outcomes(call.actor, placement_id)
        return call.answer(session, query, lambda row: call.show(PlacementOutcomeOutput, row))


@router.get(
    "/placement-outcomes/{placementOutcomeId}",
    response_model=PlacementOutcomeOutput,
    summary="Read an outcome",
)
@needs(may_read_follow_up)
def read_outcome(placement_outcome_id: PlacementOutcomeId, call: Reading) -> Response:
    """One outcome of a placement."""
    with call.reading() as session:
        outcome = call.find(session, PlacementOutcome, placement_outcome_id)
        return call.single(call.show(PlacementOutcomeOutput, outcome), outcome.version)


@router.patch(
    "/placement-outcomes/{placementOutcomeId}",
    response_model=PlacementOutcomeOutput,
    summary="Correct an outcome",
)
@needs(may_move_placements)
def correct_outcome(
    placement_outcome_id: PlacementOutcomeId, body: Patch, call: Changing
) -> Response:
    """A merge patch of the outcome and its day; the time that was asked about stays."""
    with call.writing() as session:
        outcome = call.find_for_change(session, PlacementOutcome, placement_outcome_id)
        wanted = patched(outcome, PlacementOutcomeInput, body)
        change_outcome(session, call.actor, outcome, wanted, call.today())
        return call.single(call.show(PlacementOutcomeOutput, outcome), outcome.version)
