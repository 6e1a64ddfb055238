from uuid import UUID

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.models.clauses import Clause
from app.models.contracts import Contract, ContractFields
from app.models.slots import Slot
from app.models.suppliers import Supplier
from app.services.permissions import Actor
from app.services.records import add, change, find_named, remove, select_visible
from app.services.uses import refuse_if_used, refuse_repeat


def select_visible_contracts(
    actor: Actor,
    reference: str | None = None,
    supplier_id: UUID | None = None,
    municipality_code: str | None = None,
) -> SelectOfScalar[Contract]:
    query = select_visible(Contract, actor)
    if reference is not None:
        query = query.where(col(Contract.reference) == reference)
    if supplier_id is not None:
        query = query.where(col(Contract.supplier_id) == supplier_id)
    if municipality_code is not None:
        query = query.where(col(Contract.municipality_code) == municipality_code)
    return query


def register_contract(session: Session, actor: Actor, fields: ContractFields) -> Contract:
    _check_contract(session, actor, fields)
    values = fields.model_dump() | {"organisation_id": actor.organisation_id}
    return add(session, actor, Contract.model_validate(values))


def change_contract(
    session: Session, actor: Actor, contract: Contract, wanted: ContractFields
) -> None:
    """Another supplier is possible only until a clause has slots: those are the old one's."""
    _check_contract(session, actor, wanted, contract)
    if wanted.supplier_id != contract.supplier_id:
        slots = select_visible(Slot, actor).where(
            col(Slot.clause_id).in_(_clause_ids(actor, contract))
        )
        refuse_if_used(session, "present supplier of the contract", {"slots": slots})
    change(session, actor, contract, wanted)


def delete_contract(session: Session, actor: Actor, contract: Contract) -> None:
    clauses = select_visible(Clause, actor).where(col(Clause.contract_id) == contract.id)
    refuse_if_used(session, "contract", {"clauses": clauses})
    remove(session, actor, contract)


def _check_contract(
    session: Session, actor: Actor, fields: ContractFields, itself: Contract | None = None
) -> None:
    find_named(session, actor, Supplier, fields.supplier_id, field="supplierId")
    same = select_visible_contracts(actor, reference=fields.reference)
    refuse_repeat(session, same, itself, "reference")


def _clause_ids(actor: Actor, contract: Contract) -> SelectOfScalar[UUID]:
    return select(Clause.id).where(
        Clause.organisation_id == actor.organisation_id, Clause.contract_id == contract.id
    )
