from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from app.models.rows import Row, UtcDateTime, belongs_to, owned


class ReportLinkFields(SQLModel):
    """Which report: a contract's, or the organisation's in a period."""

    as_of: date
    contract_id: UUID | None = None
    first_day: date | None = None
    last_day: date | None = None


class ReportLink(ReportLinkFields, Row, table=True):
    """An address that opens one report without a key; only the hash of its secret is stored."""

    __tablename__ = "report_links"
    __table_args__ = owned(
        # Who deletes a contract need not wait for addresses that have run out.
        belongs_to("contract_id", "contracts", ondelete="CASCADE"),
        belongs_to("key_id", "keys"),
        CheckConstraint(
            "contract_id IS NOT NULL OR first_day IS NOT NULL AND last_day IS NOT NULL",
            name="contract_or_period",
        ),
    )

    key_id: UUID
    secret_hash: str = Field(max_length=64, unique=True)
    expires_at: datetime = Field(sa_type=UtcDateTime)
