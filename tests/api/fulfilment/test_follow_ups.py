"""Each operation on follow-ups: a valid call, somebody else's, a role that may not, bad input."""

from datetime import timedelta
from typing import Any

import pytest

from app.clock import today_in_sweden
from app.models.keys import Role
from tests.api.registering import (
    clause_body,
    ids,
    misread,
    pointers,
    register_clause,
    register_contract,
    register_supplier,
)
from tests.callers import Caller, Service

NEXT = "2018-12-01"
VISIT = {"kind": "visit", "on": "2018-05-02", "nextFollowUpDate": NEXT}
DIALOGUE = {"kind": "dialogue", "places": None, "minimumMonths": None}


@pytest.fixture
def contract_id(admin: Caller) -> str:
    return register_contract(admin, register_supplier(admin))


@pytest.fixture
def clause_id(admin: Caller, contract_id: str) -> str:
    return register_clause(admin, contract_id)


def record(caller: Caller, clause_id: str, **fields: Any) -> Any:
    return caller.post(f"/clauses/{clause_id}/follow-ups", VISIT | fields)


def next_date(caller: Caller, clause_id: str) -> str:
    return str(caller.get(f"/clauses/{clause_id}").json()["nextFollowUpDate"])


class TestRecordFollowUp:
    def test_valid(self, admin: Caller, clause_id: str) -> None:
        path = f"/clauses/{clause_id}/follow-ups"
        answer = admin.post(path, VISIT, headers={"Handslag-Caseworker": "officer-3"})
        assert answer.status_code == 201
        assert (VISIT | {"clauseId": clause_id, "decidedBy": "officer-3"}).items() <= (
            answer.json().items()
        )
        assert admin.get(answer.headers["location"].partition("/v1")[2]).json() == answer.json()
        assert next_date(admin, clause_id) == NEXT

    @pytest.mark.parametrize(
        "fields",
        [
            {"kind": "start-meeting"},
            {"kind": "report"},
            {"kind": "rectification-set", "until": "2018-05-02"},
            {"kind": "effort-recorded"},
            {"kind": "excuse-decided", "reason": "efforts", "text": "Annonserat i tre månader."},
            {"kind": "excuse-decided", "reason": "lack-of-candidates", "quantity": 1, "text": "x"},
            {"kind": "sanction"},
            {"kind": "no-sanction", "text": "Bristen beror på oss."},
            {"kind": "offer-made"},
        ],
    )
    def test_every_kind(self, admin: Caller, clause_id: str, fields: dict[str, Any]) -> None:
        answer = record(admin, clause_id, **fields)
        assert answer.status_code == 201, answer.text
        assert fields.items() <= answer.json().items()

    @pytest.mark.parametrize(
        ("fields", "pointer"),
        [
            ({"kind": "rectification-set"}, "#/until"),
            ({"until": "2018-06-01"}, "#/until"),
            ({"kind": "rectification-set", "until": "2018-05-01"}, "#/until"),
            ({"kind": "excuse-decided", "text": "x"}, "#/reason"),
            ({"reason": "efforts"}, "#/reason"),
            ({"quantity": 1}, "#/quantity"),
            ({"kind": "no-sanction"}, "#/text"),
            ({"kind": "excuse-decided", "reason": "efforts"}, "#/text"),
            ({"kind": "recorded-by-mistake", "text": "x"}, "#/correctsFollowUpId"),
            ({"nextFollowUpDate": "2018-05-02"}, "#/nextFollowUpDate"),
            ({"kind": "coffee"}, "#/kind"),
        ],
    )
    def test_bad_field(
        self, admin: Caller, clause_id: str, fields: dict[str, Any], pointer: str
    ) -> None:
        answer = record(admin, clause_id, **fields)
        assert pointers(answer) == [pointer]
        assert misread(answer, fields) == []

    def test_efforts_where_they_do_not_count(self, admin: Caller, contract_id: str) -> None:
        clause_id = register_clause(admin, contract_id, effortCounts=False)
        excuse = {"kind": "excuse-decided", "text": "x"}
        answer = record(admin, clause_id, **excuse, reason="efforts")
        assert pointers(answer) == ["#/reason"]
        assert record(admin, clause_id, **excuse, reason="lack-of-candidates").status_code == 201

    def test_excuses_of_one_day_and_reason_are_told_once(
        self, admin: Caller, clause_id: str
    ) -> None:
        excuse = {"kind": "excuse-decided", "reason": "lack-of-candidates", "text": "x"}
        excuse |= {"nextFollowUpDate": "2020-01-01"}
        for _ in range(2):
            record(admin, clause_id, **excuse, on="2019-06-30", quantity=1)
        text = admin.get(f"/clauses/{clause_id}/fulfilment?asOf=2019-06-30").json()["text"]
        assert "Den 2019-06-30 beslutades att brist på kandidater ursäktar 2 platser av det" in text
        for day in ("2019-07-01", "2019-07-01", "2019-07-02"):
            assert record(admin, clause_id, **excuse, on=day).status_code == 201
        text = admin.get(f"/clauses/{clause_id}/fulfilment?asOf=2019-07-02").json()["text"]
        assert text.count("beslutades att brist på kandidater ursäktar bristen.") == 2
        assert "av det som saknas" not in text

    @pytest.mark.parametrize("kind", ["internship", "employment"])
    def test_dialogue_where_none_is_asked(self, admin: Caller, contract_id: str, kind: str) -> None:
        clause_id = register_clause(admin, contract_id, kind=kind)
        answer = record(admin, clause_id, kind="dialogue-held")
        assert pointers(answer) == ["#/kind"]
        assert kind in answer.json()["errors"][0]["detail"]

    def test_no_later_than_today(self, admin: Caller, clause_id: str) -> None:
        today = today_in_sweden()
        ahead = {"nextFollowUpDate": f"{today + timedelta(90)}"}
        tomorrow = record(admin, clause_id, on=f"{today + timedelta(1)}", **ahead)
        assert pointers(tomorrow) == ["#/on"]
        assert next_date(admin, clause_id) == "2018-06-01"
        assert record(admin, clause_id, on=f"{today}", **ahead).status_code == 201

    def test_next_date_within_a_year(self, admin: Caller, contract_id: str) -> None:
        """Counted from the contract's start where it has not begun: 1 July 2088 here."""
        end = {"startDate": "2088-07-01", "endDate": "2090-06-30"}
        assert admin.patch(f"/contracts/{contract_id}", end).is_success
        last, after = ({"nextFollowUpDate": f"2089-07-{day}"} for day in ("01", "02"))
        path = f"/contracts/{contract_id}/clauses"
        refused = admin.post(path, clause_body(**after, reportDates=[]))
        assert pointers(refused) == ["#/nextFollowUpDate"]
        assert "is after 2089-07-01" in refused.text
        clause_id = register_clause(admin, contract_id, **last, reportDates=[])
        assert pointers(admin.patch(f"/clauses/{clause_id}", after)) == ["#/nextFollowUpDate"]
        assert pointers(record(admin, clause_id, **after)) == ["#/nextFollowUpDate"]
        assert record(admin, clause_id, **last).status_code == 201

    def test_next_date_within_a_year_of_today(self, admin: Caller, clause_id: str) -> None:
        """Counted from today where the contract is over; not to the day, as midnight may pass."""
        today = today_in_sweden()
        near, far = (today + timedelta(days=days) for days in (363, 369))
        assert record(admin, clause_id, nextFollowUpDate=f"{near}").status_code == 201
        assert pointers(record(admin, clause_id, nextFollowUpDate=f"{far}")) == [
            "#/nextFollowUpDate"
        ]

    def test_clause_not_mine(self, service: Service, clause_id: str) -> None:
        assert record(service.stranger(), clause_id).status_code == 404

    @pytest.mark.parametrize(
        ("role", "status"),
        [
            (Role.PROCUREMENT, 201),
            (Role.ADMIN, 201),
            (Role.CASEWORKER, 403),
            (Role.AUDITOR, 403),
        ],
    )
    def test_role(self, service: Service, clause_id: str, role: Role, status: int) -> None:
        assert record(service.caller(role), clause_id).status_code == status

    def test_keeps_the_clause(self, admin: Caller, clause_id: str) -> None:
        record(admin, clause_id)
        tag = admin.get(f"/clauses/{clause_id}").headers["etag"]
        refused = admin.call("DELETE", f"/clauses/{clause_id}", headers={"If-Match": tag})
        assert (refused.status_code, "1 follow-up." in refused.json()["detail"]) == (409, True)


