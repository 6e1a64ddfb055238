from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import FieldError, Invalid
from app.models.clauses import (
    Clause,
    ClauseFields,
    ClauseKind,
    ClauseTerms,
    ClauseVersion,
    has_slots,
)
from app.models.contracts import Contract
from app.models.follow_ups import FollowUp
from app.models.placements import Placement
from app.models.slots import Slot
from app.services.ground import (
    DAY,
    Actor,
    add,
    change,
    find,
    find_named,
    last_day_of,
    refuse_if_used,
    remove,
    select_visible,
)
from app.services.registers.clause_versions import add_version, effective_day
from app.services.registers.quantities import with_quantity

# Terms that a call-off takes from its framework's clause where its own clause leaves them out.
INHERITED = (
    "rate",
    "minimum_extent_percent",
    "target_groups",
    "first_start_within_months",
    "early_end_share_percent",
    "subcontractors_may_fulfil",
    "remedy",
    "effort_counts",
    "legal_basis",
    "purpose",
)
HEIRS = "clauses inheriting from it"
# A follow-up put off longer than this would be forgotten.
FOLLOWED_UP_WITHIN = 12  # months from today, or from the contract's start where that is later


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
    """The contract's clauses; NotFound where the actor does not see the contract."""
    contract = find(session, actor, Contract, contract_id)
    return select_visible_clauses(actor, contract.id)


def register_clause(
    session: Session, actor: Actor, contract_id: UUID, fields: ClauseFields, today: date
) -> Clause:
    """Takes terms left out from the framework's clause, and a quantity left out from the rate."""
    contract = find(session, actor, Contract, contract_id)
    if fields.effective_from is not None:
        raise _wrong(
            "effectiveFrom", "is for changes: a clause holds from the contract's beginning"
        )
    _refuse_reports_outside(contract, fields.report_dates)
    refuse_distant_follow_up(contract, fields.next_follow_up_date, today)
    wanted = fields.model_copy(update=_inherited(session, actor, contract, fields))
    values = wanted.model_dump() | {
        "organisation_id": actor.organisation_id,
        "contract_id": contract.id,
    }
    clause = add(session, actor, Clause.model_validate(values | with_quantity(wanted, contract)))
    add_version(session, actor, clause)
    return clause


def change_clause(
    session: Session,
    actor: Actor,
    clause: Clause,
    wanted: ClauseFields,
    effective_from: date | None,
    today: date,
) -> None:
    """The new terms are in force from a day on; until then the old ones are, which stay stored."""
    contract = find(session, actor, Contract, clause.contract_id)
    _refuse_change(session, actor, clause, contract, wanted)
    if wanted.next_follow_up_date != clause.next_follow_up_date:
        refuse_distant_follow_up(contract, wanted.next_follow_up_date, today)
    filled = wanted.model_copy(update=with_quantity(wanted, contract))
    if _terms(filled) == _terms(clause):
        kept = {"effective_from": clause.effective_from}
        change(session, actor, clause, filled.model_copy(update=kept))
        return
    day = effective_day(clause, contract, effective_from, today)
    change(session, actor, clause, filled.model_copy(update={"effective_from": day}))
    add_version(session, actor, clause)


def delete_clause(session: Session, actor: Actor, clause: Clause) -> None:
    refuse_if_used(session, "clause", _users(actor, clause))
    own = col(ClauseVersion.clause_id) == clause.id
    session.execute(delete(ClauseVersion).where(own))
    remove(session, actor, clause)


def refuse_distant_follow_up(contract: Contract, day: date, today: date) -> None:
    last = last_day_of(max(today, contract.start_date) + DAY, FOLLOWED_UP_WITHIN)
    if day > last:
        raise _wrong("nextFollowUpDate", f"is after {last}: name a day when it is looked at again")


def _inherited(
    session: Session, actor: Actor, contract: Contract, fields: ClauseFields
) -> dict[str, Any]:
    if fields.inherits_from_clause_id is None:
        return {}
    field = "inheritsFromClauseId"
    source = find_named(session, actor, Clause, fields.inherits_from_clause_id, field)
    if source.contract_id != contract.framework_contract_id:
        raise _wrong(field, "is no clause of the framework that the contract names")
    if source.kind != fields.kind:
        raise _wrong("kind", f"is {source.kind} in the clause that this one inherits from")
    return {
        name: getattr(source, name) for name in INHERITED if name not in fields.model_fields_set
    }


def _refuse_change(
    session: Session, actor: Actor, clause: Clause, contract: Contract, wanted: ClauseFields
) -> None:
    if wanted.inherits_from_clause_id != clause.inherits_from_clause_id:
        raise _wrong("inheritsFromClauseId", "is settled when the clause is registered")
    if wanted.report_dates != clause.report_dates:  # the contract may have changed since
        _refuse_reports_outside(contract, wanted.report_dates)
    users = _users(actor, clause)
    if wanted.kind != clause.kind:
        heirs = {HEIRS: users[HEIRS]}
        refuse_if_used(session, "present kind of the clause", heirs)
    if not has_slots(wanted) and has_slots(clause):
        places = {name: users[name] for name in ("slots", "placements")}
        refuse_if_used(session, "present kind of the clause", places)
    if clause.subcontractors_may_fulfil and not wanted.subcontractors_may_fulfil:
        others = users["slots"].where(col(Slot.supplier_id) != contract.supplier_id)
        what = "clause's openness to subcontractors"
        refuse_if_used(session, what, {"slots of subcontractors": others})


def _refuse_reports_outside(contract: Contract, dates: Sequence[date]) -> None:
    first, last = contract.start_date, contract.end_date
    wrong = [
        FieldError(f"#/reportDates/{index}", f"lies outside the contract, {first} to {last}")
        for index, day in enumerate(dates)
        if not first <= day <= last
    ]
    if wrong:
        raise Invalid(*wrong)


def _terms(terms: ClauseTerms) -> dict[str, Any]:
    return {name: getattr(terms, name) for name in ClauseTerms.model_fields}


def _users(actor: Actor, clause: Clause) -> dict[str, SelectOfScalar[Any]]:
    heirs = select_visible(Clause, actor).where(Clause.inherits_from_clause_id == clause.id)
    return {
        "slots": select_visible(Slot, actor).where(col(Slot.clause_id) == clause.id),
        "placements": select_visible(Placement, actor).where(col(Placement.clause_id) == clause.id),
        "follow-ups": select_visible(FollowUp, actor).where(FollowUp.clause_id == clause.id),
        HEIRS: heirs,
    }


def _wrong(field: str, detail: str) -> Invalid:
    return Invalid(FieldError(f"#/{field}", detail))
