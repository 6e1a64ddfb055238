from decimal import Decimal
from typing import Annotated, Any, ClassVar
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import Field

from app.api.http import (
    EXAMPLE_ID,
    AsOf,
    ClauseId,
    GuardedRoute,
    KnownAt,
    Language,
    Output,
    Reading,
    needs,
)
from app.api.words.verdict_texts import verdict_text
from app.models.clauses import Clause, ClauseTerms, ClauseVersion
from app.models.values import Day, Instant
from app.services.fulfilment.cause_codes import CAUSES
from app.services.fulfilment.deadlines import InnerDeadlineKind
from app.services.fulfilment.reading import read_fulfilment
from app.services.fulfilment.verdict import Fulfilment, Verdict, rectification_until
from app.services.ground import may_read_fulfilment

router = APIRouter(route_class=GuardedRoute, tags=["clauses"])

Quantity = int | float | None
BALANCE = ("delivered", "credited", "active", "booked", "missing")
EXAMPLE_FULFILMENT: dict[str, Any] = {
    "clauseId": EXAMPLE_ID,
    "clauseVersion": 1,
    "asOf": "2018-03-01",
    "knownAt": None,
    "verdict": "at-risk",
    "metByEarlyEndRule": False,
    "required": {"places": 4, "minimumMonths": 4, "fullTimeMonths": None},
    "delivered": 0,
    "credited": 0,
    "active": 0,
    "booked": 3,
    "missing": 1,
    "firstStartMet": None,
    "lastSafeStartDate": "2019-03-01",
    "startsNeeded": {"starts": 1, "by": "2019-03-01"},
    "extendable": 0,
    "forecast": {"verdict": "not-met", "delivered": 3, "missing": 1},
    "missedDeadlines": [],
    "rectificationUntil": None,
    "causes": [
        {
            "code": "no-eligible-candidate",
            "places": 1,
            "fullTimeMonths": None,
            "constraint": "too-far",
        }
    ],
    "text": "Avtal KS 2017/0412, Ombyggnad av Palmcrantzskolan. Villkoret riskerar att inte "
    "uppfyllas, sett den 2018-03-01. Det kräver 4 platser om minst 4 månader. Genomförda "
    "platser: 0; pågående: 0; bokade: 3; saknas: 1. Varför: utan kandidat som passar (1 plats, "
    "oftast: längre bort än den längsta resvägen). Om allt bokat går som planerat blir det 3 av 4 "
    "platser. 1 till behöver börja senast 2019-03-01 för att hinna före avtalets slut. Ansvarig: "
    "Upphandlingsenheten. Nästa uppföljning: 2018-06-01.",
}


class RequiredOutput(Output):
    """What a clause asks."""

    places: int | None
    """How many places are owed. Null: the clause does not count places."""
    minimum_months: int | None
    """How many months a stay must last to fill a place. Null: the clause does not count places."""
    full_time_months: int | None
    """How many months of full time are owed. Null: the clause does not count them."""


class CauseOutput(Output):
    """So many places, or full-time months, are missing for this reason.

    `constraint`: the rule that ruled most candidates out, where none was eligible.
    """

    code: Annotated[str, Field(json_schema_extra={"enum": list(CAUSES)})]
    """Why it is missing."""
    places: int | None
    """How many places are missing for this reason. Null: the clause counts months."""
    full_time_months: int | float | None
    """How many full-time months are missing for this reason. Null: the clause counts places."""
    constraint: str | None
    """With `no-eligible-candidate`: the rule that ruled most people out. Null with others, or where
    those who fit had other places."""


class StartsNeededOutput(Output):
    """For full-time months: starts at full time."""

    starts: int
    """How many more people must start; of full-time months, at full time."""
    by: Day
    """The last day on which they can, inclusive."""


class ForecastOutput(Output):
    """What it comes to if all that is booked goes as planned."""

    verdict: Verdict
    """The verdict after the contract's last day."""
    delivered: Quantity
    """What will be delivered. Null without a quantity."""
    missing: Quantity
    """What will be missing. Null without a quantity."""


class MissedDeadlineOutput(Output):
    """A day inside the contract that passed unmet; `number`: which report."""

    kind: InnerDeadlineKind
    """What did not come."""
    due: Day
    """The day by which it was to come, inclusive."""
    number: int
    """Which of the reports, from 1; 1 for a first start."""


