"""Rows as they were known at a moment: changes that events have recorded since are taken back.

A row's values now, and the values before each later change, newest first, give its values then.
Rows that are never changed do not need this: those stored by that moment were known.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from pydantic.alias_generators import to_camel
from sqlmodel import Session, col

from app.models.events import Event
from app.models.rows import Row, as_stored, stored_values
from app.services.ground.events import select_visible_events
from app.services.ground.permissions import Actor
from app.services.ground.records import resource_name

R = TypeVar("R", bound=Row)
BATCHES = {"slot-batches": "slots", "candidate-batches": "candidates"}


class Past:
    """The values that rows had at the moment, where they differ from the values now."""

    def __init__(self, known_at: datetime, changes: Mapping[tuple[str, UUID], dict[str, Any]]):
        self.known_at = known_at
        self.changes = changes

    def knew(self, row: Row) -> bool:
        return row.created_at <= self.known_at

    def rewound(self, row: R) -> R:
        """A copy of the row that belongs to no session; the row itself where nothing changed."""
        earlier = self.changes.get((resource_name(type(row)), row.id))
        if not earlier:
            return row
        return _built(type(row), row, stored_values(row) | _by_name(type(row), earlier))


def read_past(
    session: Session, actor: Actor, known_at: datetime, models: Iterable[type[Row]]
) -> Past:
    """Reads the events since the moment in one query, however many there are."""
    resources = {resource_name(model) for model in models}
    batches = {batch for batch, resource in BATCHES.items() if resource in resources}
    since = (
        select_visible_events(actor)
        .where(col(Event.at) > known_at, col(Event.resource).in_(resources | batches))
        .order_by(None)
        .order_by(col(Event.at).desc(), col(Event.id).desc())
    )
    changes: dict[tuple[str, UUID], dict[str, Any]] = defaultdict(dict)
    for event in session.exec(since):
        for key, before in _befores(event):
            changes[key].update(before)
    return Past(known_at, changes)


def _befores(event: Event) -> Iterable[tuple[tuple[str, UUID], dict[str, Any]]]:
    before = event.before or {}
    if event.resource not in BATCHES:
        return [((event.resource, event.resource_id), before)]
    resource = BATCHES[event.resource]
    updated = before.get("updated", {})
    return [((resource, UUID(row_id)), values or {}) for row_id, values in updated.items()]


def _by_name(model: type[Row], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values by names in code; events from before release 0.2.0 have the wire's names."""
    names = {to_camel(name): name for name in model.model_fields}
    return {names.get(name, name): value for name, value in values.items()}


def _built(model: type[R], row: R, values: Mapping[str, Any]) -> R:
    kept = ("organisation_id", "created_at", "updated_at")
    fields = {name: values[name] for name in model.model_fields if name in values}
    with as_stored():
        return model.model_validate(fields | {name: getattr(row, name) for name in kept})
