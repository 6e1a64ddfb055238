"""What tests of reports share: the four-place contract after half a year, and a year of people."""

from datetime import date
from itertools import count
from typing import Any
from uuid import UUID

from stdnum.luhn import calc_check_digit

from app.models.clauses import Clause
from app.models.contracts import Contract
from app.models.values import TargetGroup
from tests.callers import Caller, Service
from tests.journeys import Case, actor_of, add_moves, add_placement, change_row, make_case
from tests.make import (
    make_candidate,
    make_clause,
    make_contract,
    make_move,
    make_outcome,
    make_placement,
    make_slot,
    make_supplier,
)

AS_OF = "2018-09-10"
SERIAL = count(900_000)
# One is done, one goes on, one is booked, and one is missing: dates as agreed, and the moves.
PLACEMENTS: tuple[tuple[date, date, dict[str, str]], ...] = (
    (date(2018, 3, 15), date(2018, 8, 14), {"active": "2018-03-15", "completed": "2018-08-14"}),
    (date(2018, 6, 1), date(2018, 11, 30), {"active": "2018-06-01"}),
    (date(2018, 10, 1), date(2019, 2, 28), {}),
)


def half_way(service: Service, caller: Caller, **clause: Any) -> Case:
    case = make_case(service, caller, people=0, clause=clause, places=4)
    for start, end, moves in PLACEMENTS:
        place(service, caller, case, start, end, moves)
    return case


def place(
    service: Service,
    caller: Caller,
    case: Case,
    start: date,
    end: date,
    moves: dict[str, str],
    **more: Any,
) -> UUID:
    placement_id = add_placement(service, caller, case, start_date=start, end_date=end, **more)
    add_moves(service, caller, placement_id, *moves.items())
    return placement_id


def with_surplus(service: Service, caller: Caller) -> Case:
    """Two clauses of one place each: two have been in the first, nobody in the second."""
    case = make_case(service, caller, people=0, clause={"places": 1}, places=2)
    for _ in range(2):
        place(service, caller, case, *PLACEMENTS[0])
    with service.database.writing() as session:
        make_clause(session, actor_of(caller), contract_id=case.contract_id, places=1)
    return case


def add_framework(service: Service, caller: Caller, case: Case) -> UUID:
    """Makes the case's contract the call-off of a framework whose clause leaves it the quantity."""
    left: dict[str, Any] = {"quantity_per_call_off": True, "places": None, "minimum_months": None}
    left |= {"first_start_within_months": 6, "report_dates": [date(2018, 6, 1)]}
    with service.database.writing() as session:
        actor = actor_of(caller)
        supplier_id = session.get_one(Contract, case.contract_id).supplier_id
        framework_id = make_contract(session, actor, supplier_id=supplier_id).id
        clause_id = make_clause(session, actor, contract_id=framework_id, **left).id
    change_row(service, Contract, case.contract_id, framework_contract_id=framework_id)
    change_row(service, Clause, case.clause_id, inherits_from_clause_id=clause_id)
    return framework_id


def start_people(
    service: Service,
    caller: Caller,
    people: dict[str, int],
    year: int = 2018,
    group: str = "g",
    outcome: str | None = None,
) -> list[UUID]:
    """So many persons of each municipality start that year, and are of one target group."""
    actor = actor_of(caller)
    with service.database.writing() as session:
        digits = f"556{next(SERIAL):06}"
        number = digits + calc_check_digit(digits)
        supplier = make_supplier(session, actor, organisation_number=number)
        slot = make_slot(session, actor, supplier_id=supplier.id)
        persons = [
            make_candidate(
                session, actor, municipality_code=code, target_groups=[TargetGroup(code=group)]
            )
            for code, count in people.items()
            for _ in range(count)
        ]
        for person in persons:
            dates = {"start_date": date(year, 5, 1), "end_date": date(year, 8, 31)}
            ids = {"slot_id": slot.id, "candidate_id": person.id}
            placement = make_placement(session, actor, **ids, **dates)
            make_move(session, actor, placement.id, "active", date(year, 5, 1))
            make_move(session, actor, placement.id, "completed", date(year, 8, 31))
            if outcome is not None:
                make_outcome(session, actor, placement.id, outcome, date(year, 8, 31))
        return [person.id for person in persons]


def read(caller: Caller, path: str, **more: Any) -> Any:
    answer = caller.get(path, **more)
    assert answer.status_code == 200, answer.text
    return answer


def contract_report(caller: Caller, case: Case, query: str = f"asOf={AS_OF}", **more: Any) -> Any:
    return read(caller, f"/contracts/{case.contract_id}/report?{query}", **more)
