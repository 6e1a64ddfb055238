"""What the person did at the end of a placement, and 3, 6 and 12 months after."""

from datetime import date
from uuid import UUID

from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import Conflict, FieldError, Invalid
from app.models.placement_outcomes import PlacementOutcome, PlacementOutcomeFields
from app.models.placements import OVER, Placement
from app.services.ground import (
    DAY,
    Actor,
    add,
    change,
    find,
    find_for_change,
    last_day_of,
    refuse_repeat,
    select_visible,
)


def select_visible_outcomes(actor: Actor, placement_id: UUID) -> SelectOfScalar[PlacementOutcome]:
    """The placement's outcomes, the earliest first."""
    own = select_visible(PlacementOutcome, actor).where(
        col(PlacementOutcome.placement_id) == placement_id
    )
    return own.order_by(None).order_by(col(PlacementOutcome.after_months))


def note_outcome(
    session: Session,
    actor: Actor,
    placement_id: UUID,
    fields: PlacementOutcomeFields,
    today: date,
) -> PlacementOutcome:
    """Notes an outcome; there is one for each time after the end."""
    placement = find_for_change(session, actor, Placement, placement_id)
    if placement.status not in OVER:
        raise Conflict("not-ended", f"The placement is {placement.status}: it has not ended.")
    same = select_visible_outcomes(actor, placement.id).where(
        col(PlacementOutcome.after_months) == fields.after_months
    )
    refuse_repeat(session, same, None, "afterMonths")
    _check_day(placement, fields, today)
    values = fields.model_dump() | {
        "organisation_id": actor.organisation_id,
        "placement_id": placement.id,
        "key_id": actor.key_id,
        "decided_by": actor.caseworker,
    }
    return add(session, actor, PlacementOutcome.model_validate(values))


def change_outcome(
    session: Session,
    actor: Actor,
    outcome: PlacementOutcome,
    wanted: PlacementOutcomeFields,
    today: date,
) -> None:
    """Corrects an outcome or adds what is known by now; the event keeps the earlier values."""
    if wanted.after_months != outcome.after_months:
        raise Invalid(FieldError("#/afterMonths", "stays as it is: note another time by itself"))
    _check_day(find(session, actor, Placement, outcome.placement_id), wanted, today)
    change(session, actor, outcome, wanted)


def _check_day(placement: Placement, fields: PlacementOutcomeFields, today: date) -> None:
    # Where nobody came, the months are counted from the agreed first day, as there is no other.
    end = placement.ended_on or placement.start_date
    due = last_day_of(end, fields.after_months) + DAY if fields.after_months else end
    if fields.on < due:
        raise Invalid(FieldError("#/on", f"is before {due}, {fields.after_months} months after"))
    if fields.on > today:
        raise Invalid(FieldError("#/on", "is in the future"))