class TestNextDate:
    def test_needed_while_the_clause_is_not_settled(self, admin: Caller, clause_id: str) -> None:
        answer = record(admin, clause_id, nextFollowUpDate=None)
        assert pointers(answer) == ["#/nextFollowUpDate"]
        assert "at-risk" in answer.json()["errors"][0]["detail"]
        assert ids(admin.get(f"/clauses/{clause_id}/follow-ups")) == []

    def test_not_once_it_is_met(self, admin: Caller, contract_id: str) -> None:
        clause_id = register_clause(admin, contract_id, **DIALOGUE)
        held = record(admin, clause_id, kind="dialogue-held", nextFollowUpDate=None)
        assert held.status_code == 201
        assert next_date(admin, clause_id) == "2018-06-01"

    def test_not_once_a_no_has_led_to_something(self, admin: Caller, clause_id: str) -> None:
        over = {"on": "2019-07-01", "nextFollowUpDate": None, "text": "Vite enligt villkoret."}
        assert record(admin, clause_id, **over).status_code == 422
        assert record(admin, clause_id, **over, kind="sanction").status_code == 201

    def test_of_the_latest_follow_up_whichever_is_noted_last(
        self, admin: Caller, clause_id: str
    ) -> None:
        record(admin, clause_id, on="2018-08-01", nextFollowUpDate="2018-12-01")
        record(admin, clause_id, on="2018-05-01", nextFollowUpDate="2018-07-01")
        assert next_date(admin, clause_id) == "2018-12-01"

    def test_makes_no_version_of_the_clause(self, admin: Caller, clause_id: str) -> None:
        record(admin, clause_id)
        assert len(ids(admin.get(f"/clauses/{clause_id}/versions"))) == 1
        events = admin.get(f"/events?resourceId={clause_id}").json()["items"]
        assert events[-1]["before"] == {"nextFollowUpDate": "2018-06-01"}
        assert (events[-1]["action"], events[-1]["after"]) == (
            "followed-up",
            {"nextFollowUpDate": NEXT},
        )


