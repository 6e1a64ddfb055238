from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlmodel import Field, SQLModel

from app.models.rows import JsonOf, Row, UtcDateTime, belongs_to, owned
from app.models.values import Identifiers, PairReference


class MatchRunStatus(StrEnum):
    """Where a match run is between ordered and over."""

    QUEUED = "queued"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Phase(StrEnum):
    """How far a match run has come that waits or is at work."""

    WAITING = "waiting"
    READING = "reading"
    SOLVING = "solving"
    STORING = "storing"


class Failure(StrEnum):
    """Why a match run failed."""

    INVALID = "invalid"
    CHANGED_MEANWHILE = "changed-meanwhile"
    BUSY = "busy"
    WORKER_LOST = "worker-lost"
    FAULT = "fault"


# How a pair stands in the answer.
PairStatus = Literal["chosen", "possible", "impossible"]


class MatchRun(Row, table=True):
    """One optimal matching of all open places and candidates: what was asked, and the answer."""

    __tablename__ = "match_runs"
    __table_args__ = owned(
        belongs_to("policy_id", "policies"),
        CheckConstraint(
            "(status = 'completed') = (objective IS NOT NULL AND completed_at IS NOT NULL)",
            name="answered_when_completed",
        ),
        CheckConstraint("(status = 'failed') = (failure IS NOT NULL)", name="failed_with_reason"),
    )

    status: str = Field(max_length=20, index=True)
    as_of: date
    policy_id: UUID
    contract_ids: Identifiers | None = Field(default=None, sa_type=JsonOf(Identifiers))
    pins: list[PairReference] = Field(default=[], sa_type=JsonOf(list[PairReference]))
    forbidden: list[PairReference] = Field(default=[], sa_type=JsonOf(list[PairReference]))
    redacted: bool = False
    input_hash: str | None = Field(default=None, max_length=64)
    objective: dict[str, Any] | None = Field(default=None, sa_type=JsonOf(dict[str, Any]))
    certificate: dict[str, Any] | None = Field(default=None, sa_type=JsonOf(dict[str, Any]))
    counts: dict[str, int] | None = Field(default=None, sa_type=JsonOf(dict[str, int]))
    duration_ms: int | None = None
    completed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    failure: dict[str, str] | None = Field(default=None, sa_type=JsonOf(dict[str, str]))


class MatchRunWork(SQLModel, table=True):
    """Who ordered a run in the background, which worker does it, and how far it has come.

    The row is apart from the run, so that it can change while the run keeps its version and ETag.
    """

    __tablename__ = "match_run_works"

    match_run_id: UUID = Field(
        primary_key=True,
        sa_column_args=[ForeignKey("match_runs.id", ondelete="CASCADE")],
    )
    key_id: UUID = Field(foreign_key="keys.id")
    caseworker: str | None = Field(default=None, max_length=200)
    attempt: int = 0
    worker: str | None = Field(default=None, max_length=200)
    claimed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    phase: str = Field(default=Phase.WAITING, max_length=20)
    share: float = 0.0


class MatchRunSnapshot(SQLModel, table=True):
    """The compressed input of a run, in a table of its own so that lists of runs do not read it."""

    __tablename__ = "match_run_snapshots"

    match_run_id: UUID = Field(
        primary_key=True,
        sa_column_args=[ForeignKey("match_runs.id", ondelete="CASCADE")],
    )
    content: bytes = Field(sa_type=LargeBinary)


class UnmatchedCandidates(SQLModel, table=True):
    """Whom a run left without a place, and how many slots each rule closed to them: compressed
    columns that name rows of the run's input, as there may be very many."""

    __tablename__ = "unmatched_candidates"

    match_run_id: UUID = Field(
        primary_key=True,
        sa_column_args=[ForeignKey("match_runs.id", ondelete="CASCADE")],
    )
    content: bytes = Field(sa_type=LargeBinary)


class UnfilledSlot(SQLModel, table=True):
    """A slot with places left after the run, and how many candidates each rule closed it for."""

    __tablename__ = "unfilled_slots"
    __table_args__ = (
        belongs_to("match_run_id", "match_runs"),
        belongs_to("slot_id", "slots"),
    )

    match_run_id: UUID = Field(primary_key=True)
    position: int = Field(primary_key=True)
    organisation_id: UUID
    slot_id: UUID = Field(index=True)
    places_left: int
    reasons: list[dict[str, Any]] = Field(sa_type=JsonOf(list[dict[str, Any]]))
