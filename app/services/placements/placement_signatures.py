"""The agreement of a placement: which party has signed it, and when."""

from datetime import date
from uuid import UUID

from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import Conflict, FieldError, Invalid
from app.models.placement_signatures import PlacementSignature, PlacementSignatureFields
from app.models.placements import Placement, PlacementStatus
from app.services.ground import Actor, add, change, find_for_change, select_visible


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
    """Notes a signature: each party signs once, while the placement is planned."""
    placement = find_for_change(session, actor, Placement, placement_id)
    _refuse_repeat(session, actor, placement, fields)
    _check(placement, fields, today)
    values = fields.model_dump() | {
        "organisation_id": actor.organisation_id,
        "placement_id": placement.id,
        "key_id": actor.key_id,
        "decided_by": actor.caseworker,
    }
    return add(session, actor, PlacementSignature.model_validate(values))


def change_signature(
    session: Session,
    actor: Actor,
    signature: PlacementSignature,
    wanted: PlacementSignatureFields,
    today: date,
) -> None:
    """Corrects the day of a signature, as long as the placement is still planned."""
    if wanted.party != signature.party:
        raise Invalid(FieldError("#/party", "stays as it is: note another party's by itself"))
    _check(find_for_change(session, actor, Placement, signature.placement_id), wanted, today)
    change(session, actor, signature, wanted)


def _check(placement: Placement, fields: PlacementSignatureFields, today: date) -> None:
    if fields.signed_on > today:
        raise Invalid(FieldError("#/signedOn", "is in the future"))
    if placement.status != PlacementStatus.PLANNED:
        raise Conflict(
            "not-planned", f"The placement is {placement.status}: only a planned one is signed."
        )


def _refuse_repeat(
    session: Session, actor: Actor, placement: Placement, fields: PlacementSignatureFields
) -> None:
    own = select_visible_signatures(actor, placement.id).where(
        col(PlacementSignature.party) == fields.party
    )
    if (signed := session.exec(own).first()) is not None:
        raise Conflict("already-exists", f"The {fields.party} signed on {signed.signed_on}.")
