"""The steps from rows to decisions, for tests of later steps."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.models.keys import Role
from app.models.slots import Slot
from app.services.ground.permissions import Actor
from tests.callers import Caller, Service
from tests.make import (
    make_candidate,
    make_clause,
    make_contract,
    make_move,
    make_placement,
    make_slot,
)

AS_OF = "2018-02-01"
APPROVAL = {"outcome": "approved", "reason": "good-fit"}
DECLINE = {"outcome": "declined", "reason": "candidate-declined"}


@dataclass(frozen=True)
class Case:
    """One contract with one clause and one slot, and people who fit it."""

    contract_id: UUID
    clause_id: UUID
    slot_id: UUID
    candidate_ids: list[UUID]


def actor_of(caller: Caller, role: Role = Role.ADMIN) -> Actor:
    assert caller.key is not None
    return Actor(caller.organisation_id, UUID(caller.key.split("_")[1]), role)


def make_case(
    service: Service,
    caller: Caller,
    people: int = 1,
    clause: Mapping[str, Any] | None = None,
    **slot: Any,
) -> Case:
    actor = actor_of(caller)
    with service.database.writing() as session:
        contract = make_contract(session, actor)
        its_clause = make_clause(session, actor, contract_id=contract.id, **(clause or {}))
        supplier = {"supplier_id": contract.supplier_id, "clause_id": its_clause.id}
        its_slot = make_slot(session, actor, **(supplier | slot))
        candidates = [
            make_candidate(session, actor, reference=f"AF-{number:03}") for number in range(people)
        ]
        return Case(contract.id, its_clause.id, its_slot.id, [one.id for one in candidates])


def add_slot(service: Service, caller: Caller, case: Case, **overrides: Any) -> UUID:
    """One more slot of the case's supplier; voluntary unless overrides name a clause."""
    with service.database.writing() as session:
        values = {"supplier_id": session.get_one(Slot, case.slot_id).supplier_id} | overrides
        return make_slot(session, actor_of(caller), **values).id


def add_candidate(service: Service, caller: Caller, **overrides: Any) -> UUID:
    with service.database.writing() as session:
        return make_candidate(session, actor_of(caller), **overrides).id


def add_placement(service: Service, caller: Caller, case: Case, **overrides: Any) -> UUID:
    """A placement in the case's slot, of somebody who is not one of its candidates."""
    actor = actor_of(caller)
    values = {"slot_id": case.slot_id, "clause_id": case.clause_id} | overrides
    with service.database.writing() as session:
        return make_placement(session, actor, **values).id


def add_moves(service: Service, caller: Caller, placement_id: UUID, *moves: Any) -> None:
    """Adds moves, given as (to, on) or (to, on, more); the participant ends a placement early."""
    actor = actor_of(caller)
    with service.database.writing() as session:
        for to, on, *more in moves:
            why = {"ended_by": "participant", "reason": "found-work"} if to == "ended-early" else {}
            values = why | (more[0] if more else {})
            make_move(session, actor, placement_id, to, date.fromisoformat(on), **values)


def change_row(service: Service, model: Any, row_id: UUID, **values: Any) -> None:
    with service.database.writing() as session:
        row = session.get_one(model, row_id)
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)


def start_run(caller: Caller, **order: Any) -> Any:
    answer = caller.post("/match-runs", {"asOf": AS_OF} | order)
    assert answer.status_code == 201, answer.text
    return answer.json()


def order_run(caller: Caller, **order: Any) -> Any:
    """Orders a run, which then waits for a worker."""
    answer = caller.post("/match-runs", {"asOf": AS_OF} | order)
    assert answer.status_code == 202, answer.text
    return answer.json()


def proposals_of(caller: Caller, run: Any, query: str = "") -> list[Any]:
    return list(_pages(caller, f"/match-runs/{run['id']}/proposals?limit=100{query}"))


def decide(caller: Caller, proposal: Any, decision: Mapping[str, Any] = APPROVAL) -> Any:
    return caller.post(f"/proposals/{proposal['id']}/decisions", dict(decision))


def codes_of_the_left(caller: Caller, run: Any) -> list[str]:
    """The codes of the reasons why the run left people unmatched."""
    answer = caller.get(f"/match-runs/{run['id']}/unmatched-candidates").json()
    return [reason["code"] for item in answer["items"] for reason in item["reasons"]]


def placed_elsewhere(service: Service, admin: Caller) -> UUID:
    """A person whom no run here can propose, because they are placed elsewhere."""
    return add_candidate(service, admin, occupations=[{"ssyk": "5"}], available_to=date(2018, 2, 2))


def _pages(caller: Caller, path: str) -> Iterator[Any]:
    page, last = 1, 1
    while page <= last:
        answer = caller.get(f"{path}&page={page}").json()
        yield from answer["items"]
        last = -(-answer["_meta"]["totalRecords"] // 100)
        page += 1
