"""The states of a match run, and the one way in which it moves between them."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from app.errors import Conflict
from app.models.match_runs import MatchRun, MatchRunStatus
from app.services.ground import Actor, record, touch


@dataclass(frozen=True)
class Move:
    """One step that a run may take, and whether it is the last."""

    origin: MatchRunStatus
    to: MatchRunStatus

    @property
    def ends(self) -> bool:
        return self.to not in UNFINISHED


MOVES = (
    Move(MatchRunStatus.QUEUED, MatchRunStatus.RUNNING),
    # Back: its worker was lost, or something that it had read was deleted meanwhile.
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

    To be taken up and put back is the service's own affair: no event, and the version stays, so
    that whoever ordered the run can cancel it with the ETag of the order.
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
    """Whoever works on it finds out before anything is stored; to cancel twice changes nothing."""
    if run.status != MatchRunStatus.CANCELLED:
        move_run(session, actor, run, MatchRunStatus.CANCELLED)
