from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

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
from app.services.ground import events
from app.services.ground.permissions import may_read_events

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
    "keys",
    "organisations",
]


class EventOutput(LinkedOutput):
    """One change; the fields before and after are those of the resource it names."""

    example: ClassVar = EXAMPLE

    id: UUID
    at: Instant
    actor: UUID | None
    caseworker: str | None
    action: str
    resource: str
    resource_id: UUID
    before: dict[str, Any] | None
    after: dict[str, Any] | None


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
    wanted = events.EventFilters(resource, resource_id, actor, since, until)
    query = events.select_visible_events(call.actor, wanted)
    with call.reading() as session:
        return call.answer(session, query, lambda row: call.show(EventOutput, row))


@router.get("/events/{eventId}", response_model=EventOutput, summary="Read an event")
@needs(may_read_events)
def read_event(event_id: EventId, call: Reading) -> Response:
    """One change: who made it and when, and what was there before and after."""
    with call.reading() as session:
        event = events.find_event(session, call.actor, event_id)
        return call.single(call.show(EventOutput, event), event.version)
