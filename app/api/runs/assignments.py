from typing import Annotated, ClassVar

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from pydantic import Field

from app.api.http import GuardedRoute, Input, Output, Reading, needs, takes_batches
from app.api.runs.engine_shapes import (
    CERTIFICATE_EXAMPLE,
    PRICE_EXAMPLE,
    VALUE_EXAMPLE,
    CertificateOutput,
    PriceOutput,
    ScoredPairOutput,
    ValueOutput,
)
from app.api.runs.own_ids import MOST_ROWS, OwnId, refuse_repeated_ids
from app.services.ground import may_match
from app.services.runs.assignments import OfferedSlot, ScoredPair, assign_given

router = APIRouter(route_class=GuardedRoute, tags=["stateless"])

MOST_PLACES = 1_000_000
MOST_POINTS = 1_000_000
MOST_PAIRS = 700_000  # about what a body of 32 MiB holds


class AssignmentSlotInput(Input):
    """A slot with its places."""

    id: OwnId
    """The caller's own id of the slot, unique in the call."""
    places: Annotated[int, Field(ge=0, le=MOST_PLACES)]
    """How many candidates it can have."""
    tier: Annotated[int, Field(ge=0, le=2)]
    """Which places come first: 2, then 1. Those of tier 0 count in points alone."""


class AssignmentCandidateInput(Input):
    """Somebody who can have a place."""

    id: OwnId
    """The caller's own id of the candidate, unique in the call."""


class AssignmentPairInput(Input):
    """A pair that is possible."""

    candidate_id: OwnId
    """One of the candidates."""
    slot_id: OwnId
    """One of the slots."""
    points: Annotated[int, Field(ge=1, le=MOST_POINTS)]
    """What the pair is worth."""


class AssignmentInput(Input):
    """Places, candidates and the points of the pairs that are possible."""

    example: ClassVar = {
        "slots": [{"id": "p1", "places": 1, "tier": 1}, {"id": "p2", "places": 1, "tier": 0}],
        "candidates": [{"id": "k1"}, {"id": "k2"}],
        "pairs": [
            {"candidateId": "k1", "slotId": "p1", "points": 900},
            {"candidateId": "k2", "slotId": "p1", "points": 700},
            {"candidateId": "k2", "slotId": "p2", "points": 400},
        ],
    }

    slots: Annotated[list[AssignmentSlotInput], Field(max_length=MOST_ROWS)]
    """Where there are places."""
    candidates: Annotated[list[AssignmentCandidateInput], Field(max_length=MOST_ROWS)]
    """Who can have one; each gets one at most."""
    pairs: Annotated[list[AssignmentPairInput], Field(max_length=MOST_PAIRS)]
    """The pairs that are possible. What is not listed is not."""


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
def assign_what_is_sent(body: AssignmentInput, call: Reading) -> Response:
    """One optimal assignment of ready-made pairs, proven.

    Filled places of tier 2 come first, then of tier 1, then points over all pairs. Tier 0 has no
    bonus of its own: prices and certificate count it in points alone and show 0 places. Nothing is
    stored, and the order of the lists decides nothing. What is too large to compute exactly is 422
    with the limit. A POST, as the input is too large for an address.
    """
    refuse_repeated_ids("slots", body.slots)
    refuse_repeated_ids("candidates", body.candidates)
    answer = call.state.large_work.run(
        len(body.slots) + len(body.candidates) + len(body.pairs),
        assign_given,
        [OfferedSlot(slot.id, slot.places, slot.tier) for slot in body.slots],
        [candidate.id for candidate in body.candidates],
        [ScoredPair(pair.candidate_id, pair.slot_id, pair.points) for pair in body.pairs],
    )
    return JSONResponse(AssignmentOutput.model_validate(answer).wire())
