from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlmodel import Field, SQLModel

from app.db import JsonOf
from app.models.rows import Row, belongs_to, owned
from app.models.values import Identifiers, PairReference


class MatchRun(Row, table=True):
    """One optimal matching of all open places and candidates."""

    __tablename__ = "match_runs"
    __table_args__ = owned(belongs_to("policy_id", "policies"))

    status: str = Field(max_length=20)
    as_of: date
    policy_id: UUID
    contract_ids: Identifiers | None = Field(default=None, sa_type=JsonOf(Identifiers))
    pins: list[PairReference] = Field(default=[], sa_type=JsonOf(list[PairReference]))
    forbidden: list[PairReference] = Field(default=[], sa_type=JsonOf(list[PairReference]))
    input_hash: str = Field(max_length=64)
    redacted: bool = False
    objective: dict[str, Any] = Field(sa_type=JsonOf(dict[str, Any]))
    certificate: dict[str, Any] = Field(sa_type=JsonOf(dict[str, Any]))
    counts: dict[str, int] = Field(sa_type=JsonOf(dict[str, int]))
    duration_ms: int


class MatchRunSnapshot(SQLModel, table=True):
    """Everything a run was given, compressed, apart from the run so that lists stay light."""

    __tablename__ = "match_run_snapshots"

    match_run_id: UUID = Field(
        primary_key=True,
        sa_column_args=[ForeignKey("match_runs.id", ondelete="CASCADE")],
    )
    content: bytes = Field(sa_type=LargeBinary)


class UnmatchedCandidates(SQLModel, table=True):
    """Whom a run left without a place, and how many slots each rule closed to them: compressed
    columns, by rows of the run's input, as there may be as many as there are people."""

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
