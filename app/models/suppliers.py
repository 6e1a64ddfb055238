from sqlalchemy import UniqueConstraint

from app.models.rows import Row, owned
from app.models.values import Fields, Line, OrganisationNumber


class SupplierFields(Fields):
    name: Line
    """The company's name."""
    organisation_number: OrganisationNumber
    """The company's number: ten digits with a check digit, kept without the hyphen. A sole trader's
    is refused."""


class Supplier(SupplierFields, Row, table=True):
    """A company with a contract, or its subcontractor."""

    __tablename__ = "suppliers"
    __table_args__ = owned(UniqueConstraint("organisation_id", "organisation_number"))
