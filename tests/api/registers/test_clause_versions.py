"""A clause changed after its contract has begun: what it asked before, and from when no longer."""

from datetime import timedelta
from typing import Any

import pytest

from app.clock import today_in_sweden
from app.models.keys import Role
from tests.api.registering import (
    ids,
    pointers,
    register_clause,
    register_contract,
    register_supplier,
)
from tests.callers import Caller, Service

DAY = timedelta(days=1)


@pytest.fixture
def clause_id(admin: Caller) -> str:
    return register_clause(admin, register_contract(admin, register_supplier(admin)))


def patch(caller: Caller, clause_id: str, body: Any, day: str | None = None) -> Any:
    """Against the newest version."""
    path = f"/clauses/{clause_id}"
    body |= {"effectiveFrom": day} if day else {}
    tag = caller.get(path).headers["etag"]
    return caller.call("PATCH", path, json=body, headers={"If-Match": tag})


def versions(caller: Caller, clause_id: str) -> list[tuple[int, int, str | None]]:
    items = caller.get(f"/clauses/{clause_id}/versions").json()["items"]
    return [(one["number"], one["places"], one["effectiveFrom"]) for one in items]


class TestListVersions:
    def test_registered(self, admin: Caller, clause_id: str) -> None:
        assert versions(admin, clause_id) == [(1, 4, None)]

    def test_changed_from_today(self, admin: Caller, clause_id: str) -> None:
        assert patch(admin, clause_id, {"places": 5}).status_code == 200
        assert versions(admin, clause_id) == [(1, 4, None), (2, 5, f"{today_in_sweden()}")]

    def test_changed_from_a_day(self, admin: Caller, clause_id: str) -> None:
        for places, day in ((5, "2018-03-01"), (6, "2018-09-01"), (7, "2018-09-01")):
            changed = patch(admin, clause_id, {"places": places}, day).json()
            assert (changed["places"], changed["effectiveFrom"]) == (places, day)
        assert versions(admin, clause_id)[1:] == [
            (2, 5, "2018-03-01"),
            (3, 6, "2018-09-01"),
            (4, 7, "2018-09-01"),
        ]

    def test_not_before_the_contract(self, admin: Caller, clause_id: str) -> None:
        answer = patch(admin, clause_id, {"places": 5}, "2018-02-28")
        assert pointers(answer) == ["#/effectiveFrom"]

    def test_not_before_the_newest_version(self, admin: Caller, clause_id: str) -> None:
        patch(admin, clause_id, {"places": 5}, "2018-09-01")
        answer = patch(admin, clause_id, {"places": 6}, "2018-08-31")
        assert pointers(answer) == ["#/effectiveFrom"]
        assert len(versions(admin, clause_id)) == 2

    def test_before_the_contract_begins(self, admin: Caller) -> None:
        """Nobody has worked under the old terms: the new ones hold from the beginning."""
        begins = today_in_sweden() + DAY
        dates = {"startDate": f"{begins}", "endDate": f"{begins + 400 * DAY}"}
        contract_id = register_contract(admin, register_supplier(admin), **dates)
        clause_id = register_clause(admin, contract_id, reportDates=[])
        patch(admin, clause_id, {"places": 5})
        patch(admin, clause_id, {"places": 6}, f"{begins + 30 * DAY}")
        assert versions(admin, clause_id)[1:] == [(2, 5, None), (3, 6, f"{begins + 30 * DAY}")]

    def test_what_is_no_term_makes_no_version(self, admin: Caller, clause_id: str) -> None:
        patch(admin, clause_id, {"responsible": "HR", "nextFollowUpDate": "2018-07-01"})
        patch(admin, clause_id, {"places": 4}, "2018-09-01")
        assert admin.get(f"/clauses/{clause_id}").json()["effectiveFrom"] is None
        assert versions(admin, clause_id) == [(1, 4, None)]

    def test_events_tell_of_it(self, admin: Caller, clause_id: str) -> None:
        patch(admin, clause_id, {"places": 5})
        events = admin.get("/events?resource=clause-versions").json()["items"]
        assert [one["after"]["places"] for one in events] == [4, 5]

    def test_not_mine(self, service: Service, clause_id: str) -> None:
        assert service.stranger().get(f"/clauses/{clause_id}/versions").status_code == 404

    def test_leave_with_the_clause(self, admin: Caller, clause_id: str) -> None:
        version_id = ids(admin.get(f"/clauses/{clause_id}/versions"))[0]
        assert admin.delete(f"/clauses/{clause_id}").status_code == 204
        assert admin.get(f"/clause-versions/{version_id}").status_code == 404


class TestReadVersion:
    @pytest.mark.parametrize("role", list(Role))
    def test_every_role_reads(self, service: Service, admin: Caller, role: Role) -> None:
        clause_id = register_clause(admin, register_contract(admin, register_supplier(admin)))
        version_id = ids(admin.get(f"/clauses/{clause_id}/versions"))[0]
        answer = service.caller(role).get(f"/clause-versions/{version_id}")
        assert (answer.json()["clauseId"], answer.headers["etag"]) == (clause_id, '"1"')
        assert "responsible" not in answer.json()
