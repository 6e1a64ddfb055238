"""Each operation on candidates, and that a deleted person is nowhere any more."""

import pytest

from app.models.keys import Role
from tests.api.registering import (
    Json,
    actor_of,
    candidate_body,
    ids,
    open_gates,
    pointers,
    register_candidate,
    register_slot,
    register_supplier,
)
from tests.callers import Caller, Service
from tests.make import make_placement
from tests.stored.traces import everything_in

UNKNOWN_ID = "7f1c9a52-3c8e-4f5c-9d55-0f6a5b1f2a10"


class TestRegisterCandidate:
    def test_valid(self, admin: Caller) -> None:
        body = candidate_body(avoidedSupplierIds=[register_supplier(admin)])
        answer = admin.post("/candidates", body)
        assert (answer.status_code, answer.headers["etag"]) == (201, '"1"')
        assert body.items() <= answer.json().items()

    def test_same_reference_twice(self, admin: Caller) -> None:
        register_candidate(admin)
        again = admin.post("/candidates", candidate_body(maximumDistanceKm=1))
        assert (again.status_code, again.json()["type"]) == (409, "/problems/already-exists")

    def test_same_reference_in_two_organisations(self, service: Service, admin: Caller) -> None:
        register_candidate(admin)
        register_candidate(service.stranger())

    def test_avoided_suppliers_are_ones_own(self, service: Service, admin: Caller) -> None:
        foreign = register_supplier(service.stranger())
        own = register_supplier(admin)
        body = candidate_body(avoidedSupplierIds=[own, foreign, UNKNOWN_ID])
        assert pointers(admin.post("/candidates", body)) == [
            "#/avoidedSupplierIds/1",
            "#/avoidedSupplierIds/2",
        ]

    @pytest.mark.parametrize(
        "field", ["name", "personalIdentityNumber", "diagnosis", "nationality", "sex", "age"]
    )
    def test_what_is_never_kept(self, admin: Caller, field: str) -> None:
        assert pointers(admin.post("/candidates", candidate_body(**{field: "x"}))) == [f"#/{field}"]

    @pytest.mark.parametrize(
        ("wrong", "pointer"),
        [
            ({"occupations": []}, "#/occupations"),
            ({"occupations": [{"ssyk": "71"}, {"ssyk": "71"}]}, "#/occupations"),
            ({"languages": [{"code": "sv", "level": 5}]}, "#/languages/0/level"),
            ({"maximumDistanceKm": 2001}, "#/maximumDistanceKm"),
            ({"availableTo": "2018-01-31"}, "#/availableTo"),
            ({"programmes": [{"code": "a", "maximumMonths": 0}]}, "#/programmes/0/maximumMonths"),
            ({"agreedToBeProposed": None}, "#/agreedToBeProposed"),
            ({"reference": "\u0000"}, "#/reference"),
            ({"reference": "18900221-9815"}, "#/reference"),  # of the official test series
            ({"reference": "900221+9815"}, "#/reference"),
            ({"reference": "Exempel 19900221\u20139815 x"}, "#/reference"),
            ({"skills": ["900221-9815"]}, "#/skills/0"),
        ],
    )
    def test_bad_field(self, admin: Caller, wrong: Json, pointer: str) -> None:
        assert pointers(admin.post("/candidates", candidate_body(**wrong))) == [pointer]

    @pytest.mark.parametrize("role", [Role.PROCUREMENT, Role.AUDITOR])
    def test_role_that_may_not(self, service: Service, role: Role) -> None:
        assert service.caller(role).post("/candidates", candidate_body()).status_code == 403

    def test_caseworker(self, service: Service) -> None:
        register_candidate(service.caller(Role.CASEWORKER))


