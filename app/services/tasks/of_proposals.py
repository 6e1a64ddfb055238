"""Proposals that wait for a person's yes or no."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from app.models.clauses import Clause
from app.models.contracts import Contract
from app.models.match_runs import MatchRun
from app.models.proposals import Proposal, ProposalStatus
from app.models.slots import Slot
from app.services.fulfilment.causes import LONGEST_WAIT_DAYS
from app.services.ground import Actor, days_later
from app.services.tasks.kinds import Task, TaskKind


def tasks_of_proposals(session: Session, actor: Actor, until: date) -> Iterator[Task]:
    """Each is due when it has waited, from the day of its run, as long as a proposal may wait."""
    query = (
        select_columns(
            col(Proposal.id),
            col(MatchRun.as_of),
            col(Slot.clause_id),
            col(Slot.title),
            col(Contract.reference),
        )
        .join(MatchRun, col(MatchRun.id) == Proposal.match_run_id)
        .join(Slot, col(Slot.id) == Proposal.slot_id)
        .outerjoin(Clause, col(Clause.id) == Slot.clause_id)
        .outerjoin(Contract, col(Contract.id) == Clause.contract_id)
        .where(
            col(Proposal.organisation_id) == actor.organisation_id,
            col(Proposal.status) == ProposalStatus.PROPOSED,
            col(MatchRun.as_of) <= until,
        )
    )
    for proposal_id, day, clause_id, slot, reference in session.execute(query):
        due = days_later(day, LONGEST_WAIT_DAYS)
        if due <= until:
            yield Task(
                kind=TaskKind.PROPOSAL_WAITING,
                due=due,
                resource="proposals",
                resource_id=proposal_id,
                clause_id=clause_id,
                facts={"day": day, "slot": slot, "reference": reference},
            )
