"""A match run on the wire: what is ordered, how far it has come, and what it came to."""

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from app.api.http import EXAMPLE_ID, EXAMPLE_INSTANT, Input, Output, StoredOutput, stored_example
from app.api.runs.engine_shapes import CERTIFICATE_EXAMPLE, CertificateOutput, ObjectiveOutput
from app.models.match_runs import Failure, MatchRunStatus, Phase
from app.models.values import Day, Identifier, Identifiers, Instant, PairReference

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
    """The day for which to match: nobody starts before it. Null: today."""
    policy_id: Identifier | None = None
    """The policy version to match by. Null: the newest."""
    contract_ids: Annotated[Identifiers, Field(min_length=1)] | None = None
    """Only slots of these contracts' clauses. Null: every slot, voluntary ones too."""
    pins: Pairs = Field(default_factory=list)
    """Pairs that are in the result as they are."""
    forbidden: Pairs = Field(default_factory=list)
    """Pairs that are not in the result."""


class RunCountsOutput(Output):
    """How much was matched."""

    candidates: int
    """How many candidates there were."""
    slots: int
    """How many slots there were."""
    places: int
    """How many free places the slots had."""
    feasible_pairs: int
    """How many pairs no rule stopped."""


class ProgressOutput(Output):
    """What is being done, and the share of the whole that is behind it."""

    example: ClassVar = {"phase": "waiting", "share": 0.0}

    phase: Phase
    """What is being done."""
    share: Annotated[float, Field(ge=0, le=1)]
    """How much of the whole is done, from 0 to 1."""


class FailureOutput(Output):
    """Why nothing came of a run."""

    example: ClassVar = {
        "code": "invalid",
        "detail": "#/pins/0: the two cannot be paired: too-far",
    }

    code: Failure
    """Why nothing came of it."""
    detail: str
    """What it was about, in words."""


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
    """Where the run is between ordered and over."""
    as_of: Day
    """The day for which it matched."""
    policy_id: UUID
    """The policy version by which it matched."""
    contract_ids: list[UUID] | None
    """Only slots of these contracts' clauses took part. Null: every slot did."""
    pins: list[PairReference]
    """Pairs that had to be in the result."""
    forbidden: list[PairReference]
    """Pairs that could not be in the result."""
    redacted: bool
    """Whether somebody has left the service, and the run's input, since."""
    input_hash: str | None
    """SHA-256 of the input, in hexadecimal: equal inputs give equal answers. Null until the run is
    completed."""
    objective: ObjectiveOutput | None
    """What the result is worth. Null until the run is completed."""
    certificate: CertificateOutput | None
    """That no result could be worth more. Null until the run is completed."""
    counts: RunCountsOutput | None
    """How much was matched. Null until the run is completed."""
    duration_ms: int | None
    """How long the computation took, in milliseconds. Null until the run is completed."""
    completed_at: Instant | None
    """When the answer was stored, in UTC. Null until then."""
    progress: ProgressOutput | None
    """How far it has come. Null: it is over."""
    failure: FailureOutput | None
    """Why nothing came of it. Null unless the run failed."""


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
    """`cancelled`: the run stops, and nothing of it is stored."""
