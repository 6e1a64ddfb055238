"""A clause's fulfilment as it is read: who may, for which day, and why places are missing."""

from datetime import date
from typing import Any

import pytest

from app.models.keys import Role
from app.models.slots import Slot
from tests.callers import Caller, Service
from tests.journeys import (
    DECLINE,
    Case,
    actor_of,
    add_candidate,
    add_placement,
    add_slot,
    change_row,
    decide,
    make_case,
    proposals_of,
    start_run,
)
from tests.make import make_gate_check, make_programme

ENGLISH = {"Accept-Language": "en"}
MONTHS = {"places": None, "minimum_months": None, "full_time_months": 8}


@pytest.fixture
def case(service: Service, admin: Caller) -> Case:
    return make_case(service, admin, people=4, places=4)


def fulfilment(caller: Caller, case: Case, as_of: str = "2018-03-01", **more: Any) -> Any:
    answer = caller.get(f"/clauses/{case.clause_id}/fulfilment?asOf={as_of}", **more)
    assert answer.status_code == 200, answer.text
    return answer.json()


def causes(shown: Any) -> list[tuple[str, int]]:
    return [(cause["code"], cause["places"]) for cause in shown["causes"]]


def fail_a_check(service: Service, admin: Caller, case: Case) -> None:
    failed = {"outcome": "failed", "checked_on": date(2018, 1, 1)}
    with service.database.writing() as session:
        supplier_id = session.get_one(Slot, case.slot_id).supplier_id
        make_gate_check(session, actor_of(admin), supplier_id, "no-business-ban", **failed)


