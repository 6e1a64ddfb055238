"""Rows and their events together: each row stored, changed or deleted leaves an event."""

from typing import Any, TypeVar
from uuid import UUID

from sqlmodel import Session, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.clock import utc_now
from app.errors import FieldError, Invalid, NotFound
from app.models.events import Event
from app.models.rows import Row, stored_values
from app.services.ground.permissions import Actor

R = TypeVar("R", bound=Row)


def resource_name(model: type[SQLModel]) -> str:
    """The word of a resource in paths, problems and events: "match-runs" for MatchRun."""
    return str(model.__tablename__).replace("_", "-")


def select_visible(model: type[R], actor: Actor) -> SelectOfScalar[R]:
    """Where every query starts: the organisation's own rows, oldest first."""
    visible = select(model).where(model.organisation_id == actor.organisation_id)
    return visible.order_by(col(model.created_at), col(model.id))


def find(session: Session, actor: Actor, model: type[R], row_id: UUID) -> R:
    return _only(session, select_visible(model, actor).where(model.id == row_id), model, row_id)


def find_for_change(session: Session, actor: Actor, model: type[R], row_id: UUID) -> R:
    """The row, locked until the transaction ends (PostgreSQL; SQLite has one writer anyway)."""
    query = select_visible(model, actor).where(model.id == row_id)
    locked = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    return _only(session, locked, model, row_id)


def find_named(session: Session, actor: Actor, model: type[R], row_id: UUID, field: str) -> R:
    """The row that a field of a body names; Invalid where the organisation has no such row."""
    try:
        return find(session, actor, model, row_id)
    except NotFound as error:
        raise Invalid(FieldError(f"#/{field}", str(error))) from error


def _only(session: Session, query: SelectOfScalar[R], model: type[R], row_id: UUID) -> R:
    row = session.exec(query).one_or_none()
    if row is None:
        raise NotFound(resource_name(model), row_id)
    return row


def add(session: Session, actor: Actor, row: R) -> R:
    session.add(row)
    session.flush()
    record(session, actor, "created", row, after=stored_values(row))
    return row


def change(
    session: Session, actor: Actor, row: Row, wanted: SQLModel, action: str = "changed"
) -> None:
    """Takes over the wanted fields; where all are equal, it adds no version and no event."""
    before = stored_values(row)
    for name in type(wanted).model_fields:
        setattr(row, name, getattr(wanted, name))
    if stored_values(row) != before:
        touch(row)
        session.flush()
        record(session, actor, action, row, before=before, after=stored_values(row))


def touch(row: Row) -> None:
    """Gives the row a new version, so that earlier ETags no longer match."""
    row.version += 1
    row.updated_at = utc_now()


def remove(session: Session, actor: Actor, row: Row) -> None:
    record(session, actor, "deleted", row, before=stored_values(row))
    session.delete(row)
    session.flush()


def record(
    session: Session,
    actor: Actor,
    action: str,
    row: Row,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Writes the event of one change, or of a whole run under its row."""
    record_as(session, actor, action, resource_name(type(row)), row.id, before, after)


def record_as(
    session: Session,
    actor: Actor,
    action: str,
    resource: str,
    resource_id: UUID,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Writes the event of something that has no row of its own, such as a batch."""
    event = Event(
        organisation_id=actor.organisation_id,
        actor=actor.key_id,
        caseworker=actor.caseworker,
        action=action,
        resource=resource,
        resource_id=resource_id,
        before=before,
        after=after,
    )
    session.add(event)
