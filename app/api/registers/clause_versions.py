from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from app.api.http import (
    EXAMPLE_ID,
    ClauseId,
    ClauseVersionId,
    GuardedRoute,
    Listing,
    Page,
    Reading,
    StoredOutput,
    needs,
    stored_example,
)
from app.api.registers.clauses import ClauseInput
from app.models.clauses import ClauseTerms, ClauseVersion
from app.models.values import Day
from app.services.ground import may_read_contracts
from app.services.registers.clause_versions import select_versions_of_clause

router = APIRouter(route_class=GuardedRoute, tags=["clauses"])

NOT_TERMS = {"responsible", "nextFollowUpDate", "inheritsFromClauseId", "effectiveFrom"}
EXAMPLE = {name: value for name, value in ClauseInput.example.items() if name not in NOT_TERMS}


class ClauseVersionOutput(ClauseTerms, StoredOutput):
    """What the clause asked from a day on, until the next version's day."""

    example: ClassVar = stored_example(
        "clause-versions",
        EXAMPLE | {"clauseId": EXAMPLE_ID, "number": 2, "effectiveFrom": "2018-09-01"},
    )

    clause_id: UUID
    """The clause that it is a version of."""
    number: int
    """The version's number, from 1."""
    effective_from: Day | None
    """The first day on which these terms hold. Null: from the beginning of the contract."""


@router.get(
    "/clauses/{clauseId}/versions",
    response_model=Page[ClauseVersionOutput],
    summary="List a clause's versions",
)
@needs(may_read_contracts)
def list_versions_of_clause(clause_id: ClauseId, call: Listing) -> Response:
    """The clause's terms as they were registered and each time changed, oldest first.

    On a day, the version with the latest `effectiveFrom` up to it is in force; of several from the
    same day, the one recorded last. What is changed before the contract begins holds from its
    beginning.
    """
    with call.reading() as session:
        query = select_versions_of_clause(session, call.actor, clause_id)
        return call.answer(session, query, lambda row: call.show(ClauseVersionOutput, row))


@router.get(
    "/clause-versions/{clauseVersionId}",
    response_model=ClauseVersionOutput,
    summary="Read a version of a clause",
)
@needs(may_read_contracts)
def read_clause_version(clause_version_id: ClauseVersionId, call: Reading) -> Response:
    """One version; it is never changed."""
    with call.reading() as session:
        version = call.find(session, ClauseVersion, clause_version_id)
        return call.single(call.show(ClauseVersionOutput, version), version.version)
