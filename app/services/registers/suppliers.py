from sqlalchemy import String, cast
from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from app.models.contracts import Contract
from app.models.gate_checks import GateCheck
from app.models.slots import Slot
from app.models.suppliers import Supplier, SupplierFields
from app.services.ground import (
    Actor,
    add,
    change,
    refuse_if_used,
    refuse_repeat,
    remove,
    select_visible,
)


def select_visible_suppliers(
    actor: Actor, organisation_number: str | None = None
) -> SelectOfScalar[Supplier]:
    query = select_visible(Supplier, actor)
    if organisation_number is not None:
        query = query.where(col(Supplier.organisation_number) == organisation_number)
    return query


def register_supplier(session: Session, actor: Actor, fields: SupplierFields) -> Supplier:
    _refuse_known_number(session, actor, fields)
    values = fields.model_dump() | {"organisation_id": actor.organisation_id}
    return add(session, actor, Supplier.model_validate(values))


def change_supplier(
    session: Session, actor: Actor, supplier: Supplier, wanted: SupplierFields
) -> None:
    _refuse_known_number(session, actor, wanted, supplier)
    change(session, actor, supplier, wanted)


def delete_supplier(session: Session, actor: Actor, supplier: Supplier) -> None:
    refuse_if_used(
        session,
        "supplier",
        {
            "contracts": select_visible(Contract, actor).where(
                col(Contract.supplier_id) == supplier.id
            ),
            "contracts as a subcontractor": select_visible(Contract, actor).where(
                cast(col(Contract.subcontractor_ids), String).contains(str(supplier.id))
            ),
            "slots": select_visible(Slot, actor).where(col(Slot.supplier_id) == supplier.id),
            "checks": select_visible(GateCheck, actor).where(
                col(GateCheck.supplier_id) == supplier.id
            ),
        },
    )
    remove(session, actor, supplier)


def _refuse_known_number(
    session: Session,
    actor: Actor,
    fields: SupplierFields,
    itself: Supplier | None = None,
) -> None:
    same = select_visible_suppliers(actor, fields.organisation_number)
    refuse_repeat(session, same, itself, "organisationNumber")
