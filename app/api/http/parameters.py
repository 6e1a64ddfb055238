"""What calls may carry beside their body: headers, pages, days and instants, ids in paths."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Header, Path, Query
from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from app.api.http.shapes import EXAMPLE_INSTANT
from app.models.values import EARLIEST, LATEST, Day, Identifier, storable

OPAQUE_PATTERN = r"^[!-~]+$"  # what every header field may hold: visible ASCII
WHOLE_PATTERN = re.compile(r"0|-?[1-9][0-9]{0,17}", re.ASCII)
INSTANT_PATTERN = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII
)
BOUNDS_OF_INSTANTS = f"give an instant from {EARLIEST} to {LATEST}, in UTC"

CaseworkerHeader = Annotated[
    str | None,
    Header(
        alias="Handslag-Caseworker",
        min_length=1,
        max_length=200,
        pattern=OPAQUE_PATTERN,
        description="An opaque reference to the person for whom the calling system acts; "
        "recorded with what the call does.",
        examples=["caseworker-17"],
    ),
    AfterValidator(storable),
]
IdempotencyKeyHeader = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        pattern=OPAQUE_PATTERN,
        description="Any text of the client's own. A repeat with the same key and body within "
        "24 hours gets the first answer again and stores nothing more.",
        examples=["0b7c1d3e-order-1"],
    ),
    AfterValidator(storable),
]
IfMatchHeader = Annotated[
    str | None,
    Header(
        alias="If-Match",
        max_length=200,
        description="The ETag of the version that the change is meant for. Needed: without it "
        "the answer is 428.",
        examples=['"1"'],
    ),
]


def _whole_from_text(value: Any) -> Any:
    """As in a body: no blanks, plus signs, underscores, leading zeros or other scripts' digits."""
    if isinstance(value, str) and not WHOLE_PATTERN.fullmatch(value):
        raise ValueError("give a whole number in plain digits, as 12")
    return value


# Bounds stand next to the type: beyond a check of our own, schemas would have no words for them.
PageNumber = Annotated[
    int,
    Field(ge=0, le=1_000_000),
    BeforeValidator(_whole_from_text),
    Query(description="The page, from 1.", examples=[1]),
]
PageLimit = Annotated[
    int,
    Field(ge=1, le=100),
    BeforeValidator(_whole_from_text),
    Query(description="Rows a page.", examples=[20]),
]


def _instant_from_text(value: Any) -> Any:
    if not isinstance(value, str) or not INSTANT_PATTERN.fullmatch(value):
        raise ValueError(
            "give an instant with its offset, as 2018-02-01T08:30:00Z or, with + written as %2B, "
            "2018-02-01T09:30:00+01:00"
        )
    try:
        instant = datetime.fromisoformat(value.upper()).astimezone(UTC)
    except OverflowError:
        raise ValueError(BOUNDS_OF_INSTANTS) from None
    if not EARLIEST <= instant.date() <= LATEST:
        raise ValueError(BOUNDS_OF_INSTANTS)
    return instant


# With its offset: nobody has to guess which clock is meant.
InstantParameter = Annotated[
    datetime,
    BeforeValidator(_instant_from_text),
    WithJsonSchema({"type": "string", "format": "date-time", "example": EXAMPLE_INSTANT}),
]
AsOf = Annotated[
    Day | None, Query(alias="asOf", description="The day to look at; today unless given.")
]
KnownAt = Annotated[
    InstantParameter | None,
    Query(
        alias="knownAt",
        description="What was known at this instant, whatever was recorded or changed later; "
        "now unless given. Any offset will do.",
    ),
]

SupplierId = Annotated[Identifier, Path(alias="supplierId", description="The supplier.")]
GateCheckId = Annotated[Identifier, Path(alias="gateCheckId", description="The check.")]
ProgrammeId = Annotated[
    Identifier, Path(alias="programmeId", description="A programme of the organisation's own.")
]
GateId = Annotated[
    Identifier, Path(alias="gateId", description="A gate of the organisation's own.")
]
ContractId = Annotated[Identifier, Path(alias="contractId", description="The contract.")]
ClauseId = Annotated[Identifier, Path(alias="clauseId", description="The clause.")]
ClauseVersionId = Annotated[
    Identifier, Path(alias="clauseVersionId", description="The version of a clause.")
]
FollowUpId = Annotated[Identifier, Path(alias="followUpId", description="The follow-up.")]
SlotId = Annotated[Identifier, Path(alias="slotId", description="The slot.")]
CandidateId = Annotated[Identifier, Path(alias="candidateId", description="The candidate.")]
PolicyId = Annotated[Identifier, Path(alias="policyId", description="The policy version.")]
MatchRunId = Annotated[Identifier, Path(alias="matchRunId", description="The match run.")]
ProposalId = Annotated[Identifier, Path(alias="proposalId", description="The proposal.")]
DecisionId = Annotated[Identifier, Path(alias="decisionId", description="The decision.")]
DecisionLiftId = Annotated[Identifier, Path(alias="decisionLiftId", description="The lift.")]
PlacementId = Annotated[Identifier, Path(alias="placementId", description="The placement.")]
PlacementMoveId = Annotated[Identifier, Path(alias="placementMoveId", description="The move.")]
PlacementSignatureId = Annotated[
    Identifier, Path(alias="placementSignatureId", description="The signature.")
]
PlacementOutcomeId = Annotated[
    Identifier, Path(alias="placementOutcomeId", description="The outcome.")
]
AttendanceMonthId = Annotated[
    Identifier, Path(alias="attendanceMonthId", description="One month's attendance.")
]
ReportLinkId = Annotated[Identifier, Path(alias="reportLinkId", description="The link, by its id.")]
EventId = Annotated[Identifier, Path(alias="eventId", description="The event.")]
KeyId = Annotated[Identifier, Path(alias="keyId", description="The key, by its id; never the key.")]
