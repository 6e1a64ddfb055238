from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.models.rows import JsonOf, moment_of_storing


class Event(SQLModel, table=True):
    """One change: who, what, when, before, after; written in the change's own transaction."""

    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_organisation_id_at", "organisation_id", "at", "id"),
        Index("ix_events_resource_id", "resource_id"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisations.id")
    version: int = 1
    at: datetime = moment_of_storing()
    actor: UUID | None = None
    caseworker: str | None = Field(default=None, max_length=200)
    action: str = Field(max_length=40)
    resource: str = Field(max_length=40)
    resource_id: UUID
    before: dict[str, Any] | None = Field(default=None, sa_type=JsonOf(dict[str, Any]))
    after: dict[str, Any] | None = Field(default=None, sa_type=JsonOf(dict[str, Any]))
