from datetime import datetime

from sqlmodel import Field, SQLModel

from app.models.roles import Role as Role
from app.models.rows import Row, UtcDateTime, owned
from app.models.values import Line


class KeyFields(SQLModel):
    role: str
    label: Line | None = None


class Key(KeyFields, Row, table=True):
    """The key of a calling system; only its hash is stored."""

    __tablename__ = "keys"
    __table_args__ = owned()

    secret_hash: str = Field(max_length=64)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
