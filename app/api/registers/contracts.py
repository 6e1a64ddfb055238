from typing import Annotated, ClassVar

from fastapi import APIRouter, Query
from fastapi.responses import Response
from sqlmodel import Session

from app.api.http import (
    EXAMPLE_ID,
    Changing,
    ContractId,
    GuardedRoute,
    Input,
    Listing,
    Page,
    Patch,
    Reading,
    StoredOutput,
    Storing,
    needs,
    patched,
    stored_example,
)
from app.models.contracts import Contract, ContractFields
from app.models.values import Identifier, MunicipalityCode, Reference
from app.services.ground import may_read_contracts, may_write_contracts
from app.services.registers import contracts

router = APIRouter(route_class=GuardedRoute, tags=["contracts"])

EXAMPLE = {
    "reference": "KS 2017/0412",
    "title": "Ombyggnad av Palmcrantzskolan",
    "supplierId": EXAMPLE_ID,
    "cpvCode": "45214200-2",
    "municipalityCode": "2380",
    "valueSek": 45000000,
    "startDate": "2018-03-01",
    "endDate": "2019-06-30",
    "frameworkContractId": None,
    "subcontractorIds": [],
}


class ContractInput(ContractFields, Input):
    """An awarded procurement: supplier, CPV code, place, period, value."""

    example: ClassVar = EXAMPLE


class ContractOutput(ContractFields, StoredOutput):
    """A contract, as stored."""

    example: ClassVar = stored_example("contracts", EXAMPLE)


@router.post(
    "/contracts", status_code=201, response_model=ContractOutput, summary="Register a contract"
)
@needs(may_write_contracts)
def register_contract(body: ContractInput, call: Storing) -> Response:
    """An awarded procurement. The reference is unique in the organisation.

    The CPV code is one of CPV 2008, with the check digit if you have it, and is kept as given. A
    call-off names its framework agreement, another contract, as `frameworkContractId`.
    `subcontractorIds` are suppliers that may offer slots of those clauses that let them.
    """

    def register(session: Session) -> Response:
        contract = contracts.register_contract(session, call.actor, body)
        return call.created(call.show(ContractOutput, contract), contract.version)

    return call.store(body, register)


@router.get("/contracts", response_model=Page[ContractOutput], summary="List contracts")
@needs(may_read_contracts)
def list_contracts(
    call: Listing,
    reference: Annotated[
        Reference | None, Query(description="Only the contract with this reference.")
    ] = None,
    supplier_id: Annotated[
        Identifier | None, Query(alias="supplierId", description="Only this supplier's contracts.")
    ] = None,
    municipality_code: Annotated[
        MunicipalityCode | None,
        Query(alias="municipalityCode", description="Only contracts in this municipality."),
    ] = None,
    framework_contract_id: Annotated[
        Identifier | None,
        Query(alias="frameworkContractId", description="Only call-offs from this framework."),
    ] = None,
) -> Response:
    """The organisation's contracts, oldest first."""
    query = contracts.select_visible_contracts(
        call.actor, reference, supplier_id, municipality_code, framework_contract_id
    )
    with call.reading() as session:
        return call.answer(session, query, lambda row: call.show(ContractOutput, row))


@router.get("/contracts/{contractId}", response_model=ContractOutput, summary="Read a contract")
@needs(may_read_contracts)
def read_contract(contract_id: ContractId, call: Reading) -> Response:
    """One contract, with its version as ETag."""
    with call.reading() as session:
        contract = call.find(session, Contract, contract_id)
        return call.single(call.show(ContractOutput, contract), contract.version)


@router.patch("/contracts/{contractId}", response_model=ContractOutput, summary="Change a contract")
@needs(may_write_contracts)
def change_contract(contract_id: ContractId, body: Patch, call: Changing) -> Response:
    """A merge patch. Supplier, subcontractors and framework stay while slots or clauses need it."""
    with call.writing() as session:
        contract = call.find_for_change(session, Contract, contract_id)
        wanted = patched(contract, ContractInput, body)
        contracts.change_contract(session, call.actor, contract, wanted)
        return call.single(call.show(ContractOutput, contract), contract.version)


@router.delete("/contracts/{contractId}", status_code=204, summary="Delete a contract")
@needs(may_write_contracts)
def delete_contract(contract_id: ContractId, call: Changing) -> Response:
    """Possible while it has no clause and no call-off."""
    with call.writing() as session:
        contract = call.find_for_change(session, Contract, contract_id)
        contracts.delete_contract(session, call.actor, contract)
        return call.deleted()
