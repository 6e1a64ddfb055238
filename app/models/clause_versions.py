from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint

from app.models.clauses import ONE_QUANTITY, PLACES_WITH_MONTHS, ClauseColumns
from app.models.rows import Row, belongs_to, owned


class ClauseVersion(ClauseColumns, Row, table=True):
    """A clause's terms from a day on, until the next version's day. Never changed."""

    __tablename__ = "clause_versions"
    __table_args__ = owned(
        UniqueConstraint("clause_id", "number"),
        belongs_to("clause_id", "clauses"),
        CheckConstraint(PLACES_WITH_MONTHS, name="places_with_months"),
        CheckConstraint(ONE_QUANTITY, name="one_quantity"),
    )

    clause_id: UUID
    number: int
    effective_from: date | None = None
