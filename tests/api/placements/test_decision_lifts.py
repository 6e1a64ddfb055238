"""A declined pair stays away until a person lifts the decision, with a reason."""

from typing import Any

import pytest

from app.models.keys import Role
from tests.api.registering import ids, pointers, register
from tests.callers import Caller, Service
from tests.journeys import DECLINE, decide, make_case, proposals_of, start_run

LIFT = {"reason": "Leverantören har fått en ny handledare."}


@pytest.fixture
def decision(service: Service, admin: Caller) -> Any:
    """A no to the only pair there is."""
    make_case(service, admin)
    return decide(admin, proposals_of(admin, start_run(admin))[0], DECLINE).json()


def path_of(decision: Any) -> str:
    return f"/decisions/{decision['id']}/lifts"


class TestLift:
    def test_lets_the_pair_be_proposed_again(self, decision: Any, admin: Caller) -> None:
        assert proposals_of(admin, start_run(admin)) == []
        headers = {"Handslag-Caseworker": "handlaggare-17"}
        answer = admin.post(path_of(decision), LIFT, headers=headers)
        lift = answer.json()
        assert answer.status_code == 201
        assert (lift["decisionId"], lift["decidedBy"]) == (decision["id"], "handlaggare-17")
        assert admin.get(f"/decision-lifts/{lift['id']}").json() == lift
        assert ids(admin.get(path_of(decision))) == [lift["id"]]
        assert len(proposals_of(admin, start_run(admin))) == 1
        assert admin.get(f"/decisions/{decision['id']}").json() == decision

    def test_a_second_no_keeps_away_again(self, decision: Any, admin: Caller) -> None:
        register(admin, path_of(decision), LIFT)
        second = decide(admin, proposals_of(admin, start_run(admin))[0], DECLINE).json()
        assert proposals_of(admin, start_run(admin)) == []
        register(admin, path_of(second), LIFT)
        assert len(proposals_of(admin, start_run(admin))) == 1

    def test_once(self, decision: Any, admin: Caller) -> None:
        register(admin, path_of(decision), LIFT)
        again = admin.post(path_of(decision), LIFT)
        assert (again.status_code, again.json()["type"]) == (409, "/problems/already-exists")

    def test_of_a_yes(self, service: Service, admin: Caller) -> None:
        make_case(service, admin)
        approved = decide(admin, proposals_of(admin, start_run(admin))[0]).json()
        answer = admin.post(path_of(approved), LIFT)
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/not-declined")

    @pytest.mark.parametrize("reason", ["", " ", None])
    def test_says_why(self, decision: Any, admin: Caller, reason: str | None) -> None:
        assert pointers(admin.post(path_of(decision), {"reason": reason})) == ["#/reason"]

    @pytest.mark.parametrize("role", [Role.PROCUREMENT, Role.AUDITOR])
    def test_role_that_may_not(self, service: Service, decision: Any, role: Role) -> None:
        assert service.caller(role).post(path_of(decision), LIFT).status_code == 403

    def test_not_mine(self, service: Service, decision: Any, admin: Caller) -> None:
        stranger = service.stranger()
        assert stranger.post(path_of(decision), LIFT).status_code == 404
        lift = register(admin, path_of(decision), LIFT)
        assert stranger.get(path_of(decision)).status_code == 404
        assert stranger.get(f"/decision-lifts/{lift['id']}").status_code == 404

    @pytest.mark.usefixtures("decision")
    def test_another_organisations_lift_opens_nothing_here(
        self, service: Service, admin: Caller
    ) -> None:
        stranger = service.stranger()
        make_case(service, stranger)
        theirs = decide(stranger, proposals_of(stranger, start_run(stranger))[0], DECLINE).json()
        register(stranger, path_of(theirs), LIFT)
        assert proposals_of(admin, start_run(admin)) == []
        assert len(proposals_of(stranger, start_run(stranger))) == 1
