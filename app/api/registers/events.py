import re
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import AfterValidator
from pydantic.alias_generators import to_camel

from app.api.http import (
    EXAMPLE_ID,
    EXAMPLE_INSTANT,
    EventId,
    GuardedRoute,
    InstantParameter,
    LinkedOutput,
    Listing,
    Page,
    Reading,
    needs,
    stored_example,
)
from app.models.values import Identifier, Instant
from app.services.ground import EventFilters, find_event, may_read_events, select_visible_events

router = APIRouter(route_class=GuardedRoute, tags=["events"])

EXAMPLE = {
    name: value
    for name, value in stored_example(
        "events",
        {
            "at": EXAMPLE_INSTANT,
            "actor": EXAMPLE_ID,
            "caseworker": "caseworker-17",
            "action": "changed",
            "resource": "suppliers",
            "resourceId": EXAMPLE_ID,
            "before": {"name": "Exempelbygg AB"},
            "after": {"name": "Exempelbygg i Jämtland AB"},
        },
    ).items()
    if name not in {"createdAt", "updatedAt"}
}
FIELD_NAME = re.compile(r"[a-z]+(_[a-z0-9]+)+")
Resource = Literal[
    "suppliers",
    "contracts",
    "clauses",
    "clause-versions",
    "follow-ups",
    "slots",
    "slot-batches",
    "candidates",
    "candidate-batches",
    "policies",
    "programmes",
    "gates",
    "match-runs",
    "proposals",
    "decisions",
    "decision-lifts",
    "placements",
    "placement-moves",
    "placement-signatures",
    "placement-outcomes",
    "attendance-months",
    "gate-checks",
    "report-links",
    "keys",
    "organisations",
]


def _in_wire_names(values: Any) -> Any:
    """The names of fields as the wire has them; ids and codes, which are names too, stay."""
    if isinstance(values, list):
        return [_in_wire_names(value) for value in values]
    if not isinstance(values, dict):
        return values
    return {
        to_camel(name) if FIELD_NAME.fullmatch(name) else name: _in_wire_names(value)
        for name, value in values.items()
    }


Values = Annotated[dict[str, Any], AfterValidator(_in_wire_names)]


class EventOutput(LinkedOutput):
    """One change; the fields before and after are those of the resource it names."""

    example: ClassVar = EXAMPLE

    id: UUID
    """The event's id."""
    at: Instant
    """When it happened, in UTC."""
    actor: UUID | None
    """The id of the key that was used. Null: it was done on the command line."""
    caseworker: str | None
    """The person whom the call named in `Handslag-Caseworker`. Null: nobody."""
    action: str
    """What was done, such as `created`, `changed` or `deleted`."""
    resource: str
    """The kind of resource, as in addresses."""
    resource_id: UUID
    """The id of the one that was changed."""
    before: Values | None
    """The fields before the change. Null: it was new, or the person has left the service."""
    after: Values | None
    """The fields after the change. Null: it was deleted, or the person has left the service."""


@router.get("/events", response_model=Page[EventOutput], summary="List events")
@needs(may_read_events)
def list_events(
    call: Listing,
    resource: Annotated[
        Resource | None, Query(description="Only events of this kind of resource.")
    ] = None,
    resource_id: Annotated[
        Identifier | None,
        Query(alias="resourceId", description="Only events of this one resource."),
    ] = None,
    actor: Annotated[
        Identifier | None, Query(description="Only what was done with this key (its id).")
    ] = None,
    since: Annotated[
        InstantParameter | None,
        Query(alias="from", description="Only events from this instant on; any offset will do."),
    ] = None,
    until: Annotated[
        InstantParameter | None,
        Query(alias="to", description="Only events before this instant; any offset will do."),
    ] = None,
) -> Response:
    """Every change in the organisation: who, when, what, before and after. The newest stand last.

    A batch is one event, and so is a match run. `actor` is the id of a key, and null for what was
    done on the command line. When a candidate is deleted, the values that events kept about the
    person become null.
    """
    wanted = EventFilters(resource, resource_id, actor, since, until)
    query = select_visible_events(call.actor, wanted)
    with call.reading() as session:
        return call.answer(session, query, lambda row: call.show(EventOutput, row))


@router.get("/events/{eventId}", response_model=EventOutput, summary="Read an event")
@needs(may_read_events)
def read_event(event_id: EventId, call: Reading) -> Response:
    """One change: who made it and when, and what was there before and after."""
    with call.reading() as session:
        event = find_event(session, call.actor, event_id)
        return call.single(call.show(EventOutput, event), event.version)
