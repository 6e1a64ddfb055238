from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response
from sqlmodel import Session

from app.api.http import (
    EXAMPLE_ID,
    ClauseId,
    FollowUpId,
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
from app.models.follow_ups import FollowUp, FollowUpFields, FollowUpKind
from app.services.fulfilment import follow_ups
from app.services.ground import may_read_contracts, may_write_contracts

router = APIRouter(route_class=GuardedRoute, tags=["clauses"])

EXAMPLE = {
    "kind": "report",
    "on": "2018-08-28",
    "until": None,
    "reason": None,
    "quantity": None,
    "text": "Två praktikanter är på plats; den tredje börjar i oktober.",
    "nextFollowUpDate": "2018-12-01",
    "correctsFollowUpId": None,
}


class FollowUpInput(FollowUpFields, Input):
    """Something that was done to follow a clause up."""

    example: ClassVar = EXAMPLE


class FollowUpOutput(FollowUpFields, StoredOutput):
    """A follow-up, as recorded. It is never changed."""

    example: ClassVar = stored_example(
        "follow-ups", EXAMPLE | {"clauseId": EXAMPLE_ID, "decidedBy": "caseworker-17"}
    )

    clause_id: UUID
    """The clause that was followed up."""
    decided_by: str | None
    """The caseworker whom the call named. Null: nobody."""


@router.post(
    "/clauses/{clauseId}/follow-ups",
    status_code=201,
    response_model=FollowUpOutput,
    summary="Record a follow-up",
)
@needs(may_write_contracts)
def record_follow_up(clause_id: ClauseId, body: FollowUpInput, call: Storing) -> Response:
    """What was done to follow the clause up, on which day (today at the latest), and when next.

    `nextFollowUpDate` becomes the clause's own and is needed unless the clause is settled: met,
    excused, or not met with a `sanction` or `no-sanction` after the contract's last day.
    `rectification-set` says `until` when the supplier may rectify. `excuse-decided` names its
    `reason`, and how many places or full-time months it excuses as `quantity` (null: all that is
    missing); `efforts` count where the clause's `effortCounts` says so. `dialogue-held` meets a
    dialogue clause, and is for no other; `offer-made` a first start, and each `report` one of the
    clause's `reportDates`. Nothing is ever changed: a correction is a new follow-up that names the
    old one as `correctsFollowUpId`, and `recorded-by-mistake` corrects what never was.
    """

    def store(session: Session) -> Response:
        row = follow_ups.record_follow_up(session, call.actor, clause_id, body, call.today())
        return call.created(call.show(FollowUpOutput, row), row.version)

    return call.store(body, store)


@router.get(
    "/clauses/{clauseId}/follow-ups",
    response_model=Page[FollowUpOutput],
    summary="List a clause's follow-ups",
)
@needs(may_read_contracts)
def list_follow_ups_of_clause(
    clause_id: ClauseId,
    call: Listing,
    kind: Annotated[FollowUpKind | None, Query(description="Only follow-ups of this kind.")] = None,
) -> Response:
    """All that was recorded, corrected or not, in the order in which it was recorded."""
    with call.reading() as session:
        query = follow_ups.select_follow_ups_of_clause(session, call.actor, clause_id, kind)
        return call.answer(session, query, lambda row: call.show(FollowUpOutput, row))


@router.get("/follow-ups/{followUpId}", response_model=FollowUpOutput, summary="Read a follow-up")
@needs(may_read_contracts)
def read_follow_up(follow_up_id: FollowUpId, call: Reading) -> Response:
    """One follow-up; it is never changed."""
    with call.reading() as session:
        row = call.find(session, FollowUp, follow_up_id)
        return call.single(call.show(FollowUpOutput, row), row.version)
