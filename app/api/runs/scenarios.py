from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from pydantic import BeforeValidator, Field
from typing_extensions import TypeAliasType

from app.api.http import EXAMPLE_ID, GuardedRoute, Input, MatchRunId, Output, Reading, needs
from app.api.runs.engine_shapes import VALUE_EXAMPLE, ValueOutput
from app.models.candidates import Kilometres
from app.models.slots import NumberOfPlaces
from app.models.values import Identifier, contradiction
from app.services.engine.snapshots import content_of
from app.services.ground import may_match
from app.services.runs import scenarios
from app.services.runs.match_runs import find_completed, rows_of

router = APIRouter(route_class=GuardedRoute, tags=["match-runs"])

MOST_CHANGES = 50


class PlacesChangeInput(Input):
    """The slot has so many places, taken ones included: more, fewer, or 0 for no such slot."""

    kind: Literal["places"]
    """`places`: the slot has another number of places."""
    slot_id: Identifier
    """A slot of the run."""
    places: NumberOfPlaces
    """How many, taken ones included; 0 leaves the slot out."""

    def change(self) -> scenarios.Change:
        return scenarios.Places(str(self.slot_id), self.places)


class SupervisorCapacityChangeInput(Input):
    """The slot's supervisor can take so many people at once; null: as many as it has places."""

    kind: Literal["supervisor-capacity"]
    """`supervisor-capacity`: the slot's supervisor can take more or fewer."""
    slot_id: Identifier
    """A slot of the run."""
    supervisor_capacity: NumberOfPlaces | None
    """How many people at once. Null: as many as there are places."""

    def change(self) -> scenarios.Change:
        return scenarios.SupervisorCapacity(str(self.slot_id), self.supervisor_capacity)


class RemoveCandidateChangeInput(Input):
    """The candidate is not there."""

    kind: Literal["remove-candidate"]
    """`remove-candidate`: the candidate is not there."""
    candidate_id: Identifier
    """A candidate of the run."""

    def change(self) -> scenarios.Change:
        return scenarios.RemoveCandidate(str(self.candidate_id))


class MaximumDistanceChangeInput(Input):
    """The candidate, or everyone, goes at least so far."""

    kind: Literal["maximum-distance"]
    """`maximum-distance`: longer ways are accepted."""
    kilometres: Kilometres
    """At least so far, in kilometres as the crow flies."""
    candidate_id: Identifier | None = None
    """A candidate of the run. Null: everyone."""

    def change(self) -> scenarios.Change:
        who = str(self.candidate_id) if self.candidate_id else None
        return scenarios.MaximumDistance(self.kilometres, who)


class PinChangeInput(Input):
    """The pair is in the result, even if it was forbidden; the candidate is pinned nowhere else."""

    kind: Literal["pin"]
    """`pin`: the pair is in the result."""
    candidate_id: Identifier
    """A candidate of the run."""
    slot_id: Identifier
    """A slot of the run."""

    def change(self) -> scenarios.Change:
        return scenarios.Pin(str(self.candidate_id), str(self.slot_id))


class ForbidChangeInput(Input):
    """The pair is not in the result, even if it was pinned."""

    kind: Literal["forbid"]
    """`forbid`: the pair is not in the result."""
    candidate_id: Identifier
    """A candidate of the run."""
    slot_id: Identifier
    """A slot of the run."""

    def change(self) -> scenarios.Change:
        return scenarios.Forbid(str(self.candidate_id), str(self.slot_id))


SHAPES: dict[object, type[Input]] = {
    "places": PlacesChangeInput,
    "supervisor-capacity": SupervisorCapacityChangeInput,
    "remove-candidate": RemoveCandidateChangeInput,
    "maximum-distance": MaximumDistanceChangeInput,
    "pin": PinChangeInput,
    "forbid": ForbidChangeInput,
}


def _of_its_kind(value: Any) -> Any:
    """Reads it as the shape of its kind: pydantic would put the name of a shape into pointers."""
    if not isinstance(value, dict):
        return value
    kind = value.get("kind")
    if not isinstance(kind, str) or kind not in SHAPES:
        raise contradiction("kind", f"must be one of {', '.join(map(str, SHAPES))}")
    return SHAPES[kind].model_validate(value)


# A type with a name: the document shows it as a component, and clients get one type for it.
ChangeInput = TypeAliasType(
    "ChangeInput",
    Annotated[
        Annotated[
            PlacesChangeInput
            | SupervisorCapacityChangeInput
            | RemoveCandidateChangeInput
            | MaximumDistanceChangeInput
            | PinChangeInput
            | ForbidChangeInput,
            Field(discriminator="kind", description="One change, of the kind that `kind` names."),
        ],
        BeforeValidator(_of_its_kind),
    ],
)


class ScenarioInput(Input):
    """Changes that are made all at once: their order decides nothing."""

    example: ClassVar = {
        "changes": [
            {"kind": "places", "slotId": EXAMPLE_ID, "places": 3},
            {"kind": "maximum-distance", "kilometres": 60, "candidateId": None},
        ]
    }

    changes: Annotated[list[ChangeInput], Field(min_length=1, max_length=MOST_CHANGES)]
    """What would be otherwise: 1 to 50 changes, no two about the same."""


class MoveOutput(Output):
    """One candidate's slot before and after; null for none."""

    candidate_id: UUID
    """Whose slot it is about."""
    slot_id_before: UUID | None
    """The slot without the changes. Null: none."""
    slot_id_after: UUID | None
    """The slot with the changes. Null: none."""


class ScenarioOutput(Output):
    """What the changes would do. `difference`: after less before, negative where it costs.
    `freedPlaces` are those of candidates who are removed."""

    example: ClassVar = {
        "before": VALUE_EXAMPLE,
        "after": {"placesByTier": {"2": 0, "1": 5, "0": 0}, "points": 3851},
        "difference": {"placesByTier": {"2": 0, "1": 1, "0": 0}, "points": 731},
        "gains": [{"candidateId": EXAMPLE_ID, "slotIdBefore": None, "slotIdAfter": EXAMPLE_ID}],
        "losses": [],
        "moves": [],
        "freedPlaces": [],
    }

    before: ValueOutput
    """What the result is worth without the changes."""
    after: ValueOutput
    """What the result is worth with the changes."""
    difference: ValueOutput
    """After less before; negative where the changes cost."""
    gains: list[MoveOutput]
    """Who has a place only with the changes."""
    losses: list[MoveOutput]
    """Who has a place only without the changes."""
    moves: list[MoveOutput]
    """Who has another slot with the changes."""
    freed_places: list[MoveOutput]
    """The places of candidates who are removed."""


@router.post(
    "/match-runs/{matchRunId}/scenarios",
    response_model=ScenarioOutput,
    summary="Ask what a change would do",
)
@needs(may_match)
def compare_scenario(match_run_id: MatchRunId, body: ScenarioInput, call: Reading) -> Response:
    """The run's own input, whatever has changed since, solved again as it is and with the changes.

    Who would gain a place, lose one or have another, and what that is worth by tier and points.
    Nothing is stored or booked, and the run stays as it is; it is a POST as changes are too long
    for an address. A slot's free places are the lesser of `places` and `supervisorCapacity` less
    the placements that overlap; 0 places leave the slot out, one more is a place more. Where the
    run is `redacted`, both are without those who have left.
    """
    with call.reading() as session:
        run = find_completed(session, call.actor, match_run_id)
        content = content_of(session, run)
    changes = [change.change() for change in body.changes]
    answer = call.state.large_work.run(rows_of(run), scenarios.compare, content, changes)
    return JSONResponse(ScenarioOutput.model_validate(answer).wire())
