from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import model_validator
from sqlalchemy import BigInteger, CheckConstraint, UniqueConstraint
from sqlmodel import Field

from app.models.rows import JsonOf, Referenced, belongs_to, owned
from app.models.values import (
    CpvCode,
    Day,
    Fields,
    Identifier,
    Identifiers,
    Line,
    MunicipalityCode,
    Reference,
    contradiction,
)

MAXIMUM_VALUE_SEK = 10**13


class ContractFields(Fields):
    reference: Reference
    """The buyer's own reference, unique in the organisation."""
    title: Line
    """What the contract is about."""
    supplier_id: Identifier
    """The supplier who won the contract."""
    cpv_code: CpvCode
    """What is bought: eight digits of CPV, with or without the check digit, kept as given."""
    municipality_code: MunicipalityCode
    """Where the contract is carried out: SCB's four digits."""
    value_sek: Annotated[int, Field(ge=0, le=MAXIMUM_VALUE_SEK)] | None = None
    """The contract's value, in whole kronor. Null: not known, so that a `rate` proposes nothing."""
    start_date: Day
    """The first day of the contract."""
    end_date: Day
    """The last day of the contract, after `startDate`. Nothing counts after it."""
    framework_contract_id: Identifier | None = None
    """The framework agreement that this is a call-off from. Null: it is none."""
    subcontractor_ids: Identifiers = Field(default=[])
    """Suppliers that may offer slots of those clauses whose `subcontractorsMayFulfil` is true."""

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.end_date <= self.start_date:
            raise contradiction("endDate", "must be after startDate")
        return self

    @model_validator(mode="after")
    def _supplier_is_no_subcontractor(self) -> Self:
        if self.supplier_id in self.subcontractor_ids:
            raise contradiction("subcontractorIds", "names the contract's own supplier")
        return self


class Contract(ContractFields, Referenced, table=True):
    """An awarded procurement: supplier, CPV code, place, period, value."""

    __tablename__ = "contracts"
    __table_args__ = owned(
        UniqueConstraint("organisation_id", "reference"),
        belongs_to("supplier_id", "suppliers"),
        belongs_to("framework_contract_id", "contracts"),
        CheckConstraint("end_date > start_date", name="ends_after_it_starts"),
    )

    supplier_id: UUID = Field(index=True)
    value_sek: int | None = Field(default=None, sa_type=BigInteger)
    start_date: date
    end_date: date
    framework_contract_id: UUID | None = Field(default=None, index=True)
    subcontractor_ids: Identifiers = Field(default=[], sa_type=JsonOf(Identifiers))
