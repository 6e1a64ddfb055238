"""What is due, for whom and by when: computed from what is stored, and never stored itself."""

from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from app.services.ground import Actor, may_match, may_see_candidate_of_placement
from app.services.tasks.kinds import Task, TaskKind
from app.services.tasks.of_clauses import tasks_of_clauses
from app.services.tasks.of_gates import tasks_of_gates
from app.services.tasks.of_placements import tasks_of_placements
from app.services.tasks.of_proposals import tasks_of_proposals
from app.services.tasks.of_references import tasks_of_references


@dataclass(frozen=True)
class TaskFilter:
    """What a list of tasks may be narrowed to; `until` is the last day that counts as due."""

    until: date
    responsible: str | None = None
    kind: TaskKind | None = None


def read_tasks(session: Session, actor: Actor, wanted: TaskFilter, today: date) -> list[Task]:
    """The tasks, earliest due first; proposals are told only to those who may read them."""
    found = [
        *tasks_of_clauses(session, actor, today, wanted.until),
        *tasks_of_placements(session, actor, wanted.until),
        *tasks_of_gates(session, actor, today, wanted.until),
        *(one for one in tasks_of_references(session, actor, today) if one.due <= wanted.until),
    ]
    if may_match(actor):
        found += tasks_of_proposals(session, actor, wanted.until)
    seen = [_as_seen_by(actor, task) for task in found]
    kept = [
        task
        for task in seen
        if wanted.kind in (None, task.kind) and wanted.responsible in (None, task.responsible)
    ]
    return sorted(kept, key=lambda one: (one.due, one.kind, one.resource_id.hex, one.number))


def _as_seen_by(actor: Actor, task: Task) -> Task:
    """Hides who decided on a placement from those who may not see whom it is for."""
    if task.resource == "placements" and not may_see_candidate_of_placement(actor):
        return replace(task, responsible=None)
    return task
