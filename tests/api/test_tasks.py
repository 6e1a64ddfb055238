"""What is due, for whom and by when: each kind is there until what it asks for is recorded."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.clock import today_in_sweden
from app.models.keys import Role
from app.models.placement_outcomes import PlacementOutcome
from app.models.placements import Placement
from app.models.slots import Slot
from app.services.task_kinds import TaskKind
from tests.api.registers import pointers
from tests.callers import Caller, Service
from tests.journeys import (
    Case,
    actor_of,
    add_moves,
    add_placement,
    change_row,
    decide,
    make_case,
    proposals_of,
    start_run,
)
from tests.make import make_clause, make_contract, make_signatures, make_slot

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


class TestFollowUpDue:
    def test_until_the_next_date_is_later(self, service: Service, admin: Caller) -> None:
        case = current_case(service, admin, next_follow_up_date=day(-1))
        [task] = tasks(admin)
        assert (task["kind"], task["due"], task["overdue"]) == (
            "follow-up-due",
            f"{day(-1)}",
            True,
        )
        assert (task["role"], task["responsible"]) == ("procurement", "Upphandlingsenheten")
        assert (task["resource"], task["resourceId"]) == ("clauses", str(case.clause_id))
        assert "i riskzonen" in task["text"]
        visit = {"kind": "visit", "on": f"{TODAY}", "nextFollowUpDate": f"{day(90)}"}
        assert admin.post(f"/clauses/{case.clause_id}/follow-ups", visit).status_code == 201
        assert tasks(admin) == []
        assert kinds(admin, f"&until={day(90)}") == [("follow-up-due", f"{day(90)}")]
        assert kinds(admin, f"&until={day(89)}") == []

    @pytest.mark.parametrize(("ahead", "count"), [(30, 1), (31, 0)])
    def test_thirty_days_ahead_unless_told(
        self, service: Service, admin: Caller, ahead: int, count: int
    ) -> None:
        current_case(service, admin, next_follow_up_date=day(ahead))
        assert len(tasks(admin)) == count

    def test_not_of_a_settled_clause(self, service: Service, admin: Caller) -> None:
        talk = {"kind": "dialogue", "places": None, "minimum_months": None}
        case = current_case(service, admin, next_follow_up_date=TODAY)
        values = {"contract_id": case.contract_id, "next_follow_up_date": TODAY} | talk
        with service.database.writing() as session:
            dialogue = make_clause(session, actor_of(admin), **values).id
        assert len(tasks(admin)) == 2
        held = {"kind": "dialogue-held", "on": f"{TODAY}"}
        assert admin.post(f"/clauses/{dialogue}/follow-ups", held).status_code == 201
        assert [one["resourceId"] for one in tasks(admin)] == [str(case.clause_id)]


class TestReportDue:
    def test_each_until_it_has_come(self, service: Service, admin: Caller) -> None:
        dates = [day(-30), day(-1), day(30), day(31)]
        case = current_case(service, admin, report_dates=dates)
        assert kinds(admin) == [("report-due", f"{one}") for one in dates[:3]]
        report = {"kind": "report", "on": f"{TODAY}", "nextFollowUpDate": f"{day(90)}"}
        admin.post(f"/clauses/{case.clause_id}/follow-ups", report)
        assert kinds(admin) == [("report-due", f"{one}") for one in dates[1:3]]
        assert "rapport 2" in tasks(admin)[0]["text"]


class TestReplacementDue:
    def test_until_somebody_has_the_place(self, service: Service, admin: Caller) -> None:
        case = current_case(service, admin)
        placement_id = stay(service, admin, case, -60, 100)
        end_early(service, admin, placement_id, -60, -10)
        found = [one for one in tasks(admin) if one["kind"] == "replacement-due"]
        assert [(one["due"], one["resourceId"]) for one in found] == [
            (f"{day(20)}", str(placement_id))
        ]
        assert f"avbröts {day(-10)}" in found[0]["text"]
        stay(service, admin, case, 10, 250)
        assert "replacement-due" not in [kind for kind, _ in kinds(admin)]

    def test_no_later_than_the_last_safe_start(self, service: Service, admin: Caller) -> None:
        case = current_case(service, admin, minimum_months=13)
        placement_id = stay(service, admin, case, -60, 400)
        end_early(service, admin, placement_id, -60, -10)
        [found] = [one for one in tasks(admin) if one["kind"] == "replacement-due"]
        shown = admin.get(f"/clauses/{case.clause_id}/fulfilment").json()
        assert found["due"] == shown["lastSafeStartDate"] < f"{day(20)}"

    def test_of_full_time_months(self, service: Service, admin: Caller) -> None:
        months = {"places": None, "minimum_months": None, "full_time_months": 1}
        case = current_case(service, admin, **months)
        ended = [stay(service, admin, case, -60, 200) for _ in range(2)]
        for placement_id, last in zip(ended, (-50, -40), strict=True):
            end_early(service, admin, placement_id, -60, last)
        found = [one for one in tasks(admin) if one["kind"] == "replacement-due"]
        assert [one["resourceId"] for one in found] == [str(ended[1])]

    def test_not_of_one_that_counts(self, service: Service, admin: Caller) -> None:
        case = current_case(service, admin, early_end_share_percent=75)
        placement_id = stay(service, admin, case, -100, 25)
        end_early(service, admin, placement_id, -100, -5)
        assert "replacement-due" not in [kind for kind, _ in kinds(admin)]


class TestGateExpiring:
    CHECK = {"gate": "registered-employer", "outcome": "passed", "checkedBy": "HR"}  # noqa: RUF012  # never changed

    def check(self, admin: Caller, case: Case, on: date, until: date) -> None:
        supplier = admin.get(f"/slots/{case.slot_id}").json()["supplierId"]
        body = self.CHECK | {"checkedOn": f"{on}", "validUntil": f"{until}"}
        answer = admin.post(f"/suppliers/{supplier}/gate-checks", body)
        assert answer.status_code == 201, answer.text

    def test_until_it_is_renewed(self, service: Service, admin: Caller) -> None:
        case = current_case(service, admin)
        stay(service, admin, case, 40, 200)
        self.check(admin, case, day(-300), day(10))
        [task] = tasks(admin)
        assert (task["kind"], task["due"]) == ("gate-expiring", f"{day(10)}")
        assert "Exempelbygg" in task["text"]
        self.check(admin, case, TODAY, day(365))
        assert tasks(admin) == []

    def test_only_of_suppliers_that_take_people(self, service: Service, admin: Caller) -> None:
        case = current_case(service, admin)
        self.check(admin, case, day(-300), day(10))
        assert tasks(admin) == []
        change_row(service, Slot, case.slot_id, latest_start=TODAY)
        assert [kind for kind, _ in kinds(admin)] == ["gate-expiring"]


class TestProposalWaiting:
    @pytest.fixture
    def proposal(self, service: Service, admin: Caller) -> Any:
        make_case(service, admin, people=1)
        return proposals_of(admin, start_run(admin))[0]

    def test_until_it_is_decided(self, admin: Caller, proposal: Any) -> None:
        own = "&kind=proposal-waiting&until=2018-02-15"
        assert kinds(admin, own) == [("proposal-waiting", "2018-02-15")]
        assert kinds(admin, "&kind=proposal-waiting&until=2018-02-14") == []
        decide(admin, proposal)
        assert tasks(admin, own) == []

    @pytest.mark.parametrize(
        ("role", "count"),
        [(Role.CASEWORKER, 1), (Role.ADMIN, 1), (Role.PROCUREMENT, 0), (Role.AUDITOR, 0)],
    )
    def test_only_for_those_who_may_read_it(
        self, service: Service, proposal: Any, role: Role, count: int
    ) -> None:
        assert proposal
        assert len(tasks(service.caller(role), "&kind=proposal-waiting")) == count


class TestPlacements:
    def test_agreement_and_start(self, service: Service, admin: Caller) -> None:
        case = current_case(service, admin)
        placement_id = stay(service, admin, case, 20, 200)
        due = f"{day(20)}"
        assert kinds(admin) == [("agreement-due", due), ("placement-should-start", due)]
        assert "deltagaren, leverantören, myndigheten" in tasks(admin)[0]["text"]
        with service.database.writing() as session:
            make_signatures(session, actor_of(admin), placement_id, TODAY)
        assert kinds(admin) == [("placement-should-start", due)]

    def test_end(self, service: Service, admin: Caller) -> None:
        case = current_case(service, admin)
        started = {"status": "active", "started_on": day(-150)}
        placement_id = stay(service, admin, case, -150, 5, **started)
        add_moves(service, admin, placement_id, ("active", f"{day(-150)}"))
        assert kinds(admin) == [("placement-should-end", f"{day(5)}")]

    def test_outcomes(self, service: Service, admin: Caller) -> None:
        case = current_case(service, admin)
        over = {"status": "completed", "started_on": day(-300), "ended_on": day(-100)}
        placement_id = stay(service, admin, case, -300, -100, **over)
        found = tasks(admin, "&kind=outcome-due")
        assert found[0]["due"] == f"{day(-100)}"
        assert len(found) == 2  # at the end, and after three months
        assert "efter 3 månader" in found[1]["text"]
        told = {"after_months": 0, "outcome": "in-work", "on": TODAY}
        with service.database.writing() as session:
            owner = actor_of(admin)
            keys = {"organisation_id": owner.organisation_id, "key_id": owner.key_id}
            row = {"placement_id": placement_id} | keys | told
            session.add(PlacementOutcome.model_validate(row))
        assert len(tasks(admin, "&kind=outcome-due")) == 1

    def test_who_decided_is_not_told_to_procurement(self, service: Service, admin: Caller) -> None:
        case = current_case(service, admin)
        stay(service, admin, case, 20, 200, decided_by="caseworker-17")
        assert {one["responsible"] for one in tasks(admin)} == {"caseworker-17"}
        assert len(tasks(admin, "&responsible=caseworker-17")) == 2
        procurement = service.caller(Role.PROCUREMENT)
        assert {one["responsible"] for one in tasks(procurement)} == {None}
        assert tasks(procurement, "&responsible=caseworker-17") == []


class TestListTasks:
    def test_pages_and_filters(self, service: Service, admin: Caller) -> None:
        case = current_case(service, admin, next_follow_up_date=TODAY)
        stay(service, admin, case, 20, 200)
        answer = admin.get("/tasks?limit=1&page=2").json()
        assert (answer["items"][0]["kind"], answer["_meta"]["totalRecords"]) == (
            "agreement-due",
            3,
        )
        assert len(tasks(admin, "&kind=follow-up-due")) == 1
        assert len(tasks(admin, "&responsible=Upphandlingsenheten")) == 1
        assert len(tasks(admin, "&until=0001-01-01")) == 0

    def test_at_the_ends_of_time(self, service: Service, admin: Caller) -> None:
        make_case(service, admin, people=1, end_date=date.max, latest_start=date.max)
        start_run(admin)
        assert tasks(admin, "&until=9999-12-31")

    def test_in_english(self, service: Service, admin: Caller) -> None:
        current_case(service, admin, next_follow_up_date=TODAY)
        answer = admin.get("/tasks", headers={"Accept-Language": "en"}).json()
        assert answer["items"][0]["text"].startswith("Follow up the clause of contract")

    @pytest.mark.parametrize("role", list(Role))
    def test_every_role_reads(self, service: Service, admin: Caller, role: Role) -> None:
        current_case(service, admin, next_follow_up_date=TODAY)
        assert len(tasks(service.caller(role))) == 1

    def test_only_own(self, service: Service, admin: Caller) -> None:
        current_case(service, admin, next_follow_up_date=TODAY)
        assert tasks(service.stranger()) == []

    def test_bad_kind(self, admin: Caller) -> None:
        assert pointers(admin.get("/tasks?kind=coffee")) == ["kind"]


def test_every_kind_is_tried_here() -> None:
    with open(__file__, encoding="utf-8") as own:
        text = own.read()
    assert [kind for kind in TaskKind if kind not in text] == []
