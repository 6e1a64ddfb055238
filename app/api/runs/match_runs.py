from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Body, Query
from fastapi.responses import Response
from sqlmodel import Session

from app.api.http import (
    MERGE_PATCH_MEDIA_TYPE,
    Call,
    Changing,
    GuardedRoute,
    Listing,
    MatchRunId,
    Page,
    Reading,
    Storing,
    StoringCall,
    needs,
)
from app.api.runs.run_shapes import (
    MatchRunChange,
    MatchRunInput,
    MatchRunOutput,
    UnfinishedMatchRunOutput,
)
from app.models.match_runs import MatchRun, MatchRunStatus
from app.models.values import Day, Identifier
from app.services.ground import may_match
from app.services.runs import match_runs
from app.services.runs.orders import RunOrder
from app.services.runs.queue import count_rows_to_match, order_run, progress_of
from app.services.runs.solving import prepare_run, solve_run
from app.services.runs.states import cancel_run
from app.services.runs.storing import store_run

router = APIRouter(route_class=GuardedRoute, tags=["match-runs"])


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
