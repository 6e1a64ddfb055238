from typing import Annotated, Any, ClassVar
from uuid import UUID

from fastapi import APIRouter, Query
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
    Reading,
    StoredOutput,
    Storing,
    needs,
    stored_example,
)
from app.models.decisions import ApprovalReason
from app.models.placements import (
    EndedBy,
    Override,
    Placement,
    PlacementFields,
    PlacementStatus,
)
from app.models.values import Day, Identifier
from app.services.ground import (
    may_decide,
    may_read_placements,
    may_see_candidate_of_placement,
)
from app.services.placements.outside_runs import place_outside_run
from app.services.placements.placement_moves import allowed_transitions
from app.services.placements.placements import PlacementFilter, select_visible_placements

router = APIRouter(route_class=GuardedRoute, tags=["placements"])

EXAMPLE = {
    "candidateId": EXAMPLE_ID,
    "slotId": EXAMPLE_ID,
    "startDate": "2018-03-01",
    "endDate": "2018-08-31",
    "programme": "arbetspraktik",
    "extentPercent": 75,
    "reason": "candidate-wish",
    "comment": None,
    "overrides": ["too-far"],
}
# What procurement is not shown, as it is about the person.
ABOUT_THE_PERSON = (
    "candidate_id",
    "programme",
    "reason",
    "comment",
    "overrides",
    "decided_by",
)


class PlacementInput(PlacementFields, Input):
    """A person's own choice of candidate and slot."""

    example: ClassVar = EXAMPLE


class PlacementOutput(StoredOutput):
    """To procurement, everything about the person is null: who it is, the programme, reasons.

    `startDate` and `endDate` are agreed; `startedOn` and `endedOn` are what happened.
    `allowedTransitions`: where the caller's role may move it next.
    """

    example: ClassVar = stored_example(
        "placements",
        EXAMPLE
        | {
            "clauseId": EXAMPLE_ID,
            "status": "planned",
            "startedOn": None,
            "endedOn": None,
            "endedBy": None,
            "extendsPlacementId": None,
            "allowedTransitions": ["ready", "cancelled"],
            "decidedBy": "caseworker-17",
        },
    )

    candidate_id: UUID | None
    """Who is placed. Null to procurement."""
    slot_id: UUID
    """The slot in which the person is placed."""
    clause_id: UUID | None
    """The clause under which it was booked. Null: the place is voluntary."""
    status: PlacementStatus
    """Where the placement is between planned and ended."""
    start_date: Day
    """The first day agreed."""
    end_date: Day
    """The last day agreed, inclusive."""
    started_on: Day | None
    """The day on which it began. Null: it has not, or the person never came."""
    ended_on: Day | None
    """The day on which it ended. Null: it has not, or the person never came."""
    ended_by: EndedBy | None
    """Through whom it ended early. Null: it did not."""
    extends_placement_id: UUID | None
    """The placement that this one continues. Null: none."""
    programme: str | None
    """The programme that carries it. Null to procurement."""
    extent_percent: int | None
    """The working time agreed, in percent of full time. Null: not agreed."""
    reason: ApprovalReason | None
    """Why this pair. Null to procurement."""
    comment: str | None
    """Why, in words. Null: nothing is said; always so to procurement."""
    overrides: list[Override] | None
    """The hard rules that were set aside. Null to procurement."""
    decided_by: str | None
    """The caseworker whom the call named. Null: nobody; always so to procurement."""
    allowed_transitions: list[PlacementStatus]
    """The states to which the caller's role may move it next."""


@router.post(
    "/placements",
    status_code=201,
    response_model=PlacementOutput,
    summary="Place outside any run",
)
@needs(may_decide)
def place_candidate(body: PlacementInput, call: Storing) -> Response:
    """A person's own choice of candidate and slot.

    Room, consent and overlap are never set aside: 409 `slot-full`, `not-consented`,
    `candidate-placed`. Other hard rules are, when `overrides` names them; a rule that is broken
    and not named is 409 `rules-not-overridden`, which says which; one that is named and holds is
    409 `nothing-to-override`.
    """

    def store(session: Session) -> Response:
        placement = place_outside_run(session, call.actor, body)
        return call.created(shown_placement(call, placement), placement.version)

    return call.store(body, store)


@router.get("/placements", response_model=Page[PlacementOutput], summary="List placements")
@needs(may_read_placements)
def list_placements(
    call: Listing,
    candidate_id: Annotated[
        Identifier | None,
        Query(
            alias="candidateId",
            description="Only this candidate's placements. Not for procurement: 403.",
        ),
    ] = None,
    slot_id: Annotated[
        Identifier | None, Query(alias="slotId", description="Only placements in this slot.")
    ] = None,
    clause_id: Annotated[
        Identifier | None,
        Query(alias="clauseId", description="Only placements under this clause."),
    ] = None,
    contract_id: Annotated[
        Identifier | None,
        Query(alias="contractId", description="Only placements under this contract."),
    ] = None,
    status: Annotated[
        PlacementStatus | None, Query(description="Only placements with this status.")
    ] = None,
) -> Response:
    """The organisation's placements, oldest first; to procurement without the person."""
    wanted = PlacementFilter(candidate_id, slot_id, clause_id, contract_id, status)
    query = select_visible_placements(call.actor, wanted)
    with call.reading() as session:
        return call.answer(session, query, lambda row: shown_placement(call, row))


@router.get("/placements/{placementId}", response_model=PlacementOutput, summary="Read a placement")
@needs(may_read_placements)
def read_placement(placement_id: PlacementId, call: Reading) -> Response:
    """One placement; to procurement without the person."""
    with call.reading() as session:
        placement = call.find(session, Placement, placement_id)
        return call.single(shown_placement(call, placement), placement.version, by_role=True)


def shown_placement(call: Call, row: Placement) -> PlacementOutput:
    hidden: dict[str, Any] = {}
    if not may_see_candidate_of_placement(call.actor):
        hidden = dict.fromkeys(ABOUT_THE_PERSON)
    moves = allowed_transitions(call.actor, row)
    return call.show(PlacementOutput, row, allowed_transitions=moves, **hidden)