class TestListCandidates:
    def test_filtered(self, admin: Caller) -> None:
        wanted = register_candidate(admin)
        register_candidate(admin, reference="AF-2", municipalityCode="2321")
        assert ids(admin.get("/candidates?reference=AF-000123")) == [wanted]
        assert ids(admin.get("/candidates?municipalityCode=2380")) == [wanted]

    @pytest.mark.parametrize(
        "parameter", ["neededAdaptations", "skills", "targetGroups", "sort", "order"]
    )
    def test_nobody_is_searched_by_what_they_need(self, admin: Caller, parameter: str) -> None:
        assert pointers(admin.get(f"/candidates?{parameter}=x")) == [parameter]

    def test_only_own(self, service: Service, admin: Caller) -> None:
        register_candidate(admin)
        assert ids(service.stranger().get("/candidates")) == []

    def test_role_that_may_not(self, service: Service) -> None:
        assert service.caller(Role.AUDITOR).get("/candidates").status_code == 403


class TestReadCandidate:
    def test_not_mine(self, service: Service, admin: Caller) -> None:
        candidate_id = register_candidate(admin)
        assert admin.get(f"/candidates/{candidate_id}").status_code == 200
        assert service.stranger().get(f"/candidates/{candidate_id}").status_code == 404


class TestChangeCandidate:
    def test_valid(self, admin: Caller) -> None:
        candidate_id = register_candidate(admin)
        patch = {"agreedToBeProposed": False, "extentPercent": {"max": 75}}
        answer = admin.patch(f"/candidates/{candidate_id}", patch)
        assert answer.json()["agreedToBeProposed"] is False
        assert answer.json()["extentPercent"] == {"min": 50, "max": 75}

    def test_unknown_supplier_to_avoid(self, admin: Caller) -> None:
        candidate_id = register_candidate(admin)
        patch = {"avoidedSupplierIds": [UNKNOWN_ID]}
        answer = admin.patch(f"/candidates/{candidate_id}", patch)
        assert pointers(answer) == ["#/avoidedSupplierIds/0"]

    def test_veto_outlives_its_supplier(self, admin: Caller) -> None:
        supplier_id = register_supplier(admin)
        candidate_id = register_candidate(admin, avoidedSupplierIds=[supplier_id])
        assert admin.delete(f"/suppliers/{supplier_id}").status_code == 204
        answer = admin.patch(f"/candidates/{candidate_id}", {"maximumDistanceKm": 10})
        assert answer.json()["avoidedSupplierIds"] == [supplier_id]

    def test_reference_of_another(self, admin: Caller) -> None:
        register_candidate(admin)
        candidate_id = register_candidate(admin, reference="AF-2")
        patch = {"reference": "AF-000123"}
        assert admin.patch(f"/candidates/{candidate_id}", patch).status_code == 409

    def test_not_mine(self, service: Service, admin: Caller) -> None:
        candidate_id = register_candidate(admin)
        stranger = service.stranger()
        assert stranger.patch(f"/candidates/{candidate_id}", {}).status_code == 404


