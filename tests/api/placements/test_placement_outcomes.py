"""What became of the person: once for each time, no earlier than it, after the end."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.clock import today_in_sweden
from app.models.keys import Role
from app.models.placements import Placement
from tests.api.registering import Json, pointers
from tests.callers import Caller, Service
from tests.journeys import add_placement, change_row, make_case

IN_WORK = {"afterMonths": 0, "outcome": "in-work", "on": "2018-06-30"}


@pytest.fixture
def path(service: Service, admin: Caller) -> str:
    """Of a placement that was completed on the last of June 2018."""
    case = make_case(service, admin)
    done = {"status": "completed", "started_on": date(2018, 3, 1), "ended_on": date(2018, 6, 30)}
    return f"/placements/{add_placement(service, admin, case, **done)}/outcomes"


def change(service: Service, path: str, **values: Any) -> None:
    change_row(service, Placement, UUID(path.split("/")[2]), **values)


class TestNote:
    @pytest.mark.parametrize("outcome", ["in-work", "in-education", "other", "unknown"])
    def test_valid(self, path: str, admin: Caller, outcome: str) -> None:
        headers = {"Handslag-Caseworker": "handlaggare-17"}
        answer = admin.post(path, IN_WORK | {"outcome": outcome}, headers=headers)
        noted = answer.json()
        assert answer.status_code == 201
        assert (noted["outcome"], noted["decidedBy"]) == (outcome, "handlaggare-17")
        assert admin.get(f"/placement-outcomes/{noted['id']}").json() == noted

    def test_once_for_each_time(self, path: str, admin: Caller) -> None:
        for months, day in ((12, "2019-07-01"), (0, "2018-07-02"), (3, "2018-10-01")):
            body = IN_WORK | {"afterMonths": months, "on": day}
            assert admin.post(path, body).status_code == 201
        again = admin.post(path, IN_WORK)
        assert (again.status_code, again.json()["type"]) == (409, "/problems/already-exists")
        times = [one["afterMonths"] for one in admin.get(path).json()["items"]]
        assert times == [0, 3, 12]

    @pytest.mark.parametrize(
        ("months", "due"),
        [(0, "2018-06-30"), (3, "2018-09-30"), (6, "2018-12-30"), (12, "2019-06-30")],
    )
    def test_no_earlier_than_so_many_months_after(
        self, path: str, admin: Caller, months: int, due: str
    ) -> None:
        before = date.fromisoformat(due) - timedelta(days=1)
        early = admin.post(path, IN_WORK | {"afterMonths": months, "on": f"{before}"})
        assert pointers(early) == ["#/on"]
        assert due in early.text
        assert admin.post(path, IN_WORK | {"afterMonths": months, "on": due}).status_code == 201

    def test_not_in_the_future(self, path: str, admin: Caller) -> None:
        # Not tomorrow: midnight may pass while the test runs.
        later = today_in_sweden() + timedelta(days=2)
        assert pointers(admin.post(path, IN_WORK | {"on": f"{later}"})) == ["#/on"]

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [({"afterMonths": 4}, "afterMonths"), ({"outcome": "sick"}, "outcome")],
    )
    def test_bad_body(self, path: str, admin: Caller, body: Json, pointer: str) -> None:
        assert pointers(admin.post(path, IN_WORK | body)) == [f"#/{pointer}"]

    @pytest.mark.parametrize("status", ["planned", "ready", "active", "cancelled"])
    def test_not_before_the_end(
        self, service: Service, path: str, admin: Caller, status: str
    ) -> None:
        change(service, path, status=status, ended_on=None)
        answer = admin.post(path, IN_WORK)
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/not-ended")

    def test_of_somebody_who_never_came(self, service: Service, path: str, admin: Caller) -> None:
        """The months are counted from the agreed last day, as there is no other."""
        change(service, path, status="ended-early", started_on=None, ended_on=None)
        assert admin.post(path, IN_WORK | {"on": "2018-02-28"}).status_code == 422
        assert admin.post(path, IN_WORK | {"on": "2018-03-01"}).status_code == 201


class TestCorrect:
    def test_what_was_noted_wrongly(self, path: str, admin: Caller) -> None:
        noted = admin.post(path, IN_WORK).json()
        own = f"/placement-outcomes/{noted['id']}"
        right = admin.patch(own, {"outcome": "in-education", "on": "2018-07-01"}).json()
        assert (right["outcome"], right["on"]) == ("in-education", "2018-07-01")
        assert admin.get(own).json() == right

    @pytest.mark.parametrize(
        ("patch", "pointer"),
        [
            ({"afterMonths": 3}, "afterMonths"),
            ({"on": "2018-06-29"}, "on"),
            ({"on": "2999-01-01"}, "on"),
            ({"outcome": None}, "outcome"),
        ],
    )
    def test_limits_are_those_of_noting(
        self, path: str, admin: Caller, patch: Json, pointer: str
    ) -> None:
        own = f"/placement-outcomes/{admin.post(path, IN_WORK).json()['id']}"
        assert pointers(admin.patch(own, patch)) == [f"#/{pointer}"]

    @pytest.mark.parametrize("role", [Role.PROCUREMENT, Role.AUDITOR])
    def test_role_that_may_not(
        self, service: Service, path: str, admin: Caller, role: Role
    ) -> None:
        own = f"/placement-outcomes/{admin.post(path, IN_WORK).json()['id']}"
        assert service.caller(role).patch(own, {"outcome": "other"}).status_code == 403
        assert service.stranger().patch(own, {"outcome": "other"}).status_code == 404


class TestWhoSeesIt:
    def test_procurement_does_not(self, service: Service, path: str, admin: Caller) -> None:
        noted = admin.post(path, IN_WORK).json()
        procurement = service.caller(Role.PROCUREMENT)
        assert procurement.get(path).status_code == 403
        assert procurement.get(f"/placement-outcomes/{noted['id']}").status_code == 403
        assert service.caller(Role.AUDITOR).get(path).json()["items"] == [noted]

    def test_not_mine(self, service: Service, path: str, admin: Caller) -> None:
        noted = admin.post(path, IN_WORK).json()
        stranger = service.stranger()
        assert stranger.get(path).status_code == 404
        assert stranger.post(path, IN_WORK).status_code == 404
        assert stranger.get(f"/placement-outcomes/{noted['id']}").status_code == 404
