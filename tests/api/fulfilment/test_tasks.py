"""What is due, for whom and by when: each kind is there until what it asks for is recorded."""

from datetime import date
from pathlib import Path

import pytest

from app.bench.followed_up import counted_statements
from app.models.keys import Role
from app.services.tasks.kinds import TaskKind
from app.services.tasks.tasks import TaskFilter, read_tasks
from tests.api.fulfilment.task_cases import TODAY, current_case, day, end_early, kinds, stay, tasks
from tests.api.registering import pointers
from tests.callers import Caller, Service
from tests.journeys import (
    actor_of,
    add_moves,
    make_case,
    start_run,
)
from tests.make import make_clause


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

    def test_what_was_missed_is_due_though_the_clause_is_met(
        self, service: Service, admin: Caller
    ) -> None:
        case = current_case(service, admin, report_dates=[day(-1), TODAY], minimum_months=1)
        placement_id = stay(service, admin, case, -60, -10)
        moves = [("active", f"{day(-60)}"), ("completed", f"{day(-10)}")]
        add_moves(service, admin, placement_id, *moves)
        owed = [one for one in tasks(admin) if one["resource"] == "clauses"]
        assert [(one["kind"], one["due"]) for one in owed] == [("report-due", f"{day(-1)}")]
        shown = admin.get(f"/clauses/{case.clause_id}/fulfilment").json()
        assert (shown["verdict"], shown["missedDeadlines"][0]["due"]) == ("met", owed[0]["due"])
        report = {"kind": "report", "on": f"{TODAY}"}
        assert admin.post(f"/clauses/{case.clause_id}/follow-ups", report).status_code == 201
        assert "report-due" not in [kind for kind, _ in kinds(admin)]


class TestReplacementDue:
    def test_until_somebody_has_the_place(self, service: Service, admin: Caller) -> None:
        case = current_case(service, admin)
        placement_id = stay(service, admin, case, -60, 100)
        end_early(service, admin, placement_id, -60, -10)
        found = [one for one in tasks(admin) if one["kind"] == "replacement-due"]
        assert [(one["due"], one["resourceId"]) for one in found] == [
            (f"{day(20)}", str(placement_id))
        ]
        assert "på platsen Snickare (avtal KS 2017/" in found[0]["text"]
        assert f"avbröts {day(-10)}" in found[0]["text"]
        stay(service, admin, case, 10, 250)
        assert "replacement-due" not in [kind for kind, _ in kinds(admin)]

    def test_of_what_nobody_has_replaced(self, service: Service, admin: Caller) -> None:
        """The clause lacks other places too; a new placement replaces the one that ended first."""
        case = current_case(service, admin, places=5)
        ended = [stay(service, admin, case, -60, 100) for _ in range(2)]
        for placement_id, last in zip(ended, (-20, -10), strict=True):
            end_early(service, admin, placement_id, -60, last)

        def due() -> list[str]:
            found = tasks(admin, "&kind=replacement-due")
            return [one["resourceId"] for one in found]

        assert due() == [str(one) for one in ended]
        stay(service, admin, case, -20, 200)  # begins before either can be replaced
        assert due() == [str(one) for one in ended]
        stay(service, admin, case, 5, 200)
        assert due() == [str(ended[1])]
        stay(service, admin, case, -19, 200)
        assert due() == []

    def test_of_one_who_replaced_another(self, service: Service, admin: Caller) -> None:
        case = current_case(service, admin, places=5)
        first, second = (stay(service, admin, case, start, 100) for start in (-60, -30))
        end_early(service, admin, first, -60, -40)
        end_early(service, admin, second, -30, -10)
        found = tasks(admin, "&kind=replacement-due")
        assert [one["resourceId"] for one in found] == [str(second)]

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
        assert len(tasks(admin, "&until=1990-01-01")) == 0

    def test_at_the_ends_of_time(self, service: Service, admin: Caller) -> None:
        make_case(service, admin, people=1, end_date=date.max, latest_start=date.max)
        start_run(admin)
        assert tasks(admin, "&until=2100-12-31")

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

    def test_as_many_queries_whatever_the_size(self, service: Service, admin: Caller) -> None:
        actor, wanted = actor_of(admin), TaskFilter(day(30))

        def queries() -> int:
            with (
                service.database.reading() as session,
                counted_statements(service.database) as statements,
            ):
                read_tasks(session, actor, wanted, TODAY)
            return len(statements)

        case = current_case(service, admin)
        stay(service, admin, case, 20, 200)
        few = queries()
        for _ in range(3):
            stay(service, admin, case, 20, 200)
        assert (queries(), len(tasks(admin))) == (few, 8)

    def test_bad_kind(self, admin: Caller) -> None:
        assert pointers(admin.get("/tasks?kind=coffee")) == ["kind"]


def test_every_kind_is_tried() -> None:
    here = Path(__file__).parent
    text = "".join(path.read_text(encoding="utf-8") for path in here.glob("test_tasks*.py"))
    assert [kind for kind in TaskKind if kind not in text] == []
