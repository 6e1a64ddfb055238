from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from app.api.fulfilment.clause_fulfilment import (
    EXAMPLE_FULFILMENT,
    Quantity,
    RequiredOutput,
    number,
    shown_balance,
    shown_required,
)
from app.api.http import (
    EXAMPLE_ID,
    AsOf,
    ContractId,
    GuardedRoute,
    KnownAt,
    Listing,
    Output,
    Page,
    Reading,
    needs,
)
from app.api.words.overview_texts import contract_text
from app.models.clauses import ClauseKind
from app.models.values import Day, Identifier, Instant, Line
from app.services.fulfilment.overview import (
    FulfilmentFilter,
    Sum,
    read_all_fulfilments,
    read_contract_fulfilment,
)
from app.services.fulfilment.verdict import Fulfilment, Verdict
from app.services.ground import may_read_fulfilment

router = APIRouter(route_class=GuardedRoute, tags=["clauses"])

OF_CLAUSE = ("verdict", "required", "delivered", "credited", "active", "booked", "missing")
EXAMPLE_ITEM: dict[str, Any] = {
    "clauseId": EXAMPLE_ID,
    "contractId": EXAMPLE_ID,
    "contractReference": "KS 2017/0412",
    "kind": "internship",
    **{name: EXAMPLE_FULFILMENT[name] for name in OF_CLAUSE},
    "forecastVerdict": "not-met",
    "settled": False,
    "responsible": "Upphandlingsenheten",
    "nextFollowUpDate": "2018-06-01",
}
EXAMPLE_SUM = {
    "required": 4,
    "delivered": 0,
    "credited": 0,
    "active": 0,
    "booked": 3,
    "missing": 1,
    "surplus": 0,
}


class FulfilmentItemOutput(Output):
    """Where one clause stands; `settled`: nothing is left to follow up."""

    example: ClassVar = EXAMPLE_ITEM

    clause_id: UUID
    """The clause that is looked at."""
    contract_id: UUID
    """The contract that holds it."""
    contract_reference: str
    """The contract's own reference."""
    kind: ClauseKind
    """What the clause asks of the supplier."""
    verdict: Verdict
    """Where the clause stands on the day."""
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
    forecast_verdict: Verdict
    """The verdict after the contract's last day, if all that is booked goes as planned."""
    settled: bool
    """Whether nothing is left to follow up."""
    responsible: str
    """Who follows the clause up."""
    next_follow_up_date: Day
    """The day of the next follow-up."""


class SumOutput(Output):
    """All clauses of one measure together. What some have beyond what they ask is `surplus`:
    `required` and that are what is delivered, active, booked and missing."""

    required: int | float
    """What all the clauses ask."""
    delivered: int | float
    """What is done and counts, credited stays among it."""
    credited: int | float
    """The part of `delivered` that the early-end rule gives."""
    active: int | float
    """What is under way and will count if it lasts as agreed."""
    booked: int | float
    """What is agreed, has not begun and will count."""
    missing: int | float
    """What single clauses lack, added up: nobody's surplus fills it."""
    surplus: int | float
    """What some clauses have beyond what they ask."""


class ContractFulfilmentOutput(Output):
    """Where a contract stands: its clauses, and for a framework those of its call-offs."""

    example: ClassVar = {
        "contractId": EXAMPLE_ID,
        "asOf": "2018-03-01",
        "knownAt": None,
        "verdict": "at-risk",
        "places": EXAMPLE_SUM,
        "fullTimeMonths": None,
        "clauses": [EXAMPLE_ITEM],
        "text": "Avtal KS 2017/0412, Ombyggnad av Palmcrantzskolan. Villkor, sett den "
        "2018-03-01: 1 i riskzonen. Platser: krävs 4; genomförda 0; pågående 0; bokade 3; saknas "
        "1.",
    }

    contract_id: UUID
    """The contract that is looked at."""
    as_of: Day
    """The day that is looked at."""
    known_at: Instant | None
    """What was known at this instant was used. Null: all that is known now."""
    verdict: Verdict | None
    """The worst verdict among the clauses. Null: there is no clause."""
    places: SumOutput | None
    """The clauses that count places, summed. Null: there is none."""
    full_time_months: SumOutput | None
    """The clauses that count full-time months, summed. Null: there is none."""
    clauses: list[FulfilmentItemOutput]
    """The clauses, one by one."""
    text: str
    """All of this in sentences, in the language of the answer."""


@router.get(
    "/contracts/{contractId}/fulfilment",
    response_model=ContractFulfilmentOutput,
    summary="Read a contract's fulfilment",
)
@needs(may_read_fulfilment)
def read_fulfilment_of_contract(
    contract_id: ContractId, call: Reading, as_of: AsOf = None, known_at: KnownAt = None
) -> Response:
    """The contract's clauses summed, and for a framework agreement those of its call-offs.

    Places and full-time months are summed each for themselves. The verdict is the worst clause's,
    null where there is none: first `not-met`, then `impossible`, `overdue`, `rectification`,
    `at-risk`, `on-track`, `not-started`, `excused`, `met`.
    """
    day: date = as_of or call.today()
    with call.reading() as session:
        found = read_contract_fulfilment(session, call.actor, contract_id, day, known_at)
        shown = ContractFulfilmentOutput(
            contract_id=found.contract.id,
            as_of=found.as_of,
            known_at=found.known_at,
            verdict=found.verdict,
            places=_shown_sum(found.places),
            full_time_months=_shown_sum(found.full_time_months),
            clauses=[_shown_item(one) for one in found.clauses],
            text=contract_text(found, call.language),
        )
    return call.computed(shown)


@router.get("/fulfilments", response_model=Page[FulfilmentItemOutput], summary="List fulfilments")
@needs(may_read_fulfilment)
def list_fulfilments(
    call: Listing,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    verdict: Annotated[Verdict | None, Query(description="Only clauses with this verdict.")] = None,
    responsible: Annotated[
        Line | None, Query(description="Only clauses of which this one is responsible.")
    ] = None,
    contract_id: Annotated[
        Identifier | None,
        Query(alias="contractId", description="Only clauses of this contract and its call-offs."),
    ] = None,
) -> Response:
    """Every clause with its verdict, the worst first, then the one to be followed up soonest."""
    wanted = FulfilmentFilter(verdict, responsible, contract_id)
    with call.reading() as session:
        found = read_all_fulfilments(session, call.actor, wanted, as_of or call.today(), known_at)
        page = call.cut_page(found)
        return call.answer_items([_shown_item(one) for one in page], len(found))


def _shown_item(found: Fulfilment) -> FulfilmentItemOutput:
    clause = found.clause
    return FulfilmentItemOutput(
        clause_id=clause.id,
        contract_id=found.contract.id,
        contract_reference=found.contract.reference,
        kind=found.terms.kind,
        verdict=found.verdict,
        required=shown_required(found.terms),
        **shown_balance(found),
        forecast_verdict=found.forecast.verdict,
        settled=found.is_settled,
        responsible=clause.responsible,
        next_follow_up_date=clause.next_follow_up_date,
    )


def _shown_sum(total: Sum | None) -> SumOutput | None:
    if total is None:
        return None
    return SumOutput.model_validate(
        {name: number(getattr(total, name)) for name in Sum.__dataclass_fields__}
    )
