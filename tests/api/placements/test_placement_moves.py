"""Moving a placement over HTTP: what is answered, what is refused, and who sees which part."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI

from app.clock import today_in_sweden
from app.main import give_state
from app.models.keys import Role
from app.models.slots import Slot
from tests.api.registering import ids, misread, move, pointers, register, sign
from tests.callers import Caller, Service
from tests.journeys import Case, make_case

FOUND_WORK = {"endedBy": "participant", "reason": "found-work", "comment": "Anställd av kommunen."}


@pytest.fixture
def case(service: Service, admin: Caller) -> Case:
    return make_case(service, admin, places=1)


@pytest.fixture
def placement(case: Case, admin: Caller) -> str:
    """Planned for March to June 2018, nothing signed."""
    return str(register(admin, "/placements", wanted(case))["id"])


def supplier_of(service: Service, case: Case) -> str:
    with service.database.reading() as session:
        return str(session.get_one(Slot, case.slot_id).supplier_id)


def wanted(case: Case, **overrides: Any) -> dict[str, Any]:
    return {
        "candidateId": str(case.candidate_ids[0]),
        "slotId": str(case.slot_id),
        "startDate": "2018-03-01",
        "endDate": "2018-06-30",
        "programme": "arbetspraktik",
        "reason": "candidate-wish",
    } | overrides


def start(caller: Caller, placement: str, on: str = "2018-03-01") -> None:
    sign(caller, placement)
    move(caller, placement, "ready", "2018-02-20")
    move(caller, placement, "active", on)


def refusal(answer: Any) -> str:
    assert answer.status_code == 409, answer.text
    return str(answer.json()["type"]).removeprefix("/problems/")


class TestMovePlacement:
    def test_a_whole_life(self, placement: str, admin: Caller) -> None:
        start(admin, placement)
        done = move(admin, placement, "completed", "2018-06-30")
        assert admin.get(f"/placement-moves/{done['id']}").json() == done
        moves = admin.get(f"/placements/{placement}/transitions").json()["items"]
        assert [(one["origin"], one["to"]) for one in moves] == [
            ("planned", "ready"),
            ("ready", "active"),
            ("active", "completed"),
        ]
        shown = admin.get(f"/placements/{placement}")
        assert shown.headers["etag"] == '"4-admin"'
        assert shown.json()["status"] == "completed"
        assert (shown.json()["startedOn"], shown.json()["endedOn"]) == ("2018-03-01", "2018-06-30")
        assert shown.json()["allowedTransitions"] == []

    def test_says_what_may_come_next(self, service: Service, placement: str, admin: Caller) -> None:
        path = f"/placements/{placement}"
        assert admin.get(path).json()["allowedTransitions"] == ["ready", "cancelled"]
        for role in (Role.PROCUREMENT, Role.AUDITOR):
            assert service.caller(role).get(path).json()["allowedTransitions"] == []

    def test_for_whom_it_was_moved(self, placement: str, admin: Caller) -> None:
        body = {"to": "cancelled", "on": "2018-02-20", "reason": "slot-withdrawn"}
        headers = {"Handslag-Caseworker": "handlaggare-17"}
        answer = admin.post(f"/placements/{placement}/transitions", body, headers=headers)
        assert answer.json()["decidedBy"] == "handlaggare-17"

    def test_ends_early(self, placement: str, admin: Caller) -> None:
        start(admin, placement)
        ended = move(admin, placement, "ended-early", "2018-05-01", **FOUND_WORK)
        assert FOUND_WORK.items() <= ended.items()
        assert admin.get(f"/placements/{placement}").json()["endedBy"] == "participant"

    @pytest.mark.parametrize(
        ("to", "on", "code"),
        [
            ("active", "2018-03-01", "transition-forbidden"),
            ("ready", "2018-02-19", "signatures-missing"),
            ("ready", f"{today_in_sweden() + timedelta(days=2)}", "day-forbidden"),
        ],
    )
    def test_says_what_stands_in_the_way(
        self, placement: str, admin: Caller, to: str, on: str, code: str
    ) -> None:
        sign(admin, placement)
        path = f"/placements/{placement}/transitions"
        assert refusal(admin.post(path, {"to": to, "on": on})) == code
        assert ids(admin.get(path)) == []

    def test_missing_checks(
        self, service: Service, case: Case, placement: str, admin: Caller
    ) -> None:
        sign(admin, placement)
        check = {"gate": "union-consulted", "outcome": "failed", "checkedBy": "Arbetsförmedlingen"}
        days = {"askedOn": "2018-02-01", "checkedOn": "2018-02-10"}
        register(admin, f"/suppliers/{supplier_of(service, case)}/gate-checks", check | days)
        body = {"to": "ready", "on": "2018-02-20"}
        answer = admin.post(f"/placements/{placement}/transitions", body)
        assert refusal(answer) == "gates-missing"
        assert ": union-consulted. Record" in answer.json()["detail"]

    def test_back_dating_as_the_installation_says(
        self, app: FastAPI, placement: str, admin: Caller
    ) -> None:
        sign(admin, placement)
        path, body = f"/placements/{placement}/transitions", {"to": "ready", "on": "2018-02-20"}
        far_back = app.state.handslag
        give_state(app, replace(far_back, backdating_days=14))
        answer = admin.post(path, body)
        assert refusal(answer) == "day-forbidden"
        assert f"from {today_in_sweden() - timedelta(days=14)} to" in answer.json()["detail"]
        give_state(app, far_back)
        assert admin.post(path, body).status_code == 201

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ({"to": "ended-early", "reason": "found-work"}, "endedBy"),
            ({"to": "ended-early", "endedBy": "participant"}, "reason"),
            ({"to": "cancelled"}, "reason"),
            ({"to": "cancelled", "reason": "no-such"}, "reason"),
            ({"to": "cancelled", "reason": "other"}, "comment"),
            ({"to": "cancelled", "reason": "no-show", "endedBy": "supplier"}, "endedBy"),
            ({"to": "ready", "reason": "other", "comment": "x"}, "reason"),
            ({"to": "planned", "endedBy": "supplier"}, "endedBy"),
            ({"to": "elsewhere"}, "to"),
            ({"to": "ready", "on": "2018-02-30"}, "on"),
        ],
    )
    def test_bad_body(
        self, placement: str, admin: Caller, body: dict[str, str], pointer: str
    ) -> None:
        answer = admin.post(f"/placements/{placement}/transitions", {"on": "2018-02-20"} | body)
        assert pointers(answer) == [f"#/{pointer}"]
        assert misread(answer, body) == []

    @pytest.mark.parametrize("role", [Role.PROCUREMENT, Role.AUDITOR])
    def test_role_that_may_not(self, service: Service, placement: str, role: Role) -> None:
        body = {"to": "cancelled", "on": "2018-02-20", "reason": "slot-withdrawn"}
        answer = service.caller(role).post(f"/placements/{placement}/transitions", body)
        assert answer.status_code == 403

    def test_not_mine(self, service: Service, placement: str, admin: Caller) -> None:
        body = {"to": "cancelled", "on": "2018-02-20", "reason": "slot-withdrawn"}
        stranger, path = service.stranger(), f"/placements/{placement}/transitions"
        assert stranger.post(path, body).status_code == 404
        made = register(admin, path, body)
        assert stranger.get(path).status_code == 404
        assert stranger.get(f"/placement-moves/{made['id']}").status_code == 404

    def test_procurement_reads_it_without_the_persons_part(
        self, service: Service, placement: str, admin: Caller
    ) -> None:
        start(admin, placement)
        ended = move(admin, placement, "ended-early", "2018-05-01", **FOUND_WORK)
        procurement = service.caller(Role.PROCUREMENT)
        for shown in (
            procurement.get(f"/placement-moves/{ended['id']}").json(),
            procurement.get(f"/placements/{placement}/transitions").json()["items"][-1],
        ):
            assert (shown["to"], shown["endedBy"]) == ("ended-early", "participant")
            assert (shown["reason"], shown["comment"], shown["decidedBy"]) == (None, None, None)


class TestWhatAnEndFrees:
    """The slot's one place and the one person: both are free from the day after the last."""

    def place_again(self, case: Case, admin: Caller, first: str, last: str) -> Any:
        body = wanted(case, startDate=first, endDate=last)
        return admin.post("/placements", body)

    def test_until_the_last_day_both_are_taken(
        self, case: Case, placement: str, admin: Caller
    ) -> None:
        start(admin, placement)
        move(admin, placement, "ended-early", "2018-05-01", **FOUND_WORK)
        assert refusal(self.place_again(case, admin, "2018-05-01", "2018-08-31")) == (
            "candidate-placed"
        )
        assert self.place_again(case, admin, "2018-05-02", "2018-09-01").status_code == 201

    def test_a_no_show_takes_nothing(self, case: Case, placement: str, admin: Caller) -> None:
        sign(admin, placement)
        move(admin, placement, "ready", "2018-02-20")
        gone = {"endedBy": "participant", "reason": "no-show"}
        move(admin, placement, "ended-early", "2018-03-01", **gone)
        assert self.place_again(case, admin, "2018-03-01", "2018-06-30").status_code == 201

    def test_nor_does_one_whose_start_was_noted(
        self, case: Case, placement: str, admin: Caller
    ) -> None:
        start(admin, placement)
        gone = {"endedBy": "participant", "reason": "no-show"}
        move(admin, placement, "ended-early", "2018-03-02", **gone)
        assert self.place_again(case, admin, "2018-03-01", "2018-06-30").status_code == 201

    def test_a_late_start_leaves_the_days_before(
        self, case: Case, placement: str, admin: Caller
    ) -> None:
        start(admin, placement, on="2018-04-02")
        overridden = {"overrides": ["not-available"], "endDate": "2018-04-01"}
        body = wanted(case, startDate="2018-03-01", **overridden)
        assert admin.post("/placements", body).status_code == 201
        body |= {"endDate": "2018-04-02"}
        assert refusal(admin.post("/placements", body)) == "candidate-placed"
