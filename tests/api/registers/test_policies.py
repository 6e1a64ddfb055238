"""Each operation on policies: versions are added, never changed, and the newest is the default."""

import json

import pytest

from app.api.registers.policies import EXAMPLE
from app.models.keys import Role
from tests.api.registering import Json, ids, pointers, register
from tests.callers import Caller, Service

WEIGHTS = {"occupation": 300, "skills": 250, "distance": 200, "waiting": 150, "fit": 100}


class TestAddPolicyVersion:
    def test_valid(self, admin: Caller) -> None:
        answer = admin.post("/policies", EXAMPLE)
        assert (answer.status_code, answer.json()["number"]) == (201, 2)
        stored, sent = answer.json(), json.loads(json.dumps(EXAMPLE))
        assert stored.pop("weights").items() >= sent.pop("weights").items()
        assert sent.items() <= stored.items()

    def test_becomes_the_default_of_runs(self, admin: Caller) -> None:
        newest = register(admin, "/policies", EXAMPLE)["id"]
        run = admin.post("/match-runs", {"asOf": "2018-02-01"}).json()
        assert run["policyId"] == newest

    @pytest.mark.parametrize(
        ("wrong", "pointer"),
        [
            ({"weights": WEIGHTS | {"fit": 99}}, "#/weights"),
            ({"weights": WEIGHTS | {"fit": 101}}, "#/weights"),
            ({"weights": WEIGHTS | {"age": 0}}, "#/weights/age"),
            ({"weights": WEIGHTS | {"fit": -1}}, "#/weights/fit"),
            ({"occupationDigits": 0}, "#/occupationDigits"),
            ({"occupationDigits": 5}, "#/occupationDigits"),
            ({"signedBy": None}, "#/signedBy"),
        ],
    )
    def test_bad_field(self, admin: Caller, wrong: Json, pointer: str) -> None:
        assert pointers(admin.post("/policies", EXAMPLE | wrong)) == [pointer]

    @pytest.mark.parametrize("role", [Role.CASEWORKER, Role.PROCUREMENT, Role.AUDITOR])
    def test_role_that_may_not(self, service: Service, role: Role) -> None:
        assert service.caller(role).post("/policies", EXAMPLE).status_code == 403

    @pytest.mark.parametrize("method", ["PATCH", "DELETE"])
    def test_is_never_changed(self, admin: Caller, method: str) -> None:
        policy_id = ids(admin.get("/policies"))[0]
        assert admin.call(method, f"/policies/{policy_id}", json={}).status_code == 405


class TestListPolicies:
    def test_default_then_newer_ones(self, service: Service, admin: Caller) -> None:
        register(admin, "/policies", EXAMPLE)
        items = service.caller(Role.CASEWORKER).get("/policies").json()["items"]
        assert [item["number"] for item in items] == [1, 2]
        assert items[0]["weights"].items() >= WEIGHTS.items()

    def test_only_own(self, service: Service, admin: Caller) -> None:
        register(admin, "/policies", EXAMPLE)
        assert len(ids(service.stranger().get("/policies"))) == 1


class TestReadPolicy:
    def test_not_mine(self, service: Service, admin: Caller) -> None:
        policy_id = ids(admin.get("/policies"))[0]
        assert admin.get(f"/policies/{policy_id}").headers["etag"] == '"1"'
        assert service.stranger().get(f"/policies/{policy_id}").status_code == 404
