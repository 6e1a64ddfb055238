from typing import Annotated, Any, ClassVar
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from app.api.http import (
    EXAMPLE_ID,
    GuardedRoute,
    Language,
    Listing,
    MatchRunId,
    Output,
    Page,
    needs,
)
from app.api.runs.engine_shapes import TERMS_EXAMPLE, CriterionOutput, ValueOutput, shown_criteria
from app.models.values import Day, Identifier
from app.services.ground import may_match
from app.services.runs.match_runs import find_completed
from app.services.runs.reserves import list_reserves

router = APIRouter(route_class=GuardedRoute, tags=["match-runs"])


class ReserveOutput(Output):
    """Somebody who could have one of the slot's places, as a proposal would say it. `loss`: what
    the run's optimum would lose by that, all others rearranged as well as can be; nothing where
    the two are equally good, null where the run could choose nobody for the slot."""

    example: ClassVar = {
        "candidateId": EXAMPLE_ID,
        "slotId": EXAMPLE_ID,
        **TERMS_EXAMPLE,
        "loss": {"placesByTier": {"2": 0, "1": 0, "0": 0}, "points": 44},
    }

    candidate_id: UUID
    """Who could have the place."""
    slot_id: UUID
    """The slot that was asked about."""
    points: int
    """The sum of the criteria's points."""
    criteria: list[CriterionOutput]
    """What gave points."""
    programme: str
    """The programme that would carry it."""
    start_date: Day
    """The first day possible."""
    end_date: Day
    """The last day possible, inclusive."""
    loss: ValueOutput | None
    """What the run's optimum would lose by it, all others rearranged as well as can be. Null: the
    run could choose nobody for the slot."""


@router.get(
    "/match-runs/{matchRunId}/reserves",
    response_model=Page[ReserveOutput],
    summary="List who could have a slot's place next",
    responses={409: {}},
)
@needs(may_match)
def list_reserves_of_slot(
    match_run_id: MatchRunId,
    call: Listing,
    slot_id: Annotated[Identifier, Query(alias="slotId", description="A slot of the run.")],
) -> Response:
    """At most 20 people, in the order that costs the run's optimum least.

    Those whom the run left without a place and who fit the slot, by the run's own input. Left out
    are those who have been placed or proposed since in a part of the same time, who were declined
    for this slot unless that is lifted, who no longer agree to be proposed, and whom the slot no
    longer fits. Empty for a slot that was closed in the run. Nothing is booked: place the person
    outside the run, or start a new one. 409 `run-not-completed` while there is no answer, and
    `redacted` where the list of those whom the run left has gone with somebody.
    """
    with call.reading() as session:
        run = find_completed(session, call.actor, match_run_id)
        found = list_reserves(session, call.actor, run, slot_id)
    shown = [_shown(one, call.language) for one in call.cut_page(found)]
    return call.answer_items(shown, len(found))


def _shown(reserve: dict[str, Any], language: Language) -> ReserveOutput:
    criteria = shown_criteria(reserve["criteria"], language)
    return ReserveOutput.model_validate(reserve | {"criteria": criteria})
