"""What a run answered beside its proposals: people and places left over, and any pair explained."""

from typing import Annotated, Any, ClassVar
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response

from app.api.http import (
    EXAMPLE_ID,
    GuardedRoute,
    Language,
    Listing,
    MatchRunId,
    Output,
    Page,
    Reading,
    needs,
)
from app.api.runs.engine_shapes import (
    REASON_EXAMPLE,
    GapOutput,
    PairOutput,
    ReasonOutput,
    SlotReasonOutput,
    shown_criteria,
    shown_reasons,
)
from app.api.words.matching_texts import candidate_reason_text, slot_reason_text
from app.models.match_runs import MatchRun, UnfilledSlot
from app.models.values import Identifier
from app.services.ground import may_match
from app.services.runs import proposals
from app.services.runs.match_runs import find_completed

router = APIRouter(route_class=GuardedRoute, tags=["match-runs"])


class NearMissOutput(ReasonOutput):
    """A slot that one rule alone closed to the person."""

    slot_id: UUID
    """The slot that one rule alone closed to the person."""


class UnmatchedCandidateOutput(Output):
    """A candidate the run left without a place: for each rule, how many slots it closed."""

    example: ClassVar = {
        "candidateId": EXAMPLE_ID,
        "reasons": [
            {
                "code": "too-far",
                "slots": 3,
                "text": "3 praktikplatser: längre bort än den längsta resvägen.",
                "slotId": None,
                "gap": None,
            }
        ],
        "nearMisses": [{"slotId": EXAMPLE_ID, **REASON_EXAMPLE}],
    }

    candidate_id: UUID
    """Who was left without a place."""
    reasons: list[GapOutput]
    """What stood in the way, each rule by itself: a slot can be counted under several."""
    near_misses: list[NearMissOutput]
    """At most five slots that fail one rule alone, other than the occupation."""


class UnfilledSlotOutput(Output):
    """A slot with places left: for each rule, how many candidates it closed them for."""

    example: ClassVar = {
        "slotId": EXAMPLE_ID,
        "placesLeft": 1,
        "reasons": [
            {
                "code": "occupation-not-sought",
                "candidates": 9,
                "text": "9 kandidater: yrket är inte bland dem som söks.",
            }
        ],
    }

    slot_id: UUID
    """The slot that has places left."""
    places_left: int
    """How many of its places the run left free."""
    reasons: list[SlotReasonOutput]
    """What stood in the way, each rule by itself: a person can be counted under several."""


@router.get(
    "/match-runs/{matchRunId}/unmatched-candidates",
    response_model=Page[UnmatchedCandidateOutput],
    summary="List whom a run left without a place",
    responses={409: {}},
)
@needs(may_match)
def list_unmatched_candidates(match_run_id: MatchRunId, call: Listing) -> Response:
    """Each with the reasons and at most five near misses: slots that fail one rule alone, other
    than the occupation. Empty until the run is completed. 409 `redacted` where the list has gone
    with somebody who left the service."""
    with call.reading() as session:
        run = call.find(session, MatchRun, match_run_id)
        rows, total = proposals.list_unmatched_candidates(session, run, call.part)
    return call.answer_items([_shown_unmatched(row, call.language) for row in rows], total)


@router.get(
    "/match-runs/{matchRunId}/unfilled-slots",
    response_model=Page[UnfilledSlotOutput],
    summary="List the slots a run left places in",
)
@needs(may_match)
def list_unfilled_slots(match_run_id: MatchRunId, call: Listing) -> Response:
    """Each with its places left and the reasons. Empty until the run is completed."""
    with call.reading() as session:
        run = call.find(session, MatchRun, match_run_id)
        query = proposals.select_unfilled_slots(call.actor, run)
        return call.answer(session, query, lambda row: _shown_unfilled(row, call.language))


@router.get(
    "/match-runs/{matchRunId}/pairs",
    response_model=PairOutput,
    summary="Explain one pair of a run",
    responses={409: {}},
)
@needs(may_match)
def explain_pair(
    match_run_id: MatchRunId,
    call: Reading,
    candidate_id: Annotated[
        Identifier, Query(alias="candidateId", description="A candidate of the run.")
    ],
    slot_id: Annotated[Identifier, Query(alias="slotId", description="A slot of the run.")],
) -> Response:
    """Whether the run chose the pair, could have, or could not; from the input the run was given,
    whatever has changed since. 409 `run-not-completed` while there is none."""
    with call.reading() as session:
        run = find_completed(session, call.actor, match_run_id)
        pair = proposals.explain_pair_of_run(session, call.actor, run, candidate_id, slot_id)
    criteria = shown_criteria(pair["criteria"], call.language)
    reasons = shown_reasons(pair["reasons"], call.language)
    shown = PairOutput.model_validate(pair | {"criteria": criteria, "reasons": reasons})
    return JSONResponse(shown.wire())


def _shown_unmatched(row: dict[str, Any], language: Language) -> UnmatchedCandidateOutput:
    missed = row["near_misses"]
    texts = shown_reasons(missed, language)
    return UnmatchedCandidateOutput(
        candidate_id=row["candidate_id"],
        reasons=[_shown_reason(reason, language) for reason in row["reasons"]],
        near_misses=[
            NearMissOutput(slot_id=miss["slot_id"], code=reason.code, text=reason.text)
            for miss, reason in zip(missed, texts, strict=True)
        ],
    )


def _shown_reason(reason: dict[str, Any], language: Language) -> GapOutput:
    return GapOutput.model_validate(reason | {"text": candidate_reason_text(reason, language)})


def _shown_unfilled(row: UnfilledSlot, language: Language) -> UnfilledSlotOutput:
    return UnfilledSlotOutput(
        slot_id=row.slot_id,
        places_left=row.places_left,
        reasons=[
            SlotReasonOutput.model_validate(reason | {"text": slot_reason_text(reason, language)})
            for reason in row.reasons
        ],
    )
