"""Clauses of today and what is due of them, for tests of tasks."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app.clock import today_in_sweden
from app.models.placements import Placement
from tests.callers import Caller, Service
from tests.journeys import Case, actor_of, add_moves, add_placement, change_row
from tests.make import make_clause, make_contract, make_slot

TODAY = today_in_sweden()


def day(days: int) -> date:
    return TODAY + timedelta(days)


def current_case(service: Service, admin: Caller, **terms: Any) -> Case:
    """A clause of a contract that began a hundred days ago, with a slot, followed up next year."""
    actor = actor_of(admin)
    with service.database.writing() as session:
        contract = make_contract(session, actor, start_date=day(-100), end_date=day(400))
        values = {"places": 1, "next_follow_up_date": day(365)} | terms
        clause = make_clause(session, actor, contract_id=contract.id, **values)
        where = {"supplier_id": contract.supplier_id, "clause_id": clause.id}
        slot = make_slot(
            session,
            actor,
            **where,
            earliest_start=day(-100),
            latest_start=day(-90),
            end_date=day(400),
        )
        return Case(contract.id, clause.id, slot.id, [])


def stay(service: Service, admin: Caller, case: Case, start: int, end: int, **more: Any) -> UUID:
    dates = {"start_date": day(start), "end_date": day(end)}
    return add_placement(service, admin, case, **dates, programme="kommunal", **more)


def end_early(service: Service, admin: Caller, placement_id: UUID, start: int, last: int) -> None:
    moves = [("active", f"{day(start)}"), ("ended-early", f"{day(last)}")]
    add_moves(service, admin, placement_id, *moves)
    values = {"started_on": day(start), "ended_on": day(last), "ended_by": "participant"}
    change_row(service, Placement, placement_id, status="ended-early", **values)


def tasks(caller: Caller, query: str = "") -> list[Any]:
    answer = caller.get(f"/tasks?limit=100{query}")
    assert answer.status_code == 200, answer.text
    items: list[Any] = answer.json()["items"]
    return items


def kinds(caller: Caller, query: str = "") -> list[tuple[str, str]]:
    return [(one["kind"], one["due"]) for one in tasks(caller, query)]
