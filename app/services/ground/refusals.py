"""Two refusals that many resources share: still needed, and already taken."""

from typing import Any, TypeVar

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import Conflict
from app.models.rows import Row

R = TypeVar("R", bound=Row)


def count_rows(session: Session, query: SelectOfScalar[Any]) -> int:
    counted = select_columns(func.count()).select_from(query.order_by(None).subquery())
    return session.scalar(counted) or 0


def refuse_if_used(
    session: Session,
    what: str,
    users: dict[str, SelectOfScalar[Any]],
    advice: str = "Delete or move what needs it first.",
) -> None:
    """Raises a 409 that says what still needs the row, how many of each, and what to do instead.
    The keys of `users` are plurals that begin with the noun."""
    counts = {name: count_rows(session, query) for name, query in users.items()}
    needed = ", ".join(_counted(count, name) for name, count in counts.items() if count)
    if needed:
        raise Conflict("in-use", f"The {what} is needed by {needed}. {advice}")


def _counted(count: int, name: str) -> str:
    noun, space, more = name.partition(" ")
    return f"{count} {noun.removesuffix('s') if count == 1 else noun}{space}{more}"


def refuse_repeat(session: Session, same: SelectOfScalar[R], itself: R | None, field: str) -> None:
    """A 409 where another row of the organisation already has this value."""
    other = session.exec(same).first()
    if other is not None and (itself is None or other.id != itself.id):
        raise Conflict("already-exists", f"Another one, {other.id}, has the same {field}.")
