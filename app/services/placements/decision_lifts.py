"""A person lets a declined pair be proposed again."""

from uuid import UUID

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from app.errors import Conflict
from app.models.decision_lifts import DecisionLift, DecisionLiftFields
from app.models.decisions import Decision
from app.models.proposals import Proposal, ProposalStatus
from app.services.ground import Actor, add, find_for_change, refuse_repeat, select_visible


def select_visible_lifts(actor: Actor, decision_id: UUID) -> SelectOfScalar[DecisionLift]:
    return select_visible(DecisionLift, actor).where(col(DecisionLift.decision_id) == decision_id)


def select_declined_pairs(actor: Actor) -> Select[UUID, UUID]:
    """Candidate and slot of each no that nobody has lifted."""
    lifted = (
        select(Decision.proposal_id)
        .join(DecisionLift, col(DecisionLift.decision_id) == Decision.id)
        .where(DecisionLift.organisation_id == actor.organisation_id)
    )
    return select(Proposal.candidate_id, Proposal.slot_id).where(
        Proposal.organisation_id == actor.organisation_id,
        Proposal.status == ProposalStatus.DECLINED,
        col(Proposal.id).not_in(lifted),
    )


def lift_decision(
    session: Session, actor: Actor, decision_id: UUID, fields: DecisionLiftFields
) -> DecisionLift:
    """The decision stays as it was made; from now on it keeps nobody away."""
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
