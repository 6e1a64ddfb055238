from datetime import datetime
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel

from app.clock import utc_now
from app.db import UtcDateTime
from app.models.values import Line


class Organisation(SQLModel, table=True):
    """One authority or coordination association: owns its data, and nobody else sees it."""

    __tablename__ = "organisations"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    name: Line
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
