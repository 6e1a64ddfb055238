"""A person lets a declined pair be proposed again."""

from uuid import UUID

from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import Conflict
from app.models.decisions import Decision, DecisionLift, DecisionLiftFields
from app.services.ground import Actor, add, find_for_change, refuse_repeat, select_visible


def select_visible_lifts(actor: Actor, decision_id: UUID) -> SelectOfScalar[DecisionLift]:
    return select_visible(DecisionLift, actor).where(col(DecisionLift.decision_id) == decision_id)


def lift_decision(
    session: Session, actor: Actor, decision_id: UUID, fields: DecisionLiftFields
) -> DecisionLift:
    """Leaves the decision as it was made; from now on runs may propose the pair again."""
    decision = find_for_change(session, actor, Decision, decision_id)
    if decision.outcome != "declined":
        raise Conflict("not-declined", "The proposal was approved: there is nothing to lift.")
    refuse_repeat(session, select_visible_lifts(actor, decision.id), None, "decisionId")
    values = fields.model_dump() | {
        "organisation_id": actor.organisation_id,
        "decision_id": decision.id,
        "key_id": actor.key_id,
        "decided_by": actor.caseworker,
    }
    return add(session, actor, DecisionLift.model_validate(values))
