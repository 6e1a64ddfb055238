from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Generic, TypeVar

from fastapi import APIRouter, Body
from fastapi.responses import JSONResponse, Response
from pydantic import Field, PlainSerializer, ValidationError, WrapValidator
from sqlmodel import Session

from app.api.http import (
    BASE_PATH,
    Fingerprint,
    GuardedRoute,
    Input,
    Output,
    Problem,
    Storing,
    StoringCall,
    Unread,
    checked,
    example_problem,
    fingerprint_of,
    invalid_from,
    needs,
    problem_of,
    read_json,
    rows_in,
    takes_batches,
)
from app.api.registers.candidates import CandidateInput
from app.api.registers.slots import SlotInput
from app.errors import FieldError, HandslagError, Invalid
from app.processes.in_parts import InParts
from app.services.ground import may_match, may_write_contracts
from app.services.registers.batches import BatchOutcome, Line, store_candidates, store_slots

MOST_ITEMS = 10_000
MOST_TOLD = 10_000
MORE_TOLD = FieldError(
    "#", f"more is wrong in this item; the errors of a batch are told up to {MOST_TOLD}"
)
UNKEYED = Fingerprint("")  # without an Idempotency-Key nothing is compared

router = APIRouter(route_class=GuardedRoute)

Wanted = TypeVar("Wanted", CandidateInput, SlotInput)

# Any JSON is taken, so that a wrong line stops no other; the document shows the shape of a line.
AsItStands = WrapValidator(lambda line, _check: line)
AsItCame = PlainSerializer(lambda line: line)
Items = Field(max_length=MOST_ITEMS)


class CandidateBatchInput(Input):
    """Many candidates in one call."""

    example: ClassVar = {"items": [CandidateInput.example]}

    items: Annotated[list[Annotated[CandidateInput, AsItStands, AsItCame]], Items]
    """The candidates, up to 10 000, each as `POST /candidates` takes it."""


class SlotBatchInput(Input):
    """Many slots in one call."""

    example: ClassVar = {"items": [SlotInput.example]}

    items: Annotated[list[Annotated[SlotInput, AsItStands, AsItCame]], Items]
    """The slots, up to 10 000, each as `POST /slots` takes it."""


@dataclass(frozen=True)
class Batch(Generic[Wanted]):
    """Lines that are right in themselves, what is wrong with the others, and the body's hash."""

    body: Fingerprint
    lines: Iterable[Line[Wanted]]
    wrong: dict[int, HandslagError]


class RejectedItem(Output):
    """A line that was not stored: its place in the batch, from 0, and what is wrong with it."""

    index: int
    """The item's place in the batch, from 0."""
    problem: Problem
    """What is wrong with it; the pointers lead into the item."""


class BatchOutput(Output):
    """What became of the items of a batch."""

    example: ClassVar = {
        "created": 1,
        "updated": 0,
        "rejected": [
            {"index": 1, "problem": example_problem(422, f"{BASE_PATH}/candidate-batches")}
        ],
    }

    created: int
    """How many items were stored as new."""
    updated: int
    """How many items replaced what was stored, unchanged ones too."""
    rejected: list[RejectedItem]
    """The items that were not stored."""


@router.post(
    "/candidate-batches",
    response_model=BatchOutput,
    tags=["candidates"],
    summary="Store many candidates",
)
@needs(may_match)
@takes_batches
def store_candidate_batch(
    body: Annotated[bytes, Body(), Unread(CandidateBatchInput)], call: Storing
) -> Response:
    """Up to 10 000 candidates, each as for `POST /candidates`.

    An item whose reference is known replaces that candidate whole; any other is new. Each item is
    checked by itself: a wrong one is listed under `rejected`, with pointers into the item, and
    stops no other. An item equal to what is stored counts as updated and changes no version.
    """
    reading, keyed = call.state.batch_reading, call.idempotency_key is not None
    batch = reading.run(rows_in(body), _read_candidates, body, keyed)

    def store(session: Session) -> Response:
        return _answer(call, store_candidates(session, call.actor, batch.lines), batch.wrong)

    return call.store(batch.body, store)


@router.post(
    "/slot-batches", response_model=BatchOutput, tags=["slots"], summary="Store many slots"
)
@needs(may_write_contracts)
@takes_batches
def store_slot_batch(
    body: Annotated[bytes, Body(), Unread(SlotBatchInput)], call: Storing
) -> Response:
    """Up to 10 000 slots, each as for `POST /slots`.

    An item whose reference is known replaces that slot whole; any other is new, and so is every
    item without a reference. Each item is checked by itself: a wrong one is listed under
    `rejected`, with pointers into the item, and stops no other. An item equal to what is stored
    counts as updated and changes no version.
    """
    reading, keyed = call.state.batch_reading, call.idempotency_key is not None
    batch = reading.run(rows_in(body), _read_slots, body, keyed)

    def store(session: Session) -> Response:
        return _answer(call, store_slots(session, call.actor, batch.lines), batch.wrong)

    return call.store(batch.body, store)


def _read_candidates(body: bytes, keyed: bool) -> Batch[CandidateInput]:
    return _read(checked(CandidateBatchInput, read_json(body)), CandidateInput, keyed)


def _read_slots(body: bytes, keyed: bool) -> Batch[SlotInput]:
    return _read(checked(SlotBatchInput, read_json(body)), SlotInput, keyed)


def _read(
    sent: CandidateBatchInput | SlotBatchInput, shape: type[Wanted], keyed: bool
) -> Batch[Wanted]:
    fingerprint = fingerprint_of(sent) if keyed else UNKEYED
    lines: InParts[Line[Wanted]] = InParts()
    wrong: dict[int, Invalid] = {}
    items: list[Any] = [*sent.items]
    sent.items.clear()
    told = 0
    for index, item in enumerate(items):
        items[index] = None  # memory holds each once
        try:
            lines.append(Line(index, shape.model_validate(item)))
        except ValidationError as error:
            wrong[index] = _shortened(invalid_from(error), MOST_TOLD - told)
            told += len(wrong[index].errors)
    return Batch(fingerprint, lines, {**wrong})


def _shortened(invalid: Invalid, left: int) -> Invalid:
    """The first error at least, and as many as are left to tell."""
    errors = invalid.errors
    return invalid if len(errors) <= max(left, 1) else Invalid(*errors[: max(left, 1)], MORE_TOLD)


def _answer(call: StoringCall, outcome: BatchOutcome, wrong: dict[int, HandslagError]) -> Response:
    rejected = wrong | outcome.rejected
    path, language = call.request.url.path, call.problem_language
    answer = {
        "created": len(outcome.created),
        "updated": outcome.updated,
        "rejected": [
            {"index": index, "problem": problem_of(rejected[index], path, language)}
            for index in sorted(rejected)
        ],
    }
    return JSONResponse(answer)
