"""Each operation on match runs: what goes in, what comes out, and what is left alone."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from app.models.candidates import Candidate
from app.models.contracts import Contract
from app.models.events import Event
from app.models.keys import Role
from app.models.match_runs import MatchRun, MatchRunSnapshot
from app.models.slots import Slot
from tests.callers import Caller, Service
from tests.journeys import (
    AS_OF,
    DECLINE,
    add_candidate,
    add_moves,
    add_placement,
    add_slot,
    change_row,
    codes_of_the_left,
    decide,
    make_case,
    placed_elsewhere,
    proposals_of,
    start_run,
)


def pair(candidate_id: UUID, slot_id: UUID) -> dict[str, str]:
    return {"candidateId": str(candidate_id), "slotId": str(slot_id)}


class TestStartMatchRun:
    def test_valid(self, service: Service, admin: Caller) -> None:
        make_case(service, admin, people=3)
        answer = admin.post("/match-runs", {"asOf": AS_OF})
        run = answer.json()
        assert answer.status_code == 201
        assert run["status"] == "completed"
        assert run["objective"] | {"points": 0} == {
            "contractualPlacesFilled": 2,
            "placesFilled": 2,
            "points": 0,
        }
        assert run["certificate"]["primal"] == run["certificate"]["dual"]
        assert run["counts"] == {"candidates": 3, "slots": 1, "places": 2, "feasiblePairs": 3}
        assert admin.get(f"/match-runs/{run['id']}").json() == run

    def test_needs_nothing_in_the_body(self, service: Service, admin: Caller) -> None:
        run = admin.post("/match-runs", {}).json()
        assert (run["counts"]["candidates"], run["redacted"]) == (0, False)

    def test_contractual_places_first(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin, people=1, places=1, municipality_code="2309")
        add_slot(service, admin, case)
        change_row(service, Candidate, case.candidate_ids[0], maximum_distance_km=200)
        [proposal] = proposals_of(admin, start_run(admin))
        assert (proposal["slotId"], proposal["contractual"]) == (str(case.slot_id), True)

    def test_places_of_a_met_clause_are_voluntary(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin, people=1, clause={"places": 1}, places=2)
        placement_id = add_placement(
            service,
            admin,
            case,
            candidate_id=placed_elsewhere(service, admin),
            status="completed",
            start_date=date(2017, 6, 1),
            end_date=date(2017, 12, 31),
        )
        lived = (("active", "2017-06-01"), ("completed", "2017-12-31"))
        add_moves(service, admin, placement_id, *lived)
        change_row(service, Contract, case.contract_id, start_date=date(2017, 1, 1))
        [proposal] = proposals_of(admin, start_run(admin))
        assert proposal["contractual"] is False

    def test_same_rows_give_the_same_hash(self, service: Service, admin: Caller) -> None:
        make_case(service, admin, people=3)
        first, second = start_run(admin), start_run(admin)
        assert first["inputHash"] == second["inputHash"]
        assert first["inputHash"] != start_run(admin, asOf="2018-02-02")["inputHash"]

    def test_one_event_for_a_run_that_supersedes(self, service: Service, admin: Caller) -> None:
        make_case(service, admin, people=2)
        old = proposals_of(admin, start_run(admin))
        run = start_run(admin)
        with service.database.reading() as session:
            events = session.exec(select(Event).where(Event.resource_id == UUID(run["id"]))).all()
        assert len(events) == 1
        assert events[0].after is not None
        assert sorted(events[0].after["superseded"]) == sorted(one["id"] for one in old)

    def test_only_slots_of_the_contracts_named(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin, people=2, places=1)
        add_slot(service, admin, case)
        run = start_run(admin, contractIds=[str(case.contract_id)])
        assert [one["slotId"] for one in proposals_of(admin, run)] == [str(case.slot_id)]

    def test_supersedes_only_the_slots_it_covers(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin, people=2, places=1)
        add_slot(service, admin, case, places=1)
        earlier = start_run(admin)
        start_run(admin, contractIds=[str(case.contract_id)])
        status = {one["slotId"]: one["status"] for one in proposals_of(admin, earlier)}
        assert status.pop(str(case.slot_id)) == "superseded"
        assert list(status.values()) == ["proposed"]

    def test_pin_is_kept_against_the_better_one(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin, people=2, places=1)
        worse = case.candidate_ids[0]
        change_row(service, Candidate, worse, waiting_since=date(2018, 1, 31))
        assert proposals_of(admin, start_run(admin))[0]["candidateId"] != str(worse)
        run = start_run(admin, pins=[pair(worse, case.slot_id)])
        assert [one["candidateId"] for one in proposals_of(admin, run)] == [str(worse)]

    def test_forbidden_pair_is_not_proposed(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin)
        run = start_run(admin, forbidden=[pair(case.candidate_ids[0], case.slot_id)])
        assert (proposals_of(admin, run), codes_of_the_left(admin, run)) == ([], ["forbidden-pair"])

    def test_declined_pair_is_not_proposed_again(self, service: Service, admin: Caller) -> None:
        make_case(service, admin)
        decide(admin, proposals_of(admin, start_run(admin))[0], DECLINE)
        assert codes_of_the_left(admin, start_run(admin)) == ["forbidden-pair"]

    def test_pin_lifts_a_declined_pair(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin)
        decide(admin, proposals_of(admin, start_run(admin))[0], DECLINE)
        run = start_run(admin, pins=[pair(case.candidate_ids[0], case.slot_id)])
        assert len(proposals_of(admin, run)) == 1

    def test_infeasible_pin_says_why(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin)
        far = add_candidate(service, admin, municipality_code="0180", agreed_to_be_proposed=False)
        answer = admin.post("/match-runs", {"asOf": AS_OF, "pins": [pair(far, case.slot_id)]})
        assert answer.status_code == 422
        [error] = answer.json()["errors"]
        assert error["pointer"] == "#/pins/0"
        assert error["detail"].endswith("too-far, not-consented")

    def test_pinned_and_forbidden_at_once(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin)
        same = [pair(case.candidate_ids[0], case.slot_id)]
        answer = admin.post("/match-runs", {"asOf": AS_OF, "pins": same, "forbidden": same})
        (error,) = answer.json()["errors"]
        assert (error["pointer"], "forbidden-pair" in error["detail"]) == ("#/pins/0", True)

    def test_same_pair_twice(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin)
        twice = [pair(case.candidate_ids[0], case.slot_id)] * 2
        answer = admin.post("/match-runs", {"asOf": AS_OF, "forbidden": twice})
        assert [error["pointer"] for error in answer.json()["errors"]] == ["#/forbidden"]

    def test_nobody_starts_before_the_contract(self, service: Service, admin: Caller) -> None:
        make_case(service, admin, earliest_start=date(2018, 2, 1))
        (proposal,) = proposals_of(admin, start_run(admin))
        assert proposal["startDate"] == "2018-03-01"

    def test_more_pins_than_places(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin, people=3, places=2)
        pins = [pair(one, case.slot_id) for one in case.candidate_ids]
        assert admin.post("/match-runs", {"asOf": AS_OF, "pins": pins[:2]}).status_code == 201
        answer = admin.post("/match-runs", {"asOf": AS_OF, "pins": pins})
        assert [error["pointer"] for error in answer.json()["errors"]] == ["#/pins"]

    def test_pin_outside_the_contracts_named(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin)
        other = add_slot(service, admin, case)
        order = {
            "contractIds": [str(case.contract_id)],
            "pins": [pair(case.candidate_ids[0], other)],
        }
        answer = admin.post("/match-runs", order)
        assert [error["pointer"] for error in answer.json()["errors"]] == ["#/pins/0/slotId"]

    @pytest.mark.parametrize("field", ["pins", "forbidden"])
    def test_pair_of_another_organisation(
        self, service: Service, admin: Caller, field: str
    ) -> None:
        case = make_case(service, admin)
        order = {field: [pair(case.candidate_ids[0], case.slot_id)]}
        answer = service.stranger().post("/match-runs", order)
        assert [error["pointer"] for error in answer.json()["errors"]] == [
            f"#/{field}/0/candidateId",
            f"#/{field}/0/slotId",
        ]

    def test_unknown_policy_and_contract(self, admin: Caller) -> None:
        answer = admin.post("/match-runs", {"policyId": str(uuid4())})
        assert [error["pointer"] for error in answer.json()["errors"]] == ["#/policyId"]
        answer = admin.post("/match-runs", {"contractIds": [str(uuid4())]})
        assert [error["pointer"] for error in answer.json()["errors"]] == ["#/contractIds/0"]

    @pytest.mark.parametrize("role", [Role.PROCUREMENT, Role.AUDITOR])
    def test_role_that_may_not(self, service: Service, role: Role) -> None:
        assert service.caller(role).post("/match-runs", {}).status_code == 403

    def test_sees_nothing_of_another_organisation(self, service: Service, admin: Caller) -> None:
        make_case(service, admin, people=2)
        run = start_run(service.stranger())
        assert (run["counts"]["candidates"], run["counts"]["slots"]) == (0, 0)

    def test_same_key_repeats_the_answer(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin)
        headers = {"Idempotency-Key": "run-1"}
        order = {"asOf": AS_OF, "pins": [pair(case.candidate_ids[0], case.slot_id)]}
        first = admin.post("/match-runs", order, headers=headers)
        change_row(service, Slot, case.slot_id, places=0)  # the pin could not be met any more
        again = admin.post("/match-runs", order, headers=headers)
        assert (again.status_code, again.content) == (201, first.content)
        assert again.headers["location"] == first.headers["location"]
        with service.database.reading() as session:
            assert len(session.exec(select(MatchRun)).all()) == 1

    def test_same_key_with_another_body(self, service: Service, admin: Caller) -> None:
        headers = {"Idempotency-Key": "run-1"}
        admin.post("/match-runs", {"asOf": AS_OF}, headers=headers)
        again = admin.post("/match-runs", {"asOf": "2018-02-02"}, headers=headers)
        assert [error["pointer"] for error in again.json()["errors"]] == ["Idempotency-Key"]

    def test_snapshot_stays_when_rows_change(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin)
        run = start_run(admin)
        change_row(service, Candidate, case.candidate_ids[0], municipality_code="0180")
        query = f"candidateId={case.candidate_ids[0]}&slotId={case.slot_id}"
        shown = admin.get(f"/match-runs/{run['id']}/pairs?{query}").json()
        assert shown["status"] == "chosen"
        with service.database.reading() as session:
            assert len(session.exec(select(MatchRunSnapshot)).all()) == 1


class TestListMatchRuns:
    def test_filters(self, admin: Caller) -> None:
        start_run(admin)
        later = start_run(admin, asOf="2018-02-02")
        page = admin.get("/match-runs?asOf=2018-02-02").json()
        assert [item["id"] for item in page["items"]] == [later["id"]]
        assert admin.get(f"/match-runs?policyId={uuid4()}").json()["items"] == []
        assert len(admin.get(f"/match-runs?policyId={later['policyId']}").json()["items"]) == 2

    def test_only_own(self, service: Service, admin: Caller) -> None:
        start_run(admin)
        assert service.stranger().get("/match-runs").json()["items"] == []


class TestReadMatchRun:
    @pytest.mark.parametrize("path", ["", "/proposals", "/unmatched-candidates", "/unfilled-slots"])
    def test_not_mine(self, service: Service, admin: Caller, path: str) -> None:
        run = start_run(admin)
        assert service.stranger().get(f"/match-runs/{run['id']}{path}").status_code == 404

    def test_role_that_may_not(self, service: Service, admin: Caller) -> None:
        run = start_run(admin)
        answer = service.caller(Role.AUDITOR).get(f"/match-runs/{run['id']}")
        assert answer.status_code == 403