class FulfilmentOutput(Output):
    """Where a clause stands on one day; the version of its terms that was in force then."""

    example: ClassVar = EXAMPLE_FULFILMENT

    clause_id: UUID
    """The clause that is looked at."""
    clause_version: int
    """The number of the version whose terms hold on the day."""
    as_of: Day
    """The day that is looked at."""
    known_at: Instant | None
    """What was known at this instant was used. Null: all that is known now."""
    verdict: Verdict
    """Where the clause stands on the day."""
    met_by_early_end_rule: bool
    """Whether it is met only because stays that ended early count in full."""
    required: RequiredOutput
    """What the clause asks."""
    delivered: Quantity
    """What is done and counts, credited stays among it. Null without a quantity."""
    credited: Quantity
    """The part of `delivered` that the early-end rule gives. Null without a quantity."""
    active: Quantity
    """What is under way and will count if it lasts as agreed. Null without a quantity."""
    booked: Quantity
    """What is agreed, has not begun and will count. Null without a quantity."""
    missing: Quantity
    """What is asked less delivered, active and booked; never below 0. Null without a quantity."""
    first_start_met: bool | None
    """Whether somebody started, or was offered to, in time. Null: the clause sets no time."""
    last_safe_start_date: Day | None
    """The last day on which a stay of the least time can begin. Null: full-time months are asked,
    or the contract is too short for one."""
    starts_needed: StartsNeededOutput | None
    """How many must start by when to cover what is missing. Null: nothing is missing, or it is too
    late."""
    extendable: int | None
    """Places that placements which are too short would fill if they were extended. Null: full-time
    months are asked."""
    forecast: ForecastOutput
    """What it comes to if all that is booked goes as planned."""
    missed_deadlines: list[MissedDeadlineOutput]
    """Days inside the contract that passed without what was due."""
    rectification_until: Day | None
    """The last day of a time to rectify that has not passed. Null: there is none."""
    causes: list[CauseOutput]
    """Why something is missing; together all of `missing`."""
    text: str
    """All of this in sentences, in the language of the answer."""


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
        clause = call.find(session, Clause, clause_id)
        found = read_fulfilment(session, call.actor, clause, as_of or call.today(), known_at)
        shown = _shown(found, call.language)
    return call.computed(shown)


def _shown(found: Fulfilment, language: Language) -> FulfilmentOutput:
    needed = found.starts_needed
    return FulfilmentOutput(
        clause_id=found.clause.id,
        clause_version=found.terms.number if isinstance(found.terms, ClauseVersion) else 1,
        as_of=found.as_of,
        known_at=found.known_at,
        verdict=found.verdict,
        met_by_early_end_rule=found.by_early_end_rule,
        required=shown_required(found.terms),
        **shown_balance(found),
        first_start_met=found.first_start_met,
        last_safe_start_date=found.last_safe_start,
        starts_needed=StartsNeededOutput(starts=needed.starts, by=needed.by) if needed else None,
        extendable=found.extendable,
        forecast=ForecastOutput(
            verdict=found.forecast.verdict,
            delivered=number(found.forecast.delivered),
            missing=number(found.forecast.missing),
        ),
        missed_deadlines=[
            MissedDeadlineOutput(kind=one.kind, due=one.due, number=one.number)
            for one in found.missed_deadlines
        ],
        rectification_until=rectification_until(found.facts, found.as_of),
        causes=_causes(found),
        text=verdict_text(found, language),
    )


def shown_required(terms: ClauseTerms) -> RequiredOutput:
    return RequiredOutput(
        places=terms.places,
        minimum_months=terms.minimum_months,
        full_time_months=terms.full_time_months,
    )


def shown_balance(found: Fulfilment) -> dict[str, int | float | None]:
    balance = found.balance
    return {name: number(getattr(balance, name)) if balance else None for name in BALANCE}


def number(quantity: Decimal | None) -> int | float | None:
    """An int where the quantity is whole; a float shows its two decimals as they are written."""
    if quantity is None:
        return None
    return int(quantity) if quantity == int(quantity) else float(quantity)


def _causes(found: Fulfilment) -> list[CauseOutput]:
    in_places = found.terms.places is not None
    return [
        CauseOutput(
            code=cause.code,
            places=int(cause.quantity) if in_places else None,
            full_time_months=None if in_places else number(cause.quantity),
            constraint=cause.constraint,
        )
        for cause in found.causes
    ]
