"""What is done to follow a clause up. Follow-ups are only added; a correction replaces one."""

from datetime import date
from uuid import UUID

from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import Conflict, FieldError, Invalid
from app.models.clauses import Clause, ClauseTerms
from app.models.contracts import Contract
from app.models.follow_ups import FollowUp, FollowUpFields, FollowUpKind
from app.services.fulfilment.facts import uncorrected, version_on
from app.services.fulfilment.reading import read_fulfilment
from app.services.ground import (
    Actor,
    add,
    find,
    find_for_change,
    find_named,
    record,
    select_visible,
    touch,
)
from app.services.registers.clause_versions import select_versions_of_clause
from app.services.registers.clauses import refuse_distant_follow_up

EFFORTS = "efforts"
# Kinds for each call-off, and not for the framework that leaves its quantity to them.
OF_A_CALL_OFF = {
    FollowUpKind.OFFER_MADE,
    FollowUpKind.RECTIFICATION_SET,
    FollowUpKind.EXCUSE_DECIDED,
}


def select_follow_ups_of_clause(
    session: Session, actor: Actor, clause_id: UUID, kind: FollowUpKind | None = None
) -> SelectOfScalar[FollowUp]:
    """The clause's follow-ups; NotFound where the actor does not see the clause."""
    clause = find(session, actor, Clause, clause_id)
    query = select_visible(FollowUp, actor).where(FollowUp.clause_id == clause.id)
    return query if kind is None else query.where(col(FollowUp.kind) == kind)


def record_follow_up(
    session: Session, actor: Actor, clause_id: UUID, fields: FollowUpFields, today: date
) -> FollowUp:
    """Adds a follow-up and sets the date of the next one, which only a settled clause may lack."""
    clause = find_for_change(session, actor, Clause, clause_id)
    _check_dates(session, actor, clause, fields, today)
    _check_kind(session, actor, clause, fields)
    values = fields.model_dump() | {
        "organisation_id": actor.organisation_id,
        "clause_id": clause.id,
        "key_id": actor.key_id,
        "decided_by": actor.caseworker,
    }
    follow_up = add(session, actor, FollowUp.model_validate(values))
    if fields.next_follow_up_date is None:
        _refuse_unsettled(session, actor, clause, fields.on)
    _set_next_date(session, actor, clause)
    return follow_up


def _check_dates(
    session: Session, actor: Actor, clause: Clause, fields: FollowUpFields, today: date
) -> None:
    if fields.on > today:
        detail = f"is after today, {today}: record what has been done; plan in nextFollowUpDate"
        raise Invalid(FieldError("#/on", detail))
    if fields.next_follow_up_date is not None:
        contract = find(session, actor, Contract, clause.contract_id)
        refuse_distant_follow_up(contract, fields.next_follow_up_date, today)


def _check_kind(session: Session, actor: Actor, clause: Clause, fields: FollowUpFields) -> None:
    if fields.kind in OF_A_CALL_OFF:
        _check_has_quantity(session, actor, clause, fields.on)
    if fields.kind == FollowUpKind.DIALOGUE_HELD:
        _check_is_dialogue(session, actor, clause, fields.on)
    if fields.corrects_follow_up_id is not None:
        _check_corrected(session, actor, clause, fields.corrects_follow_up_id)
    if fields.reason == EFFORTS:
        _check_efforts_count(session, actor, clause, fields.on)


def _check_corrected(session: Session, actor: Actor, clause: Clause, wrong_id: UUID) -> None:
    field = "correctsFollowUpId"
    wrong = find_named(session, actor, FollowUp, wrong_id, field)
    if wrong.clause_id != clause.id:
        raise Invalid(FieldError(f"#/{field}", "is a follow-up of another clause"))
    known = select_visible(FollowUp, actor).where(FollowUp.corrects_follow_up_id == wrong.id)
    if (other := session.exec(known).first()) is not None:
        raise Conflict("already-corrected", f"Correct {other.id}, which corrected it before.")


def _check_efforts_count(session: Session, actor: Actor, clause: Clause, day: date) -> None:
    if not _terms_on(session, actor, clause, day).effort_counts:
        raise Invalid(FieldError("#/reason", "efforts do not count in this clause: effortCounts"))


def _check_has_quantity(session: Session, actor: Actor, clause: Clause, day: date) -> None:
    if _terms_on(session, actor, clause, day).quantity_per_call_off:
        detail = "is recorded for a call-off, on its own clause: the quantity here is theirs"
        raise Invalid(FieldError("#/kind", detail))


def _check_is_dialogue(session: Session, actor: Actor, clause: Clause, day: date) -> None:
    kind = _terms_on(session, actor, clause, day).kind
    if kind != "dialogue":
        detail = f"meets a dialogue clause, and this one is {kind}: record a start-meeting or visit"
        raise Invalid(FieldError("#/kind", detail))


def _terms_on(session: Session, actor: Actor, clause: Clause, day: date) -> ClauseTerms:
    versions = session.exec(select_versions_of_clause(session, actor, clause.id)).all()
    return version_on(versions, day)


def _refuse_unsettled(session: Session, actor: Actor, clause: Clause, day: date) -> None:
    found = read_fulfilment(session, actor, clause, day)
    if not found.is_settled:
        detail = f"is needed while the clause is {found.verdict}: when is it followed up next?"
        raise Invalid(FieldError("#/nextFollowUpDate", detail))


def _set_next_date(session: Session, actor: Actor, clause: Clause) -> None:
    """Sets the date that the follow-up with the latest day names, whichever was noted last."""
    rows = session.exec(select_follow_ups_of_clause(session, actor, clause.id)).all()
    dated = [one for one in uncorrected(rows) if one.next_follow_up_date is not None]
    if not dated:
        return
    newest = max(dated, key=lambda one: (one.on, one.created_at))
    if newest.next_follow_up_date not in (None, clause.next_follow_up_date):
        before = {"next_follow_up_date": f"{clause.next_follow_up_date}"}
        clause.next_follow_up_date = newest.next_follow_up_date
        touch(clause)
        session.flush()
        after = {"next_follow_up_date": f"{clause.next_follow_up_date}"}
        record(session, actor, "followed-up", clause, before=before, after=after)
