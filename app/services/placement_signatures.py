"""The agreement of a placement: which party has signed it, and when."""

from datetime import date
from uuid import UUID

from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import Conflict, FieldError, Invalid
from app.models.placement_signatures import PlacementSignature, PlacementSignatureFields
from app.models.placements import Placement, PlacementStatus
from app.services.permissions import Actor
from app.services.records import add, find_for_change, select_visible


def select_visible_signatures(
    actor: Actor, placement_id: UUID
) -> SelectOfScalar[PlacementSignature]:
    return select_visible(PlacementSignature, actor).where(
        col(PlacementSignature.placement_id) == placement_id
    )


def sign_agreement(
    session: Session,
    actor: Actor,
    placement_id: UUID,
    fields: PlacementSignatureFields,
    today: date,
) -> PlacementSignature:
    """Each party signs once, while the placement is planned: it is what makes it ready."""
    if fields.signed_on > today:
        raise Invalid(FieldError("#/signedOn", "is in the future"))
    placement = find_for_change(session, actor, Placement, placement_id)
    _refuse_repeat(session, actor, placement, fields)
    if placement.status != PlacementStatus.PLANNED:
        raise Conflict(
            "not-planned", f"The placement is {placement.status}: only a planned one is signed."
        )
    values = fields.model_dump() | {
        "organisation_id": actor.organisation_id,
        "placement_id": placement.id,
        "key_id": actor.key_id,
        "decided_by": actor.caseworker,
    }
    return add(session, actor, PlacementSignature.model_validate(values))


def _refuse_repeat(
    session: Session, actor: Actor, placement: Placement, fields: PlacementSignatureFields
) -> None:
    own = select_visible_signatures(actor, placement.id).where(
        col(PlacementSignature.party) == fields.party
    )
    if (signed := session.exec(own).first()) is not None:
        raise Conflict("already-exists", f"The {fields.party} signed on {signed.signed_on}.")
