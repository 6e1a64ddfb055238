from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.rows import JsonOf, moment_of_storing


class IdempotencyRecord(SQLModel, table=True):
    """The answer a caller got under a key, kept a day so that a repeat gets the same."""

    __tablename__ = "idempotency_records"
    __table_args__ = (UniqueConstraint("key_id", "method", "path", "idempotency_key"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    key_id: UUID = Field(foreign_key="keys.id")
    method: str = Field(max_length=10)
    path: str = Field(max_length=200)
    idempotency_key: str = Field(max_length=200)
    body_hash: str = Field(max_length=64)
    status: int | None = None
    headers: dict[str, str] | None = Field(default=None, sa_type=JsonOf(dict[str, str]))
    content: str | None = Field(default=None, sa_type=Text)
    created_at: datetime = moment_of_storing(index=True)
