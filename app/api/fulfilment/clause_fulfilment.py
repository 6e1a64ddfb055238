from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response

from app.api.fulfilment.shapes import FulfilmentOutput, shown_fulfilment
from app.api.http.calls import FRESHNESS, Reading
from app.api.http.guard import GuardedRoute, needs
from app.api.http.instants import InstantParameter
from app.api.registers.clauses import ClauseId
from app.models.clauses import Clause
from app.models.values import Day
from app.services.fulfilment.reading import read_fulfilment
from app.services.ground.permissions import may_read_fulfilment
from app.services.ground.records import find

router = APIRouter(route_class=GuardedRoute, tags=["clauses"])

AsOf = Annotated[
    Day | None, Query(alias="asOf", description="The day to look at; today unless given.")
]
KnownAt = Annotated[
    InstantParameter | None,
    Query(
        alias="knownAt",
        description="What was known at this instant, whatever was recorded or changed later; "
        "now unless given. Any offset will do.",
    ),
]


@router.get(
    "/clauses/{clauseId}/fulfilment",
    response_model=FulfilmentOutput,
    summary="Read a clause's fulfilment",
)
@needs(may_read_fulfilment)
def read_clause_fulfilment(
    clause_id: ClauseId, call: Reading, as_of: AsOf = None, known_at: KnownAt = None
) -> Response:
    """What the clause asked, what is delivered, active, booked and missing, and the verdict.

    Computed when asked, never stored: from what had happened by the day `asOf`, as it is known
    now, or as it was known at `knownAt`. The verdict is the first that fits of `met`, `excused`,
    `rectification`, `not-met`, `not-started`, `impossible`, `overdue`, `at-risk`, `on-track`. A
    placement counts when it is long enough for the clause and long enough before the contract
    ends; one that ended early through the participant or for just cause counts in full when the
    clause's share of the agreed days was done (`credited`, a part of `delivered`). Full-time months
    count at the agreed extent, or else the lowest that slot and clause allow. `startsNeeded` says
    how many starts before which day would cover what is missing; `forecast`, what it comes to if
    everything booked goes as planned. `causes` together explain what is missing.
    """
    with call.reading() as session:
        clause = find(session, call.actor, Clause, clause_id)
        day: date = as_of or call.today()
        found = read_fulfilment(session, call.actor, clause, day, known_at)
        shown = shown_fulfilment(found, call.language)
    return JSONResponse(shown.wire(), headers={"Content-Language": call.language, **FRESHNESS})
