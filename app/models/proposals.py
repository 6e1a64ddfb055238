from datetime import date
from enum import StrEnum
from typing import Any, Literal, get_args
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlmodel import Field

from app.models.rows import JsonOf, Row, belongs_to, owned


class ProposalStatus(StrEnum):
    """Whether somebody has decided on a proposal."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    DECLINED = "declined"
    SUPERSEDED = "superseded"


# Why a proposal gave way: to a newer run, to a placement of the person, or to one that filled it.
SupersededBy = Literal["newer-run", "candidate-placed", "slot-full"]
SUPERSEDERS: tuple[SupersededBy, ...] = get_args(SupersededBy)


class Proposal(Row, table=True):
    """One candidate and one slot that a run pairs; a person decides."""

    __tablename__ = "proposals"
    __table_args__ = owned(
        UniqueConstraint("organisation_id", "match_run_id", "position"),
        UniqueConstraint("match_run_id", "candidate_id"),
        belongs_to("match_run_id", "match_runs"),
        belongs_to("candidate_id", "candidates"),
        belongs_to("slot_id", "slots"),
        # Open proposals are few among all proposals.
        Index(None, "organisation_id", "status", "id"),
        CheckConstraint("start_date <= end_date", name="dates_in_order"),
    )

    match_run_id: UUID
    position: int
    candidate_id: UUID = Field(index=True)
    slot_id: UUID = Field(index=True)
    points: int
    criteria: list[dict[str, Any]] = Field(sa_type=JsonOf(list[dict[str, Any]]))
    contractual: bool
    slot_price: dict[str, Any] = Field(sa_type=JsonOf(dict[str, Any]))
    programme: str = Field(max_length=80)
    start_date: date
    end_date: date
    status: str = Field(default=ProposalStatus.PROPOSED, max_length=20)
    superseded_by: SupersededBy | None = Field(default=None, sa_type=String(40))
