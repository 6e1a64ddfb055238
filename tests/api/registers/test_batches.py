"""Many candidates or slots at once: each line for itself, one event for all."""

from typing import Any

import pytest
from sqlalchemy.event import listen

from app.api.registers.batches import MOST_ITEMS, MOST_TOLD
from app.models.keys import Role
from tests.api.registering import (
    Json,
    actor_of,
    candidate_body,
    ids,
    pointers,
    register_candidate,
    register_clause,
    register_contract,
    register_slot,
    register_supplier,
    slot_body,
)
from tests.callers import Caller, Service
from tests.make import COMPANY_NUMBERS, make_placement


def people(count: int, **overrides: Any) -> list[Json]:
    return [candidate_body(reference=f"AF-{number}", **overrides) for number in range(count)]


def store(caller: Caller, items: list[Any], path: str = "/candidate-batches", **more: Any) -> Json:
    answer = caller.post(path, {"items": items}, **more)
    assert answer.status_code == 200, answer.text
    shown: Json = answer.json()
    return shown


def wrong_at(outcome: Json) -> dict[int, list[str]]:
    return {
        line["index"]: [error["pointer"] for error in line["problem"]["errors"]]
        for line in outcome["rejected"]
    }


def test_errors_are_told_up_to_a_limit(admin: Caller) -> None:
    """99 unknown names and the required fields that are missing, in 101 items and in 99."""
    required = len(admin.post("/candidates", {}).json()["errors"])
    unknown = {f"field{number}": 1 for number in range(99)}
    each = 99 + required
    full, left = divmod(MOST_TOLD, each)
    told = [len(pointers) for pointers in wrong_at(store(admin, [unknown] * (full + 3))).values()]
    # What is left is told of the next item, one error of each after it, and that more is wrong.
    assert told == [each] * full + [max(left, 1) + 1, 2, 2]


class TestStoreCandidates:
    def test_creates_and_replaces_by_reference(self, admin: Caller) -> None:
        known = register_candidate(admin, reference="AF-0", skills=["old"])
        outcome = store(admin, people(2, maximumDistanceKm=7, skills=[]))
        assert outcome == {"created": 1, "updated": 1, "rejected": []}
        shown = admin.get(f"/candidates/{known}")
        assert (shown.json()["maximumDistanceKm"], shown.json()["skills"]) == (7, [])
        assert shown.headers["etag"] == '"2"'

    def test_same_again_changes_no_version(self, admin: Caller) -> None:
        store(admin, people(2))
        assert store(admin, people(2)) == {"created": 0, "updated": 2, "rejected": []}
        candidate_id = ids(admin.get("/candidates"))[0]
        assert admin.get(f"/candidates/{candidate_id}").headers["etag"] == '"1"'
        assert len(ids(admin.get("/events?resource=candidate-batches"))) == 1

    def test_wrong_lines_stop_no_others(self, admin: Caller) -> None:
        items = people(4)
        items[0]["maximumDistanceKm"] = -1
        items[2] = {"reference": "AF-2", "name": "x"}
        outcome = store(admin, items)
        assert (outcome["created"], outcome["updated"]) == (2, 0)
        wrong = wrong_at(outcome)
        assert wrong[0] == ["#/maximumDistanceKm"]
        assert {"#/name", "#/occupations"} <= set(wrong[2])
        assert [item["reference"] for item in admin.get("/candidates").json()["items"]] == [
            "AF-1",
            "AF-3",
        ]

    def test_problem_is_one_and_never_shows_what_was_sent(self, admin: Caller) -> None:
        answer = admin.post("/candidate-batches", {"items": [{"secretly": "sent-value"}]})
        problem = answer.json()["rejected"][0]["problem"]
        assert (problem["type"], problem["status"]) == ("/problems/invalid", 422)
        assert problem["instance"].endswith("/candidate-batches")
        assert "sent-value" not in answer.text

    def test_reference_repeated_inside_the_batch(self, admin: Caller) -> None:
        first, second = candidate_body(), candidate_body(maximumDistanceKm=1)
        outcome = store(admin, [first, second])
        assert (outcome["created"], wrong_at(outcome)) == (1, {1: ["#/reference"]})
        assert "item 0" in outcome["rejected"][0]["problem"]["errors"][0]["detail"]
        assert admin.get("/candidates").json()["items"][0]["maximumDistanceKm"] == 40

    def test_unknown_supplier_to_avoid(self, service: Service, admin: Caller) -> None:
        foreign = register_supplier(service.stranger())
        items = people(2)
        items[1]["avoidedSupplierIds"] = [foreign]
        assert wrong_at(store(admin, items)) == {1: ["#/avoidedSupplierIds/0"]}

    def test_another_organisations_reference_is_new_here(
        self, service: Service, admin: Caller
    ) -> None:
        stranger = service.stranger()
        theirs = register_candidate(stranger, reference="AF-0")
        assert store(admin, people(1, maximumDistanceKm=7))["created"] == 1
        assert stranger.get(f"/candidates/{theirs}").json()["maximumDistanceKm"] == 40

    def test_one_event_for_all(self, admin: Caller) -> None:
        store(admin, people(3))
        store(admin, people(3, maximumDistanceKm=7)[:1])
        first, second = admin.get("/events?resource=candidate-batches").json()["items"]
        created = ids(admin.get("/candidates"))
        assert sorted(first["after"]["created"]) == sorted(created)
        assert first["after"]["updated"] == {}
        changed = admin.get("/candidates?reference=AF-0").json()["items"][0]["id"]
        assert second["before"]["updated"] == {changed: {"maximumDistanceKm": 40}}
        assert second["after"]["updated"] == {changed: {"maximumDistanceKm": 7}}
        assert ids(admin.get("/events?resource=candidates")) == []

    def test_nothing_sent_leaves_no_event(self, admin: Caller) -> None:
        assert store(admin, []) == {"created": 0, "updated": 0, "rejected": []}
        assert ids(admin.get("/events?resource=candidate-batches")) == []

    def test_as_many_as_may_be(self, admin: Caller) -> None:
        items = [{"reference": "cheap to refuse"}] * (MOST_ITEMS - 1)
        outcome = store(admin, [*items, candidate_body()])
        assert (outcome["created"], len(outcome["rejected"])) == (1, MOST_ITEMS - 1)

    def test_reads_as_often_for_many_as_for_few(self, service: Service, admin: Caller) -> None:
        reads: list[str] = []

        def count(*call: Any) -> None:
            if call[2].startswith("SELECT"):
                reads.append(call[2])

        store(admin, people(200))
        listen(service.client.app.state.handslag.database.engine, "before_cursor_execute", count)  # type: ignore[attr-defined]  # the client types its app as any ASGI app
        store(admin, people(2, maximumDistanceKm=1))
        few = len(reads)
        store(admin, people(200, maximumDistanceKm=2))
        assert len(reads) == 2 * few

    def test_one_too_many(self, admin: Caller) -> None:
        answer = admin.post("/candidate-batches", {"items": [{}] * (MOST_ITEMS + 1)})
        assert pointers(answer) == ["#/items"]

    def test_not_objects(self, admin: Caller) -> None:
        items = ["AF-1", None, candidate_body()]
        answer = admin.post("/candidate-batches", {"items": items}).json()
        assert [one["index"] for one in answer["rejected"]] == [0, 1]
        assert (answer["created"], len(ids(admin.get("/candidates")))) == (1, 1)

    def test_repeat_gets_the_first_answer(self, admin: Caller) -> None:
        key = {"Idempotency-Key": "batch-1"}
        first = store(admin, people(2), headers=key)
        assert (
            store(admin, people(2), headers=key)
            == first
            == {
                "created": 2,
                "updated": 0,
                "rejected": [],
            }
        )

    def test_role_that_may_not(self, service: Service) -> None:
        answer = service.caller(Role.PROCUREMENT).post("/candidate-batches", {"items": []})
        assert answer.status_code == 403


