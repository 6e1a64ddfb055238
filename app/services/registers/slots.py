from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, type_coerce
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import Conflict, FieldError, Invalid, NotFound
from app.models.clauses import Clause, has_slots
from app.models.contracts import Contract
from app.models.match_runs import UnfilledSlot
from app.models.placements import Placement
from app.models.proposals import Proposal, ProposalStatus
from app.models.rows import Row
from app.models.slots import Slot, SlotFields
from app.models.suppliers import Supplier
from app.services.ground import (
    Actor,
    add,
    change,
    refuse_if_used,
    remove,
    resource_name,
    select_visible,
)
from app.services.registers.known_codes import check_slot_codes
from app.services.registers.shared_references import leave_shared, named, refuse_known_reference


@dataclass(frozen=True)
class SlotFilters:
    supplier_id: UUID | None = None
    clause_id: UUID | None = None
    contract_id: UUID | None = None
    municipality_code: str | None = None
    occupation: str | None = None
    reference: str | None = None


@dataclass(frozen=True)
class SlotSurroundings:
    """What the rules of slots check, read at once for one slot or for a batch of them."""

    supplier_ids: frozenset[UUID]
    clauses: dict[UUID, Clause]
    contracts: dict[UUID, Contract]
    slots_with_placements: frozenset[UUID]
    slots_whose_extent_counts: frozenset[UUID]  # with placements without an extent of their own
    slots_with_open_proposals: frozenset[UUID]


def select_visible_slots(actor: Actor, wanted: SlotFilters | None = None) -> SelectOfScalar[Slot]:
    query, wanted = select_visible(Slot, actor), wanted or SlotFilters()
    for name in ("supplier_id", "clause_id", "municipality_code"):
        if (value := getattr(wanted, name)) is not None:
            query = query.where(getattr(Slot, name) == value)
    if wanted.reference is not None:
        query = query.where(named(Slot, wanted.reference))
    if wanted.contract_id is not None:
        of_contract = select(Clause.id).where(Clause.contract_id == wanted.contract_id)
        query = query.where(col(Slot.clause_id).in_(of_contract))
    if wanted.occupation is not None:
        ssyk = type_coerce(Slot.occupation, JSON)["ssyk"].as_string()
        query = query.where(ssyk.startswith(wanted.occupation))
    return query


def register_slot(session: Session, actor: Actor, fields: SlotFields) -> Slot:
    check_slot(read_surroundings(session, actor, [fields], []), fields, None)
    refuse_known_reference(session, actor, Slot, fields.reference)
    values = fields.model_dump() | {"organisation_id": actor.organisation_id}
    return add(session, actor, Slot.model_validate(values))


def change_slot(session: Session, actor: Actor, slot: Slot, wanted: SlotFields) -> None:
    check_slot(read_surroundings(session, actor, [wanted], [slot.id]), wanted, slot)
    refuse_known_reference(session, actor, Slot, wanted.reference, slot)
    is_renamed = wanted.reference != slot.reference
    change(session, actor, slot, wanted)
    if is_renamed:
        leave_shared(session, actor, slot)


def delete_slot(session: Session, actor: Actor, slot: Slot) -> None:
    """Refuses a slot that a run has seen, because the run could not be explained without it."""
    unfilled = select(UnfilledSlot).where(
        UnfilledSlot.organisation_id == actor.organisation_id, UnfilledSlot.slot_id == slot.id
    )
    users: dict[str, SelectOfScalar[Any]] = {
        "proposals": select_visible(Proposal, actor).where(col(Proposal.slot_id) == slot.id),
        "placements": select_visible(Placement, actor).where(col(Placement.slot_id) == slot.id),
        "runs that left it unfilled": unfilled,
    }
    advice = "What is recorded stays. Set the slot's places to 0 to close it."
    refuse_if_used(session, "slot", users, advice)
    remove(session, actor, slot)
    leave_shared(session, actor, slot)