class TestReadClauseFulfilment:
    def test_four_approvals_put_it_on_track(self, case: Case, admin: Caller) -> None:
        for proposal in proposals_of(admin, start_run(admin)):
            decide(admin, proposal)
        shown = fulfilment(admin, case)
        assert {name: shown[name] for name in ("delivered", "active", "booked", "missing")} == {
            "delivered": 0,
            "active": 0,
            "booked": 4,
            "missing": 0,
        }
        assert (shown["verdict"], shown["causes"]) == ("on-track", [])
        assert shown["required"] == {"places": 4, "minimumMonths": 4, "fullTimeMonths": None}

    def test_nothing_booked(self, case: Case, admin: Caller) -> None:
        shown = fulfilment(admin, case)
        assert (shown["verdict"], shown["missing"]) == ("at-risk", 4)
        assert shown["lastSafeStartDate"] == "2019-03-01"
        assert causes(shown) == [("not-matched-yet", 4)]
        assert "4 till behöver börja senast 2019-03-01" in shown["text"]

    def test_in_english(self, case: Case, admin: Caller) -> None:
        text = fulfilment(admin, case, headers=ENGLISH)["text"]
        assert "As of 2018-03-01, the clause is at risk." in text
        assert "4 more must start by 2019-03-01" in text
        assert "Responsible: Upphandlingsenheten. Next follow-up: 2018-06-01." in text

    def test_too_late_says_so(self, case: Case, admin: Caller) -> None:
        assert "senast 2019-03-01" in fulfilment(admin, case, "2019-03-01")["text"]
        assert "nås inte med nya starter" in fulfilment(admin, case, "2019-03-02")["text"]

    def test_today_unless_given(self, case: Case, admin: Caller) -> None:
        shown = admin.get(f"/clauses/{case.clause_id}/fulfilment").json()
        assert (shown["verdict"], shown["asOf"] > "2019-06-30") == ("not-met", True)

    def test_causes_in_turn(self, service: Service, case: Case, admin: Caller) -> None:
        change_row(service, Slot, case.slot_id, places=3)
        add_candidate(service, admin, occupations=[{"ssyk": "5"}])
        first, second, _ = proposals_of(admin, start_run(admin))
        decide(admin, first)
        decide(admin, second, DECLINE)
        assert causes(fulfilment(admin, case, "2018-02-15")) == [
            ("no-slot-offered", 1),
            ("awaiting-decision", 1),
            ("candidate-declined", 1),
        ]
        assert ("authority-late", 1) in causes(fulfilment(admin, case, "2018-02-16"))

    @pytest.mark.parametrize(
        ("reason", "cause"),
        [
            ("supplier-declined", "supplier-declined"),
            ("slot-withdrawn", "supplier-declined"),
            ("found-work", "candidate-declined"),
            ("no-contact", "proposal-declined"),
        ],
    )
    def test_who_said_no(self, service: Service, admin: Caller, reason: str, cause: str) -> None:
        case = make_case(service, admin, clause={"places": 1}, places=1)
        (only,) = proposals_of(admin, start_run(admin))
        decide(admin, only, {"outcome": "declined", "reason": reason})
        assert causes(fulfilment(admin, case)) == [(cause, 1)]

    def test_nobody_fits(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin, people=0, places=4)
        start_run(admin)
        assert causes(fulfilment(admin, case)) == [("no-eligible-candidate", 4)]

    def test_the_rule_that_ruled_most_out(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin, people=0, clause={"places": 1}, places=1)
        for reference in ("AF-1", "AF-2"):
            add_candidate(service, admin, reference=reference, agreed_to_be_proposed=False)
        add_candidate(service, admin, reference="AF-3", municipality_code="0180")
        start_run(admin)
        shown = fulfilment(admin, case)
        assert shown["causes"][0]["constraint"] == "not-consented"
        assert ", oftast: samtycke till att bli föreslagen saknas)" in shown["text"]

    def test_who_had_the_place_rules_nobody_out(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin, clause={"places": 2}, places=1)
        add_slot(service, admin, case, clause_id=case.clause_id)
        start_run(admin)
        [cause] = [
            one
            for one in fulfilment(admin, case)["causes"]
            if one["code"] == "no-eligible-candidate"
        ]
        assert (cause["places"], cause["constraint"]) == (1, None)

    @pytest.mark.parametrize("quantity", [{}, MONTHS])
    def test_time_to_begin_has_passed(
        self, service: Service, admin: Caller, quantity: dict[str, Any]
    ) -> None:
        """The slot was offered, and nobody tried to fill it while there was time."""
        case = make_case(service, admin, clause=quantity, places=4, latest_start=date(2018, 9, 1))
        last_day, day_after = (fulfilment(admin, case, f"2018-09-0{day}") for day in (1, 2))
        assert [one["code"] for one in last_day["causes"]] == ["not-matched-yet"]
        assert [one["code"] for one in day_after["causes"]] == ["authority-late"]
        assert day_after["causes"][0]["places"] == (None if quantity else 4)

    def test_time_to_begin_has_passed_in_some(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin, places=3)
        add_slot(service, admin, case, clause_id=case.clause_id, latest_start=date(2019, 2, 1))
        assert causes(fulfilment(admin, case, "2018-09-02")) == [
            ("authority-late", 2),
            ("not-matched-yet", 2),
        ]

    def test_what_was_found_while_it_could_begin_still_explains(
        self, service: Service, admin: Caller
    ) -> None:
        """The slot was offered and nobody fitted; a run after the last start adds nothing."""
        case = make_case(service, admin, people=0, places=3)
        add_candidate(service, admin, municipality_code="0180")
        start_run(admin, asOf="2018-09-01")
        start_run(admin, asOf="2018-09-02")
        shown = fulfilment(admin, case, "2018-09-02")
        assert causes(shown) == [("no-slot-offered", 1), ("no-eligible-candidate", 3)]
        assert shown["causes"][1]["constraint"] == "too-far"

    def test_slot_closed_by_a_check(self, service: Service, case: Case, admin: Caller) -> None:
        fail_a_check(service, admin, case)
        start_run(admin)
        assert causes(fulfilment(admin, case)) == [("gate-missing", 4)]

    def test_slot_closed_to_everyone_by_a_check_whatever_else_they_lack(
        self, service: Service, admin: Caller
    ) -> None:
        case = make_case(service, admin, people=1, places=4)
        other = {"occupations": [{"ssyk": "9310"}]}
        for programmes in ([{"code": "arbetspraktik", "maximum_months": 6}], [], []):
            add_candidate(service, admin, programmes=programmes, **other)
        fail_a_check(service, admin, case)
        start_run(admin)
        assert causes(fulfilment(admin, case)) == [("gate-missing", 4)]
        with service.database.writing() as session:
            make_programme(session, actor_of(admin), "kommunal")
        open_to_it = [{"code": "kommunal", "maximum_months": 6}]
        add_candidate(service, admin, programmes=open_to_it, **other)
        start_run(admin)
        shown = fulfilment(admin, case)
        assert causes(shown) == [("no-eligible-candidate", 4)]
        assert shown["causes"][0]["constraint"] == "occupation-not-sought"

    @pytest.mark.parametrize(
        ("programme", "cause"),
        [
            ("arbetspraktik", ("gate-missing", 1)),
            ("kommunal", ("authority-late", 4)),
            ("okänd", ("authority-late", 4)),
        ],
    )
    def test_placement_that_never_started(
        self, service: Service, case: Case, admin: Caller, programme: str, cause: tuple[str, int]
    ) -> None:
        """Only the first programme asks for the check that the employer failed, and the last is
        none that anybody knows: not the employer's doing. Nobody tried to fill the other three
        places."""
        with service.database.writing() as session:
            make_programme(session, actor_of(admin), "kommunal")
        fail_a_check(service, admin, case)
        person = {"candidate_id": case.candidate_ids[0], "programme": programme}
        add_placement(service, admin, case, **person)
        assert causes(fulfilment(admin, case, "2019-07-01"))[0] == cause

    def test_full_time_months(self, service: Service, admin: Caller) -> None:
        case = make_case(service, admin, clause=MONTHS | {"minimum_extent_percent": 75})
        dates = {"start_date": date(2018, 3, 1), "end_date": date(2018, 6, 10)}
        add_placement(service, admin, case, candidate_id=case.candidate_ids[0], **dates)
        shown = fulfilment(admin, case)
        assert (shown["booked"], shown["missing"]) == (2.5, 5.5)
        assert (shown["lastSafeStartDate"], shown["startsNeeded"]["starts"]) == (None, 1)
        assert [one["fullTimeMonths"] for one in shown["causes"]] == [5.5]
        assert (
            "Genomförda heltidsmånader: 0; pågående: 0; bokade: 2,50; saknas: 5,50. Varför: inte "
            "matchad ännu (5,50 heltidsmånader). Om allt bokat går som planerat blir det 2,50 av "
            "8 heltidsmånader. För att hinna behöver 1 till börja på heltid senast "
            f"{shown['startsNeeded']['by']} och vara kvar till avtalets slut."
        ) in shown["text"]

    def test_dialogue(self, service: Service, admin: Caller) -> None:
        talk = {"kind": "dialogue", "places": None, "minimum_months": None}
        actor_case = make_case(service, admin, people=0, clause=talk, clause_id=None)
        shown = fulfilment(admin, actor_case)
        assert shown["required"] == dict.fromkeys(("places", "minimumMonths", "fullTimeMonths"))
        assert (shown["verdict"], shown["missing"]) == ("at-risk", None)
        assert "dialog" in shown["text"]

    @pytest.mark.parametrize("role", list(Role))
    def test_every_role_reads(self, service: Service, case: Case, role: Role) -> None:
        assert fulfilment(service.caller(role), case)["verdict"] == "at-risk"

    def test_not_mine(self, service: Service, case: Case) -> None:
        path = f"/clauses/{case.clause_id}/fulfilment"
        assert service.stranger().get(path).status_code == 404

    def test_bad_date(self, case: Case, admin: Caller) -> None:
        answer = admin.get(f"/clauses/{case.clause_id}/fulfilment?asOf=2018-02-30")
        assert [error["pointer"] for error in answer.json()["errors"]] == ["asOf"]
