from typing import Any
from uuid import UUID

from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from app.models.clauses import Clause, ClauseFields, ClauseKind
from app.models.contracts import Contract
from app.models.placements import Placement
from app.models.slots import Slot
from app.services.permissions import Actor
from app.services.records import add, change, find, remove, select_visible
from app.services.uses import refuse_if_used


def select_visible_clauses(
    actor: Actor, contract_id: UUID | None = None, kind: ClauseKind | None = None
) -> SelectOfScalar[Clause]:
    query = select_visible(Clause, actor)
    if contract_id is not None:
        query = query.where(col(Clause.contract_id) == contract_id)
    if kind is not None:
        query = query.where(col(Clause.kind) == kind)
    return query


def select_clauses_of_contract(
    session: Session, actor: Actor, contract_id: UUID
) -> SelectOfScalar[Clause]:
    """NotFound where the actor does not see the contract."""
    contract = find(session, actor, Contract, contract_id)
    return select_visible_clauses(actor, contract.id)


def register_clause(
    session: Session, actor: Actor, contract_id: UUID, fields: ClauseFields
) -> Clause:
    contract = find(session, actor, Contract, contract_id)
    values = fields.model_dump() | {
        "organisation_id": actor.organisation_id,
        "contract_id": contract.id,
    }
    return add(session, actor, Clause.model_validate(values))


def change_clause(session: Session, actor: Actor, clause: Clause, wanted: ClauseFields) -> None:
    """A clause with slots cannot become a dialogue, which has none."""
    if wanted.kind == "dialogue" and clause.kind != "dialogue":
        refuse_if_used(session, "present kind of the clause", _users(actor, clause))
    change(session, actor, clause, wanted)


def delete_clause(session: Session, actor: Actor, clause: Clause) -> None:
    refuse_if_used(session, "clause", _users(actor, clause))
    remove(session, actor, clause)


def _users(actor: Actor, clause: Clause) -> dict[str, SelectOfScalar[Any]]:
    return {
        "slots": select_visible(Slot, actor).where(col(Slot.clause_id) == clause.id),
        "placements": select_visible(Placement, actor).where(col(Placement.clause_id) == clause.id),
    }
