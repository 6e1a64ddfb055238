"""Large runs over HTTP: ordered, watched, cancelled; nobody works at them unless the test does."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from sqlmodel import select
from starlette.testclient import TestClient

from app.api.http import Workers
from app.background.runs import do_run
from app.db import Database
from app.main import create_state, give_state
from app.models.candidates import Candidate
from app.models.events import Event
from app.models.keys import Role
from app.models.match_runs import MatchRunStatus, Phase
from app.processes.large_work import LargeWork
from app.services.runs.queue import Claim, claim_run, note_phase
from tests.callers import Caller, Service
from tests.journeys import AS_OF, change_row, make_case, order_run, proposals_of
from tests.make import make_settings

CANCEL = {"status": "cancelled"}


@pytest.fixture
def admin(queueing: Service) -> Caller:
    return queueing.caller()


def claim(service: Service, run: Any) -> Claim:
    """A worker has taken the run, and does nothing with it yet."""
    with service.database.writing() as session:
        claimed = claim_run(session, UUID(run["id"]), "tests")
    assert claimed is not None
    return claimed


def work(service: Service, run: Any) -> Any:
    """A worker takes the run and does it."""
    do_run(service.database, UUID(run["id"]))


def read(caller: Caller, run: Any) -> Any:
    return caller.get(f"/match-runs/{run['id']}").json()


def events_of(service: Service, run: Any) -> list[Event]:
    query = select(Event).where(Event.resource_id == UUID(run["id"]))
    with service.database.reading() as session:
        return sorted(session.exec(query), key=lambda event: event.at)


class TestOrder:
    def test_valid(self, queueing: Service, admin: Caller) -> None:
        make_case(queueing, admin)
        answer = admin.post("/match-runs", {"asOf": AS_OF})
        run = answer.json()
        assert (answer.status_code, answer.headers["etag"]) == (202, '"1"')
        assert answer.headers["location"].endswith(f"/match-runs/{run['id']}")
        assert (run["status"], run["asOf"], run["failure"]) == ("queued", AS_OF, None)
        assert run["progress"] == {"phase": "waiting", "share": 0.0}
        answers = ("inputHash", "objective", "certificate", "counts", "durationMs", "completedAt")
        assert [name for name in answers if run[name] is not None] == []
        assert admin.get(answer.headers["location"].partition("/v1")[2]).json() == run

    @pytest.mark.parametrize(("from_rows", "status"), [(4, 202), (5, 201)])
    def test_candidates_and_slots_decide(
        self, app: FastAPI, database_url: str, database: Database, from_rows: int, status: int
    ) -> None:
        state = create_state(make_settings(database_url), database)
        give_state(app, replace(state, large_work=LargeWork(from_rows), background=Workers()))
        with TestClient(app) as client:
            stranger = Service(client, database, uuid4()).stranger()
            service = Service(client, database, stranger.organisation_id)
            make_case(service, stranger, people=3)
            neighbour = service.stranger()
            make_case(service, neighbour)
            assert stranger.post("/match-runs", {}).status_code == status

    def test_what_it_names_is_checked_at_once(self, queueing: Service, admin: Caller) -> None:
        answer = admin.post("/match-runs", {"policyId": str(uuid4())})
        assert [error["pointer"] for error in answer.json()["errors"]] == ["#/policyId"]
        pairs = [{"candidateId": str(uuid4()), "slotId": str(uuid4())}]
        answer = admin.post("/match-runs", {"pins": pairs})
        assert (answer.status_code, len(answer.json()["errors"])) == (422, 2)
        assert admin.get("/match-runs").json()["items"] == []

    def test_same_key_repeats_the_answer(self, queueing: Service, admin: Caller) -> None:
        headers = {"Idempotency-Key": "run-1"}
        first = admin.post("/match-runs", {"asOf": AS_OF}, headers=headers)
        work(queueing, first.json())
        again = admin.post("/match-runs", {"asOf": AS_OF}, headers=headers)
        assert (again.status_code, again.content) == (202, first.content)
        assert again.headers["location"] == first.headers["location"]
        assert len(admin.get("/match-runs").json()["items"]) == 1

    def test_is_for_nobody_else_to_see(self, queueing: Service, admin: Caller) -> None:
        run, stranger = order_run(admin), queueing.stranger()
        assert stranger.get(f"/match-runs/{run['id']}").status_code == 404
        assert stranger.get("/match-runs").json()["items"] == []

    def test_has_no_answer_yet(self, queueing: Service, admin: Caller) -> None:
        case = make_case(queueing, admin)
        path = f"/match-runs/{order_run(admin)['id']}"
        for part in ("proposals", "unmatched-candidates", "unfilled-slots"):
            assert admin.get(f"{path}/{part}").json()["items"] == []
        pair = f"candidateId={case.candidate_ids[0]}&slotId={case.slot_id}"
        answer = admin.get(f"{path}/pairs?{pair}")
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/run-not-completed")


class TestWatch:
    def test_phases(self, queueing: Service, admin: Caller) -> None:
        run = order_run(admin)
        claimed = claim(queueing, run)
        shares = []
        for phase in (Phase.READING, Phase.SOLVING, Phase.STORING):
            with queueing.database.writing() as session:
                note_phase(session, claimed, phase)
            shown = read(admin, run)
            assert (shown["status"], shown["progress"]["phase"]) == ("running", phase)
            shares.append(shown["progress"]["share"])
        assert 0 < shares[0] < shares[1] < shares[2] < 1

    def test_is_never_known_already(self, queueing: Service, admin: Caller) -> None:
        """Progress changes without a new version, so an ETag cannot show that it is known."""
        run = order_run(admin)
        headers = {"If-None-Match": '"1"'}
        answer = admin.get(f"/match-runs/{run['id']}", headers=headers)
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
        work(queueing, run)
        headers = {"If-None-Match": '"2"'}
        assert admin.get(f"/match-runs/{run['id']}", headers=headers).status_code == 304

    def test_list_by_status(self, queueing: Service, admin: Caller) -> None:
        done, waiting = order_run(admin), order_run(admin)
        work(queueing, done)
        for status, run in (("completed", done), ("queued", waiting)):
            listed = admin.get(f"/match-runs?status={status}").json()["items"]
            assert [item["id"] for item in listed] == [run["id"]]
        assert listed[0]["progress"]["phase"] == "waiting"

    def test_completed(self, queueing: Service, admin: Caller) -> None:
        make_case(queueing, admin, people=3)
        headers = {"Handslag-Caseworker": "caseworker-17"}
        run = admin.post("/match-runs", {"asOf": AS_OF}, headers=headers).json()
        work(queueing, run)
        shown = read(admin, run)
        assert (shown["status"], shown["progress"], shown["failure"]) == ("completed", None, None)
        assert shown["completedAt"] > shown["createdAt"]
        assert shown["objective"]["placesFilled"] == len(proposals_of(admin, run)) == 2
        ordered, over = events_of(queueing, run)
        assert (ordered.action, over.action) == ("created", "completed")
        assert {event.caseworker for event in (ordered, over)} == {"caseworker-17"}
        assert str(over.actor) in str(admin.key and UUID(admin.key.split("_")[1]))
        assert over.after == {"status": "completed", "proposals": 2, "superseded": []}

    def test_sees_what_is_stored_when_its_turn_comes(
        self, queueing: Service, admin: Caller
    ) -> None:
        run = order_run(admin)
        make_case(queueing, admin)
        work(queueing, run)
        assert len(proposals_of(admin, run)) == 1

    def test_supersedes_when_it_is_stored(self, queueing: Service, admin: Caller) -> None:
        make_case(queueing, admin)
        earlier, later = order_run(admin), order_run(admin)
        work(queueing, earlier)
        work(queueing, later)
        [old], [new] = proposals_of(admin, earlier), proposals_of(admin, later)
        assert (old["status"], new["status"]) == ("superseded", "proposed")

    def test_answer_is_known_from_when_it_is_there(self, queueing: Service, admin: Caller) -> None:
        """Fulfilment as known when the run was ordered shows none of its answer."""
        case = make_case(queueing, admin)
        run = order_run(admin)
        work(queueing, run)
        [proposal] = proposals_of(admin, run)
        assert proposal["createdAt"] > run["createdAt"]
        causes = []
        for moment in (run["createdAt"], read(admin, run)["completedAt"]):
            query = {"asOf": AS_OF, "knownAt": moment}
            fulfilment = admin.get(f"/clauses/{case.clause_id}/fulfilment", params=query).json()
            causes.append([cause["code"] for cause in fulfilment["causes"]])
        assert "awaiting-decision" not in causes[0]
        assert "awaiting-decision" in causes[1]


class TestFailure:
    def test_pin_that_cannot_be(self, queueing: Service, admin: Caller) -> None:
        case = make_case(queueing, admin)
        pins = [{"candidateId": str(case.candidate_ids[0]), "slotId": str(case.slot_id)}]
        run = order_run(admin, pins=pins)
        change_row(queueing, Candidate, case.candidate_ids[0], available_from=date(2030, 1, 1))
        work(queueing, run)
        shown = read(admin, run)
        assert (shown["status"], shown["failure"]["code"]) == ("failed", "invalid")
        assert shown["failure"]["detail"].startswith("#/pins/0: the two cannot be paired: not-avai")
        assert (shown["progress"], shown["objective"]) == (None, None)
        assert [event.action for event in events_of(queueing, run)] == ["created", "failed"]

    def test_person_who_left_leaves_the_order(self, queueing: Service, admin: Caller) -> None:
        case = make_case(queueing, admin, people=2)
        gone = str(case.candidate_ids[0])
        run = order_run(admin, pins=[{"candidateId": gone, "slotId": str(case.slot_id)}])
        assert admin.delete(f"/candidates/{gone}").status_code == 204
        shown = read(admin, run)
        assert (shown["pins"], shown["redacted"], shown["status"]) == ([], True, "queued")
        work(queueing, run)
        assert [one["candidateId"] for one in proposals_of(admin, run)] == [
            str(case.candidate_ids[1])
        ]


class TestCancel:
    def test_queued(self, queueing: Service, admin: Caller) -> None:
        make_case(queueing, admin)
        run = order_run(admin)
        answer = admin.patch(f"/match-runs/{run['id']}", CANCEL)
        assert (answer.status_code, answer.headers["etag"]) == (200, '"2"')
        assert (answer.json()["status"], answer.json()["progress"]) == ("cancelled", None)
        work(queueing, run)
        assert (read(admin, run)["status"], proposals_of(admin, run)) == ("cancelled", [])
        assert [event.action for event in events_of(queueing, run)] == ["created", "cancelled"]

    def test_running_with_the_etag_of_the_order(self, queueing: Service, admin: Caller) -> None:
        run = order_run(admin)
        claim(queueing, run)
        assert admin.patch(f"/match-runs/{run['id']}", CANCEL).json()["status"] == "cancelled"

    def test_completed(self, queueing: Service, admin: Caller) -> None:
        run = order_run(admin)
        work(queueing, run)
        answer = admin.patch(f"/match-runs/{run['id']}", CANCEL, version=2)
        assert (answer.status_code, answer.json()["type"]) == (
            409,
            "/problems/transition-forbidden",
        )
        assert "completed" in answer.json()["detail"]

    def test_twice_changes_nothing(self, queueing: Service, admin: Caller) -> None:
        run = order_run(admin)
        admin.patch(f"/match-runs/{run['id']}", CANCEL)
        answer = admin.patch(f"/match-runs/{run['id']}", CANCEL, version=2)
        assert (answer.status_code, answer.headers["etag"]) == (200, '"2"')
        assert len(events_of(queueing, run)) == 2

    @pytest.mark.parametrize("status", sorted(set(MatchRunStatus) - {"cancelled"}))
    def test_nothing_else_can_be_asked_for(
        self, queueing: Service, admin: Caller, status: str
    ) -> None:
        run = order_run(admin)
        answer = admin.patch(f"/match-runs/{run['id']}", {"status": status})
        assert [error["pointer"] for error in answer.json()["errors"]] == ["#/status"]

    @pytest.mark.parametrize("role", [Role.PROCUREMENT, Role.AUDITOR])
    def test_role_that_may_not(self, queueing: Service, admin: Caller, role: Role) -> None:
        path = f"/match-runs/{order_run(admin)['id']}"
        assert queueing.caller(role).patch(path, CANCEL).status_code == 403

    def test_not_mine(self, queueing: Service, admin: Caller) -> None:
        run = order_run(admin)
        assert queueing.stranger().patch(f"/match-runs/{run['id']}", CANCEL).status_code == 404
        assert read(admin, run)["status"] == "queued"
