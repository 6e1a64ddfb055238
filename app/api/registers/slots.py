from typing import Annotated, Any, ClassVar

from fastapi import APIRouter, Query
from fastapi.responses import Response
from sqlmodel import Session

from app.api.http import (
    EXAMPLE_ID,
    Changing,
    GuardedRoute,
    Input,
    Listing,
    Page,
    Patch,
    Reading,
    SlotId,
    StoredOutput,
    Storing,
    needs,
    patched,
    stored_example,
)
from app.models.slots import Slot, SlotFields
from app.models.values import Identifier, MunicipalityCode, Reference, SsykFilter
from app.services.ground import may_read_contracts, may_write_contracts
from app.services.registers import slots

router = APIRouter(route_class=GuardedRoute, tags=["slots"])

EXAMPLE: dict[str, Any] = {
    "reference": "EB-1",
    "supplierId": EXAMPLE_ID,
    "clauseId": None,
    "title": "Snickare",
    "tasks": "Formsättning och enklare snickerier tillsammans med en handledare.",
    "occupation": {"ssyk": "7111", "conceptId": None},
    "places": 2,
    "earliestStart": "2018-03-01",
    "latestStart": "2018-09-01",
    "endDate": "2019-06-30",
    "extentPercent": {"min": 50, "max": 100},
    "municipalityCode": "2380",
    "position": None,
    "required": {
        "skills": [],
        "languages": [{"code": "sv", "level": 2}],
        "drivingLicences": ["B"],
        "certificates": [],
    },
    "preferred": {"skills": [], "languages": [], "drivingLicences": [], "certificates": []},
    "adaptations": ["step-free-entrance"],
    "supervisorCapacity": 2,
}


class SlotInput(SlotFields, Input):
    """A place to work that a supplier offers, with one or more places."""

    example: ClassVar = EXAMPLE


class SlotOutput(SlotFields, StoredOutput):
    """A slot, as stored."""

    example: ClassVar = stored_example("slots", EXAMPLE)


@router.post("/slots", status_code=201, response_model=SlotOutput, summary="Register a slot")
@needs(may_write_contracts)
def register_slot(body: SlotInput, call: Storing) -> Response:
    """A place to work that a supplier offers, with one or more places.

    All places of a slot belong to its clause; without one they are voluntary. A slot of a clause
    is offered by the contract's own supplier. Without a position it is anywhere in
    its municipality.
    """

    def register(session: Session) -> Response:
        slot = slots.register_slot(session, call.actor, body)
        return call.created(call.show(SlotOutput, slot), slot.version)

    return call.store(body, register)


@router.get("/slots", response_model=Page[SlotOutput], summary="List slots")
@needs(may_read_contracts)
def list_slots(
    call: Listing,
    supplier_id: Annotated[
        Identifier | None, Query(alias="supplierId", description="Only this supplier's slots.")
    ] = None,
    clause_id: Annotated[
        Identifier | None, Query(alias="clauseId", description="Only slots of this clause.")
    ] = None,
    contract_id: Annotated[
        Identifier | None,
        Query(alias="contractId", description="Only slots of this contract's clauses."),
    ] = None,
    municipality_code: Annotated[
        MunicipalityCode | None,
        Query(alias="municipalityCode", description="Only slots in this municipality."),
    ] = None,
    occupation: Annotated[
        SsykFilter | None,
        Query(
            description="Only slots whose SSYK code begins with these one to four digits.",
            examples=["71"],
        ),
    ] = None,
    reference: Annotated[
        Reference | None, Query(description="Only the slot with this reference.")
    ] = None,
) -> Response:
    """The organisation's slots, oldest first."""
    wanted = slots.SlotFilters(
        supplier_id, clause_id, contract_id, municipality_code, occupation, reference
    )
    query = slots.select_visible_slots(call.actor, wanted)
    with call.reading() as session:
        return call.answer(session, query, lambda row: call.show(SlotOutput, row))


@router.get("/slots/{slotId}", response_model=SlotOutput, summary="Read a slot")
@needs(may_read_contracts)
def read_slot(slot_id: SlotId, call: Reading) -> Response:
    """One slot, with its version as ETag."""
    with call.reading() as session:
        slot = call.find(session, Slot, slot_id)
        return call.single(call.show(SlotOutput, slot), slot.version)


@router.patch("/slots/{slotId}", response_model=SlotOutput, summary="Change a slot")
@needs(may_write_contracts)
def change_slot(slot_id: SlotId, body: Patch, call: Changing) -> Response:
    """A merge patch. Clause and supplier stay as they are once the slot has a placement, and
    `extentPercent` once it has one without an extent of its own: register another slot then.
    """
    with call.writing() as session:
        slot = call.find_for_change(session, Slot, slot_id)
        wanted = patched(slot, SlotInput, body)
        slots.change_slot(session, call.actor, slot, wanted)
        return call.single(call.show(SlotOutput, slot), slot.version)


@router.delete("/slots/{slotId}", status_code=204, summary="Delete a slot")
@needs(may_write_contracts)
def delete_slot(slot_id: SlotId, call: Changing) -> Response:
    """Possible while no match run and no placement needs it; otherwise set its places to 0."""
    with call.writing() as session:
        slot = call.find_for_change(session, Slot, slot_id)
        slots.delete_slot(session, call.actor, slot)
        return call.deleted()
