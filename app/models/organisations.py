from datetime import datetime
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel

from app.models.rows import moment_of_storing
from app.models.values import Name


class Organisation(SQLModel, table=True):
    """One authority or coordination association: owns its data, and nobody else sees it."""

    __tablename__ = "organisations"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    name: Name
    created_at: datetime = moment_of_storing()