class TestStoreSlots:
    @pytest.fixture
    def supplier_id(self, admin: Caller) -> str:
        return register_supplier(admin)

    def test_creates_and_replaces_by_reference(self, admin: Caller, supplier_id: str) -> None:
        known = register_slot(admin, supplier_id, reference="EB-1")
        items = [slot_body(supplier_id, reference=f"EB-{n}", places=9) for n in (1, 2)]
        assert store(admin, items, "/slot-batches") == {"created": 1, "updated": 1, "rejected": []}
        assert admin.get(f"/slots/{known}").json()["places"] == 9

    def test_without_reference_is_always_new(self, admin: Caller, supplier_id: str) -> None:
        items = [slot_body(supplier_id, reference=None)] * 2
        for _ in range(2):
            assert store(admin, items, "/slot-batches")["created"] == 2
        assert len(ids(admin.get("/slots"))) == 4

    def test_rules_of_a_single_slot_hold(
        self, service: Service, admin: Caller, supplier_id: str
    ) -> None:
        clause_id = register_clause(admin, register_contract(admin, supplier_id))
        other = register_supplier(admin, COMPANY_NUMBERS[1])
        foreign = register_supplier(service.stranger())
        items = [
            slot_body(supplier_id, reference=None, clauseId=clause_id),
            slot_body(other, reference=None, clauseId=clause_id),
            slot_body(foreign, reference=None),
            slot_body(supplier_id, reference=None, clauseId=supplier_id),
        ]
        outcome = store(admin, items, "/slot-batches")
        assert outcome["created"] == 1
        assert wrong_at(outcome) == {1: ["#/supplierId"], 2: ["#/supplierId"], 3: ["#/clauseId"]}

    def test_slot_with_placements_keeps_its_clause(
        self, service: Service, admin: Caller, supplier_id: str
    ) -> None:
        clause_id = register_clause(admin, register_contract(admin, supplier_id))
        slot_id = register_slot(admin, supplier_id, clauseId=clause_id)
        actor = actor_of(service)
        with service.database.writing() as session:
            make_placement(session, actor, slot_id=slot_id)
        items = [slot_body(supplier_id), slot_body(supplier_id, reference="EB-2")]
        outcome = store(admin, items, "/slot-batches")
        assert outcome["created"] == 1
        assert outcome["rejected"][0]["problem"]["type"] == "/problems/in-use"
        assert admin.get(f"/slots/{slot_id}").json()["clauseId"] == clause_id

    @pytest.mark.parametrize(("own", "refused"), [(None, 1), (50, 0)])
    def test_slot_keeps_the_extent_that_placements_count_by(
        self, service: Service, admin: Caller, supplier_id: str, own: int | None, refused: int
    ) -> None:
        slot_id, actor = register_slot(admin, supplier_id), actor_of(service)
        with service.database.writing() as session:
            make_placement(session, actor, slot_id=slot_id, extent_percent=own)
        wider = slot_body(supplier_id, extentPercent={"min": 25, "max": 100})
        outcome = store(admin, [wider], "/slot-batches")
        types = [one["problem"]["type"] for one in outcome["rejected"]]
        assert types == ["/problems/in-use"] * refused

    def test_role_that_may_not(self, service: Service) -> None:
        answer = service.caller(Role.CASEWORKER).post("/slot-batches", {"items": []})
        assert answer.status_code == 403
