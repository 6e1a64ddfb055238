from datetime import timedelta
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from app.api.http import EXAMPLE_ID, GuardedRoute, Listing, Output, Page, needs
from app.api.words.task_words import task_text
from app.models.roles import Role
from app.models.values import Day, Line
from app.services.ground import may_read_tasks
from app.services.tasks.kinds import TaskKind
from app.services.tasks.tasks import TaskFilter, read_tasks

router = APIRouter(route_class=GuardedRoute, tags=["tasks"])

DAYS_AHEAD = 30


class TaskOutput(Output):
    """Something to do, and what it is about."""

    example: ClassVar = {
        "kind": "follow-up-due",
        "due": "2018-06-01",
        "overdue": False,
        "role": "procurement",
        "responsible": "Upphandlingsenheten",
        "resource": "clauses",
        "resourceId": EXAMPLE_ID,
        "clauseId": EXAMPLE_ID,
        "text": "Följ upp villkoret i avtal KS 2017/0412, Ombyggnad av Palmcrantzskolan. Nu: i "
        "riskzonen.",
    }

    kind: TaskKind
    """What is to be done."""
    due: Day
    """The day by which it is to be done."""
    overdue: bool
    """Whether that day has passed."""
    role: Role
    """Whose kind of work it is."""
    responsible: str | None
    """The clause's responsible, or the caseworker who decided on the placement. Null: nobody is
    named; always so to procurement for placements."""
    resource: str
    """The kind of resource that it is about, as in addresses."""
    resource_id: UUID
    """The id of what it is about."""
    clause_id: UUID | None
    """The clause that it is about. Null: none."""
    text: str
    """What to do, in a sentence in the language of the answer."""


@router.get("/tasks", response_model=Page[TaskOutput], summary="List what is due")
@needs(may_read_tasks)
def list_tasks(
    call: Listing,
    until: Annotated[
        Day | None,
        Query(description=f"What is due by this day; {DAYS_AHEAD} days ahead unless given."),
    ] = None,
    responsible: Annotated[
        Line | None, Query(description="Only tasks of this responsible or caseworker.")
    ] = None,
    kind: Annotated[TaskKind | None, Query(description="Only tasks of this kind.")] = None,
) -> Response:
    """What is due, for whom and by when; the first due first, overdue ones included.

    Nothing of it is stored: a task is there while what it asks for has not been recorded.
    Follow-ups and reports of clauses that are not settled, and reports that were missed before a
    clause was met; placements that ended early and that nobody has replaced; checks of employers
    that run out; proposals that wait; agreements without all signatures; placements that should
    have started or ended; outcomes at the end of a placement and 3, 6 and 12 months after; and
    references that read the same as another's. Proposals and candidates are shown to those who may
    read them.
    """
    today = call.today()
    wanted = TaskFilter(until or today + timedelta(DAYS_AHEAD), responsible, kind)
    with call.reading() as session:
        found = read_tasks(session, call.actor, wanted, today)
    shown = [
        TaskOutput(
            kind=task.kind,
            due=task.due,
            overdue=task.due < today,
            role=task.role,
            responsible=task.responsible,
            resource=task.resource,
            resource_id=task.resource_id,
            clause_id=task.clause_id,
            text=task_text(task, call.language),
        )
        for task in call.cut_page(found)
    ]
    return call.answer_items(shown, len(found))
