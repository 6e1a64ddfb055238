from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response
from sqlmodel import Session

from app.api.http import (
    EXAMPLE_ID,
    EXAMPLE_INSTANT,
    DecisionId,
    GuardedRoute,
    Input,
    Listing,
    Page,
    ProposalId,
    Reading,
    StoredOutput,
    Storing,
    needs,
    stored_example,
)
from app.models.decisions import Decision, DecisionFields, Outcome
from app.models.proposals import Proposal
from app.models.values import Identifier, Instant
from app.services.ground import may_decide, may_read_decisions
from app.services.placements.decisions import decide, select_visible_decisions

router = APIRouter(route_class=GuardedRoute, tags=["proposals"])

EXAMPLE = {"outcome": "approved", "reason": "good-fit", "comment": None, "extentPercent": 75}
OutcomeFilter = Annotated[Outcome | None, Query(description="Only decisions with this outcome.")]


class DecisionInput(DecisionFields, Input):
    """A person's yes or no to a proposal, with a reason."""

    example: ClassVar = EXAMPLE


class DecisionOutput(DecisionFields, StoredOutput):
    """`decidedBy` is the caseworker the call named; `placementId` is what an approval booked."""

    example: ClassVar = stored_example(
        "decisions",
        EXAMPLE
        | {
            "proposalId": EXAMPLE_ID,
            "decidedBy": "caseworker-17",
            "decidedAt": EXAMPLE_INSTANT,
            "placementId": EXAMPLE_ID,
        },
    )

    proposal_id: UUID
    """The proposal that was decided on."""
    decided_by: str | None
    """The caseworker whom the call named. Null: nobody."""
    decided_at: Instant
    """When it was decided, in UTC."""
    placement_id: UUID | None
    """The placement that an approval booked. Null: the proposal was declined."""


@router.post(
    "/proposals/{proposalId}/decisions",
    status_code=201,
    response_model=DecisionOutput,
    summary="Decide on a proposal",
)
@needs(may_decide)
def decide_on_proposal(proposal_id: ProposalId, body: DecisionInput, call: Storing) -> Response:
    """Approve, which books the place, or decline, with a reason.

    An approval checks again what the run saw. The type of a 409 says what stands in the way:
    `already-decided`, `superseded`, `not-consented`, `vetoed`, `dates-changed`,
    `no-longer-feasible`, `candidate-placed` or `slot-full`.
    """

    def store(session: Session) -> Response:
        decision = decide(session, call.actor, proposal_id, body)
        return call.created(call.show(DecisionOutput, decision), decision.version)

    return call.store(body, store)


@router.get(
    "/proposals/{proposalId}/decisions",
    response_model=Page[DecisionOutput],
    summary="List a proposal's decisions",
)
@needs(may_read_decisions)
def list_decisions_of_proposal(proposal_id: ProposalId, call: Listing) -> Response:
    """The one decision on the proposal, or none yet."""
    with call.reading() as session:
        call.find(session, Proposal, proposal_id)
        query = select_visible_decisions(call.actor, proposal_id=proposal_id)
        return call.answer(session, query, lambda row: call.show(DecisionOutput, row))


@router.get("/decisions", response_model=Page[DecisionOutput], summary="List decisions")
@needs(may_read_decisions)
def list_decisions(
    call: Listing,
    outcome: OutcomeFilter = None,
    proposal_id: Annotated[
        Identifier | None,
        Query(alias="proposalId", description="Only the decision on this proposal."),
    ] = None,
) -> Response:
    """The organisation's decisions, oldest first."""
    query = select_visible_decisions(call.actor, outcome, proposal_id)
    with call.reading() as session:
        return call.answer(session, query, lambda row: call.show(DecisionOutput, row))


@router.get("/decisions/{decisionId}", response_model=DecisionOutput, summary="Read a decision")
@needs(may_read_decisions)
def read_decision(decision_id: DecisionId, call: Reading) -> Response:
    """Who decided what, when and on what grounds."""
    with call.reading() as session:
        decision = call.find(session, Decision, decision_id)
        return call.single(call.show(DecisionOutput, decision), decision.version)
