from http import HTTPStatus
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from fastapi import APIRouter, Body, Query
from fastapi.responses import Response
from pydantic import AfterValidator, Field
from sqlmodel import Session

from app.api.http import (
    EXAMPLE_ID,
    EXAMPLE_INSTANT,
    MERGE_PATCH_MEDIA_TYPE,
    Call,
    Changing,
    GuardedRoute,
    Input,
    Listing,
    MatchRunId,
    Output,
    Page,
    Reading,
    StoredOutput,
    Storing,
    StoringCall,
    needs,
    stored_example,
)
from app.api.runs.engine_shapes import CERTIFICATE_EXAMPLE, CertificateOutput, ObjectiveOutput
from app.models.match_runs import Failure, MatchRun, MatchRunStatus, Phase
from app.models.values import Day, Identifier, Identifiers, Instant, PairReference
from app.services.ground import may_match
from app.services.runs import match_runs
from app.services.runs.orders import RunOrder
from app.services.runs.queue import count_rows_to_match, order_run, progress_of
from app.services.runs.solving import prepare_run, solve_run
from app.services.runs.states import cancel_run
from app.services.runs.storing import store_run

router = APIRouter(route_class=GuardedRoute, tags=["match-runs"])

MOST_PAIRS = 4_000  # pinned, and forbidden: so many of each fit into a body of 1 MiB


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


class ProgressOutput(Output):
    """What is being done, and the share of the whole that is behind it."""

    example: ClassVar = {"phase": "waiting", "share": 0.0}

    phase: Phase
    share: Annotated[float, Field(ge=0, le=1)]


class FailureOutput(Output):
    """Why nothing came of a run."""

    example: ClassVar = {
        "code": "invalid",
        "detail": "#/pins/0: the two cannot be paired: too-far",
    }

    code: Failure
    detail: str


class MatchRunOutput(StoredOutput):
    """`progress` while a run waits or is at work, the answer when it is completed, `failure` when
    it failed."""

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
            "completedAt": EXAMPLE_INSTANT,
            "progress": None,
            "failure": None,
        },
    )

    status: MatchRunStatus
    as_of: Day
    policy_id: UUID
    contract_ids: list[UUID] | None
    pins: list[PairReference]
    forbidden: list[PairReference]
    redacted: bool
    input_hash: str | None
    objective: ObjectiveOutput | None
    certificate: CertificateOutput | None
    counts: RunCountsOutput | None
    duration_ms: int | None
    completed_at: Instant | None
    progress: ProgressOutput | None
    failure: FailureOutput | None


class UnfinishedMatchRunOutput(MatchRunOutput):
    """A run that waits or is at work: what it will answer is null, and `progress` is not."""

    example: ClassVar = MatchRunOutput.example | {
        "status": "queued",
        "inputHash": None,
        "objective": None,
        "certificate": None,
        "counts": None,
        "durationMs": None,
        "completedAt": None,
        "progress": ProgressOutput.example,
    }


class MatchRunChange(Input):
    """All that a caller may do to a run once it is ordered."""

    example: ClassVar = {"status": "cancelled"}

    status: Literal["cancelled"]


@router.post(
    "/match-runs",
    status_code=201,
    response_model=MatchRunOutput,
    responses={202: {"model": UnfinishedMatchRunOutput}},
    summary="Match all open places and candidates",
)
@needs(may_match)
def start_match_run(body: MatchRunInput, call: Storing) -> Response:
    """One optimal matching, proven, kept with its input.

    Places of clauses at risk come first, then other contractual places, then the best total fit.
    Those of a clause that is met are voluntary. Pairs that a person has declined are not proposed
    again unless they are pinned or the decision is lifted. Open proposals of earlier runs for the
    slots that this one covers become `superseded`.

    A small run is answered 201, completed. A large one is answered 202, queued: read what
    `Location` names until its `progress` is null. It matches what is stored when its turn comes.
    """
    if (kept := call.kept_answer(body)) is not None:
        return kept
    order = RunOrder(
        as_of=body.as_of or call.today(),
        policy_id=body.policy_id,
        contract_ids=body.contract_ids,
        pins=body.pins,
        forbidden=body.forbidden,
    )
    with call.reading() as session:
        rows = count_rows_to_match(session, call.actor)
    if call.state.large_work.is_for(rows):
        return _queue_run(body, call, order)
    return _do_run(body, call, order)


def _do_run(body: MatchRunInput, call: StoringCall, order: RunOrder) -> Response:
    with call.reading() as session:
        prepared = prepare_run(session, call.actor, order)
    solved = solve_run(prepared)

    def keep(session: Session) -> Response:
        run = store_run(session, call.actor, solved)
        return call.created(_shown(call, session, run), run.version)

    return call.store(body, keep)


def _queue_run(body: MatchRunInput, call: StoringCall, order: RunOrder) -> Response:
    def keep(session: Session) -> Response:
        run = order_run(session, call.actor, order)
        return call.created(_shown(call, session, run), run.version, HTTPStatus.ACCEPTED)

    answer = call.store(body, keep)
    call.state.background.wake()  # after the commit: the worker must find the run
    return answer


@router.get("/match-runs", response_model=Page[MatchRunOutput], summary="List match runs")
@needs(may_match)
def list_match_runs(
    call: Listing,
    as_of: Annotated[Day | None, Query(alias="asOf", description="Only runs for this day.")] = None,
    policy_id: Annotated[
        Identifier | None, Query(alias="policyId", description="Only runs under this policy.")
    ] = None,
    status: Annotated[
        MatchRunStatus | None, Query(description="Only runs with this status.")
    ] = None,
) -> Response:
    """The organisation's runs, oldest first."""
    query = match_runs.select_visible_match_runs(call.actor, as_of, policy_id, status)
    with call.reading() as session:
        return call.answer(session, query, lambda row: _shown(call, session, row))


@router.get("/match-runs/{matchRunId}", response_model=MatchRunOutput, summary="Read a match run")
@needs(may_match)
def read_match_run(match_run_id: MatchRunId, call: Reading) -> Response:
    """One run. `redacted` says that someone has left the service, and the run's input, since."""
    with call.reading() as session:
        run = call.find(session, MatchRun, match_run_id)
        shown = _shown(call, session, run)
    if shown.progress is not None:
        return call.changing(shown, run.version)
    return call.single(shown, run.version)


@router.patch(
    "/match-runs/{matchRunId}", response_model=MatchRunOutput, summary="Cancel a match run"
)
@needs(may_match)
def cancel_match_run(
    match_run_id: MatchRunId,
    body: Annotated[MatchRunChange, Body(media_type=MERGE_PATCH_MEDIA_TYPE)],
    call: Changing,
) -> Response:
    """A run that waits or is at work stops, and nothing of it is stored.

    The ETag of the order holds until the run is over. One that is over is 409
    `transition-forbidden`, or 412 where the ETag is the order's; to cancel one that is cancelled
    already changes nothing.
    """
    with call.writing() as session:
        run = call.find_for_change(session, MatchRun, match_run_id)
        was_at_work = run.status == MatchRunStatus.RUNNING
        cancel_run(session, call.actor, run)
        answer = call.single(_shown(call, session, run), run.version)
    if was_at_work:
        call.state.background.break_off()
    return answer


def _shown(call: Call, session: Session, run: MatchRun) -> MatchRunOutput:
    return call.show(MatchRunOutput, run, progress=progress_of(session, run))
