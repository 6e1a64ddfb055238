"""Signatures on a placement's agreement: each party once, while it is planned."""

from datetime import timedelta
from uuid import UUID

import pytest

from app.clock import today_in_sweden
from app.models.keys import Role
from app.models.placements import Placement
from tests.api.registering import ids, pointers, sign
from tests.callers import Caller, Service
from tests.journeys import add_placement, change_row, make_case

SIGNATURE = {"party": "supplier", "signedOn": "2018-02-20"}


@pytest.fixture
def path(service: Service, admin: Caller) -> str:
    case = make_case(service, admin)
    return f"/placements/{add_placement(service, admin, case)}/signatures"


class TestSign:
    def test_valid(self, path: str, admin: Caller) -> None:
        headers = {"Handslag-Caseworker": "handlaggare-17"}
        answer = admin.post(path, SIGNATURE, headers=headers)
        signature = answer.json()
        assert answer.status_code == 201
        assert (signature["party"], signature["signedOn"]) == ("supplier", "2018-02-20")
        assert signature["decidedBy"] == "handlaggare-17"
        assert admin.get(f"/placement-signatures/{signature['id']}").json() == signature

    def test_each_party_once(self, path: str, admin: Caller) -> None:
        sign(admin, path.split("/")[2])
        assert len(ids(admin.get(path))) == 3
        again = admin.post(path, SIGNATURE | {"signedOn": "2018-02-21"})
        assert (again.status_code, again.json()["type"]) == (409, "/problems/already-exists")
        assert "signed on 2018-02-20" in again.json()["detail"]

    def test_only_while_it_is_planned(self, service: Service, path: str, admin: Caller) -> None:
        change_row(service, Placement, UUID(path.split("/")[2]), status="cancelled")
        answer = admin.post(path, SIGNATURE)
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/not-planned")

    def test_not_in_the_future(self, path: str, admin: Caller) -> None:
        # Not tomorrow: midnight may pass while the test runs.
        later = today_in_sweden() + timedelta(days=2)
        assert pointers(admin.post(path, SIGNATURE | {"signedOn": f"{later}"})) == ["#/signedOn"]

    def test_a_day_noted_wrongly(self, service: Service, path: str, admin: Caller) -> None:
        own = f"/placement-signatures/{admin.post(path, SIGNATURE).json()['id']}"
        right = admin.patch(own, {"signedOn": "2018-02-19"}).json()
        assert (right["party"], right["signedOn"]) == ("supplier", "2018-02-19")
        assert pointers(admin.patch(own, {"party": "participant"}, 2)) == ["#/party"]
        assert pointers(admin.patch(own, {"signedOn": "2999-01-01"}, 2)) == ["#/signedOn"]
        assert service.caller(Role.PROCUREMENT).patch(own, {}, 2).status_code == 403
        change_row(service, Placement, UUID(path.split("/")[2]), status="ready")
        answer = admin.patch(own, {"signedOn": "2018-02-18"}, 2)
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/not-planned")

    @pytest.mark.parametrize("party", ["buyer", "", None])
    def test_unknown_party(self, path: str, admin: Caller, party: str | None) -> None:
        assert pointers(admin.post(path, SIGNATURE | {"party": party})) == ["#/party"]

    @pytest.mark.parametrize("role", [Role.PROCUREMENT, Role.AUDITOR])
    def test_role_that_may_not(self, service: Service, path: str, role: Role) -> None:
        assert service.caller(role).post(path, SIGNATURE).status_code == 403

    def test_not_mine(self, service: Service, path: str, admin: Caller) -> None:
        signature = admin.post(path, SIGNATURE).json()
        stranger = service.stranger()
        assert stranger.get(path).status_code == 404
        assert stranger.post(path, SIGNATURE).status_code == 404
        assert stranger.get(f"/placement-signatures/{signature['id']}").status_code == 404

    def test_procurement_does_not_see_who_noted_it(
        self, service: Service, path: str, admin: Caller
    ) -> None:
        admin.post(path, SIGNATURE, headers={"Handslag-Caseworker": "handlaggare-17"})
        [shown] = service.caller(Role.PROCUREMENT).get(path).json()["items"]
        assert (shown["party"], shown["decidedBy"]) == ("supplier", None)
