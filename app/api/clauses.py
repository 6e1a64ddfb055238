from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response
from sqlmodel import Session

from app.api.calls import Changing, Listing, Reading, Storing
from app.api.contracts import ContractId
from app.api.guard import GuardedRoute, needs
from app.api.patches import Patch, patched
from app.api.wire import EXAMPLE_ID, Input, Page, StoredOutput, stored_example
from app.models.clauses import Clause, ClauseFields, ClauseKind
from app.models.values import Identifier
from app.services import clauses
from app.services.permissions import may_read_contracts, may_write_contracts
from app.services.records import find, find_for_change

router = APIRouter(route_class=GuardedRoute, tags=["clauses"])

EXAMPLE = {
    "kind": "internship",
    "places": 4,
    "minimumMonths": 4,
    "fullTimeMonths": None,
    "minimumExtentPercent": 50,
    "targetGroups": ["long-term-unemployed"],
    "firstStartWithinMonths": 6,
    "earlyEndSharePercent": 75,
    "responsible": "Upphandlingsenheten",
    "nextFollowUpDate": "2018-06-01",
    "purpose": "Fyra personer långt från arbete får pröva på byggbranschen.",
}
ClauseId = Annotated[UUID, Path(alias="clauseId", description="The clause.")]


class ClauseInput(ClauseFields, Input):
    example: ClassVar = EXAMPLE


class ClauseOutput(ClauseFields, StoredOutput):
    example: ClassVar = stored_example("clauses", EXAMPLE | {"contractId": EXAMPLE_ID})

    contract_id: UUID


@router.post(
    "/contracts/{contractId}/clauses",
    status_code=201,
    response_model=ClauseOutput,
    summary="Register a clause",
)
@needs(may_write_contracts)
def register_clause(contract_id: ContractId, body: ClauseInput, call: Storing) -> Response:
    """The social obligation in a contract.

    It asks for places of a minimum number of months, or for full-time months, never both; a
    dialogue clause asks for neither. No target group means anyone.
    """

    def register(session: Session) -> Response:
        clause = clauses.register_clause(session, call.actor, contract_id, body)
        return call.created(call.show(ClauseOutput, clause), clause.version)

    return call.store(body, register)


@router.get(
    "/contracts/{contractId}/clauses",
    response_model=Page[ClauseOutput],
    summary="List a contract's clauses",
)
@needs(may_read_contracts)
def list_clauses_of_contract(contract_id: ContractId, call: Listing) -> Response:
    """The contract's clauses, oldest first."""
    with call.reading() as session:
        query = clauses.select_clauses_of_contract(session, call.actor, contract_id)
        return call.answer(session, query, lambda row: call.show(ClauseOutput, row))


@router.get("/clauses", response_model=Page[ClauseOutput], summary="List clauses")
@needs(may_read_contracts)
def list_clauses(
    call: Listing,
    contract_id: Annotated[
        Identifier | None, Query(alias="contractId", description="Only this contract's clauses.")
    ] = None,
    kind: Annotated[ClauseKind | None, Query(description="Only clauses of this kind.")] = None,
) -> Response:
    """The clauses of all the organisation's contracts, oldest first."""
    query = clauses.select_visible_clauses(call.actor, contract_id, kind)
    with call.reading() as session:
        return call.answer(session, query, lambda row: call.show(ClauseOutput, row))


@router.get("/clauses/{clauseId}", response_model=ClauseOutput, summary="Read a clause")
@needs(may_read_contracts)
def read_clause(clause_id: ClauseId, call: Reading) -> Response:
    """One clause, with its version as ETag."""
    with call.reading() as session:
        clause = find(session, call.actor, Clause, clause_id)
        return call.single(call.show(ClauseOutput, clause), clause.version)


@router.patch("/clauses/{clauseId}", response_model=ClauseOutput, summary="Change a clause")
@needs(may_write_contracts)
def change_clause(clause_id: ClauseId, body: Patch, call: Changing) -> Response:
    """A merge patch. A clause that has slots cannot become a dialogue clause."""
    with call.writing() as session:
        clause = find_for_change(session, call.actor, Clause, clause_id)
        call.check_version(clause)
        wanted = patched(clause, ClauseInput, body)
        clauses.change_clause(session, call.actor, clause, wanted)
        return call.single(call.show(ClauseOutput, clause), clause.version)


@router.delete("/clauses/{clauseId}", status_code=204, summary="Delete a clause")
@needs(may_write_contracts)
def delete_clause(clause_id: ClauseId, call: Changing) -> Response:
    """Possible while it has no slot and no placement."""
    with call.writing() as session:
        clause = find_for_change(session, call.actor, Clause, clause_id)
        call.check_version(clause)
        clauses.delete_clause(session, call.actor, clause)
        return call.deleted()
