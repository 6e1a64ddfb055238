from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from app.api.http import (
    EXAMPLE_ID,
    Call,
    GuardedRoute,
    Listing,
    MatchRunId,
    Page,
    ProposalId,
    Reading,
    StoredOutput,
    needs,
    stored_example,
)
from app.api.runs.engine_shapes import (
    PRICE_EXAMPLE,
    TERMS_EXAMPLE,
    CriterionOutput,
    PriceOutput,
    shown_criteria,
)
from app.models.match_runs import MatchRun
from app.models.proposals import Proposal, ProposalStatus, SupersededBy
from app.models.values import Day, Identifier
from app.services.ground import may_match
from app.services.runs.proposals import ProposalFilter, age_in_days, select_visible_proposals

router = APIRouter(route_class=GuardedRoute, tags=["proposals"])


class ProposalOutput(StoredOutput):
    """`ageDays`: how long it has waited, until it was decided or gave way; `supersededBy`: to
    what."""

    example: ClassVar = stored_example(
        "proposals",
        {
            "matchRunId": EXAMPLE_ID,
            "candidateId": EXAMPLE_ID,
            "slotId": EXAMPLE_ID,
            **TERMS_EXAMPLE,
            "contractual": True,
            "slotPrice": PRICE_EXAMPLE,
            "status": "proposed",
            "supersededBy": None,
            "ageDays": 3,
        },
    )

    match_run_id: UUID
    """The run that proposed it."""
    candidate_id: UUID
    """Who is proposed."""
    slot_id: UUID
    """The slot that the person is proposed for."""
    points: int
    """The sum of the criteria's points."""
    criteria: list[CriterionOutput]
    """What gave points."""
    contractual: bool
    """Whether the place was one that a clause still asked for."""
    slot_price: PriceOutput
    """What one place more or less in the slot was worth."""
    programme: str
    """The programme that carries it: the first of the person's that fits."""
    start_date: Day
    """The first day possible; an approval books it."""
    end_date: Day
    """The last day possible, inclusive; an approval books it."""
    status: ProposalStatus
    """Whether somebody has decided."""
    superseded_by: SupersededBy | None
    """What it gave way to. Null: it did not."""
    age_days: int
    """How many days it has waited, until it was decided or gave way."""


@router.get(
    "/match-runs/{matchRunId}/proposals",
    response_model=Page[ProposalOutput],
    summary="List a run's proposals",
)
@needs(may_match)
def list_proposals(
    match_run_id: MatchRunId,
    call: Listing,
    status: Annotated[
        ProposalStatus | None, Query(description="Only proposals with this status.")
    ] = None,
    slot_id: Annotated[
        Identifier | None, Query(alias="slotId", description="Only proposals for this slot.")
    ] = None,
    candidate_id: Annotated[
        Identifier | None, Query(alias="candidateId", description="Only this candidate's proposal.")
    ] = None,
) -> Response:
    """One candidate and one slot each, by slot. The criteria's points sum to the proposal's."""
    wanted = ProposalFilter(status, slot_id, candidate_id)
    with call.reading() as session:
        run = call.find(session, MatchRun, match_run_id)
        query = select_visible_proposals(call.actor, run, wanted)
        return call.answer(session, query, lambda row: _shown(call, row))


@router.get("/proposals/{proposalId}", response_model=ProposalOutput, summary="Read a proposal")
@needs(may_match)
def read_proposal(proposal_id: ProposalId, call: Reading) -> Response:
    """Why this candidate and this slot: points, and what one place more or less is worth."""
    with call.reading() as session:
        proposal = call.find(session, Proposal, proposal_id)
        shown = _shown(call, proposal)
        return call.single(shown, proposal.version, has_texts=True, age_days=shown.age_days)


def _shown(call: Call, row: Proposal) -> ProposalOutput:
    return call.show(
        ProposalOutput,
        row,
        criteria=shown_criteria(row.criteria, call.language),
        age_days=age_in_days(row, call.today()),
    )
