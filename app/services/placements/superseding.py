"""Proposals that give way because their person or their place has been taken."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, or_

from app.models.placements import Placement
from app.models.proposals import Proposal, ProposalStatus, SupersededBy
from app.services.engine import most_together
from app.services.ground import Actor, overlap, record, select_visible, touch

BY_PLACED_CANDIDATE: SupersededBy = "candidate-placed"
BY_FULL_SLOT: SupersededBy = "slot-full"


def lock_open_proposals(
    session: Session, actor: Actor, slot_id: UUID, candidate_id: UUID
) -> list[Proposal]:
    """The open proposals for the slot or the person, locked in the order that runs use too."""
    query = select_visible(Proposal, actor).where(
        col(Proposal.status) == ProposalStatus.PROPOSED,
        or_(col(Proposal.slot_id) == slot_id, col(Proposal.candidate_id) == candidate_id),
    )
    ordered = query.order_by(None).order_by(col(Proposal.id)).with_for_update(key_share=True)
    return list(session.exec(ordered.execution_options(populate_existing=True)))


def supersede_after(
    session: Session,
    actor: Actor,
    placement: Placement,
    stays: Iterable[tuple[date, date]],
    room: int,
) -> None:
    """The person's other open proposals in these dates give way, and the slot's where the `stays`
    in it leave no room. One event, of the placement that caused it, names them all."""
    taken = list(stays)
    gone: dict[str, list[str]] = {}
    for proposal in lock_open_proposals(session, actor, placement.slot_id, placement.candidate_id):
        if cause := _cause(proposal, placement, taken, room):
            proposal.status, proposal.superseded_by = ProposalStatus.SUPERSEDED, cause
            touch(proposal)
            gone.setdefault(cause, []).append(str(proposal.id))
    if gone:
        session.flush()
        record(session, actor, "superseded", placement, after={"proposals": gone})


def _cause(
    proposal: Proposal, placement: Placement, taken: list[tuple[date, date]], room: int
) -> SupersededBy | None:
    dates = proposal.start_date, proposal.end_date
    if not overlap(*dates, placement.start_date, placement.end_date):
        return None
    if proposal.candidate_id == placement.candidate_id:
        return BY_PLACED_CANDIDATE
    return BY_FULL_SLOT if most_together(taken, *dates) >= room else None
