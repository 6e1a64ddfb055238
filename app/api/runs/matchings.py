from datetime import date
from typing import Annotated, Any, ClassVar

from fastapi import APIRouter, Body
from fastapi.responses import JSONResponse, Response
from pydantic import ConfigDict, Field

from app.api.http import (
    JSON_MEDIA_TYPE,
    GuardedRoute,
    Language,
    Output,
    Reading,
    Unread,
    needs,
    rows_in,
    takes_batches,
)
from app.api.runs.engine_shapes import (
    CERTIFICATE_EXAMPLE,
    PRICE_EXAMPLE,
    TERMS_EXAMPLE,
    CertificateOutput,
    CriterionOutput,
    GapOutput,
    ObjectiveOutput,
    PriceOutput,
    ScoredPairOutput,
    SlotReasonOutput,
    shown_criteria,
)
from app.api.runs.matching_bodies import MatchingInput, read_matching
from app.api.words.matching_texts import candidate_reason_text, slot_reason_text
from app.models.values import Day
from app.reference.programmes import KnownProgrammes, Programme
from app.services.ground import may_match, read_known_programmes, refuse_unknown_programmes
from app.services.runs.matchings import match_given

router = APIRouter(route_class=GuardedRoute, tags=["stateless"])


class GivenProposalOutput(Output):
    """A pair that was chosen, and why."""

    candidate_id: str
    """The candidate, by the caller's id."""
    slot_id: str
    """The slot, by the caller's id."""
    points: int
    """The sum of the criteria's points."""
    criteria: list[CriterionOutput]
    """What gave points."""
    contractual: bool
    """Whether the place is of a clause."""
    slot_price: PriceOutput
    """What one place more or less in the slot is worth."""
    programme: str
    """The programme that carries it: the first of the person's that fits."""
    start_date: Day
    """The first day possible."""
    end_date: Day
    """The last day possible, inclusive."""


class GivenUnmatchedOutput(Output):
    """Somebody without a place, and why."""

    candidate_id: str
    """Who was left without a place, by the caller's id."""
    reasons: list[GapOutput]
    """What stood in the way, each rule by itself: a slot can be counted under several."""


class GivenUnfilledOutput(Output):
    """A slot with places left, and why."""

    slot_id: str
    """The slot, by the caller's id."""
    places_left: int
    """How many of its places were left free."""
    reasons: list[SlotReasonOutput]
    """What stood in the way, each rule by itself: a person can be counted under several."""


class MatchingOutput(Output):
    """`pairs`, where asked for, is every feasible pair."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=False)

    example: ClassVar = {
        "proposals": [
            {
                "candidateId": "k1",
                "slotId": "p1",
                **TERMS_EXAMPLE,
                "contractual": True,
                "slotPrice": PRICE_EXAMPLE,
            }
        ],
        "unmatchedCandidates": [],
        "unfilledSlots": [],
        "objective": {"contractualPlacesFilled": 1, "placesFilled": 1, "points": 871},
        "certificate": CERTIFICATE_EXAMPLE,
        "pairs": [{"candidateId": "k1", "slotId": "p1", "points": 871}],
    }

    proposals: list[GivenProposalOutput]
    """The pairs that were chosen."""
    unmatched_candidates: list[GivenUnmatchedOutput]
    """Who was left without a place."""
    unfilled_slots: list[GivenUnfilledOutput]
    """The slots with places left."""
    objective: ObjectiveOutput
    """What the chosen pairs are worth together."""
    certificate: CertificateOutput
    """That no choice could be worth more."""
    pairs: list[ScoredPairOutput] = Field(default_factory=list)
    """Every possible pair, where it was asked for."""


@router.post(
    "/matchings", response_model=MatchingOutput, summary="Match what is sent, storing nothing"
)
@needs(may_match)
@takes_batches
def match_what_is_sent(
    body: Annotated[bytes, Body(), Unread(MatchingInput)], call: Reading
) -> Response:
    """One optimal matching of the candidates and slots in the body, proven and explained.

    Nothing is stored; it is a POST as the input is too large for an address. Identifiers are
    the caller's own. The order of the lists decides nothing:
    the same people and slots give the same answer.
    """
    with call.reading() as session:
        known = read_known_programmes(session, call.actor)
    large = call.state.large_work
    answer = large.run(rows_in(body), _match, body, known.programmes, call.language, call.today())
    if not isinstance(answer, bytes):
        refuse_unknown_programmes(known, answer)
    return Response(answer, media_type=JSON_MEDIA_TYPE)


def _match(
    body: bytes, programmes: tuple[Programme, ...], language: Language, today: date
) -> bytes | dict[str, str]:
    """From the bytes that were sent to those of the answer, in whichever process; or the unknown
    programmes, which the caller's organisation may be told of."""
    read = read_matching(body, KnownProgrammes(programmes, {}), today)
    if read.unknown:
        return {**read.unknown}
    shown = _in_words(match_given(read.given, read.with_pairs), language)
    content = MatchingOutput.model_validate(shown).model_dump(
        mode="json", by_alias=True, exclude=None if read.with_pairs else {"pairs"}
    )
    return bytes(JSONResponse(content).body)


def _in_words(answer: dict[str, Any], language: Language) -> dict[str, Any]:
    """The same answer, with texts in place of the engine's facts."""
    for proposal in answer["proposals"]:
        proposal["criteria"] = shown_criteria(proposal["criteria"], language)
    for row in answer["unmatched_candidates"]:
        for reason in row["reasons"]:
            reason["text"] = candidate_reason_text(reason, language)
    for row in answer["unfilled_slots"]:
        for reason in row["reasons"]:
            reason["text"] = slot_reason_text(reason, language)
    return answer
