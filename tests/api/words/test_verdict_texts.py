"""Every verdict reached over HTTP, its words in both languages, and what was known when."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.clock import utc_now
from app.services.fulfilment.verdict import Verdict
from tests.callers import Caller, Service
from tests.journeys import Case, add_moves, add_placement, make_case
from tests.sampling import TIMES

NEXT = "2020-01-01"
NOT_SENT = {"id", "createdAt", "updatedAt", "_links"}
STAYED = (("active", "2018-03-01"), ("completed", "2018-06-30"))
STAYS = [[*STAYED], [("active", "2018-03-05"), ("ended-early", "2018-05-15")]]
NOTES = [
    {"kind": "offer-made", "on": "2018-04-02"},
    {"kind": "report", "on": "2018-05-01"},
    {"kind": "rectification-set", "on": "2018-05-10", "until": "2018-05-20"},
]
# What happens to a clause of one place of four months, from 1 March 2018 to 30 June 2019.
WAYS: list[tuple[Verdict, str, dict[str, Any], list[Any], list[dict[str, Any]], str]] = [
    (Verdict.NOT_STARTED, "2018-02-28", {}, [], [], "Avtalet har inte börjat"),
    (Verdict.AT_RISK, "2018-03-01", {}, [], [], "1 till behöver börja senast 2019-03-01"),
    (
        Verdict.ON_TRACK,
        "2018-03-01",
        {},
        [STAYED[0]],
        [],
        "1 plats om minst 4 månader. Genomförda platser: 0; pågående: 1;",
    ),
    (Verdict.MET, "2018-06-30", {}, [*STAYED], [], "Genomförda platser: 1;"),
    (
        Verdict.MET,
        "2018-06-30",
        {"early_end_share_percent": 75},
        [STAYED[0], ("ended-early", "2018-06-01")],
        [],
        "Av det genomförda räknas 1 plats enligt regeln om förtida slut.",
    ),
    (Verdict.IMPOSSIBLE, "2019-03-02", {}, [], [], "nås inte med nya starter"),
    (
        Verdict.OVERDUE,
        "2018-09-01",
        {"first_start_within_months": 6},
        [],
        [],
        "Senast 2018-08-31 skulle någon ha börjat",
    ),
    (
        Verdict.OVERDUE,
        "2018-10-01",
        {"report_dates": ["2018-05-01", "2018-09-30"]},
        [],
        [{"kind": "report", "on": "2018-05-01"}],
        "Rapport 2 skulle ha kommit senast 2018-09-30.",
    ),
    (
        Verdict.RECTIFICATION,
        "2018-10-01",
        {},
        [],
        [{"kind": "rectification-set", "on": "2018-09-01", "until": "2018-10-31"}],
        "Bristen ska vara rättad senast 2018-10-31.",
    ),
    (Verdict.NOT_MET, "2019-07-01", {}, [], [], "Avtalet är slut och villkoret är inte uppfyllt"),
    (
        Verdict.EXCUSED,
        "2019-07-01",
        {},
        [],
        [
            {
                "kind": "excuse-decided",
                "on": "2019-07-01",
                "reason": "lack-of-candidates",
                "text": "Ingen att föreslå.",
            }
        ],
        "Den 2019-07-01 beslutades att brist på kandidater ursäktar bristen.",
    ),
]


def make(service: Service, admin: Caller, terms: dict[str, Any], moves: list[Any]) -> Case:
    case = make_case(service, admin, people=1, clause={"places": 1} | terms, places=1)
    if moves:
        person = {"candidate_id": case.candidate_ids[0]}
        add_moves(service, admin, add_placement(service, admin, case, **person), *moves)
    return case


def follow_up(admin: Caller, case: Case, **fields: Any) -> None:
    body = {"nextFollowUpDate": NEXT} | fields
    answer = admin.post(f"/clauses/{case.clause_id}/follow-ups", body)
    assert answer.status_code == 201, answer.text


def verdict(caller: Caller, case: Case, day: str, **more: Any) -> Any:
    path = f"/clauses/{case.clause_id}/fulfilment"
    answer = caller.get(path, params={"asOf": day} | more.pop("params", {}), **more)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_every_verdict_has_its_way() -> None:
    assert {way[0] for way in WAYS} == set(Verdict)


@pytest.mark.parametrize(("expected", "day", "terms", "moves", "notes", "said"), WAYS)
def test_verdict_and_its_words(
    service: Service,
    admin: Caller,
    expected: Verdict,
    day: str,
    terms: dict[str, Any],
    moves: list[Any],
    notes: list[dict[str, Any]],
    said: str,
) -> None:
    case = make(service, admin, terms, moves)
    for fields in notes:
        follow_up(admin, case, **fields)
    shown = verdict(admin, case, day)
    assert shown["verdict"] == expected
    assert (said in shown["text"], f"sett den {day}." in shown["text"]) == (True, True)
    english = verdict(admin, case, day, headers={"Accept-Language": "en"})["text"]
    assert f". As of {day}, " in english
    assert "{" not in english + shown["text"]


class TestShape:
    def test_numbers_beside_the_words(self, service: Service, admin: Caller) -> None:
        case = make(service, admin, {"places": 2, "first_start_within_months": 1}, [STAYED[0]])
        shown = verdict(admin, case, "2018-04-01")
        expected: dict[str, Any] = {
            "clauseVersion": 1,
            "knownAt": None,
            "delivered": 0,
            "credited": 0,
            "active": 1,
            "booked": 0,
            "missing": 1,
            "firstStartMet": True,
            "startsNeeded": {"starts": 1, "by": "2019-03-01"},
            "forecast": {"verdict": "not-met", "delivered": 1, "missing": 1},
            "missedDeadlines": [],
            "rectificationUntil": None,
        }
        assert expected.items() <= shown.items()

    def test_by_the_early_end_rule(self, service: Service, admin: Caller) -> None:
        early = [STAYED[0], ("ended-early", "2018-06-01")]
        case = make(service, admin, {"early_end_share_percent": 75}, early)
        shown = verdict(admin, case, "2018-06-30")
        assert (shown["metByEarlyEndRule"], shown["credited"]) == (True, 1)

    @pytest.mark.parametrize(
        ("by", "cause"),
        [
            ("participant", "ended-by-participant"),
            ("supplier", "ended-by-supplier"),
            ("authority", "ended-by-authority"),
            ("just-cause", "ended-for-just-cause"),
        ],
    )
    def test_who_ended_it(self, service: Service, admin: Caller, by: str, cause: str) -> None:
        early = [STAYED[0], ("ended-early", "2018-04-01", {"ended_by": by})]
        case = make(service, admin, {}, early)
        shown = verdict(admin, case, "2018-06-30")
        assert [(one["code"], one["places"]) for one in shown["causes"]] == [(cause, 1)]

    def test_months_that_an_early_end_lost(self, service: Service, admin: Caller) -> None:
        months = {"places": None, "minimum_months": None, "full_time_months": 3}
        early = [STAYED[0], ("ended-early", "2018-04-30", {"ended_by": "supplier"})]
        case = make(service, admin, months, early)
        shown = verdict(admin, case, "2018-06-30")
        causes = {one["code"]: one["fullTimeMonths"] for one in shown["causes"]}
        assert (shown["delivered"], shown["missing"]) == (1, 2)
        assert causes == {"ended-by-supplier": 1, "not-matched-yet": 1}


class TestKnownAt:
    def test_what_was_recorded_later_was_not_known(self, service: Service, admin: Caller) -> None:
        case = make(service, admin, {}, [])
        before = utc_now().isoformat()
        person = {"candidate_id": case.candidate_ids[0]}
        add_moves(service, admin, add_placement(service, admin, case, **person), *STAYED)
        assert verdict(admin, case, "2018-06-30")["verdict"] == "met"
        then = verdict(admin, case, "2018-06-30", params={"knownAt": before})
        assert (then["verdict"], then["booked"]) == ("at-risk", 0)
        assert then["knownAt"] is not None

    def test_corrections_count_from_when_they_were_made(
        self, service: Service, admin: Caller
    ) -> None:
        dialogue = {"kind": "dialogue", "places": None, "minimum_months": None}
        case = make_case(service, admin, people=0, clause=dialogue, clause_id=None)
        follow_up(admin, case, kind="dialogue-held", on="2018-05-02")
        listed = admin.get(f"/clauses/{case.clause_id}/follow-ups").json()["items"]
        between = utc_now().isoformat()
        correction = {"kind": "dialogue-held", "correctsFollowUpId": listed[0]["id"]}
        follow_up(admin, case, **correction, on="2018-09-03")
        assert verdict(admin, case, "2018-06-01")["verdict"] == "at-risk"
        then = {"knownAt": between}
        assert verdict(admin, case, "2018-06-01", params=then)["verdict"] == "met"

    def test_contract_clause_and_slot_as_they_were(self, service: Service, admin: Caller) -> None:
        case = make(service, admin, {}, [])
        between = utc_now().isoformat()
        contract, clause, slot = (
            f"/contracts/{case.contract_id}",
            f"/clauses/{case.clause_id}",
            f"/slots/{case.slot_id}",
        )
        admin.patch(contract, {"endDate": "2018-12-31"})
        admin.patch(contract, {"title": "Nytt"}, version=2)
        admin.patch(clause, {"places": 2, "effectiveFrom": "2018-03-01", "responsible": "HR"})
        admin.patch(slot, {"places": 0})
        now = verdict(admin, case, "2018-03-01")
        then = verdict(admin, case, "2018-03-01", params={"knownAt": between})
        assert (now["lastSafeStartDate"], then["lastSafeStartDate"]) == ("2018-09-01", "2019-03-01")
        assert (now["required"]["places"], then["required"]["places"]) == (2, 1)
        assert [one["code"] for one in now["causes"]] == ["no-slot-offered"]
        assert [one["code"] for one in then["causes"]] == ["not-matched-yet"]
        for word, earlier in (("Nytt", "Palmcrantzskolan"), ("HR", "Upphandlingsenheten")):
            assert (word in now["text"], earlier in then["text"]) == (True, True)

    def test_slots_that_batches_changed(self, service: Service, admin: Caller) -> None:
        case = make(service, admin, {}, [])
        slot = admin.get(f"/slots/{case.slot_id}").json()
        sent = {name: slot[name] for name in slot if name not in NOT_SENT}
        admin.patch(f"/slots/{case.slot_id}", {"reference": "EB-1"})
        between = utc_now().isoformat()
        stored = admin.post("/slot-batches", {"items": [sent | {"reference": "EB-1", "places": 0}]})
        assert stored.json()["updated"] == 1
        codes = [
            verdict(admin, case, "2018-03-01", params=params)["causes"][0]["code"]
            for params in ({}, {"knownAt": between})
        ]
        assert codes == ["no-slot-offered", "not-matched-yet"]

    def test_before_anything_was_known(self, service: Service, admin: Caller) -> None:
        case = make(service, admin, {}, [])
        path = f"/clauses/{case.clause_id}/fulfilment"
        long_ago = (utc_now() - timedelta(days=1)).isoformat()
        answer = admin.get(path, params={"knownAt": long_ago})
        assert [error["pointer"] for error in answer.json()["errors"]] == ["knownAt"]

    def test_in_the_past_as_it_is_known_now(self, service: Service, admin: Caller) -> None:
        """A start or an end that is noted late counts from the day it happened."""
        case = make(service, admin, {}, [*STAYED])
        days = ("2018-02-28", "2018-03-01", "2018-06-29", "2018-06-30")
        assert [verdict(admin, case, day)["verdict"] for day in days] == [
            "not-started",
            "on-track",
            "on-track",
            "met",
        ]

    @pytest.mark.sampled
    def test_in_any_order_of_arrival(self, service: Service, admin: Caller) -> None:
        """The same days give the same verdict, noted in their order or backwards; on every tenth
        day, and in `make test` on every fiftieth."""
        terms = {"places": 2, "report_dates": ["2018-04-30"], "first_start_within_months": 1}
        cases = []
        for caller, step in ((admin, 1), (service.stranger(), -1)):
            case = make_case(service, caller, clause=terms, places=2)
            for moves in STAYS[::step]:
                add_moves(service, caller, add_placement(service, caller, case), *moves[::step])
            for fields in NOTES[::step]:
                follow_up(caller, case, **fields)
            cases.append((caller, case))
        for number in range(0, 500, 10 if TIMES > 1 else 50):
            day = f"{date(2018, 2, 20) + timedelta(number)}"
            first, second = (verdict(caller, case, day) for caller, case in cases)
            for name in ("clauseId", "text"):
                del first[name], second[name]
            assert first == second, day

    def test_by_the_terms_in_force(self, service: Service, admin: Caller) -> None:
        case = make(service, admin, {}, [*STAYED])
        change = {"places": 2, "effectiveFrom": "2018-09-01"}
        admin.patch(f"/clauses/{case.clause_id}", change)
        shown = [verdict(admin, case, day) for day in ("2018-08-31", "2018-09-01")]
        assert [(one["verdict"], one["clauseVersion"]) for one in shown] == [
            ("met", 1),
            ("at-risk", 2),
        ]


def test_contract_that_is_too_short(service: Service, admin: Caller) -> None:
    case = make(service, admin, {"minimum_months": 17}, [])
    shown = verdict(admin, case, "2018-03-01")
    assert shown["verdict"] == "impossible"
    assert "Avtalet är för kort för den minsta tiden." in shown["text"]
