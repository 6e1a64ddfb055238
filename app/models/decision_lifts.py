from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.rows import Row, belongs_to, owned
from app.models.values import Prose


class DecisionLiftFields(SQLModel):
    reason: Prose


class DecisionLift(DecisionLiftFields, Row, table=True):
    """A person lets a declined pair be proposed again."""

    __tablename__ = "decision_lifts"
    __table_args__ = owned(
        UniqueConstraint("decision_id"),
        belongs_to("decision_id", "decisions"),
        belongs_to("key_id", "keys"),
    )

    decision_id: UUID
    key_id: UUID
    decided_by: str | None = Field(default=None, max_length=200)
