"""Many lines at once: each replaces or creates a row by reference; a wrong one stops no other."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid4

from sqlmodel import Session, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import FieldError, HandslagError, Invalid
from app.models.candidates import Candidate, CandidateFields
from app.models.rows import Row, stored_values
from app.models.slots import Slot, SlotFields
from app.services.ground import Actor, read_known_programmes, record_as, select_visible, touch
from app.services.registers.candidates import check_clearances, check_vetoes, read_avoided
from app.services.registers.known_codes import check_candidate_codes
from app.services.registers.shared_references import named, refuse_all
from app.services.registers.slots import check_slot, read_surroundings

R = TypeVar("R", Candidate, Slot)
F = TypeVar("F", CandidateFields, SlotFields)
Fields = TypeVar("Fields", covariant=True)
Present = dict[str, list[UUID]]
"""The rows that have a reference, as people read it: more than one where they share it."""

LINES_AT_ONCE = 200


@dataclass(frozen=True)
class Line(Generic[Fields]):
    """One line of a batch that is valid by itself, and its place in the batch."""

    index: int
    fields: Fields


@dataclass(frozen=True)
class FieldsOf(Generic[Fields]):
    """The fields of all lines, which may be made anew whenever one goes through them."""

    lines: Iterable[Line[Fields]]

    def __iter__(self) -> Iterator[Fields]:
        return (line.fields for line in self.lines)


@dataclass
class BatchOutcome:
    """What became of the lines: ids created, values before and after, refusals by index."""

    created: list[UUID] = field(default_factory=list)
    before: dict[str, dict[str, Any]] = field(default_factory=dict)
    after: dict[str, dict[str, Any]] = field(default_factory=dict)
    updated: int = 0
    rejected: dict[int, HandslagError] = field(default_factory=dict)


def store_candidates(
    session: Session, actor: Actor, lines: Iterable[Line[CandidateFields]]
) -> BatchOutcome:
    wanted = FieldsOf(lines)
    present = _present(session, actor, Candidate, wanted)
    programmes = read_known_programmes(session, actor)
    avoided = read_avoided(session, actor, wanted)

    def check(fields: CandidateFields, row: Candidate | None) -> None:
        check_clearances(programmes, fields, row)
        check_candidate_codes(fields, row)
        check_vetoes(avoided, fields, row)

    outcome = _store(session, actor, Candidate, lines, present, check)
    _record(session, actor, "candidate-batches", outcome)
    return outcome


def store_slots(session: Session, actor: Actor, lines: Iterable[Line[SlotFields]]) -> BatchOutcome:
    wanted = FieldsOf(lines)
    present = _present(session, actor, Slot, wanted)
    surroundings = read_surroundings(session, actor, wanted, chain(*present.values()))

    def check(fields: SlotFields, row: Slot | None) -> None:
        check_slot(surroundings, fields, row)

    outcome = _store(session, actor, Slot, lines, present, check)
    _record(session, actor, "slot-batches", outcome)
    return outcome


def _present(session: Session, actor: Actor, model: type[R], wanted: Iterable[F]) -> Present:
    """The rows that the lines name; locked in one order so that two batches cannot deadlock."""
    references = {fields.reference for fields in wanted if fields.reference is not None}
    query: SelectOfScalar[R] = select_visible(model, actor)
    locked = query.where(named(model, *references)).with_for_update(key_share=True)
    columns = (col(model.id), col(model.shared_reference), col(model.reference))
    found: Present = {}
    for row_id, shared, reference in session.execute(locked.with_only_columns(*columns)):
        found.setdefault(shared or reference, []).append(row_id)
    return found


def _store(
    session: Session,
    actor: Actor,
    model: type[R],
    lines: Iterable[Line[F]],
    present: Present,
    check: Callable[[F, R | None], None],
) -> BatchOutcome:
    outcome = BatchOutcome()
    first_of: dict[str, int] = {}
    left = iter(lines)
    # A few at a time: a short stretch of work, after which their rows leave the memory.
    while some := list(islice(left, LINES_AT_ONCE)):
        rows = _rows(session, model, chain(*(present.get(_reference(one), []) for one in some)))
        for line in some:
            its_rows = [rows[row_id] for row_id in present.get(_reference(line), [])]
            row = its_rows[0] if its_rows else None
            try:
                _refuse_repeat(first_of, line)
                if len(its_rows) > 1:
                    refuse_all(its_rows, _reference(line))
                check(line.fields, row)
            except HandslagError as error:
                # With its traceback it would keep all the lines.
                outcome.rejected[line.index] = error.with_traceback(None)
                continue
            if row is None:
                session.add(_created(actor, model, line.fields, outcome))
            else:
                _replace(row, line.fields, outcome)
        session.flush()
    return outcome


def _reference(line: Line[F]) -> str:
    return line.fields.reference or ""


def _rows(session: Session, model: type[R], ids: Iterable[UUID]) -> dict[UUID, R]:
    found = session.exec(select(model).where(col(model.id).in_([*ids])))
    return {row.id: row for row in found}


def _refuse_repeat(first_of: dict[str, int], line: Line[F]) -> None:
    reference = line.fields.reference
    if reference is None:
        return
    first = first_of.setdefault(reference, line.index)
    if first != line.index:
        raise Invalid(FieldError("#/reference", f"is the reference of item {first} already"))


def _created(actor: Actor, model: type[R], fields: F, outcome: BatchOutcome) -> R:
    row = model.model_validate(fields.model_dump() | {"organisation_id": actor.organisation_id})
    outcome.created.append(row.id)
    return row


def _replace(row: Row, wanted: SQLModel, outcome: BatchOutcome) -> None:
    before = stored_values(row)
    for name in type(wanted).model_fields:
        setattr(row, name, getattr(wanted, name))
    outcome.updated += 1
    after = stored_values(row)
    changed = [name for name, value in after.items() if value != before[name]]
    if changed:
        touch(row)
        outcome.before[str(row.id)] = {name: before[name] for name in changed}
        outcome.after[str(row.id)] = {name: after[name] for name in changed}


def _record(session: Session, actor: Actor, resource: str, outcome: BatchOutcome) -> None:
    """Writes one event for the whole batch, and none where the batch changed nothing."""
    if outcome.created or outcome.after:
        before = {"updated": outcome.before}
        after = {"created": [str(row_id) for row_id in outcome.created], "updated": outcome.after}
        record_as(session, actor, "stored", resource, uuid4(), before, after)