def read_surroundings(
    session: Session, actor: Actor, wanted: Iterable[SlotFields], present: Iterable[UUID]
) -> SlotSurroundings:
    """Locks clauses and contracts, so that they do not change before the slots are stored."""
    suppliers = select_visible(Supplier, actor).where(
        col(Supplier.id).in_({fields.supplier_id for fields in wanted})
    )
    clauses = session.exec(
        select_visible(Clause, actor)
        .where(col(Clause.id).in_({fields.clause_id for fields in wanted if fields.clause_id}))
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    ).all()
    contracts = session.exec(
        select_visible(Contract, actor)
        .where(col(Contract.id).in_({clause.contract_id for clause in clauses}))
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    ).all()
    slot_ids = set(present)
    in_present = col(Placement.slot_id).in_(slot_ids)
    placements = session.exec(select_visible(Placement, actor).where(in_present)).all()
    open_proposals = select_visible(Proposal, actor).where(
        col(Proposal.slot_id).in_(slot_ids),
        Proposal.status == ProposalStatus.PROPOSED,
    )
    return SlotSurroundings(
        supplier_ids=frozenset(supplier.id for supplier in session.exec(suppliers)),
        clauses={clause.id: clause for clause in clauses},
        contracts={contract.id: contract for contract in contracts},
        slots_with_placements=frozenset(one.slot_id for one in placements),
        slots_whose_extent_counts=frozenset(
            one.slot_id for one in placements if one.extent_percent is None
        ),
        slots_with_open_proposals=frozenset(
            proposal.slot_id for proposal in session.exec(open_proposals)
        ),
    )


def check_slot(surroundings: SlotSurroundings, wanted: SlotFields, present: Slot | None) -> None:
    check_slot_codes(wanted, present)
    if wanted.supplier_id not in surroundings.supplier_ids:
        raise _unknown("supplierId", Supplier, wanted.supplier_id)
    if wanted.clause_id is not None:
        contract = _check_clause(surroundings, wanted, wanted.clause_id)
        if present is None or _when(wanted) != _when(present):
            _refuse_outside(contract, wanted)
    if present is not None and present.id in surroundings.slots_with_placements:
        _refuse_moving(wanted, present, "placements")
    if present is not None and present.id in surroundings.slots_whose_extent_counts:
        _refuse_other_extent(wanted, present)
    if present is not None and present.id in surroundings.slots_with_open_proposals:
        _refuse_moving(wanted, present, "proposals to decide on")


def _when(slot: SlotFields | Slot) -> tuple[object, ...]:
    return slot.clause_id, slot.earliest_start, slot.latest_start


def _refuse_outside(contract: Contract, wanted: SlotFields) -> None:
    """Refuses a slot that cannot begin during its contract; the contract may change later."""
    if wanted.latest_start < contract.start_date:
        raise _wrong("latestStart", f"lies before the contract begins, {contract.start_date}")
    if wanted.earliest_start > contract.end_date:
        raise _wrong("earliestStart", f"lies after the contract's end, {contract.end_date}")


def _check_clause(surroundings: SlotSurroundings, wanted: SlotFields, clause_id: UUID) -> Contract:
    clause = surroundings.clauses.get(clause_id)
    if clause is None:
        raise _unknown("clauseId", Clause, clause_id)
    if not has_slots(clause):
        raise _wrong(
            "clauseId", "the clause has no slots of its own: dialogue, or left to call-offs"
        )
    contract = surroundings.contracts[clause.contract_id]
    if wanted.supplier_id == contract.supplier_id:
        return contract
    if wanted.supplier_id not in contract.subcontractor_ids:
        detail = "a slot of a clause belongs to the contract's supplier or its subcontractors"
        raise _wrong("supplierId", detail)
    if not clause.subcontractors_may_fulfil:
        raise _wrong("supplierId", "the clause does not let subcontractors fulfil it")
    return contract


def _refuse_moving(wanted: SlotFields, present: Slot, users: str) -> None:
    """A placement counts for the clause it was decided under, and vetoes were checked then."""
    if (wanted.clause_id, wanted.supplier_id) != (present.clause_id, present.supplier_id):
        raise Conflict(
            "in-use", f"The slot has {users}: its clauseId and supplierId stay as they are."
        )


def _refuse_other_extent(wanted: SlotFields, present: Slot) -> None:
    """The slot's extent says what its placements without an extent of their own have delivered."""
    new, old = wanted.extent_percent, present.extent_percent
    if (new.min, new.max) != (old.min, old.max):
        raise Conflict(
            "in-use",
            "The slot has placements that count by its extentPercent: it stays as it is. "
            "Register another slot with the new one, and set this slot's places to 0.",
        )


def _unknown(field: str, model: type[Row], row_id: UUID) -> Invalid:
    return _wrong(field, str(NotFound(resource_name(model), row_id)))


def _wrong(field: str, detail: str) -> Invalid:
    return Invalid(FieldError(f"#/{field}", detail))
