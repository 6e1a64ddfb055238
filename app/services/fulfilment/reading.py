"""The facts of clauses, read in a fixed number of queries however many the clauses are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import String, Uuid, type_coerce
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, or_
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import FieldError, Invalid
from app.models.clauses import Clause, ClauseVersion
from app.models.contracts import Contract
from app.models.follow_ups import FollowUp
from app.models.placements import Placement, PlacementMove, PlacementStatus
from app.models.rows import Row
from app.models.slots import Slot, most_at_once
from app.services.fulfilment.causes import causes_of
from app.services.fulfilment.facts import (
    ClauseFacts,
    MoveFact,
    PlacementFact,
    SlotFact,
    uncorrected,
)
from app.services.fulfilment.hints import read_hints
from app.services.fulfilment.verdict import Fulfilment, fulfilment_of, with_call_offs
from app.services.ground import Actor, Past, read_known_programmes, read_past, select_visible

STATUSES = {status.value: status for status in PlacementStatus}
PLACEMENT_COLUMNS = (
    "clause_id",
    "id",
    "slot_id",
    "extends_placement_id",
    "start_date",
    "end_date",
    "programme",
    "extent_percent",
)
SLOT_COLUMNS = (
    "id",
    "clause_id",
    "supplier_id",
    "places",
    "supervisor_capacity",
    "extent_percent",
    "latest_start",
    "end_date",
    "title",
)
MOVE_COLUMNS = ("placement_id", "to", "on", "ended_by", "reason")


@dataclass(frozen=True)
class Reading:
    """Whose facts to read, about which clauses, and as known at which moment (None: now)."""

    session: Session
    actor: Actor
    clauses: SelectOfScalar[Clause]
    past: Past | None = None
    every_slot: bool = False

    @property
    def clause_ids(self) -> Any:
        return self.clauses.order_by(None).with_only_columns(col(Clause.id))

    def known(self, model: Any, query: Any) -> Any:
        """Narrows a query of rows that are never changed to those stored by the moment."""
        return query if self.past is None else query.where(model.created_at <= self.past.known_at)


def read_fulfilment(
    session: Session,
    actor: Actor,
    clause: Clause,
    as_of: date,
    known_at: datetime | None = None,
) -> Fulfilment:
    """The clause's fulfilment on that date, with the causes of what is missing."""
    heirs = col(Clause.inherits_from_clause_id) == clause.id
    query = select_visible(Clause, actor).where(or_(col(Clause.id) == clause.id, heirs))
    read = read_fulfilments(session, actor, query, as_of, known_at, every_slot=True)
    found = next((one for one in read if one.clause.id == clause.id), None)
    if found is None:
        raise Invalid(FieldError("knownAt", "is before the clause was registered"))
    itself = select_visible(Clause, actor).where(col(Clause.id) == clause.id)
    hints = read_hints(session, actor, itself, as_of, known_at)
    return replace(found, causes=causes_of(found, hints))


def read_fulfilments(
    session: Session,
    actor: Actor,
    clauses: SelectOfScalar[Clause],
    as_of: date,
    known_at: datetime | None = None,
    every_slot: bool = False,
) -> list[Fulfilment]:
    """The fulfilment of all clauses known then, without causes: empty slots are not read."""
    facts = read_facts(session, actor, clauses, known_at, every_slot)
    found = [replace(fulfilment_of(one, as_of), known_at=known_at) for one in facts]
    heirs = defaultdict(list)
    for one in found:
        heirs[one.clause.inherits_from_clause_id].append(one)
    return [with_call_offs(one, heirs[one.clause.id]) for one in found]


def read_facts(
    session: Session,
    actor: Actor,
    clauses: SelectOfScalar[Clause],
    known_at: datetime | None = None,
    every_slot: bool = False,
) -> list[ClauseFacts]:
    past = None
    if known_at is not None:
        past = read_past(session, actor, known_at, (Clause, Contract, Slot))
    reading = Reading(session, actor, clauses, past, every_slot)
    contracts = {contract.id: contract for contract in _contracts(reading)}
    versions = _by_clause(session.exec(_versions(reading)))
    slots, placements = _slots(reading), _placements(reading)
    programmes = read_known_programmes(session, actor, known_at)
    follow_ups = _by_clause(session.exec(_follow_ups(reading)))
    return [
        ClauseFacts(
            clause=clause,
            contract=contracts[clause.contract_id],
            versions=versions[clause.id],
            slots=slots[clause.id],
            placements=placements[clause.id],
            follow_ups=uncorrected(follow_ups[clause.id]),
            programmes=programmes,
        )
        for clause in _clauses(reading)
        if versions[clause.id]  # a moment may lie between a clause and its first terms
    ]


