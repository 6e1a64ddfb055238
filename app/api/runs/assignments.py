from typing import Annotated, ClassVar

from fastapi import APIRouter, Body
from fastapi.responses import JSONResponse, Response

from app.api.http import (
    JSON_MEDIA_TYPE,
    GuardedRoute,
    Output,
    Reading,
    Unread,
    needs,
    rows_in,
    takes_batches,
)
from app.api.runs.assignment_bodies import AssignmentInput, read_market
from app.api.runs.engine_shapes import (
    CERTIFICATE_EXAMPLE,
    PRICE_EXAMPLE,
    VALUE_EXAMPLE,
    CertificateOutput,
    PriceOutput,
    ScoredPairOutput,
    ValueOutput,
)
from app.services.ground import may_match
from app.services.runs.assignments import assign_given

router = APIRouter(route_class=GuardedRoute, tags=["stateless"])


class PricedSlotOutput(PriceOutput):
    """What one place more or less in a slot would be worth."""

    slot_id: str
    """The slot, by the caller's id."""


class PricesOutput(Output):
    """The prices of all slots."""

    slots: list[PricedSlotOutput]
    """Each slot with its prices."""


class AssignmentOutput(Output):
    """The best choice of pairs, what it is worth, and the proof."""

    example: ClassVar = {
        "assignments": [{"candidateId": "k1", "slotId": "p1", "points": 900}],
        "objective": VALUE_EXAMPLE,
        "prices": {"slots": [{"slotId": "p1", **PRICE_EXAMPLE}]},
        "certificate": CERTIFICATE_EXAMPLE,
    }

    assignments: list[ScoredPairOutput]
    """The pairs that were chosen."""
    objective: ValueOutput
    """What they are worth together."""
    prices: PricesOutput
    """What one place more or less would be worth."""
    certificate: CertificateOutput
    """That no choice could be worth more."""


@router.post(
    "/assignments", response_model=AssignmentOutput, summary="Assign by points, storing nothing"
)
@needs(may_match)
@takes_batches
def assign_what_is_sent(
    body: Annotated[bytes, Body(), Unread(AssignmentInput)], call: Reading
) -> Response:
    """One optimal assignment of ready-made pairs, proven.

    Filled places of tier 2 come first, then of tier 1, then points over all pairs. Tier 0 has no
    bonus of its own: prices and certificate count it in points alone and show 0 places. Nothing is
    stored, and the order of the lists decides nothing. What is too large to compute exactly is 422
    with the limit. A POST, as the input is too large for an address.
    """
    answer = call.state.large_work.run(rows_in(body), _assign, body)
    return Response(answer, media_type=JSON_MEDIA_TYPE)


def _assign(body: bytes) -> bytes:
    """From the bytes that were sent to those of the answer, in whichever process."""
    answer = assign_given(read_market(body))
    return bytes(JSONResponse(AssignmentOutput.model_validate(answer).wire()).body)
