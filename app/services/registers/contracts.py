from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import FieldError, Invalid, NotFound
from app.models.clauses import Clause
from app.models.contracts import Contract, ContractFields
from app.models.slots import Slot
from app.models.suppliers import Supplier
from app.services.ground import (
    Actor,
    add,
    change,
    find_named,
    refuse_if_used,
    remove,
    select_visible,
    touch,
)
from app.services.registers.known_codes import check_contract_codes
from app.services.registers.shared_references import leave_shared, named, refuse_known_reference


def select_visible_contracts(
    actor: Actor,
    reference: str | None = None,
    supplier_id: UUID | None = None,
    municipality_code: str | None = None,
    framework_contract_id: UUID | None = None,
) -> SelectOfScalar[Contract]:
    query = select_visible(Contract, actor)
    if reference is not None:
        query = query.where(named(Contract, reference))
    if supplier_id is not None:
        query = query.where(col(Contract.supplier_id) == supplier_id)
    if municipality_code is not None:
        query = query.where(col(Contract.municipality_code) == municipality_code)
    if framework_contract_id is not None:
        query = query.where(col(Contract.framework_contract_id) == framework_contract_id)
    return query


def read_contracts(
    session: Session, actor: Actor, contract_ids: Collection[UUID]
) -> dict[UUID, Contract]:
    rows = session.exec(select_visible(Contract, actor).where(col(Contract.id).in_(contract_ids)))
    return {contract.id: contract for contract in rows}


def register_contract(session: Session, actor: Actor, fields: ContractFields) -> Contract:
    check_contract_codes(fields, None)
    _check_contract(session, actor, fields)
    values = fields.model_dump() | {"organisation_id": actor.organisation_id}
    return add(session, actor, Contract.model_validate(values))


def change_contract(
    session: Session, actor: Actor, contract: Contract, wanted: ContractFields
) -> None:
    """The supplier, or a subcontractor, can be replaced or removed only while no slot needs it."""
    check_contract_codes(wanted, contract)
    _check_contract(session, actor, wanted, contract)
    _refuse_leaving(session, actor, contract, wanted)
    if (wanted.value_sek, wanted.start_date) != (contract.value_sek, contract.start_date):
        _touch_clauses_with_rate(session, actor, contract)
    is_renamed = wanted.reference != contract.reference
    change(session, actor, contract, wanted)
    if is_renamed:
        leave_shared(session, actor, contract)


def delete_contract(session: Session, actor: Actor, contract: Contract) -> None:
    clauses = select_visible(Clause, actor).where(col(Clause.contract_id) == contract.id)
    users: dict[str, SelectOfScalar[Any]] = {
        "clauses": clauses,
        "call-offs": _call_offs(actor, contract),
    }
    refuse_if_used(session, "contract", users)
    remove(session, actor, contract)
    leave_shared(session, actor, contract)


def _check_contract(
    session: Session, actor: Actor, fields: ContractFields, itself: Contract | None = None
) -> None:
    find_named(session, actor, Supplier, fields.supplier_id, field="supplierId")
    _check_subcontractors(session, actor, fields)
    if fields.framework_contract_id is not None:
        _check_framework(session, actor, fields.framework_contract_id, itself)
    refuse_known_reference(session, actor, Contract, fields.reference, itself)


def _check_subcontractors(session: Session, actor: Actor, fields: ContractFields) -> None:
    """Locks the subcontractors, so that none is deleted before the contract is stored."""
    named = select_visible(Supplier, actor).where(col(Supplier.id).in_(fields.subcontractor_ids))
    known = {supplier.id for supplier in session.exec(named.with_for_update(read=True))}
    errors = [
        FieldError(f"#/subcontractorIds/{index}", str(NotFound("suppliers", supplier_id)))
        for index, supplier_id in enumerate(fields.subcontractor_ids)
        if supplier_id not in known
    ]
    if errors:
        raise Invalid(*errors)


def _check_framework(
    session: Session, actor: Actor, framework_id: UUID, itself: Contract | None
) -> None:
    """Refuses a third level: a framework has call-offs, and a call-off has none."""
    field = "frameworkContractId"
    framework = find_named(session, actor, Contract, framework_id, field)
    if framework.framework_contract_id is not None:
        raise Invalid(FieldError(f"#/{field}", "is a call-off itself, which has no call-offs"))
    if itself is not None and framework.id == itself.id:
        raise Invalid(FieldError(f"#/{field}", "is the contract itself"))
    if itself is not None and session.exec(_call_offs(actor, itself)).first() is not None:
        raise Invalid(FieldError(f"#/{field}", "is for a call-off; this contract has call-offs"))


def _refuse_leaving(
    session: Session, actor: Actor, contract: Contract, wanted: ContractFields
) -> None:
    clauses = select_visible(Clause, actor).where(col(Clause.contract_id) == contract.id)
    slots = select_visible(Slot, actor).where(col(Slot.clause_id).in_(_clause_ids(actor, contract)))
    if wanted.supplier_id != contract.supplier_id:
        refuse_if_used(session, "present supplier of the contract", {"slots": slots})
    gone = set(contract.subcontractor_ids) - set(wanted.subcontractor_ids)
    theirs = slots.where(col(Slot.supplier_id).in_(gone))
    left_out = {"slots of subcontractors left out": theirs}
    refuse_if_used(session, "present list of subcontractors", left_out)
    if wanted.framework_contract_id != contract.framework_contract_id:
        heirs = clauses.where(col(Clause.inherits_from_clause_id).is_not(None))
        users = {"clauses inheriting from it": heirs}
        refuse_if_used(session, "present framework of the contract", users)


def _touch_clauses_with_rate(session: Session, actor: Actor, contract: Contract) -> None:
    """Gives clauses with a rate a new version, because the quantity proposed for them changes."""
    clauses = select_visible(Clause, actor).where(col(Clause.contract_id) == contract.id)
    for clause in session.exec(clauses):
        if clause.rate is not None:
            touch(clause)


def _call_offs(actor: Actor, contract: Contract) -> SelectOfScalar[Contract]:
    return select_visible(Contract, actor).where(Contract.framework_contract_id == contract.id)


def _clause_ids(actor: Actor, contract: Contract) -> SelectOfScalar[UUID]:
    return select(Clause.id).where(
        Clause.organisation_id == actor.organisation_id, Clause.contract_id == contract.id
    )
