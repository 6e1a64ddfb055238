from datetime import datetime

from sqlmodel import Field

from app.models.roles import Role as Role
from app.models.rows import Row, UtcDateTime, owned
from app.models.values import Fields, Line


class KeyFields(Fields):
    role: str
    """What the key may do."""
    label: Line | None = None
    """What the key is for, in the organisation's own words. Null: nothing is said."""


class Key(KeyFields, Row, table=True):
    """The key of a calling system; only its hash is stored."""

    __tablename__ = "keys"
    __table_args__ = owned()

    secret_hash: str = Field(max_length=64)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
