"""A person's yes or no to a proposal; a yes books the place, once and only once."""

from dataclasses import replace
from uuid import UUID

from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import Conflict, FieldError, Invalid
from app.models.candidates import Candidate
from app.models.decisions import Decision, DecisionFields, Outcome
from app.models.match_runs import MatchRun
from app.models.placements import Placement, PlacementFields
from app.models.policies import Policy
from app.models.proposals import Proposal, ProposalStatus
from app.models.slots import Slot
from app.services.ground import (
    Actor,
    add,
    find,
    find_for_change,
    read_known_programmes,
    record,
    refuse_programme_out_of_force,
    select_visible,
    touch,
)
from app.services.placements.booking_rules import DATES_RULE, EXTENT_RULE, Period, failing_rules
from app.services.placements.placements import book, lock_pair, refuse_without_consent
from app.services.placements.superseding import BY_FULL_SLOT, BY_PLACED_CANDIDATE

VETO_RULE = "vetoed"


def select_visible_decisions(
    actor: Actor, outcome: Outcome | None = None, proposal_id: UUID | None = None
) -> SelectOfScalar[Decision]:
    query = select_visible(Decision, actor)
    if outcome is not None:
        query = query.where(col(Decision.outcome) == outcome)
    if proposal_id is not None:
        query = query.where(Decision.proposal_id == proposal_id)
    return query


def decide(session: Session, actor: Actor, proposal_id: UUID, fields: DecisionFields) -> Decision:
    """Records the decision, and for an approval the placement. The proposal's dates are checked
    against today's rows and not against today's date."""
    named = find(session, actor, Proposal, proposal_id)
    slot, candidate = lock_pair(session, actor, named.slot_id, named.candidate_id)
    proposal = find_for_change(session, actor, Proposal, proposal_id)
    _refuse_closed(proposal)
    _close(session, actor, proposal, ProposalStatus(fields.outcome))
    placement = None
    if fields.outcome == "approved":
        placement = _book(session, actor, proposal, slot, candidate, fields)
    values = fields.model_dump() | {
        "organisation_id": actor.organisation_id,
        "proposal_id": proposal.id,
        "placement_id": placement and placement.id,
        "key_id": actor.key_id,
        "decided_by": actor.caseworker,
    }
    return add(session, actor, Decision.model_validate(values))


def _refuse_closed(proposal: Proposal) -> None:
    if proposal.status == ProposalStatus.SUPERSEDED:
        raise _superseded(proposal)
    if proposal.status != ProposalStatus.PROPOSED:
        raise Conflict("already-decided", f"The proposal is {proposal.status} already.")


def _superseded(proposal: Proposal) -> Conflict:
    """The conflict that booking the proposal would meet if it were still open."""
    if proposal.superseded_by == BY_PLACED_CANDIDATE:
        return Conflict(
            "candidate-placed", "The candidate has got another placement in a part of these dates."
        )
    if proposal.superseded_by == BY_FULL_SLOT:
        return Conflict(
            "slot-full", "All places of the slot have been taken in a part of these dates."
        )
    return Conflict(
        "superseded", "A newer run covers this slot. Decide on the newer run's proposals."
    )


def _book(
    session: Session,
    actor: Actor,
    proposal: Proposal,
    slot: Slot,
    candidate: Candidate,
    fields: DecisionFields,
) -> Placement:
    refuse_without_consent(candidate)
    known = read_known_programmes(session, actor)
    refuse_programme_out_of_force(known, proposal.programme, proposal.start_date)
    _refuse_changed_rules(session, actor, proposal, slot, candidate, fields.extent_percent)
    booking = PlacementFields.model_validate(
        {
            "candidate_id": candidate.id,
            "slot_id": slot.id,
            "start_date": proposal.start_date,
            "end_date": proposal.end_date,
            "programme": proposal.programme,
            "extent_percent": fields.extent_percent,
            "reason": fields.reason,
            "comment": fields.comment,
        }
    )
    return book(session, actor, candidate, slot, booking)


def _refuse_changed_rules(
    session: Session,
    actor: Actor,
    proposal: Proposal,
    slot: Slot,
    candidate: Candidate,
    extent: int | None,
) -> None:
    """The pair must still be possible by today's rows, under the policy of its run."""
    run = find(session, actor, MatchRun, proposal.match_run_id)
    policy = find(session, actor, Policy, run.policy_id)
    period = Period(proposal.start_date, proposal.end_date, proposal.programme, extent)
    broken = failing_rules(session, actor, candidate, slot, policy, period)
    if extent is not None and EXTENT_RULE in broken:
        agreed = replace(period, extent_percent=None)
        if EXTENT_RULE not in failing_rules(session, actor, candidate, slot, policy, agreed):
            detail = "is not what the slot, the person and the clause allow together"
            raise Invalid(FieldError("#/extentPercent", detail))
    if VETO_RULE in broken:
        raise Conflict("vetoed", "The candidate now avoids this supplier.")
    if DATES_RULE in broken:
        raise Conflict(
            "dates-changed",
            "The dates of the slot, the candidate or the contract have changed since the run and "
            "no longer allow the proposal's.",
        )
    if broken:
        raise Conflict(
            "no-longer-feasible",
            f"The slot or the candidate has changed since the run: {', '.join(broken)}.",
        )


def _close(session: Session, actor: Actor, proposal: Proposal, status: ProposalStatus) -> None:
    before = {"status": proposal.status}
    proposal.status = status
    touch(proposal)
    session.flush()
    record(session, actor, "decided", proposal, before=before, after={"status": status})
