from typing import Any, ClassVar
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response
from sqlmodel import Session

from app.api.http import (
    Call,
    GateId,
    GuardedRoute,
    Input,
    Listing,
    Output,
    Page,
    Reading,
    StoredOutput,
    Storing,
    needs,
    stored_example,
)
from app.models.gates import GateFields, OwnGate
from app.reference.programmes import CheckedPer, Gate
from app.services.ground import may_read_programmes, may_write_programmes, read_known_programmes
from app.services.registers import gates

router = APIRouter(route_class=GuardedRoute, tags=["programmes"])

EXAMPLE: dict[str, Any] = {
    "code": "id06",
    "name": "ID06-kort för den som ska vara på bygget",
    "english": "ID06 card for whoever is to be on the site",
    "validMonths": 24,
    "per": "supplier",
}


class GateInput(GateFields, Input):
    """Something that the organisation itself checks of employers."""

    example: ClassVar = EXAMPLE


class OwnGateOutput(GateFields, StoredOutput):
    """A gate of the organisation's own, as stored. It is never changed."""

    example: ClassVar = stored_example("gates", EXAMPLE)


class GateOutput(Output):
    """One thing that is checked of an employer. `validMonths` null: until the check says else.
    `id` and `source`: the organisation's own has the one, reference data the other."""

    example: ClassVar = {
        "id": None,
        "code": "union-consulted",
        "name": "Facket har fått yttra sig",
        "validMonths": 12,
        "per": "supplier",
        "source": "Handslags domänbeskrivning, avsnitt 4: fråga, svar eller utgången svarstid",
    }

    id: UUID | None
    """The id of an organisation's own gate. Null: it is of the reference data."""
    code: str
    """The gate, as programmes and checks name it."""
    name: str
    """The gate in the language of the answer."""
    valid_months: int | None
    """How many months a passed check holds, unless it says another day. Null: with no end."""
    per: CheckedPer
    """What is checked."""
    source: str | None
    """The rule that asks for it. Null: the organisation's own gate."""


@router.post("/gates", status_code=201, response_model=OwnGateOutput, summary="Register a gate")
@needs(may_write_programmes)
def register_gate(body: GateInput, call: Storing) -> Response:
    """Something that the organisation checks of employers besides the reference data.

    Programmes of its own can ask for it, and `/suppliers/{supplierId}/gate-checks` records it. A
    gate is never changed: registered anew under its code, it takes the earlier one's place. A code
    of the reference data, or one that reads like another code, is 409 `already-exists`. Checks are
    recorded for an employer as a whole, whatever `per` says.
    """

    def register(session: Session) -> Response:
        gate = gates.register_gate(session, call.actor, body)
        return call.created(call.show(OwnGateOutput, gate), gate.version)

    return call.store(body, register)


@router.get("/gates", response_model=Page[GateOutput], summary="List gates")
@needs(may_read_programmes)
def list_gates(call: Listing) -> Response:
    """What can be checked of an employer: the reference data, then the organisation's own."""
    with call.reading() as session:
        found = list(read_known_programmes(session, call.actor).gates.values())
    return call.answer_items([shown_gate(call, one) for one in call.cut_page(found)], len(found))


@router.get("/gates/{gateId}", response_model=OwnGateOutput, summary="Read a gate")
@needs(may_read_programmes)
def read_gate(gate_id: GateId, call: Reading) -> Response:
    """One gate that the organisation has registered."""
    with call.reading() as session:
        gate = call.find(session, OwnGate, gate_id)
        return call.single(call.show(OwnGateOutput, gate), gate.version)


def shown_gate(call: Call, gate: Gate) -> GateOutput:
    return GateOutput(
        id=gate.id,
        code=gate.code,
        name=gate.name if call.language == "sv" else gate.english,
        valid_months=gate.valid_months,
        per=gate.per,
        source=gate.source,
    )
