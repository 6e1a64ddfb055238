"""What every stored row has, and how rows belong to their organisation and to each other."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.schema import SchemaItem
from sqlmodel import Field, SQLModel

from app.clock import utc_now
from app.db import UtcDateTime


class Row(SQLModel):
    """Identity, owner, version and times of a stored resource."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisations.id", index=True)
    version: int = 1
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    updated_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)


def owned(*rules: SchemaItem) -> tuple[SchemaItem, ...]:
    """Table arguments of an owned row: its identity includes the organisation."""
    return (UniqueConstraint("organisation_id", "id"), *rules)


def belongs_to(column: str, table: str) -> ForeignKeyConstraint:
    """A foreign key that cannot reach into another organisation."""
    return ForeignKeyConstraint(
        ["organisation_id", column], [f"{table}.organisation_id", f"{table}.id"]
    )


def stored_values(row: SQLModel) -> dict[str, Any]:
    """What an event keeps of a row: its own fields by name, and no secret."""
    unkept = {"organisation_id", "created_at", "updated_at", "secret_hash"}
    return row.model_dump(mode="json", exclude=unkept)
