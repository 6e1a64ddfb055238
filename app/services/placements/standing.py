"""What already stands between people and slots: placements, and pairs that have parted."""

from uuid import UUID

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from app.models.decisions import Decision, DecisionLift
from app.models.placements import Placement, PlacementStatus
from app.models.proposals import Proposal, ProposalStatus
from app.services.ground import Actor, select_visible


def select_standing(actor: Actor) -> SelectOfScalar[Placement]:
    """Placements that take or took their place: all but cancelled ones and no-shows."""
    never_came = (col(Placement.status) == PlacementStatus.ENDED_EARLY) & col(
        Placement.started_on
    ).is_(None)
    return select_visible(Placement, actor).where(
        col(Placement.status) != PlacementStatus.CANCELLED, ~never_came
    )


def read_parted_pairs(session: Session, actor: Actor) -> set[tuple[UUID, UUID]]:
    """Candidate and slot of each pair not to be proposed again: a no stands, or the placement ended
    early."""
    left = select(Placement.candidate_id, Placement.slot_id).where(
        Placement.organisation_id == actor.organisation_id,
        Placement.status == PlacementStatus.ENDED_EARLY,
    )
    return set(session.exec(select_declined_pairs(actor))) | set(session.exec(left))


def select_declined_pairs(actor: Actor) -> Select[UUID, UUID]:
    """Candidate and slot of each declined proposal whose decision is not lifted."""
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
