"""Attendance, month by month: within the month, within the placement, once a month."""

from datetime import date
from uuid import UUID

import pytest

from app.models.keys import Role
from app.models.placements import Placement
from tests.api.registering import Json, pointers
from tests.callers import Caller, Service
from tests.journeys import add_placement, change_row, make_case

APRIL = {"month": "2018-04", "daysPlanned": 20, "daysAttended": 18}


@pytest.fixture
def path(service: Service, admin: Caller) -> str:
    """Of a placement from the 15th of March to the 30th of June 2018."""
    case = make_case(service, admin)
    dates = {"start_date": date(2018, 3, 1), "started_on": date(2018, 3, 15), "status": "active"}
    return f"/placements/{add_placement(service, admin, case, **dates)}/attendance-months"


def id_in(path: str) -> UUID:
    return UUID(path.split("/")[2])


class TestNote:
    def test_valid(self, path: str, admin: Caller) -> None:
        answer = admin.post(path, APRIL)
        noted = answer.json()
        assert answer.status_code == 201
        assert APRIL.items() <= noted.items()
        assert admin.get(f"/attendance-months/{noted['id']}").json() == noted

    def test_lists_month_by_month(self, path: str, admin: Caller) -> None:
        for month in ("2018-05", "2018-04", "2018-06"):
            assert admin.post(path, APRIL | {"month": month}).status_code == 201
        months = [one["month"] for one in admin.get(path).json()["items"]]
        assert months == ["2018-04", "2018-05", "2018-06"]

    def test_once_a_month(self, path: str, admin: Caller) -> None:
        admin.post(path, APRIL)
        again = admin.post(path, APRIL)
        assert (again.status_code, again.json()["type"]) == (409, "/problems/already-exists")

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ({"daysPlanned": 31}, "daysPlanned"),
            ({"daysAttended": 21}, "daysAttended"),
            ({"daysAttended": -1}, "daysAttended"),
            ({"daysPlanned": 32, "month": "2018-05"}, "daysPlanned"),
            ({"month": "2018-02"}, "month"),
            ({"month": "2018-07"}, "month"),
            ({"month": "2018-13"}, "month"),
            ({"month": "2018-4"}, "month"),
            ({"month": "2018-03", "daysPlanned": 18}, "daysPlanned"),
        ],
    )
    def test_bad_body(self, path: str, admin: Caller, body: Json, pointer: str) -> None:
        assert pointers(admin.post(path, APRIL | body)) == [f"#/{pointer}"]
        assert admin.get(path).json()["items"] == []

    @pytest.mark.parametrize(
        "body",
        [
            {"daysPlanned": 30, "daysAttended": 30},
            {"daysPlanned": 0, "daysAttended": 0},
            {"month": "2018-03", "daysPlanned": 17, "daysAttended": 17},
        ],
    )
    def test_at_its_limits(self, path: str, admin: Caller, body: Json) -> None:
        assert admin.post(path, APRIL | body).status_code == 201

    def test_not_after_an_early_end(self, service: Service, path: str, admin: Caller) -> None:
        ended = {"status": "ended-early", "ended_on": date(2018, 4, 10)}
        change_row(service, Placement, id_in(path), **ended)
        assert pointers(admin.post(path, APRIL)) == ["#/daysPlanned"]
        assert pointers(admin.post(path, APRIL | {"month": "2018-05"})) == ["#/month"]
        fewer = APRIL | {"daysPlanned": 10, "daysAttended": 10}
        assert admin.post(path, fewer).status_code == 201

    def test_not_before_it_has_started(self, service: Service, path: str, admin: Caller) -> None:
        change_row(service, Placement, id_in(path), status="ready", started_on=None)
        answer = admin.post(path, APRIL)
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/not-started")


class TestCorrect:
    def test_valid(self, path: str, admin: Caller) -> None:
        noted = admin.post(path, APRIL).json()
        answer = admin.patch(f"/attendance-months/{noted['id']}", {"daysAttended": 20})
        assert (answer.status_code, answer.headers["etag"]) == (200, '"2"')
        assert answer.json()["daysAttended"] == 20

    @pytest.mark.parametrize(
        ("patch", "pointer"),
        [
            ({"daysAttended": 21}, "daysAttended"),
            ({"daysPlanned": 31}, "daysPlanned"),
            ({"month": "2018-05"}, "month"),
        ],
    )
    def test_bad_patch(self, path: str, admin: Caller, patch: Json, pointer: str) -> None:
        noted = admin.post(path, APRIL).json()
        assert pointers(admin.patch(f"/attendance-months/{noted['id']}", patch)) == [f"#/{pointer}"]

    def test_stale(self, path: str, admin: Caller) -> None:
        noted = admin.post(path, APRIL).json()
        address = f"/attendance-months/{noted['id']}"
        admin.patch(address, {"daysAttended": 20})
        assert admin.patch(address, {"daysAttended": 19}).status_code == 412


class TestWhoSeesIt:
    def test_procurement_does_not(self, service: Service, path: str, admin: Caller) -> None:
        noted = admin.post(path, APRIL).json()
        procurement = service.caller(Role.PROCUREMENT)
        assert procurement.get(path).status_code == 403
        assert procurement.get(f"/attendance-months/{noted['id']}").status_code == 403
        assert service.caller(Role.AUDITOR).get(path).json()["items"] == [noted]

    def test_not_mine(self, service: Service, path: str, admin: Caller) -> None:
        noted = admin.post(path, APRIL).json()
        stranger = service.stranger()
        assert stranger.get(path).status_code == 404
        assert stranger.post(path, APRIL).status_code == 404
        assert stranger.patch(f"/attendance-months/{noted['id']}", {}).status_code == 404
