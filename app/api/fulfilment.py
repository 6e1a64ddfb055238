from decimal import Decimal
from typing import Annotated, ClassVar

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response
from pydantic import Field

from app.api.calls import FRESHNESS, Reading
from app.api.clauses import ClauseId
from app.api.guard import GuardedRoute, needs
from app.api.verdicts import verdict_text
from app.api.wire import Output
from app.models.clauses import Clause
from app.models.values import Day
from app.services.fulfilment import Balance, Fulfilment, Verdict
from app.services.fulfilment_causes import CAUSES, read_fulfilment
from app.services.permissions import may_read_fulfilment
from app.services.records import find

router = APIRouter(route_class=GuardedRoute, tags=["clauses"])

Quantity = Annotated[
    int | float | None,
    Field(description="Places, or full-time months with two decimals; null without a quantity."),
]


class RequiredOutput(Output):
    places: int | None
    minimum_months: int | None
    full_time_months: int | None


class CauseOutput(Output):
    code: Annotated[str, Field(json_schema_extra={"enum": list(CAUSES)})]
    places: int


class FulfilmentOutput(Output):
    """Where a clause stands on one day."""

    example: ClassVar = {
        "asOf": "2018-03-01",
        "verdict": "at-risk",
        "required": {"places": 4, "minimumMonths": 4, "fullTimeMonths": None},
        "delivered": 0,
        "active": 0,
        "booked": 3,
        "missing": 1,
        "firstStartMet": None,
        "lastSafeStartDate": "2019-03-01",
        "causes": [{"code": "not-matched-yet", "places": 1}],
        "text": "Avtal KS 2017/0412, Ombyggnad av Palmcrantzskolan. Villkoret riskerar att inte "
        "uppfyllas, sett den 2018-03-01. Det kräver 4 platser om minst 4 månader: 0 genomförda, 0 "
        "pågående, 3 bokade, 1 saknas. 1 till behöver börja senast 2019-03-01 för att hinna före "
        "avtalets slut. Ansvarig: Upphandlingsenheten. Nästa uppföljning: 2018-06-01.",
    }

    as_of: Day
    verdict: Verdict
    required: RequiredOutput
    delivered: Quantity
    active: Quantity
    booked: Quantity
    missing: Quantity
    first_start_met: bool | None
    last_safe_start_date: Day | None
    causes: list[CauseOutput]
    text: str


@router.get(
    "/clauses/{clauseId}/fulfilment",
    response_model=FulfilmentOutput,
    summary="Read a clause's fulfilment",
)
@needs(may_read_fulfilment)
def read_clause_fulfilment(
    clause_id: ClauseId,
    call: Reading,
    as_of: Annotated[
        Day | None, Query(alias="asOf", description="The day to look at; today unless given.")
    ] = None,
) -> Response:
    """What the clause asked, what is delivered, active, booked and missing, and the verdict.

    Computed when asked, never stored. The verdict is the first that fits of `met`, `not-met`,
    `not-started`, `at-risk`, `on-track`. A placement counts when it is long enough for the clause
    and long enough before the contract ends. Full-time months count a placement at the lowest
    extent its slot and clause allow. `lastSafeStartDate` is the latest start that still reaches
    the least time before the contract ends, null for full-time months. A clause of dialogue has
    no quantity; it is at risk until a dialogue is recorded.
    """
    with call.reading() as session:
        clause = find(session, call.actor, Clause, clause_id)
        found = read_fulfilment(session, call.actor, clause, as_of or call.today())
        shown = _shown(found, verdict_text(found, call.language))
    return JSONResponse(shown.wire(), headers={"Content-Language": call.language, **FRESHNESS})


def _shown(found: Fulfilment, text: str) -> FulfilmentOutput:
    clause = found.clause
    return FulfilmentOutput(
        as_of=found.as_of,
        verdict=found.verdict,
        required=RequiredOutput(
            places=clause.places,
            minimum_months=clause.minimum_months,
            full_time_months=clause.full_time_months,
        ),
        **_quantities(found.balance),
        first_start_met=found.first_start_met,
        last_safe_start_date=found.last_safe_start,
        causes=[CauseOutput(code=cause.code, places=cause.places) for cause in found.causes],
        text=text,
    )


def _quantities(balance: Balance | None) -> dict[str, int | float | None]:
    names = ("delivered", "active", "booked", "missing")
    return {name: None if balance is None else _number(getattr(balance, name)) for name in names}


def _number(quantity: Decimal) -> int | float:
    """Whole where it is whole; two decimals are exact enough in a float to show as written."""
    return int(quantity) if quantity == int(quantity) else float(quantity)
