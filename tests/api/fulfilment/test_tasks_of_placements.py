"""What placements, proposals and checks of employers ask for, until it is recorded."""

import re
from datetime import date
from typing import Any

import pytest

from app.models.keys import Role
from app.models.placement_outcomes import PlacementOutcome
from app.models.slots import Slot
from tests.api.fulfilment.task_cases import TODAY, current_case, day, kinds, stay, tasks
from tests.callers import Caller, Service
from tests.journeys import (
    Case,
    actor_of,
    add_candidate,
    add_moves,
    add_slot,
    change_row,
    decide,
    make_case,
    proposals_of,
    start_run,
)
from tests.make import make_signatures

REFERENCE = "KS 2017/[a-p]{8}"


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
        [task] = tasks(admin, own)
        said = rf"Besluta .* platsen Snickare \(avtal {REFERENCE}\), i matchningen för 2018-02-01\."
        assert re.fullmatch(said, task["text"])
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
        agreement, start = (one["text"] for one in tasks(admin))
        said = rf"platsen Snickare \(avtal {REFERENCE}\) skrivs under före starten {due}\."
        assert re.search(said, agreement)
        assert "deltagaren, leverantören, myndigheten" in agreement
        assert re.search(rf"platsen Snickare \(avtal {REFERENCE}\), med start {due},", start)
        with service.database.writing() as session:
            make_signatures(session, actor_of(admin), placement_id, TODAY)
        assert kinds(admin) == [("placement-should-start", due)]

    def test_end(self, service: Service, admin: Caller) -> None:
        case = current_case(service, admin)
        started = {"status": "active", "started_on": day(-150)}
        placement_id = stay(service, admin, case, -150, 5, **started)
        add_moves(service, admin, placement_id, ("active", f"{day(-150)}"))
        assert kinds(admin) == [("placement-should-end", f"{day(5)}")]
        said = f", med sista dag {day(5)}, slutade."
        [task] = tasks(admin)
        assert task["text"].startswith("Notera hur placeringen på platsen Snickare (avtal KS 2017/")
        assert task["text"].endswith(said)

    def test_names_the_place_and_not_the_person(self, service: Service, admin: Caller) -> None:
        case = current_case(service, admin)
        who = add_candidate(service, admin, reference="AF-0017")
        voluntary = {"slot_id": add_slot(service, admin, case, title="Målare"), "clause_id": None}
        stay(service, admin, case, 20, 200, candidate_id=who, **voluntary)
        english = {"Accept-Language": "en"}
        answer = admin.get("/tasks?kind=placement-should-start", headers=english)
        assert [one["text"] for one in answer.json()["items"]] == [
            f"Note that the placement in the slot Målare (voluntary), to start on {day(20)}, has "
            "started, or cancel it."
        ]

    def test_outcomes(self, service: Service, admin: Caller) -> None:
        case = current_case(service, admin)
        over = {"status": "completed", "started_on": day(-300), "ended_on": day(-100)}
        placement_id = stay(service, admin, case, -300, -100, **over)
        found = tasks(admin, "&kind=outcome-due")
        assert found[0]["due"] == f"{day(-100)}"
        assert len(found) == 2  # at the end, and after three months
        said = rf"Snickare \(avtal {REFERENCE}\) som slutade {day(-100)}"
        assert re.search(rf"{said}\.$", found[0]["text"])
        assert re.search(rf"{said}, efter 3 månader\.$", found[1]["text"])
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
