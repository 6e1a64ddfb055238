from collections.abc import Mapping
from typing import Annotated, Any, ClassVar
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response
from sqlmodel import Session

from app.api.http import (
    EXAMPLE_ID,
    Call,
    GateCheckId,
    GuardedRoute,
    Input,
    Listing,
    Page,
    Reading,
    StoredOutput,
    Storing,
    SupplierId,
    needs,
    stored_example,
)
from app.models.gate_checks import GateCheck, GateCheckFields, GateOutcome
from app.models.suppliers import Supplier
from app.models.values import Day, GateCode
from app.services.ground import (
    Gate,
    may_read_gate_checks,
    may_record_gate_checks,
    read_known_programmes,
    refuse_unknown_gates,
)
from app.services.registers.gate_checks import (
    GateCheckFilter,
    last_valid_day,
    record_gate_check,
    select_visible_gate_checks,
)

router = APIRouter(route_class=GuardedRoute, tags=["suppliers"])

EXAMPLE: dict[str, Any] = {
    "gate": "union-consulted",
    "outcome": "passed",
    "checkedOn": "2018-02-15",
    "validUntil": None,
    "checkedBy": "Upphandlingsenheten",
    "askedOn": "2018-02-01",
    "answeredOn": None,
    "deadline": "2018-02-14",
    "interns": None,
    "employees": None,
    "comment": "Byggnads har inte svarat inom två veckor.",
}


class GateCheckInput(GateCheckFields, Input):
    """What was checked of an employer, by whom and when."""

    example: ClassVar = EXAMPLE


class GateCheckOutput(GateCheckFields, StoredOutput):
    """`holdsUntil`: the last day that a passed check stands; null for a failed one."""

    example: ClassVar = stored_example(
        "gate-checks",
        EXAMPLE
        | {"supplierId": EXAMPLE_ID, "holdsUntil": "2019-02-14", "decidedBy": "caseworker-17"},
    )

    supplier_id: UUID
    """The employer that was checked."""
    holds_until: Day | None
    """The last day on which a passed check stands. Null: it failed."""
    decided_by: str | None
    """The caseworker whom the call named. Null: nobody."""


@router.post(
    "/suppliers/{supplierId}/gate-checks",
    status_code=201,
    response_model=GateCheckOutput,
    summary="Record a check of an employer",
)
@needs(may_record_gate_checks)
def record_check(supplier_id: SupplierId, body: GateCheckInput, call: Storing) -> Response:
    """What was checked, by whom, on which day, and until when it holds.

    `/programmes` says which gates a programme asks for and how long a check stands where
    `validUntil` is null. Checks are only ever added; the newest by its day counts, so that a
    failed one closes what an earlier one opened. The union's consultation is passed by its answer
    or when the deadline is over.
    """

    def store(session: Session) -> Response:
        check = record_gate_check(session, call.actor, supplier_id, body, call.today())
        known = read_known_programmes(session, call.actor)
        return call.created(_shown(call, check, known.gates), check.version)

    return call.store(body, store)


@router.get(
    "/suppliers/{supplierId}/gate-checks",
    response_model=Page[GateCheckOutput],
    summary="List a supplier's checks",
)
@needs(may_read_gate_checks)
def list_gate_checks(
    supplier_id: SupplierId,
    call: Listing,
    gate: Annotated[GateCode | None, Query(description="Only checks of this gate.")] = None,
    outcome: Annotated[
        GateOutcome | None, Query(description="Only checks with this outcome.")
    ] = None,
) -> Response:
    """Every check of the employer, in the order they were recorded."""
    with call.reading() as session:
        call.find(session, Supplier, supplier_id)
        known = read_known_programmes(session, call.actor)
        if gate is not None:
            refuse_unknown_gates(known, {"gate": gate})
        wanted = GateCheckFilter(gate, outcome)
        query = select_visible_gate_checks(call.actor, supplier_id, wanted)
        return call.answer(session, query, lambda row: _shown(call, row, known.gates))


@router.get("/gate-checks/{gateCheckId}", response_model=GateCheckOutput, summary="Read a check")
@needs(may_read_gate_checks)
def read_gate_check(gate_check_id: GateCheckId, call: Reading) -> Response:
    """One check of an employer."""
    with call.reading() as session:
        check = call.find(session, GateCheck, gate_check_id)
        known = read_known_programmes(session, call.actor)
        return call.single(_shown(call, check, known.gates), check.version)


def _shown(call: Call, row: GateCheck, gates: Mapping[str, Gate]) -> GateCheckOutput:
    holds_until = last_valid_day(gates, row) if row.outcome == "passed" else None
    return call.show(GateCheckOutput, row, holds_until=holds_until)