def _clauses(reading: Reading) -> Iterable[Clause]:
    rows = reading.session.exec(reading.clauses)
    if reading.past is None:
        return rows
    return [reading.past.rewound(row) for row in rows if reading.past.knew(row)]


def _contracts(reading: Reading) -> Iterable[Contract]:
    named = reading.clauses.order_by(None).with_only_columns(col(Clause.contract_id))
    query = select_visible(Contract, reading.actor).where(col(Contract.id).in_(named))
    rows = reading.session.exec(query)
    return rows if reading.past is None else [reading.past.rewound(row) for row in rows]


def _versions(reading: Reading) -> Any:
    own = col(ClauseVersion.clause_id).in_(reading.clause_ids)
    return reading.known(ClauseVersion, select_visible(ClauseVersion, reading.actor).where(own))


def _follow_ups(reading: Reading) -> Any:
    own = col(FollowUp.clause_id).in_(reading.clause_ids)
    return reading.known(FollowUp, select_visible(FollowUp, reading.actor).where(own))


def _slots(reading: Reading) -> dict[UUID, dict[UUID, SlotFact]]:
    """Slots by id, for each clause."""
    facts: dict[UUID, dict[UUID, SlotFact]] = defaultdict(dict)
    for row in _slot_rows(reading):
        if row.clause_id is not None:
            extent, room = row.extent_percent, most_at_once(row)
            days = (row.latest_start, row.end_date)
            fact = SlotFact(row.supplier_id, room, extent.min, extent.max, *days, row.title)
            facts[row.clause_id][row.id] = fact
    return facts


def _slot_rows(reading: Reading) -> Iterable[Any]:
    """The slots as known at the moment, also those that have since moved to another clause."""
    if reading.past is not None:
        past, every = reading.past, select_visible(Slot, reading.actor)
        return [past.rewound(row) for row in reading.session.exec(every) if past.knew(row)]
    own = col(Slot.clause_id).in_(reading.clause_ids)
    mine = col(Slot.organisation_id) == reading.actor.organisation_id
    query: Any = select_columns(*(getattr(Slot, name) for name in SLOT_COLUMNS)).where(mine, own)
    if not reading.every_slot:
        held = col(Placement.organisation_id) == reading.actor.organisation_id
        query = query.where(col(Slot.id).in_(select_columns(col(Placement.slot_id)).where(held)))
    rows: Iterable[Any] = reading.session.execute(query)
    return rows


def _placements(reading: Reading) -> dict[UUID, list[PlacementFact]]:
    # The clauses imply the organisation; naming it too would make SQLite scan all its placements.
    own = col(Placement.clause_id).in_(reading.clause_ids)
    ids, moves = Identifiers(), _moves(reading, select_columns(col(Placement.id)).where(own))
    query = _columns(Placement, *PLACEMENT_COLUMNS).where(own)
    facts: dict[UUID, list[PlacementFact]] = defaultdict(list)
    for row in reading.session.execute(reading.known(Placement, query)):
        clause_id, itself, slot_id, extends, start, end, programme, extent = row
        named = (ids[itself], ids[slot_id], ids[extends])
        known = tuple(moves.get(itself, ()))
        fact = PlacementFact(*named, start, end, programme, extent, known)
        facts[ids[clause_id]].append(fact)
    return facts


def _moves(reading: Reading, own: Any) -> dict[Any, list[MoveFact]]:
    """Moves by the placement's id as the database gives it."""
    query = _columns(PlacementMove, *MOVE_COLUMNS).where(col(PlacementMove.placement_id).in_(own))
    facts: dict[Any, list[MoveFact]] = defaultdict(list)
    for placement_id, to, *values in reading.session.execute(reading.known(PlacementMove, query)):
        facts[placement_id].append(MoveFact(STATUSES[to], *values))
    return facts


class Identifiers(dict[Any, Any]):
    """Turns ids of the database into UUIDs, each one once, as many rows share a few ids."""

    def __missing__(self, given: Any) -> Any:
        self[given] = given if given is None or isinstance(given, UUID) else UUID(given)
        return self[given]


def _columns(model: type[Row], *names: str) -> Any:
    """Plain columns, with ids as they are stored: objects of so many rows would take too long."""
    columns = (getattr(model, name) for name in names)
    return select_columns(
        *(
            type_coerce(column, String) if isinstance(column.type, Uuid) else column
            for column in columns
        )
    )


def _by_clause(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.clause_id].append(row)
    return found
