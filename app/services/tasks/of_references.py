"""References that read the same: a person says which of the rows is meant."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from app.services.ground import Actor, may_match, resource_name
from app.services.registers.shared_references import WITH_REFERENCES
from app.services.tasks.kinds import Task, TaskKind


def tasks_of_references(session: Session, actor: Actor, today: date) -> Iterator[Task]:
    """Due at once, one a row; candidates are named only to those who may see them."""
    for model in WITH_REFERENCES:
        resource = resource_name(model)
        if resource == "candidates" and not may_match(actor):
            continue
        query = select_columns(col(model.id), col(model.shared_reference)).where(
            col(model.organisation_id) == actor.organisation_id,
            col(model.shared_reference).is_not(None),
        )
        for row_id, reference in session.execute(query):
            yield Task(
                kind=TaskKind.REFERENCE_SHARED,
                due=today,
                resource=resource,
                resource_id=row_id,
                facts={"reference": reference},
            )
