"""References that people read as one, of rows that earlier releases told apart by what nobody sees.

Migration 0011 marks such rows. They stay as they were, and a run leaves them out, until a person
changes one's reference or deletes one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from app.errors import Conflict
from app.models.candidates import Candidate
from app.models.contracts import Contract
from app.models.organisations import Organisation
from app.models.rows import Referenced, stored_values
from app.models.slots import Slot
from app.services.ground import Actor, record, resource_name, select_visible, touch

R = TypeVar("R", bound=Referenced)

WITH_REFERENCES: tuple[type[Candidate | Slot | Contract], ...] = (Candidate, Slot, Contract)


@dataclass(frozen=True)
class Shared:
    """Rows of an organisation with references that read the same."""

    organisation: str
    resource: str
    reference: str
    ids: list[UUID]


def named(model: Any, *references: str) -> ColumnElement[bool]:
    """Whether a row has one of these references, as people read them."""
    return or_(col(model.reference).in_(references), col(model.shared_reference).in_(references))


def refuse_known_reference(
    session: Session, actor: Actor, model: Any, reference: str | None, itself: Any = None
) -> None:
    """A 409 where another row of the organisation has this reference. One that stays passes."""
    if reference is None or (itself is not None and itself.reference == reference):
        return
    others = select_visible(model, actor).where(named(model, reference))
    if itself is not None:
        others = others.where(model.id != itself.id)
    refuse_all(session.exec(others).all(), reference)


def refuse_all(rows: Iterable[Referenced], reference: str) -> None:
    ids = [str(row.id) for row in rows]
    if len(ids) > 1:
        raise Conflict(
            "already-exists",
            f"The reference {reference} reads as that of {' and '.join(ids)}. Change the "
            "reference of one or delete one first.",
        )
    if ids:
        raise Conflict("already-exists", f"Another one, {ids[0]}, has the same reference.")


def leave_shared(session: Session, actor: Actor, row: Referenced) -> None:
    """Lets go of the shared reference of a row that has another one now, or is deleted. Where one
    row alone is left with it, that one has it from now on as people read it."""
    shared, row.shared_reference = row.shared_reference, None
    if shared is None:
        return
    left = select_visible(type(row), actor).where(type(row).shared_reference == shared)
    others = [one for one in session.exec(left.with_for_update(key_share=True)) if one is not row]
    if len(others) == 1:
        _settle(session, actor, others[0], shared)
    session.flush()


def _settle(session: Session, actor: Actor, row: Any, reference: str) -> None:
    before = stored_values(row)
    row.reference, row.shared_reference = reference, None
    if stored_values(row) != before:
        touch(row)
        session.flush()
        record(session, actor, "changed", row, before=before, after=stored_values(row))


def all_shared(session: Session) -> Iterator[Shared]:
    """Of every organisation, for those who run the service."""
    for model in WITH_REFERENCES:
        found: dict[tuple[str, UUID, str], list[UUID]] = {}
        query = (
            select(Organisation.name, Organisation.id, model.shared_reference, model.id)
            .join(model, col(model.organisation_id) == Organisation.id)
            .where(col(model.shared_reference).is_not(None))
            .order_by(col(Organisation.id), col(model.shared_reference), col(model.created_at))
        )
        for name, organisation_id, reference, row_id in session.exec(query):
            found.setdefault((name, organisation_id, reference or ""), []).append(row_id)
        for (name, _, reference), ids in found.items():
            yield Shared(name, resource_name(model), reference, ids)