class TestDeleteCandidate:
    def test_leaves_nothing_of_the_person_anywhere(self, service: Service, admin: Caller) -> None:
        """Registered, matched, changed one by one and in a batch, then deleted."""
        traces = {"reference": "AF-SPAR-77", "skills": ["spar-svets"], "certificates": ["spar-a"]}
        supplier_id = register_supplier(admin)
        register_slot(admin, supplier_id, required={"skills": ["spar-krav"]})
        created = admin.post(
            "/candidates",
            candidate_body(**traces),
            headers={"Idempotency-Key": "one"},
        ).json()
        register_candidate(admin, reference="AF-KVAR", skills=["kvar-svets"])
        assert admin.post("/match-runs", {"asOf": "2018-02-01"}).status_code == 201
        path = f"/candidates/{created['id']}"
        admin.patch(path, {"skills": ["spar-svets", "spar-tig"]})
        batch = {"items": [candidate_body(**traces | {"skills": ["spar-mig"]})]}
        answer = admin.post("/candidate-batches", batch, headers={"Idempotency-Key": "two"})
        assert answer.json()["updated"] == 1
        assert "AF-SPAR" in everything_in(service.database)

        assert admin.delete(path, version=3).status_code == 204

        left = everything_in(service.database)
        for trace in ("AF-SPAR", "spar-svets", "spar-tig", "spar-mig", "spar-a"):
            assert trace not in left
        assert "AF-KVAR" in left
        assert "kvar-svets" in left

    def test_is_remembered_without_values(self, admin: Caller) -> None:
        candidate_id = register_candidate(admin)
        admin.patch(f"/candidates/{candidate_id}", {"maximumDistanceKm": 1})
        created = ids(admin.get(f"/events?resourceId={candidate_id}"))[0]
        assert admin.get(f"/events/{created}").headers["etag"] == '"1"'
        admin.delete(f"/candidates/{candidate_id}", version=2)
        events = admin.get(f"/events?resourceId={candidate_id}").json()["items"]
        assert [event["action"] for event in events] == ["created", "changed", "deleted"]
        assert all(event["before"] is event["after"] is None for event in events)
        assert admin.get(f"/events/{created}").headers["etag"] == '"2"'

    def test_leaves_a_batch_event_but_its_values(self, admin: Caller) -> None:
        admin.post("/candidate-batches", {"items": [candidate_body()]})
        candidate_id = ids(admin.get("/candidates"))[0]
        changed = {"items": [candidate_body(maximumDistanceKm=1)]}
        admin.post("/candidate-batches", changed)
        admin.delete(f"/candidates/{candidate_id}", version=2)
        first, second = admin.get("/events?resource=candidate-batches").json()["items"]
        assert first["after"]["created"] == [candidate_id]
        assert second["before"] == {"updated": {candidate_id: None}}
        assert second["after"] == {"created": [], "updated": {candidate_id: None}}

    def test_run_says_that_it_is_redacted(self, admin: Caller) -> None:
        supplier_id = register_supplier(admin)
        open_gates(admin, supplier_id)
        register_slot(admin, supplier_id)
        candidate_id = register_candidate(admin)
        run = admin.post("/match-runs", {"asOf": "2018-02-01"}).json()
        admin.delete(f"/candidates/{candidate_id}")
        assert admin.get(f"/match-runs/{run['id']}").json()["redacted"] is True

    def test_repeat_of_the_registration_registers_anew(self, admin: Caller) -> None:
        key = {"Idempotency-Key": "one"}
        first = admin.post("/candidates", candidate_body(), headers=key).json()
        admin.delete(f"/candidates/{first['id']}")
        again = admin.post("/candidates", candidate_body(), headers=key)
        assert again.status_code == 201
        assert again.json()["id"] != first["id"]

    def test_with_a_placement(self, service: Service, admin: Caller) -> None:
        candidate_id = register_candidate(admin)
        actor = actor_of(service)
        with service.database.writing() as session:
            make_placement(session, actor, candidate_id=candidate_id)
        answer = admin.delete(f"/candidates/{candidate_id}")
        assert (answer.status_code, "1 placement." in answer.json()["detail"]) == (409, True)
        assert admin.get(f"/events?resourceId={candidate_id}").json()["items"][0]["after"]

    def test_with_a_decision(self, admin: Caller) -> None:
        supplier_id = register_supplier(admin)
        open_gates(admin, supplier_id)
        register_slot(admin, supplier_id)
        candidate_id = register_candidate(admin)
        run = admin.post("/match-runs", {"asOf": "2018-02-01"}).json()
        proposal_id = ids(admin.get(f"/match-runs/{run['id']}/proposals"))[0]
        decision = {"outcome": "declined", "reason": "no-contact"}
        assert admin.post(f"/proposals/{proposal_id}/decisions", decision).status_code == 201
        answer = admin.delete(f"/candidates/{candidate_id}")
        assert (answer.status_code, "1 decision." in answer.json()["detail"]) == (409, True)

    def test_not_mine(self, service: Service, admin: Caller) -> None:
        candidate_id = register_candidate(admin)
        assert service.stranger().delete(f"/candidates/{candidate_id}").status_code == 404
