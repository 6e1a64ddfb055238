from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response
from sqlmodel import Session
from sqlmodel.sql.expression import SelectOfScalar

from app.api.http import (
    EXAMPLE_ID,
    Call,
    Changing,
    ClauseId,
    ContractId,
    GuardedRoute,
    Input,
    Listing,
    ListingCall,
    Page,
    Patch,
    Reading,
    StoredOutput,
    Storing,
    needs,
    patched,
    stored_example,
)
from app.api.registers.quantities import PROPOSED_EXAMPLE, ProposedQuantityOutput, shown_proposal
from app.models.clauses import Clause, ClauseFields, ClauseKind
from app.models.contracts import Contract
from app.models.values import Identifier
from app.services.ground import may_read_contracts, may_write_contracts
from app.services.registers import clauses
from app.services.registers.contracts import read_contracts
from app.services.registers.quantities import proposed_quantity

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
    "quantityPerCallOff": False,
    "rate": None,
    "reportDates": ["2018-09-01", "2019-03-01"],
    "subcontractorsMayFulfil": False,
    "remedy": {
        "rectificationDays": 60,
        "penaltySek": 50000,
        "penaltyPer": "place",
        "bonusSek": None,
        "bonusPer": None,
    },
    "effortCounts": True,
    "legalBasis": "LOU (2016:1145) 17 kap. 1 §",
    "inheritsFromClauseId": None,
    "effectiveFrom": None,
}


class ClauseInput(ClauseFields, Input):
    """The social obligation in a contract: what, how much, for whom, by when."""

    example: ClassVar = EXAMPLE


class ClauseOutput(ClauseFields, StoredOutput):
    """A clause, as stored."""

    example: ClassVar = stored_example(
        "clauses",
        EXAMPLE
        | {
            "contractId": EXAMPLE_ID,
            "rate": {"sekPerPlace": 50000000, "kind": None},
            "proposedQuantity": PROPOSED_EXAMPLE,
        },
    )

    contract_id: UUID
    """The contract that holds the clause."""
    proposed_quantity: ProposedQuantityOutput | None
    """What the rate makes of the contract's value. Null without a rate or without a value."""


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
    dialogue clause asks for neither. No target group means anyone. A `rate` makes
    `proposedQuantity` of the contract's value: the buyer's own `sekPerPlace`, or the reference
    rate for `works` or `services` on the day the contract starts. A clause with a rate and no
    quantity takes the proposed one. Under a call-off, `inheritsFromClauseId` names a clause of
    the framework: terms left out are taken from it, quantities and dates are the call-off's own.
    A framework's clause may leave the quantity to the call-offs by `quantityPerCallOff`. By each
    of `reportDates`, all within the contract, the supplier is to have reported once more.
    """

    def register(session: Session) -> Response:
        clause = clauses.register_clause(session, call.actor, contract_id, body, call.today())
        return call.created(_shown(call, session, clause), clause.version)

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
        return _listed(call, session, query)


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
        return _listed(call, session, query)


@router.get("/clauses/{clauseId}", response_model=ClauseOutput, summary="Read a clause")
@needs(may_read_contracts)
def read_clause(clause_id: ClauseId, call: Reading) -> Response:
    """One clause, with its version as ETag."""
    with call.reading() as session:
        clause = call.find(session, Clause, clause_id)
        return call.single(_shown(call, session, clause), clause.version, has_texts=True)


@router.patch("/clauses/{clauseId}", response_model=ClauseOutput, summary="Change a clause")
@needs(may_write_contracts)
def change_clause(clause_id: ClauseId, body: Patch, call: Changing) -> Response:
    """A merge patch. A clause that has slots cannot become a dialogue clause.

    Once the contract has begun, the old terms are kept as a version and hold until
    `effectiveFrom`: today unless given, not before the contract starts nor before the newest
    version. Fulfilment on a day goes by the version in force then. `responsible` and
    `nextFollowUpDate` are no terms and have no versions.
    """
    with call.writing() as session:
        clause = call.find_for_change(session, Clause, clause_id)
        wanted = patched(clause, ClauseInput, body)
        day = wanted.effective_from if "effectiveFrom" in body else None
        clauses.change_clause(session, call.actor, clause, wanted, day, call.today())
        return call.single(_shown(call, session, clause), clause.version, has_texts=True)


@router.delete("/clauses/{clauseId}", status_code=204, summary="Delete a clause")
@needs(may_write_contracts)
def delete_clause(clause_id: ClauseId, call: Changing) -> Response:
    """Possible while it has no slot, no placement and no clause that inherits from it."""
    with call.writing() as session:
        clause = call.find_for_change(session, Clause, clause_id)
        clauses.delete_clause(session, call.actor, clause)
        return call.deleted()


def _shown(call: Call, session: Session, clause: Clause) -> ClauseOutput:
    return _beside_contract(call, clause, call.find(session, Contract, clause.contract_id))


def _listed(call: ListingCall, session: Session, query: SelectOfScalar[Clause]) -> Response:
    rows, total = call.read_page(session, query)
    contracts = read_contracts(session, call.actor, {clause.contract_id for clause in rows})
    shown = [_beside_contract(call, clause, contracts[clause.contract_id]) for clause in rows]
    return call.answer_items(shown, total)


def _beside_contract(call: Call, clause: Clause, contract: Contract) -> ClauseOutput:
    proposal = shown_proposal(proposed_quantity(clause, contract), call.language)
    return call.show(ClauseOutput, clause, proposed_quantity=proposal)
