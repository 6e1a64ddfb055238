from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response
from sqlmodel import Session

from app.api.http import (
    EXAMPLE_ID,
    DecisionId,
    DecisionLiftId,
    GuardedRoute,
    Input,
    Listing,
    Page,
    Reading,
    StoredOutput,
    Storing,
    needs,
    stored_example,
)
from app.models.decisions import Decision, DecisionLift, DecisionLiftFields
from app.services.ground import may_decide, may_read_decisions
from app.services.placements.decision_lifts import lift_decision, select_visible_lifts

router = APIRouter(route_class=GuardedRoute, tags=["proposals"])

EXAMPLE = {"reason": "Leverantören har fått en ny handledare och vill försöka igen."}


class DecisionLiftInput(DecisionLiftFields, Input):
    """Why a pair that was declined may be proposed again."""

    example: ClassVar = EXAMPLE


class DecisionLiftOutput(DecisionLiftFields, StoredOutput):
    """A decline that was taken back."""

    example: ClassVar = stored_example(
        "decision-lifts", EXAMPLE | {"decisionId": EXAMPLE_ID, "decidedBy": "caseworker-17"}
    )

    decision_id: UUID
    """The decision that is lifted."""
    decided_by: str | None
    """The caseworker whom the call named. Null: nobody."""


@router.post(
    "/decisions/{decisionId}/lifts",
    status_code=201,
    response_model=DecisionLiftOutput,
    summary="Lift a decline",
)
@needs(may_decide)
def store_lift(decision_id: DecisionId, body: DecisionLiftInput, call: Storing) -> Response:
    """The pair may be proposed again, with a reason; the decision itself stays as it was made.

    A pair that was declined more than once stays away until each decision is lifted. 409
    `not-declined` for an approval.
    """

    def store(session: Session) -> Response:
        lift = lift_decision(session, call.actor, decision_id, body)
        return call.created(call.show(DecisionLiftOutput, lift), lift.version)

    return call.store(body, store)


@router.get(
    "/decisions/{decisionId}/lifts",
    response_model=Page[DecisionLiftOutput],
    summary="List a decision's lifts",
)
@needs(may_read_decisions)
def list_lifts(decision_id: DecisionId, call: Listing) -> Response:
    """The one lift of the decision, or none."""
    with call.reading() as session:
        call.find(session, Decision, decision_id)
        query = select_visible_lifts(call.actor, decision_id)
        return call.answer(session, query, lambda row: call.show(DecisionLiftOutput, row))


@router.get(
    "/decision-lifts/{decisionLiftId}", response_model=DecisionLiftOutput, summary="Read a lift"
)
@needs(may_read_decisions)
def read_lift(decision_lift_id: DecisionLiftId, call: Reading) -> Response:
    """Who lifted a decline, when and why."""
    with call.reading() as session:
        lift = call.find(session, DecisionLift, decision_lift_id)
        return call.single(call.show(DecisionLiftOutput, lift), lift.version)
