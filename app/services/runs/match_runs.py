"""Stored match runs: finds, counts, shows and locks them."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session, select
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import Conflict
from app.models.match_runs import MatchRun, MatchRunStatus
from app.models.organisations import Organisation
from app.models.rows import stored_values
from app.services.ground import Actor, find, select_visible

Json = dict[str, Any]


def select_visible_match_runs(
    actor: Actor,
    as_of: date | None = None,
    policy_id: UUID | None = None,
    status: MatchRunStatus | None = None,
) -> SelectOfScalar[MatchRun]:
    query = select_visible(MatchRun, actor)
    if status is not None:
        query = query.where(MatchRun.status == status)
    if as_of is not None:
        query = query.where(MatchRun.as_of == as_of)
    if policy_id is not None:
        query = query.where(MatchRun.policy_id == policy_id)
    return query


def find_completed(session: Session, actor: Actor, run_id: UUID) -> MatchRun:
    """The run; Conflict where it has no answer yet."""
    run = find(session, actor, MatchRun, run_id)
    if run.status != MatchRunStatus.COMPLETED:
        raise Conflict(
            "run-not-completed", f"The run is {run.status}: it has no answer to look at."
        )
    return run


def rows_of(run: MatchRun) -> int:
    """How many candidates and slots a completed run had, together."""
    assert run.counts is not None  # noqa: S101  # a CHECK of the table sees to it
    return run.counts["candidates"] + run.counts["slots"]


def without_pairs(run: MatchRun) -> Json:
    """The run's values with pairs only counted, because events stay when a person is deleted."""
    return stored_values(run) | {"pins": len(run.pins), "forbidden": len(run.forbidden)}


def lock_runs(session: Session, actor: Actor) -> None:
    """Until the transaction ends, nobody else stores a run of the organisation or takes a person
    out of one, so that the later of two runs supersedes the earlier."""
    owner = select(Organisation).where(Organisation.id == actor.organisation_id)
    session.exec(owner.with_for_update(key_share=True)).one()