class TestCorrection:
    def test_takes_the_others_place(self, admin: Caller, clause_id: str) -> None:
        wrong = record(admin, clause_id, on="2018-08-01", nextFollowUpDate="2019-02-01").json()
        right = record(admin, clause_id, on="2018-08-02", correctsFollowUpId=wrong["id"])
        assert right.json()["correctsFollowUpId"] == wrong["id"]
        assert next_date(admin, clause_id) == NEXT
        assert len(ids(admin.get(f"/clauses/{clause_id}/follow-ups"))) == 2

    def test_of_what_never_was(self, admin: Caller, contract_id: str) -> None:
        clause_id = register_clause(admin, contract_id, **DIALOGUE)
        held = record(admin, clause_id, kind="dialogue-held").json()
        path = f"/clauses/{clause_id}/fulfilment?asOf=2018-06-01"
        assert admin.get(path).json()["verdict"] == "met"
        mistake = {"kind": "recorded-by-mistake", "text": "Mötet ställdes in."}
        assert record(admin, clause_id, **mistake, correctsFollowUpId=held["id"]).status_code == 201
        assert admin.get(path).json()["verdict"] == "at-risk"

    def test_only_once(self, admin: Caller, clause_id: str) -> None:
        wrong = record(admin, clause_id).json()["id"]
        right = record(admin, clause_id, correctsFollowUpId=wrong).json()["id"]
        again = record(admin, clause_id, correctsFollowUpId=wrong)
        assert (again.status_code, again.json()["type"]) == (409, "/problems/already-corrected")
        assert right in again.json()["detail"]
        assert record(admin, clause_id, correctsFollowUpId=right).status_code == 201

    def test_of_another_clause(self, admin: Caller, contract_id: str, clause_id: str) -> None:
        wrong = record(admin, register_clause(admin, contract_id)).json()["id"]
        assert pointers(record(admin, clause_id, correctsFollowUpId=wrong)) == [
            "#/correctsFollowUpId"
        ]


class TestListFollowUps:
    def test_in_the_order_of_recording(self, admin: Caller, clause_id: str) -> None:
        first = record(admin, clause_id, on="2018-08-01").json()["id"]
        second = record(admin, clause_id, on="2018-05-01", kind="report").json()["id"]
        path = f"/clauses/{clause_id}/follow-ups"
        assert ids(admin.get(path)) == [first, second]
        assert ids(admin.get(f"{path}?kind=report")) == [second]

    @pytest.mark.parametrize("role", list(Role))
    def test_every_role_reads(
        self, service: Service, admin: Caller, clause_id: str, role: Role
    ) -> None:
        own = record(admin, clause_id).json()["id"]
        caller = service.caller(role)
        assert ids(caller.get(f"/clauses/{clause_id}/follow-ups")) == [own]
        assert caller.get(f"/follow-ups/{own}").status_code == 200

    def test_not_mine(self, service: Service, admin: Caller, clause_id: str) -> None:
        own = record(admin, clause_id).json()["id"]
        stranger = service.stranger()
        assert stranger.get(f"/clauses/{clause_id}/follow-ups").status_code == 404
        assert stranger.get(f"/follow-ups/{own}").status_code == 404
