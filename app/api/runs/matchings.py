from typing import Annotated, Any, ClassVar, Literal

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from pydantic import ConfigDict, Field

from app.api.http import (
    GuardedRoute,
    Input,
    Language,
    Output,
    PassingInput,
    Reading,
    needs,
    takes_batches,
)
from app.api.registers.candidates import CandidateInput
from app.api.registers.slots import SlotInput
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
from app.api.runs.own_ids import MOST_ROWS, OwnId, OwnIds, refuse_repeated_ids
from app.api.words.matching_texts import candidate_reason_text, slot_reason_text
from app.models.candidates import CandidateTerms
from app.models.policies import PolicyRules
from app.models.slots import SlotTerms
from app.models.values import Codes, Day, Months, Reference
from app.services.engine.values import (
    TIER_CONTRACTUAL,
    TIER_VOLUNTARY,
    Duty,
    EngineInput,
    candidate_value,
    closed_codes,
    policy_value,
    slot_value,
)
from app.services.ground import may_match, read_known_programmes, refuse_unknown_programmes
from app.services.runs.matchings import match_given

router = APIRouter(route_class=GuardedRoute, tags=["stateless"])


class GivenCandidateInput(CandidateTerms, PassingInput):
    """A candidate as in /candidates, under the caller's own identifiers."""

    id: OwnId
    """The caller's own id of the candidate, unique in the call."""
    reference: Reference | None = None
    """The caller's own note; nothing is compared with it. Null: none."""
    avoided_supplier_ids: OwnIds = Field(default_factory=list)
    """Suppliers, by the caller's ids, whose slots are never proposed to the person."""


class GivenSlotInput(SlotTerms, PassingInput):
    """A slot as in /slots, with what its clause asks. `clauseId` is the caller's own note."""

    id: OwnId
    """The caller's own id of the slot, unique in the call."""
    reference: Reference | None = None
    """The caller's own note; nothing is compared with it. Null: none."""
    supplier_id: OwnId | None = None
    """The supplier, by the caller's id. Null: nobody avoids it."""
    clause_id: OwnId | None = None
    """The caller's own note. Null: none."""
    contractual: bool = False
    """Whether its places are of a clause and so go before voluntary ones."""
    minimum_months: Months = 1
    """How many calendar months a stay must last at least."""
    target_groups: Codes = Field(default_factory=list)
    """Codes of the groups for whom it is. Empty: anyone."""


class GivenPolicyInput(PolicyRules, Input):
    """The rules of a policy, without who stands for them."""


class MatchingInput(Input):
    """Candidates and slots to match, and by which rules."""

    example: ClassVar = {
        "asOf": "2018-02-01",
        "candidates": [CandidateInput.example | {"id": "k1", "occupations": [{"ssyk": "7111"}]}],
        "slots": [
            SlotInput.example
            | {
                "id": "p1",
                "supplierId": "exempelbygg",
                "clauseId": None,
                "contractual": True,
                "minimumMonths": 4,
                "targetGroups": ["long-term-unemployed"],
            }
        ],
        "policy": None,
        "include": ["pairs"],
    }

    as_of: Day | None = None
    """The day for which to match: nobody starts before it. Null: today."""
    candidates: Annotated[list[GivenCandidateInput], Field(max_length=MOST_ROWS)]
    """The people; each gets one place at most."""
    slots: Annotated[list[GivenSlotInput], Field(max_length=MOST_ROWS)]
    """Where there are places."""
    policy: GivenPolicyInput | None = None
    """The rules and weights. Null: the service's standard ones."""
    include: Annotated[list[Literal["pairs"]], Field(max_length=1)] = Field(default_factory=list)
    """What else to answer: `pairs` asks for every possible pair."""


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
def match_what_is_sent(body: MatchingInput, call: Reading) -> Response:
    """One optimal matching of the candidates and slots in the body, proven and explained.

    Nothing is stored; it is a POST as the input is too large for an address. Identifiers are
    the caller's own. The order of the lists decides nothing:
    the same people and slots give the same answer.
    """
    refuse_repeated_ids("candidates", body.candidates)
    refuse_repeated_ids("slots", body.slots)
    _refuse_unknown_programmes(body, call)
    rows, with_pairs = len(body.candidates) + len(body.slots), "pairs" in body.include
    answer = call.state.large_work.run(rows, match_given, _engine_input(body, call), with_pairs)
    shown = _in_words(answer, call.language)
    content = MatchingOutput.model_validate(shown).model_dump(
        mode="json", by_alias=True, exclude=None if with_pairs else {"pairs"}
    )
    return JSONResponse(content)


def _refuse_unknown_programmes(body: MatchingInput, call: Reading) -> None:
    with call.reading() as session:
        known = read_known_programmes(session, call.actor)
    named = {
        f"#/candidates/{row}/programmes/{index}/code": clearance.code
        for row, person in enumerate(body.candidates)
        for index, clearance in enumerate(person.programmes)
        if clearance.code not in known.codes
    }
    refuse_unknown_programmes(known, named)


def _engine_input(body: MatchingInput, call: Reading) -> EngineInput:
    as_of = body.as_of or call.today()
    return EngineInput(
        as_of=as_of,
        policy=policy_value(body.policy or PolicyRules()),
        candidates=tuple(
            candidate_value(person, person.id, person.reference, person.avoided_supplier_ids)
            for person in body.candidates
        ),
        slots=tuple(
            slot_value(
                slot,
                slot.id,
                slot.reference,
                slot.supplier_id or "",
                _duty(slot),
                closed=closed_codes(slot, _duty(slot), taken=0, as_of=as_of),
            )
            for slot in body.slots
        ),
    )


def _duty(slot: GivenSlotInput) -> Duty:
    return Duty(
        tier=TIER_CONTRACTUAL if slot.contractual else TIER_VOLUNTARY,
        minimum_months=slot.minimum_months,
        target_groups=frozenset(slot.target_groups),
    )


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
