"""What a clause asked on each day: each version of its terms, and its first day."""

from datetime import date
from uuid import UUID

from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import FieldError, Invalid
from app.models.clauses import Clause, ClauseTerms, ClauseVersion
from app.models.contracts import Contract
from app.services.ground import Actor, add, find, select_visible


def select_visible_versions(actor: Actor) -> SelectOfScalar[ClauseVersion]:
    """The organisation's versions, for each clause the oldest first."""
    versions = select_visible(ClauseVersion, actor).order_by(None)
    return versions.order_by(col(ClauseVersion.clause_id), col(ClauseVersion.number))


def select_versions_of_clause(
    session: Session, actor: Actor, clause_id: UUID
) -> SelectOfScalar[ClauseVersion]:
    """The clause's versions; NotFound where the actor does not see the clause."""
    clause = find(session, actor, Clause, clause_id)
    return select_visible_versions(actor).where(ClauseVersion.clause_id == clause.id)


def add_version(session: Session, actor: Actor, clause: Clause) -> ClauseVersion:
    """Adds the clause's present terms as its newest version."""
    present = session.exec(select_versions_of_clause(session, actor, clause.id)).all()
    values = {name: getattr(clause, name) for name in ClauseTerms.model_fields}
    row = ClauseVersion.model_validate(
        values
        | {
            "organisation_id": actor.organisation_id,
            "clause_id": clause.id,
            "number": len(present) + 1,
            "effective_from": clause.effective_from,
        }
    )
    return add(session, actor, row)


def effective_day(
    clause: Clause, contract: Contract, wanted: date | None, today: date
) -> date | None:
    """The first day of changed terms; None, for every day, where the contract has not begun."""
    if wanted is None and today < contract.start_date:
        return None
    day = wanted or today
    if day < contract.start_date:
        raise _wrong_day(f"is before the contract's startDate, {contract.start_date}")
    newest = clause.effective_from
    if newest is not None and day < newest:
        raise _wrong_day(f"is before {newest}, from when the newest version is in force")
    return day


def _wrong_day(detail: str) -> Invalid:
    return Invalid(FieldError("#/effectiveFrom", detail))
