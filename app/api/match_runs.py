from typing import Annotated, Any, ClassVar
from uuid import UUID

from fastapi import APIRouter, Path, Query
from fastapi.responses import JSONResponse, Response
from pydantic import AfterValidator, Field
from sqlmodel import Session

from app.api.calls import Listing, Reading, Storing
from app.api.guard import GuardedRoute, needs
from app.api.languages import Language
from app.api.outcomes import (
    CERTIFICATE_EXAMPLE,
    REASON_EXAMPLE,
    CertificateOutput,
    GapOutput,
    ObjectiveOutput,
    PairOutput,
    ReasonOutput,
    SlotReasonOutput,
    shown_criteria,
    shown_reasons,
)
from app.api.texts import candidate_reason_text, slot_reason_text
from app.api.wire import EXAMPLE_ID, Input, Output, Page, StoredOutput, stored_example
from app.models.match_runs import MatchRun, UnfilledSlot
from app.models.values import Day, Identifier, Identifiers, PairReference
from app.services import match_runs, proposals
from app.services.match_run_records import store_run
from app.services.permissions import may_match
from app.services.records import find

router = APIRouter(route_class=GuardedRoute, tags=["match-runs"])

MatchRunId = Annotated[UUID, Path(alias="matchRunId", description="The match run.")]


MOST_PAIRS = 4_000  # as many of each as a body of 1 MiB holds, however it is spaced


def _pairs_differ(pairs: list[PairReference]) -> list[PairReference]:
    if len({(pair.candidate_id, pair.slot_id) for pair in pairs}) < len(pairs):
        raise ValueError("names the same pair twice")
    return pairs


Pairs = Annotated[list[PairReference], Field(max_length=MOST_PAIRS), AfterValidator(_pairs_differ)]


class MatchRunInput(Input):
    """Pinned pairs are in the result as they are; forbidden ones never are."""

    example: ClassVar = {
        "asOf": "2018-02-01",
        "policyId": None,
        "contractIds": None,
        "pins": [],
        "forbidden": [],
    }

    as_of: Day | None = None
    policy_id: Identifier | None = None
    contract_ids: Annotated[Identifiers, Field(min_length=1)] | None = None
    pins: Pairs = Field(default_factory=list)
    forbidden: Pairs = Field(default_factory=list)


class RunCountsOutput(Output):
    candidates: int
    slots: int
    places: int
    feasible_pairs: int


class MatchRunOutput(StoredOutput):
    example: ClassVar = stored_example(
        "match-runs",
        {
            "status": "completed",
            "asOf": "2018-02-01",
            "policyId": EXAMPLE_ID,
            "contractIds": None,
            "pins": [],
            "forbidden": [],
            "inputHash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "redacted": False,
            "objective": {"contractualPlacesFilled": 4, "placesFilled": 5, "points": 4120},
            "certificate": CERTIFICATE_EXAMPLE,
            "counts": {"candidates": 12, "slots": 3, "places": 6, "feasiblePairs": 37},
            "durationMs": 12,
        },
    )

    status: str
    as_of: Day
    policy_id: UUID
    contract_ids: list[UUID] | None
    pins: list[PairReference]
    forbidden: list[PairReference]
    input_hash: str
    redacted: bool
    objective: ObjectiveOutput
    certificate: CertificateOutput
    counts: RunCountsOutput
    duration_ms: int


class NearMissOutput(ReasonOutput):
    slot_id: UUID


class UnmatchedCandidateOutput(Output):
    """A candidate the run left without a place: for each rule, how many slots it closed."""

    example: ClassVar = {
        "candidateId": EXAMPLE_ID,
        "reasons": [
            {
                "code": "too-far",
                "slots": 3,
                "text": "3 praktikplatser: längre bort än den längsta resvägen.",
                "slotId": None,
                "gap": None,
            }
        ],
        "nearMisses": [{"slotId": EXAMPLE_ID, **REASON_EXAMPLE}],
    }

    candidate_id: UUID
    reasons: list[GapOutput]
    near_misses: list[NearMissOutput]


class UnfilledSlotOutput(Output):
    """A slot with places left: for each rule, how many candidates it closed them for."""

    example: ClassVar = {
        "slotId": EXAMPLE_ID,
        "placesLeft": 1,
        "reasons": [
            {
                "code": "occupation-not-sought",
                "candidates": 9,
                "text": "9 kandidater: yrket är inte bland dem som söks.",
            }
        ],
    }

    slot_id: UUID
    places_left: int
    reasons: list[SlotReasonOutput]


