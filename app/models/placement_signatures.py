from datetime import date
from typing import Literal, get_args
from uuid import UUID

from sqlalchemy import String, UniqueConstraint
from sqlmodel import Field

from app.models.rows import Row, belongs_to, owned
from app.models.values import Day, Fields

Party = Literal["participant", "supplier", "authority"]
PARTIES: tuple[Party, ...] = get_args(Party)


class PlacementSignatureFields(Fields):
    party: Party
    """Who signed. Each party signs once."""
    signed_on: Day
    """The day of the signature: today at the latest."""


class PlacementSignature(PlacementSignatureFields, Row, table=True):
    """One party's signature on the agreement: which party, when, noted by whom."""

    __tablename__ = "placement_signatures"
    __table_args__ = owned(
        UniqueConstraint("placement_id", "party"),
        belongs_to("placement_id", "placements"),
        belongs_to("key_id", "keys"),
    )

    placement_id: UUID
    party: Party = Field(sa_type=String(20))
    signed_on: date
    key_id: UUID
    decided_by: str | None = Field(default=None, max_length=200)
