"""Extending a placement: what is linked, and every limit at its last day and the day after."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.models.candidates import Candidate
from app.models.contracts import Contract
from app.models.keys import Role
from app.models.placements import Placement
from app.models.slots import Slot
from app.models.values import Clearance
from tests.api.registering import Json, move, pointers, register, sign
from tests.callers import Caller, Service
from tests.journeys import Case, add_placement, change_row, make_case

WISH = {"endDate": "2018-08-31", "reason": "candidate-wish"}
LAST = date(2018, 8, 15)
ONE_MONTH = [Clearance(code="arbetspraktik", maximum_months=1)]
GONE = {"endedBy": "participant", "reason": "found-work"}


@pytest.fixture
def case(service: Service, admin: Caller) -> Case:
    return make_case(service, admin, people=2, places=1)


@pytest.fixture
def placement(case: Case, admin: Caller) -> str:
    """From the first of March 2018 to the end of June, half time, and begun."""
    body = {
        "candidateId": str(case.candidate_ids[0]),
        "slotId": str(case.slot_id),
        "startDate": "2018-03-01",
        "endDate": "2018-06-30",
        "programme": "arbetspraktik",
        "extentPercent": 50,
        "reason": "good-fit",
    }
    placement = str(register(admin, "/placements", body)["id"])
    sign(admin, placement)
    move(admin, placement, "ready", "2018-02-20")
    move(admin, placement, "active", "2018-03-01")
    return placement


def extend(caller: Caller, placement: str, **wanted: Any) -> Any:
    return caller.post(f"/placements/{placement}/extensions", WISH | wanted)


def refusal(answer: Any) -> str:
    assert answer.status_code == 409, answer.text
    return str(answer.json()["type"]).removeprefix("/problems/")


class TestExtend:
    def test_valid(self, case: Case, placement: str, admin: Caller) -> None:
        answer = extend(admin, placement)
        added: Json = answer.json()
        assert answer.status_code == 201
        assert admin.get(f"/placements/{added['id']}").json() == added
        assert added["extendsPlacementId"] == placement
        assert (added["startDate"], added["endDate"]) == ("2018-07-01", "2018-08-31")
        assert (added["status"], added["extentPercent"]) == ("planned", 50)
        assert added["clauseId"] == str(case.clause_id)
        assert added["allowedTransitions"] == ["ready", "cancelled"]

    @pytest.mark.parametrize("status", ["ready", "active", "completed"])
    def test_of_one_that_stands(
        self, service: Service, case: Case, admin: Caller, status: str
    ) -> None:
        person = {"candidate_id": case.candidate_ids[0], "status": status}
        placement = add_placement(service, admin, case, **person)
        assert extend(admin, str(placement)).status_code == 201

    @pytest.mark.parametrize("status", ["planned", "ended-early", "cancelled"])
    def test_of_one_that_does_not(
        self, service: Service, case: Case, admin: Caller, status: str
    ) -> None:
        person = {"candidate_id": case.candidate_ids[0], "status": status}
        placement = add_placement(service, admin, case, **person)
        answer = extend(admin, str(placement))
        assert refusal(answer) == "extension-forbidden"
        assert (
            f"is {status}; one that is ready or active or completed can" in answer.json()["detail"]
        )

    def test_once_unless_called_off(self, placement: str, admin: Caller) -> None:
        added = extend(admin, placement, endDate="2018-07-31").json()["id"]
        again = extend(admin, placement)
        assert refusal(again) == "extension-forbidden"
        assert added in again.json()["detail"]
        move(admin, added, "cancelled", "2018-06-01", reason="slot-withdrawn")
        assert extend(admin, placement).status_code == 201

    @pytest.mark.parametrize("end", ["2018-06-30", "2018-03-01"])
    def test_ends_later(self, placement: str, admin: Caller, end: str) -> None:
        assert pointers(extend(admin, placement, endDate=end)) == ["#/endDate"]

    def test_programme_in_all(self, service: Service, case: Case, admin: Caller) -> None:
        """Six months in all, counted from the first day of the first placement."""
        person = {"candidate_id": case.candidate_ids[0], "status": "ready"}
        first = add_placement(service, admin, case, **person)
        second = extend(admin, str(first), endDate="2018-07-31").json()["id"]
        sign(admin, second)
        move(admin, second, "ready", "2018-02-20")
        beyond = extend(admin, second, endDate="2018-09-01")
        assert refusal(beyond) == "extension-forbidden"
        assert "arbetspraktik lasts, in all, until 2018-08-31" in beyond.json()["detail"]
        assert extend(admin, second).status_code == 201

    def test_counts_from_the_day_it_began(
        self, service: Service, case: Case, admin: Caller
    ) -> None:
        person = {"candidate_id": case.candidate_ids[0], "status": "active"}
        started = add_placement(service, admin, case, started_on=date(2018, 3, 12), **person)
        beyond = extend(admin, str(started), endDate="2018-09-12")
        assert "in all, until 2018-09-11" in beyond.json()["detail"]
        assert extend(admin, str(started), endDate="2018-09-11").status_code == 201

    @pytest.mark.parametrize(
        ("model", "values", "last", "text"),
        [
            (Slot, {"end_date": LAST, "latest_start": LAST}, LAST, "the slot ends"),
            (Contract, {"end_date": LAST}, LAST, "the contract ends"),
            (Candidate, {"available_to": LAST}, LAST, "available until"),
            (Candidate, {"programmes": ONE_MONTH}, date(2018, 7, 31), "cleared until"),
            (Candidate, {"programmes": []}, date(2018, 6, 30), "cleared until"),
        ],
    )
    def test_each_limit(
        self,
        service: Service,
        case: Case,
        placement: str,
        admin: Caller,
        model: Any,
        values: Json,
        last: date,
        text: str,
    ) -> None:
        ids = {Slot: case.slot_id, Contract: case.contract_id, Candidate: case.candidate_ids[0]}
        change_row(service, model, ids[model], **values)
        answer = extend(admin, placement, endDate=f"{last + timedelta(days=1)}")
        assert refusal(answer) == "extension-forbidden"
        assert f"{text} {last}" in answer.json()["detail"]
        within = extend(admin, placement, endDate=f"{last}")
        assert within.status_code == (201 if last > date(2018, 6, 30) else 422)

    def test_room_consent_veto_and_overlap(
        self, service: Service, case: Case, placement: str, admin: Caller
    ) -> None:
        person = case.candidate_ids[0]
        change_row(service, Candidate, person, agreed_to_be_proposed=False)
        assert refusal(extend(admin, placement)) == "not-consented"
        with service.database.reading() as session:
            supplier_id = session.get_one(Slot, case.slot_id).supplier_id
        values = {"agreed_to_be_proposed": True, "avoided_supplier_ids": [supplier_id]}
        change_row(service, Candidate, person, **values)
        assert refusal(extend(admin, placement)) == "vetoed"
        change_row(service, Candidate, person, avoided_supplier_ids=[])
        dates = {"start_date": date(2018, 8, 31), "end_date": date(2018, 9, 30)}
        other = {"candidate_id": case.candidate_ids[1]}
        taken = add_placement(service, admin, case, **dates, **other)
        assert refusal(extend(admin, placement)) == "slot-full"
        change_row(service, Placement, taken, candidate_id=person)
        assert refusal(extend(admin, placement)) == "candidate-placed"
        change_row(service, Placement, taken, status="cancelled")
        assert extend(admin, placement).status_code == 201

    def test_reason_other_is_explained(self, placement: str, admin: Caller) -> None:
        assert pointers(extend(admin, placement, reason="other")) == ["#/comment"]

    def test_not_mine(self, service: Service, placement: str) -> None:
        assert extend(service.stranger(), placement).status_code == 404

    @pytest.mark.parametrize("role", [Role.PROCUREMENT, Role.AUDITOR])
    def test_role_that_may_not(self, service: Service, placement: str, role: Role) -> None:
        assert extend(service.caller(role), placement).status_code == 403


class TestStartOfAnExtension:
    def test_follows_its_own_papers(self, placement: str, admin: Caller) -> None:
        added = extend(admin, placement).json()["id"]
        move(admin, placement, "completed", "2018-06-30")
        sign(admin, added)
        move(admin, added, "ready", "2018-06-20")
        move(admin, added, "active", "2018-07-01")
        ended = move(admin, added, "ended-early", "2018-07-20", **GONE)
        assert ended["endedBy"] == "participant"

    def test_not_before_what_it_extends(self, service: Service, case: Case, admin: Caller) -> None:
        person = {"candidate_id": case.candidate_ids[0], "status": "ready"}
        first = str(add_placement(service, admin, case, **person))
        added = extend(admin, first).json()["id"]
        sign(admin, added)
        move(admin, added, "ready", "2018-06-20")
        begin = {"to": "active", "on": "2018-07-01"}
        answer = admin.post(f"/placements/{added}/transitions", begin)
        assert refusal(answer) == "transition-forbidden"
        assert f"{first}, which is ready" in answer.json()["detail"]


class TestEndOfWhatIsExtended:
    def test_early_calls_off_what_would_go_on(
        self, case: Case, placement: str, admin: Caller
    ) -> None:
        """All extensions are cancelled, so that the place is free and nothing is booked."""
        added = extend(admin, placement, endDate="2018-07-31").json()["id"]
        sign(admin, added)
        move(admin, added, "ready", "2018-05-02")
        further = extend(admin, added).json()["id"]
        move(admin, placement, "ended-early", "2018-04-30", **GONE)
        for one, day in ((added, "2018-05-02"), (further, "2018-04-30")):
            assert admin.get(f"/placements/{one}").json()["status"] == "cancelled"
            [*_, last] = admin.get(f"/placements/{one}/transitions").json()["items"]
            assert (last["to"], last["on"], last["reason"]) == ("cancelled", day, "found-work")
        for day in ("2018-04-30", "2018-05-01", "2018-05-03"):
            shown = admin.get(f"/clauses/{case.clause_id}/fulfilment?asOf={day}").json()
            assert (shown["verdict"], shown["booked"], shown["missing"]) == ("at-risk", 0, 4)
        run = register(admin, "/match-runs", {"asOf": "2018-05-03"})
        [proposal] = admin.get(f"/match-runs/{run['id']}/proposals").json()["items"]
        assert proposal["startDate"] == "2018-05-03"

    def test_is_no_cause_of_its_own(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin, places=4)
        person = {"candidate_id": case.candidate_ids[0], "status": "ready"}
        first = str(add_placement(service, admin, case, **person))
        extend(admin, first)
        move(admin, first, "cancelled", "2018-02-25", reason="slot-withdrawn")
        shown = admin.get(f"/clauses/{case.clause_id}/fulfilment?asOf=2018-03-01").json()
        causes = [(one["code"], one["places"]) for one in shown["causes"]]
        assert causes == [("supplier-declined", 1), ("not-matched-yet", 3)]

    def test_months_it_would_have_had_are_lost_for_the_same_cause(
        self, service: Service, admin: Caller
    ) -> None:
        months = {"places": None, "minimum_months": None, "full_time_months": 8}
        case = make_case(service, admin, clause=months)
        person = {"candidate_id": case.candidate_ids[0], "status": "active"}
        first = str(add_placement(service, admin, case, started_on=date(2018, 3, 1), **person))
        extend(admin, first)
        blame = {"endedBy": "supplier", "reason": "work-environment"}
        move(admin, first, "ended-early", "2018-04-30", **blame)
        shown = admin.get(f"/clauses/{case.clause_id}/fulfilment?asOf=2018-05-01").json()
        blamed = {one["code"]: one["fullTimeMonths"] for one in shown["causes"]}
        assert "proposal-declined" not in blamed
        assert blamed["ended-by-supplier"] > 1

    def test_after_nobody_came_to_the_extension(
        self, service: Service, case: Case, admin: Caller
    ) -> None:
        person = {"candidate_id": case.candidate_ids[0], "status": "ready"}
        first = str(add_placement(service, admin, case, **person))
        added = extend(admin, first).json()["id"]
        sign(admin, added)
        move(admin, added, "ready", "2018-06-20")
        nobody = {"endedBy": "participant", "reason": "no-show"}
        move(admin, added, "ended-early", "2018-07-02", **nobody)
        move(admin, first, "ended-early", "2018-07-03", **nobody)

    def test_called_off_itself(self, service: Service, case: Case, admin: Caller) -> None:
        person = {"candidate_id": case.candidate_ids[0], "status": "ready"}
        first = str(add_placement(service, admin, case, **person))
        added = extend(admin, first).json()["id"]
        move(admin, first, "cancelled", "2018-02-25", reason="other", comment="Huset revs.")
        assert admin.get(f"/placements/{added}").json()["status"] == "cancelled"

    def test_not_once_the_extension_has_begun(self, placement: str, admin: Caller) -> None:
        added = extend(admin, placement).json()["id"]
        sign(admin, added)
        move(admin, added, "ready", "2018-06-20")
        move(admin, added, "active", "2018-07-01")
        early = {"to": "ended-early", "on": "2018-06-20"} | GONE
        answer = admin.post(f"/placements/{placement}/transitions", early)
        assert refusal(answer) == "transition-forbidden"
        assert f"{added}, which is active" in answer.json()["detail"]
        move(admin, placement, "completed", "2018-06-30")
