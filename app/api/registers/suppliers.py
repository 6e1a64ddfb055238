from typing import Annotated, ClassVar

from fastapi import APIRouter, Query
from fastapi.responses import Response
from sqlmodel import Session

from app.api.http import (
    Changing,
    GuardedRoute,
    Input,
    Listing,
    Page,
    Patch,
    Reading,
    StoredOutput,
    Storing,
    SupplierId,
    needs,
    patched,
    stored_example,
)
from app.models.suppliers import Supplier, SupplierFields
from app.models.values import OrganisationNumber
from app.services.ground import may_read_contracts, may_write_contracts
from app.services.registers import suppliers

router = APIRouter(route_class=GuardedRoute, tags=["suppliers"])

EXAMPLE = {
    "name": "Exempelbygg i Jämtland AB",
    "organisationNumber": "5560000167",
}


class SupplierInput(SupplierFields, Input):
    """A company with a contract, or its subcontractor."""

    example: ClassVar = EXAMPLE


class SupplierOutput(SupplierFields, StoredOutput):
    """A supplier, as stored."""

    example: ClassVar = stored_example("suppliers", EXAMPLE)


@router.post(
    "/suppliers",
    status_code=201,
    response_model=SupplierOutput,
    summary="Register a supplier",
)
@needs(may_write_contracts)
def register_supplier(body: SupplierInput, call: Storing) -> Response:
    """A company that has a contract, or its subcontractor.

    The organisation number is a legal person's. A sole trader's is a personal identity number
    and is refused.
    """

    def register(session: Session) -> Response:
        supplier = suppliers.register_supplier(session, call.actor, body)
        return call.created(call.show(SupplierOutput, supplier), supplier.version)

    return call.store(body, register)


@router.get("/suppliers", response_model=Page[SupplierOutput], summary="List suppliers")
@needs(may_read_contracts)
def list_suppliers(
    call: Listing,
    organisation_number: Annotated[
        OrganisationNumber | None,
        Query(
            alias="organisationNumber",
            description="Only the supplier with this number.",
        ),
    ] = None,
) -> Response:
    """The organisation's suppliers, oldest first."""
    query = suppliers.select_visible_suppliers(call.actor, organisation_number)
    with call.reading() as session:
        return call.answer(session, query, lambda row: call.show(SupplierOutput, row))


@router.get("/suppliers/{supplierId}", response_model=SupplierOutput, summary="Read a supplier")
@needs(may_read_contracts)
def read_supplier(supplier_id: SupplierId, call: Reading) -> Response:
    """One supplier, with its version as ETag."""
    with call.reading() as session:
        supplier = call.find(session, Supplier, supplier_id)
        return call.single(call.show(SupplierOutput, supplier), supplier.version)


@router.patch(
    "/suppliers/{supplierId}",
    response_model=SupplierOutput,
    summary="Change a supplier",
)
@needs(may_write_contracts)
def change_supplier(supplier_id: SupplierId, body: Patch, call: Changing) -> Response:
    """A merge patch: what is sent replaces what was there."""
    with call.writing() as session:
        supplier = call.find_for_change(session, Supplier, supplier_id)
        wanted = patched(supplier, SupplierInput, body)
        suppliers.change_supplier(session, call.actor, supplier, wanted)
        return call.single(call.show(SupplierOutput, supplier), supplier.version)


@router.delete("/suppliers/{supplierId}", status_code=204, summary="Delete a supplier")
@needs(may_write_contracts)
def delete_supplier(supplier_id: SupplierId, call: Changing) -> Response:
    """Possible while no contract and no slot needs it, and nothing has been checked of it."""
    with call.writing() as session:
        supplier = call.find_for_change(session, Supplier, supplier_id)
        suppliers.delete_supplier(session, call.actor, supplier)
        return call.deleted()
