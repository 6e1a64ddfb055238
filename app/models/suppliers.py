from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from app.models.rows import Row, owned
from app.models.values import Line, OrganisationNumber


class SupplierFields(SQLModel):
    name: Line
    organisation_number: OrganisationNumber


class Supplier(SupplierFields, Row, table=True):
    """A company with a contract, or its subcontractor."""

    __tablename__ = "suppliers"
    __table_args__ = owned(UniqueConstraint("organisation_id", "organisation_number"))
