"""An organisation with many clauses and placements, stored without checks: only for measuring."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

import httpx
from sqlmodel import Session, select

from app.demo import example
from app.demo.journey import post
from app.models.candidates import Candidate
from app.models.clauses import Clause, ClauseVersion
from app.models.contracts import Contract
from app.models.follow_ups import FollowUp, FollowUpKind
from app.models.placements import Placement, PlacementMove, PlacementStatus
from app.models.rows import Row
from app.models.slots import Slot
from app.services.ground import Actor

R = TypeVar("R", bound=Row)

BEGUN, AS_OF = date(2018, 3, 1), date(2018, 10, 1)
STAY = timedelta(122)
ITS_OWN = {"id", "version", "created_at", "updated_at"}


@dataclass(frozen=True)
class Scale:
    clauses: int
    placements_each: int

    @property
    def placements(self) -> int:
        return self.clauses * self.placements_each


def register_first(api: httpx.Client) -> UUID:
    """Registers a contract, a clause, a slot and a person, of which all others are copies."""
    supplier = post(api, "/suppliers", example.supplier())
    contract = post(api, "/contracts", example.contract(BEGUN, supplier["id"]))
    clause = post(api, f"/contracts/{contract['id']}/clauses", example.clause(BEGUN))
    post(api, "/slots", example.slots(BEGUN, supplier["id"], clause["id"])[0])
    post(api, "/candidates", example.candidates(BEGUN, supplier["id"])[0])
    return UUID(clause["id"])


def fill(session: Session, actor: Actor, scale: Scale) -> None:
    """Copies the first clause until there are enough, and places the one person in each slot."""
    clause, contract = session.exec(select(Clause)).one(), session.exec(select(Contract)).one()
    slot, person = session.exec(select(Slot)).one(), session.exec(select(Candidate)).one()
    version = session.exec(select(ClauseVersion)).one()
    slots = [slot]
    for number in range(1, scale.clauses):
        own = _copied(contract, reference=f"KS 2018/{number}")
        its_clause = _copied(clause, contract_id=own.id)
        its_slot = _copied(slot, clause_id=its_clause.id)
        _store(session, own, its_clause, its_slot, _copied(version, clause_id=its_clause.id))
        slots.append(its_slot)
    for one in slots:
        placements = [
            _placement(actor, one, person.id, number) for number in range(scale.placements_each)
        ]
        session.add_all(placements)
        session.flush()
        moves = [move for row in enumerate(placements) for move in _moves(actor, *row)]
        session.add_all([*moves, *_visits(actor, one)])
    session.flush()


def _store(session: Session, *rows: Row) -> None:
    """Stores them one after the other, because the session does not know which needs which."""
    for row in rows:
        session.add(row)
        session.flush([row])


def _copied(row: R, **other: object) -> R:
    kept = {name: getattr(row, name) for name in type(row).model_fields if name not in ITS_OWN}
    return type(row)(**kept | other)


def _placement(actor: Actor, slot: Slot, candidate_id: UUID, number: int) -> Placement:
    """A placement; a third of them are to come, a third under way, and a third over."""
    start = AS_OF + (1 - number % 3) * STAY
    values = {
        "candidate_id": candidate_id,
        "slot_id": slot.id,
        "clause_id": slot.clause_id,
        "start_date": start,
        "end_date": start + STAY,
        "programme": "arbetspraktik",
        "reason": "good-fit",
    }
    return Placement.model_validate(_owned(actor) | values)


def _moves(actor: Actor, number: int, placement: Placement) -> Iterator[PlacementMove]:
    days = {PlacementStatus.READY: placement.start_date}
    days[PlacementStatus.ACTIVE] = placement.start_date
    if number % 3 == 2:
        days[PlacementStatus.COMPLETED] = placement.end_date
    for to, on in days.items():
        values = {"placement_id": placement.id, "origin": "planned", "to": to, "on": on}
        yield PlacementMove.model_validate(_owned(actor) | values)


def _visits(actor: Actor, slot: Slot) -> Iterator[FollowUp]:
    for on in (BEGUN, AS_OF):
        values = {"clause_id": slot.clause_id, "kind": FollowUpKind.VISIT, "on": on}
        yield FollowUp.model_validate(_owned(actor) | values)


def _owned(actor: Actor) -> dict[str, object]:
    return {"organisation_id": actor.organisation_id, "key_id": actor.key_id}