@router.post(
    "/match-runs",
    status_code=201,
    response_model=MatchRunOutput,
    summary="Match all open places and candidates",
)
@needs(may_match)
def start_match_run(body: MatchRunInput, call: Storing) -> Response:
    """One optimal matching, proven, kept with its input.

    Contractual places come first, then the best total fit. Pairs that a person has declined are
    not proposed again unless they are pinned. Open proposals of earlier runs for the slots that
    this one covers become `superseded`.
    """
    if (kept := call.kept_answer(body)) is not None:
        return kept
    order = match_runs.RunOrder(
        as_of=body.as_of or call.today(),
        policy_id=body.policy_id,
        contract_ids=body.contract_ids,
        pins=body.pins,
        forbidden=body.forbidden,
    )
    with call.reading() as session:
        prepared = match_runs.prepare_run(session, call.actor, order)
    solved = match_runs.solve(prepared)

    def keep(session: Session) -> Response:
        run = store_run(session, call.actor, solved)
        return call.created(call.show(MatchRunOutput, run), run.version)

    return call.store(body, keep)


@router.get("/match-runs", response_model=Page[MatchRunOutput], summary="List match runs")
@needs(may_match)
def list_match_runs(
    call: Listing,
    as_of: Annotated[Day | None, Query(alias="asOf", description="Only runs for this day.")] = None,
    policy_id: Annotated[
        Identifier | None, Query(alias="policyId", description="Only runs under this policy.")
    ] = None,
) -> Response:
    """The organisation's runs, oldest first."""
    query = match_runs.select_visible_match_runs(call.actor, as_of, policy_id)
    with call.reading() as session:
        return call.answer(session, query, lambda row: call.show(MatchRunOutput, row))


@router.get("/match-runs/{matchRunId}", response_model=MatchRunOutput, summary="Read a match run")
@needs(may_match)
def read_match_run(match_run_id: MatchRunId, call: Reading) -> Response:
    """One run. `redacted` says that someone has left the service, and the run's input, since."""
    with call.reading() as session:
        run = find(session, call.actor, MatchRun, match_run_id)
        return call.single(call.show(MatchRunOutput, run), run.version)


@router.get(
    "/match-runs/{matchRunId}/unmatched-candidates",
    response_model=Page[UnmatchedCandidateOutput],
    summary="List whom a run left without a place",
)
@needs(may_match)
def list_unmatched_candidates(match_run_id: MatchRunId, call: Listing) -> Response:
    """Each with the reasons and at most five near misses: slots that fail one rule alone, other
    than the occupation."""
    with call.reading() as session:
        run = find(session, call.actor, MatchRun, match_run_id)
        rows, total = proposals.list_unmatched_candidates(session, run, call.part)
    return call.answer_items([_shown_unmatched(row, call.language) for row in rows], total)


@router.get(
    "/match-runs/{matchRunId}/unfilled-slots",
    response_model=Page[UnfilledSlotOutput],
    summary="List the slots a run left places in",
)
@needs(may_match)
def list_unfilled_slots(match_run_id: MatchRunId, call: Listing) -> Response:
    """Each with its places left and the reasons."""
    with call.reading() as session:
        run = find(session, call.actor, MatchRun, match_run_id)
        query = proposals.select_unfilled_slots(call.actor, run)
        return call.answer(session, query, lambda row: _shown_unfilled(row, call.language))


@router.get(
    "/match-runs/{matchRunId}/pairs",
    response_model=PairOutput,
    summary="Explain one pair of a run",
)
@needs(may_match)
def explain_pair(
    match_run_id: MatchRunId,
    call: Reading,
    candidate_id: Annotated[
        Identifier, Query(alias="candidateId", description="A candidate of the run.")
    ],
    slot_id: Annotated[Identifier, Query(alias="slotId", description="A slot of the run.")],
) -> Response:
    """Whether the run chose the pair, could have, or could not; from the input the run was given,
    whatever has changed since."""
    with call.reading() as session:
        run = find(session, call.actor, MatchRun, match_run_id)
        pair = proposals.explain_pair_of_run(session, call.actor, run, candidate_id, slot_id)
    criteria = shown_criteria(pair["criteria"], call.language)
    reasons = shown_reasons(pair["reasons"], call.language)
    shown = PairOutput.model_validate(pair | {"criteria": criteria, "reasons": reasons})
    return JSONResponse(shown.wire())


def _shown_unmatched(row: dict[str, Any], language: Language) -> UnmatchedCandidateOutput:
    missed = row["nearMisses"]
    texts = shown_reasons(missed, language)
    return UnmatchedCandidateOutput(
        candidate_id=row["candidateId"],
        reasons=[_shown_reason(reason, language) for reason in row["reasons"]],
        near_misses=[
            NearMissOutput(slot_id=miss["slotId"], code=reason.code, text=reason.text)
            for miss, reason in zip(missed, texts, strict=True)
        ],
    )


def _shown_reason(reason: dict[str, Any], language: Language) -> GapOutput:
    return GapOutput.model_validate(reason | {"text": candidate_reason_text(reason, language)})


def _shown_unfilled(row: UnfilledSlot, language: Language) -> UnfilledSlotOutput:
    return UnfilledSlotOutput(
        slot_id=row.slot_id,
        places_left=row.places_left,
        reasons=[
            SlotReasonOutput.model_validate(reason | {"text": slot_reason_text(reason, language)})
            for reason in row.reasons
        ],
    )
