"""The states of a match run, and the one function that moves it between them."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from app.errors import Conflict
from app.models.match_runs import MatchRun, MatchRunStatus
from app.services.ground import Actor, record, touch


@dataclass(frozen=True)
class Move:
    """One change of status that a run may make."""

    origin: MatchRunStatus
    to: MatchRunStatus

    @property
    def ends(self) -> bool:
        return self.to not in UNFINISHED


MOVES = (
    Move(MatchRunStatus.QUEUED, MatchRunStatus.RUNNING),
    # Its worker was lost, or something that it had read was deleted meanwhile.
    Move(MatchRunStatus.RUNNING, MatchRunStatus.QUEUED),
    Move(MatchRunStatus.RUNNING, MatchRunStatus.COMPLETED),
    Move(MatchRunStatus.RUNNING, MatchRunStatus.FAILED),
    Move(MatchRunStatus.QUEUED, MatchRunStatus.CANCELLED),
    Move(MatchRunStatus.RUNNING, MatchRunStatus.CANCELLED),
)
UNFINISHED = frozenset({MatchRunStatus.QUEUED, MatchRunStatus.RUNNING})


def is_unfinished(run: MatchRun) -> bool:
    return run.status in UNFINISHED


def move_run(
    session: Session, actor: Actor, run: MatchRun, to: MatchRunStatus, **told: Any
) -> None:
    """The only function that changes a run's status, as MOVES allow; the row must be locked.

    A move between queued and running writes no event and keeps the version, so that whoever ordered
    the run can cancel it with the ETag of the order.
    """
    moves = {move.to: move for move in MOVES if move.origin == run.status}
    if to not in moves:
        allowed = ", ".join(moves) or "none: this is its end"
        raise Conflict(
            "transition-forbidden",
            f"A match run that is {run.status} cannot become {to}. Allowed: {allowed}.",
        )
    before = {"status": run.status}
    run.status = to
    if moves[to].ends:
        touch(run)
        record(session, actor, to, run, before=before, after={"status": to} | told)
    session.flush()


def cancel_run(session: Session, actor: Actor, run: MatchRun) -> None:
    """Its worker finds out before it stores anything; a second call changes nothing."""
    if run.status != MatchRunStatus.CANCELLED:
        move_run(session, actor, run, MatchRunStatus.CANCELLED)
