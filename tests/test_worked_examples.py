"""Plays docs/worked-examples.md: records what each row says, and compares the verdict."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from app.models.contracts import Contract
from app.models.slots import Slot
from tests.api.registering import (
    register_clause,
    register_contract,
    register_slot,
    register_supplier,
)
from tests.callers import Caller, Service
from tests.journeys import (
    Case,
    add_candidate,
    add_moves,
    add_placement,
    change_row,
    make_case,
    start_run,
)

PAGE = (Path(__file__).parents[1] / "docs" / "worked-examples.md").read_text(encoding="utf-8")
NEXT = "2020-01-01"
QUANTITIES = ("delivered", "credited", "active", "booked", "missing")
Step = Callable[[], object]


def tables(heading: str) -> list[list[list[str]]]:
    """The tables under the heading with this beginning, each as rows of cells, without its head."""
    section = re.split(r"^## ", PAGE, flags=re.MULTILINE)
    text = next(part for part in section if part.startswith(heading))
    found = re.findall(r"^\|.*\|\n\|[-|]+\|\n((?:\|.*\|\n)+)", text, flags=re.MULTILINE)
    return [
        [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()]
        for table in found
    ]


def nothing() -> None:
    """The step of rows in which nothing happens."""


class Play:
    """One clause and its placements, by the letters that the page gives the people."""

    def __init__(self, service: Service, admin: Caller, case: Case) -> None:
        self.service, self.admin, self.case = service, admin, case
        self.placements: dict[str, UUID] = {}

    def book(self, who: str, start: str, end: str, extent: int | None = None) -> None:
        dates = {"start_date": date.fromisoformat(start), "end_date": date.fromisoformat(end)}
        for one in who:
            self.placements[one] = add_placement(
                self.service, self.admin, self.case, **dates, extent_percent=extent
            )

    def move(self, who: str, to: str, on: str) -> None:
        for one in who:
            add_moves(self.service, self.admin, self.placements[one], (to, on))

    def follow_up(self, kind: str, on: str, **more: Any) -> None:
        body = {"kind": kind, "on": on, "nextFollowUpDate": NEXT} | more
        answer = self.admin.post(f"/clauses/{self.case.clause_id}/follow-ups", body)
        assert answer.status_code == 201, answer.text

    def shown(self, day: str) -> Any:
        answer = self.admin.get(f"/clauses/{self.case.clause_id}/fulfilment?asOf={day}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def plays(self, rows: Sequence[Sequence[str]], steps: Sequence[Step]) -> None:
        """Does each step and compares its row: day, what happens, verdict, quantities."""
        for (day, said, *expected), step in zip(rows, steps, strict=True):
            step()
            shown = self.shown(day)
            told = [shown["verdict"], *(f"{shown[name]:g}" for name in QUANTITIES)]
            assert told == expected, (day, said)


def make(service: Service, admin: Caller, **terms: Any) -> Play:
    """A clause with a slot that has room for everybody."""
    return Play(service, admin, make_case(service, admin, clause=terms, places=10))


class TestOstersund:
    def test_a_place_is_taken_over(self, service: Service, admin: Caller) -> None:
        play = make(service, admin, early_end_share_percent=75)
        steps: list[Step] = [
            nothing,
            lambda: play.book("ABCD", "2018-04-01", "2018-07-31"),
            lambda: play.move("ABCD", "active", "2018-04-01"),
            lambda: play.move("D", "ended-early", "2018-05-31"),
            lambda: play.move("C", "ended-early", "2018-07-07"),
            lambda: play.move("AB", "completed", "2018-07-31"),
            lambda: play.book("E", "2018-10-01", "2019-01-31"),
            lambda: play.move("E", "active", "2018-10-01"),
            lambda: play.move("E", "completed", "2019-01-31"),
        ]
        play.plays(tables("Östersund")[0], steps)

    def test_nobody_takes_the_place(self, service: Service, admin: Caller) -> None:
        play = make(service, admin)
        set_time = {"until": "2019-05-31"}
        steps: list[Step] = [
            lambda: play.book("ABC", "2018-04-01", "2018-07-31"),
            lambda: play.move("ABC", "active", "2018-04-01"),
            lambda: play.move("ABC", "completed", "2018-07-31"),
            nothing,
            nothing,
            lambda: play.follow_up("rectification-set", "2019-04-01", **set_time),
            nothing,
            nothing,
        ]
        play.plays(tables("Östersund")[1], steps)


class TestFullTimeMonths:
    def test_by_extent(self, service: Service, admin: Caller) -> None:
        months: dict[str, Any] = {
            "places": None,
            "minimum_months": None,
            "full_time_months": 12,
        }
        play = make(service, admin, **months, first_start_within_months=6)

        def the_rest() -> None:
            play.move("C", "active", "2019-03-01")
            for who, last in {"A": "2019-03-31", "B": "2019-06-30", "C": "2019-04-10"}.items():
                play.move(who, "completed", last)

        def a_begins() -> None:
            play.book("A", "2018-10-01", "2019-03-31", 50)
            play.move("A", "active", "2018-10-01")

        def b_begins() -> None:
            play.move("B", "active", "2018-11-01")
            play.book("C", "2019-03-01", "2019-04-10", 75)

        steps: list[Step] = [
            nothing,
            nothing,
            lambda: play.follow_up("offer-made", "2018-09-10"),
            a_begins,
            lambda: play.book("B", "2018-11-01", "2019-06-30", 100),
            b_begins,
            the_rest,
        ]
        play.plays(tables("Upphandlingsmyndigheten")[0], steps)

    @pytest.mark.parametrize("row", tables("Upphandlingsmyndigheten")[1], ids=lambda row: row[1])
    def test_three_quarters(self, service: Service, admin: Caller, row: list[str]) -> None:
        days, share, verdict, credited = row
        play = make(service, admin, places=1, minimum_months=30, early_end_share_percent=75)
        change_row(service, Contract, play.case.contract_id, end_date=date(2023, 12, 31))
        change_row(service, Slot, play.case.slot_id, end_date=date(2023, 12, 31))
        play.book("A", "2018-03-01", "2020-11-24")
        play.move("A", "active", "2018-03-01")
        last = date(2018, 3, 1) + timedelta(int(days) - 1)
        play.move("A", "ended-early", f"{last}")
        shown = play.shown("2020-11-24")
        assert (shown["verdict"], f"{shown['credited']}") == (verdict, credited)
        assert f"{int(days) / 1000:.1%}".replace("%", " %") == share


def test_trafikverket(admin: Caller) -> None:
    contract_id = register_contract(admin, register_supplier(admin), valueSek=120_000_000)
    none = {"places": None, "minimumMonths": None, "rate": {"kind": "works"}}
    shown = admin.get(f"/clauses/{register_clause(admin, contract_id, **none)}").json()
    quoted = " ".join(line.removeprefix("> ") for line in re.findall(r"^> .*$", PAGE, re.MULTILINE))
    assert shown["proposedQuantity"]["how"] == quoted
    assert (shown["places"], shown["minimumMonths"]) == (2, 6)
    employment = register_clause(admin, contract_id, **none, kind="employment")
    proposed = admin.get(f"/clauses/{employment}").json()["proposedQuantity"]
    words = f"{proposed['places']} places, or {proposed['fullTimeMonths']} full-time months"
    assert words in PAGE.replace("\n", " ")


def test_framework(service: Service, admin: Caller) -> None:
    supplier_id = register_supplier(admin)
    framework = register_contract(admin, supplier_id, reference="RAM 1")
    terms = {"places": None, "minimumMonths": None, "quantityPerCallOff": True}
    offered = {"rate": {"kind": "services"}, "minimumExtentPercent": 75, "reportDates": []}
    template = register_clause(admin, framework, **terms, **offered, firstStartWithinMonths=None)
    plays = [
        call_off(service, admin, supplier_id, (framework, template), **more)
        for more in ({"reference": "A", "valueSek": 75_000_000}, {"reference": "B"})
    ]
    (a, b), own = (
        plays,
        Play(service, admin, Case(UUID(framework), UUID(template), UUID(int=0), [])),
    )

    def the_rest() -> None:
        a.move("KLM", "active", "2018-05-01")
        a.move("KLM", "completed", "2018-10-31")
        b.move("N", "active", "2018-06-01")
        b.move("N", "completed", "2018-11-30")

    steps: list[Step] = [
        nothing,
        lambda: a.book("KLM", "2018-05-01", "2018-10-31"),
        lambda: b.book("N", "2018-06-01", "2018-11-30", 100),
        the_rest,
    ]
    for (day, said, *expected), step in zip(tables("A framework")[0], steps, strict=True):
        step()
        assert [one.shown(day)["verdict"] for one in (a, b, own)] == expected, said
    summed = admin.get(f"/contracts/{framework}/fulfilment?asOf=2018-11-30").json()
    measures = [summed["places"], summed["fullTimeMonths"]]
    assert [(one["required"], one["delivered"]) for one in measures] == [(3, 3), (6, 6)]


def call_off(
    service: Service, admin: Caller, supplier_id: str, framework: tuple[str, str], **contract: Any
) -> Play:
    """A call-off; the rate gives its quantity if the contract has a value, else it is 6 months."""
    contract_id = register_contract(
        admin, supplier_id, frameworkContractId=framework[0], **{"valueSek": None} | contract
    )
    clause = {
        "kind": "internship",
        "responsible": "Upphandlingsenheten",
        "nextFollowUpDate": NEXT,
        "inheritsFromClauseId": framework[1],
    }
    if "valueSek" not in contract:
        clause["fullTimeMonths"] = 6  # type: ignore[assignment]  # a body holds what JSON holds
    made = admin.post(f"/contracts/{contract_id}/clauses", clause)
    assert made.status_code == 201, made.text
    clause_id = made.json()["id"]
    reference = {"reference": contract["reference"], "places": 5}
    slot_id = register_slot(admin, supplier_id, clauseId=clause_id, **reference)
    return Play(service, admin, Case(UUID(contract_id), UUID(clause_id), UUID(slot_id), []))


def test_dialogue(service: Service, admin: Caller) -> None:
    talk = {"kind": "dialogue", "places": None, "minimum_months": None}
    play = Play(service, admin, make_case(service, admin, people=0, clause=talk, clause_id=None))
    steps: list[Step] = [
        nothing,
        nothing,
        lambda: play.follow_up("dialogue-held", "2018-05-02"),
        nothing,
    ]
    for (day, said, verdict), step in zip(tables("A dialogue")[0], steps, strict=True):
        step()
        assert play.shown(day)["verdict"] == verdict, said


def test_nobody_to_offer(service: Service, admin: Caller) -> None:
    play = Play(service, admin, make_case(service, admin, people=0, places=4))
    for number in range(3):
        far = {"municipality_code": "0180" if number else "2380", "agreed_to_be_proposed": True}
        wish = [{"ssyk": "7111" if number else "5"}]
        add_candidate(service, admin, reference=f"AF-{number}", occupations=wish, **far)
    excuse = {"reason": "lack-of-candidates", "text": "Körningarna fann ingen."}
    steps: list[Step] = [
        lambda: start_run(admin, asOf="2018-03-01"),
        nothing,
        lambda: play.follow_up("excuse-decided", "2019-07-02", **excuse),
    ]
    for (day, said, *expected), step in zip(tables("Nobody to offer")[0], steps, strict=True):
        step()
        shown = play.shown(day)
        [cause] = shown["causes"]
        told = [shown["verdict"], f"{cause['code']}, {cause['constraint']}"]
        assert (told, cause["places"]) == (expected, 4), said
