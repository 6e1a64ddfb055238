from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import String, cast, or_, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import FieldError, Invalid, NotFound
from app.models.events import Event
from app.services.ground.permissions import Actor


@dataclass(frozen=True)
class EventFilters:
    resource: str | None = None
    resource_id: UUID | None = None
    actor: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


def select_visible_events(
    actor: Actor, wanted: EventFilters | None = None
) -> SelectOfScalar[Event]:
    """The organisation's own events, oldest first, from `since` on and before `until`."""
    query, wanted = select(Event), wanted or EventFilters()
    query = query.where(Event.organisation_id == actor.organisation_id)
    for name in ("resource", "resource_id", "actor"):
        if (value := getattr(wanted, name)) is not None:
            query = query.where(getattr(Event, name) == value)
    if wanted.since is not None:
        query = query.where(col(Event.at) >= wanted.since)
    if wanted.until is not None:
        query = query.where(col(Event.at) < wanted.until)
    if wanted.since and wanted.until and wanted.until < wanted.since:
        raise Invalid(FieldError("to", "is before from"))
    return query.order_by(col(Event.at), col(Event.id))


def find_event(session: Session, actor: Actor, event_id: UUID) -> Event:
    query = select_visible_events(actor).where(Event.id == event_id)
    event = session.exec(query).one_or_none()
    if event is None:
        raise NotFound("events", event_id)
    return event


def forget_values(session: Session, actor: Actor, candidate_id: UUID) -> None:
    """Takes a candidate's values out of every event; the events themselves stay."""
    own = update(Event).where(
        col(Event.organisation_id) == actor.organisation_id,
        col(Event.resource) == "candidates",
        col(Event.resource_id) == candidate_id,
    )
    session.execute(own.values(before=None, after=None, version=Event.version + 1))
    for event in session.exec(_select_batches_about(actor, candidate_id)):
        before, after = (
            _without_values(side, candidate_id) for side in (event.before, event.after)
        )
        if (before, after) != (event.before, event.after):
            event.before, event.after = before, after
            event.version += 1
    session.flush()


def _select_batches_about(actor: Actor, candidate_id: UUID) -> SelectOfScalar[Event]:
    sides = (cast(col(side), String) for side in (Event.before, Event.after))
    return select_visible_events(actor, EventFilters(resource="candidate-batches")).where(
        or_(*(side.contains(str(candidate_id)) for side in sides))
    )


def _without_values(side: dict[str, Any] | None, candidate_id: UUID) -> dict[str, Any] | None:
    updated = (side or {}).get("updated", {})
    if side is None or str(candidate_id) not in updated:
        return side
    return side | {"updated": updated | {str(candidate_id): None}}
