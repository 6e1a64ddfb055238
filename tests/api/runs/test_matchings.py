"""Matching what is sent: the same rules as a run's, nothing stored, the order sent is nothing."""

from random import Random
from typing import Any

import pytest
from sqlmodel import select

from app.models.events import Event
from app.models.keys import Role
from app.models.match_runs import MatchRun
from tests.callers import Caller, Service

CANDIDATE: dict[str, Any] = {
    "id": "k0",
    "occupations": [{"ssyk": "7111"}],
    "municipalityCode": "2380",
    "maximumDistanceKm": 40,
    "availableFrom": "2018-02-01",
    "extentPercent": {"min": 50, "max": 100},
    "programmes": [{"code": "arbetspraktik", "maximumMonths": 6}],
    "waitingSince": "2016-01-15",
    "agreedToBeProposed": True,
}
SLOT: dict[str, Any] = {
    "id": "p0",
    "title": "Snickare",
    "occupation": {"ssyk": "7111"},
    "places": 2,
    "earliestStart": "2018-03-01",
    "latestStart": "2018-09-01",
    "endDate": "2019-06-30",
    "extentPercent": {"min": 50, "max": 100},
    "municipalityCode": "2380",
    "contractual": True,
    "minimumMonths": 4,
    "targetGroups": [],
}

KIRUNA = {"latitude": 67.8558, "longitude": 20.2253}
KARESUANDO = {"latitude": 68.4413, "longitude": 22.4781}


def body(**overrides: Any) -> dict[str, Any]:
    candidates = [CANDIDATE | {"id": f"k{number}"} for number in range(3)]
    return {"asOf": "2018-02-01", "candidates": candidates, "slots": [SLOT]} | overrides


def pointers(answer: Any) -> list[str]:
    assert answer.status_code == 422, answer.text
    return [error["pointer"] for error in answer.json()["errors"]]


class TestMatchWhatIsSent:
    def test_valid(self, admin: Caller) -> None:
        answer = admin.post("/matchings", body())
        assert answer.status_code == 200
        shown = answer.json()
        assert [one["slotId"] for one in shown["proposals"]] == ["p0", "p0"]
        assert shown["objective"]["contractualPlacesFilled"] == 2
        assert shown["certificate"]["primal"] == shown["certificate"]["dual"]
        assert [one["reasons"][0]["code"] for one in shown["unmatchedCandidates"]] == ["outranked"]
        assert shown["unfilledSlots"] == []
        assert "pairs" not in shown

    def test_every_feasible_pair_when_asked_for(self, admin: Caller) -> None:
        far = CANDIDATE | {"id": "far", "municipalityCode": "0180"}
        sent = body(candidates=[CANDIDATE, far], include=["pairs"])
        shown = admin.post("/matchings", sent).json()
        [proposal] = shown["proposals"]
        assert shown["pairs"] == [
            {name: proposal[name] for name in ("candidateId", "slotId", "points")}
        ]

    @pytest.mark.parametrize(
        ("home", "person", "slot", "codes"),
        [
            ("2584", None, None, []),
            ("2584", KARESUANDO, None, []),
            ("2584", None, KARESUANDO, []),
            ("2584", KARESUANDO, KIRUNA, ["too-far"]),
            ("2523", KARESUANDO, None, ["too-far"]),  # Gällivare
        ],
    )
    def test_nobody_is_too_far_at_home_where_a_side_has_no_position(
        self, admin: Caller, home: str, person: Any, slot: Any, codes: list[str]
    ) -> None:
        """Karesuando lies 114 km from Kiruna, in its municipality."""
        here = CANDIDATE | {"municipalityCode": home, "position": person}
        there = SLOT | {"municipalityCode": "2584", "position": slot}
        shown = admin.post("/matchings", body(candidates=[here], slots=[there])).json()
        left = shown["unmatchedCandidates"]
        assert [one["code"] for row in left for one in row["reasons"]] == codes
        for proposal in shown["proposals"]:
            (told,) = [one for one in proposal["criteria"] if one["criterion"] == "distance"]
            at_one_point = "samma punkt" in told["text"]
            assert (told["points"], at_one_point) in {(200, True), (0, False)}
            assert "km" not in told["text"]

    @pytest.mark.parametrize(("day", "holds"), [("2018-04-30", False), ("2018-05-01", True)])
    def test_programme_that_is_not_in_force_yet(self, admin: Caller, day: str, holds: bool) -> None:
        """Introduktionsjobb holds from the first of May 2018."""
        granted = [{"code": "introduktionsjobb", "maximumMonths": 12}]
        sent = body(asOf=day, candidates=[CANDIDATE | {"programmes": granted}])
        shown = admin.post("/matchings", sent).json()
        assert [one["programme"] for one in shown["proposals"]] == ["introduktionsjobb"] * holds
        left = [reason["code"] for one in shown["unmatchedCandidates"] for reason in one["reasons"]]
        assert left == ([] if holds else ["gate-missing"])

    def test_order_decides_nothing(self, admin: Caller) -> None:
        random = Random(2)  # noqa: S311  # seeded, to shuffle the same way each time
        candidates = [
            CANDIDATE | {"id": f"k{number}", "waitingSince": f"201{number % 3}-01-15"}
            for number in range(12)
        ]
        slots = [SLOT | {"id": f"p{number}", "contractual": number < 2} for number in range(4)]
        sent = body(candidates=candidates, slots=slots, include=["pairs"])
        first = admin.post("/matchings", sent).content
        for _ in range(5):
            random.shuffle(candidates)
            random.shuffle(slots)
            assert admin.post("/matchings", sent).content == first

    def test_stores_nothing(self, service: Service, admin: Caller) -> None:
        admin.post("/matchings", body())
        with service.database.reading() as session:
            before = session.exec(select(Event)).all()
            assert session.exec(select(MatchRun)).all() == []
        admin.post("/matchings", body())
        with service.database.reading() as session:
            assert len(session.exec(select(Event)).all()) == len(before)

    def test_contractual_before_voluntary(self, admin: Caller) -> None:
        far = SLOT | {"id": "far", "places": 1, "position": {"latitude": 63.1, "longitude": 14.0}}
        near = SLOT | {"id": "near", "contractual": False}
        mobile = CANDIDATE | {"maximumDistanceKm": 200}
        shown = admin.post("/matchings", body(candidates=[mobile], slots=[near, far])).json()
        [proposal] = shown["proposals"]
        assert (proposal["slotId"], proposal["contractual"]) == ("far", True)

    def test_target_group_and_own_supplier_names(self, admin: Caller) -> None:
        wary = CANDIDATE | {"avoidedSupplierIds": ["Åkes bygg"]}
        slot = SLOT | {"supplierId": "Åkes bygg", "targetGroups": ["long-term-unemployed"]}
        shown = admin.post("/matchings", body(candidates=[wary], slots=[slot])).json()
        [left] = shown["unmatchedCandidates"]
        assert [one["code"] for one in left["reasons"]] == ["outside-target-group", "vetoed"]

    def test_least_time_of_a_voluntary_slot(self, admin: Caller) -> None:
        short = CANDIDATE | {"availableTo": "2018-03-31"}
        slot = {name: value for name, value in SLOT.items() if name != "minimumMonths"}
        shown = admin.post("/matchings", body(candidates=[short], slots=[slot])).json()
        assert [one["endDate"] for one in shown["proposals"]] == ["2018-03-31"]
        shown = admin.post("/matchings", body(candidates=[short])).json()
        assert shown["proposals"] == []

    def test_supervisor_capacity(self, admin: Caller) -> None:
        shown = admin.post("/matchings", body(slots=[SLOT | {"supervisorCapacity": 1}])).json()
        assert shown["objective"]["placesFilled"] == 1
        shown = admin.post("/matchings", body(slots=[SLOT | {"supervisorCapacity": 0}])).json()
        codes = [one["code"] for one in shown["unmatchedCandidates"][0]["reasons"]]
        assert codes == ["supervisor-full"]

    def test_policy(self, admin: Caller) -> None:
        weights = {"occupation": 0, "skills": 0, "distance": 0, "waiting": 1000, "fit": 0}
        policy = {"weights": weights, "occupationDigits": 3, "placementsBeforePoints": False}
        shown = admin.post("/matchings", body(candidates=[CANDIDATE], policy=policy)).json()
        [proposal] = shown["proposals"]
        points = {one["criterion"]: one["points"] for one in proposal["criteria"]}
        assert points.pop("waiting") == proposal["points"]
        assert set(points.values()) == {0}

    def test_repeated_ids(self, admin: Caller) -> None:
        sent = body(candidates=[CANDIDATE, CANDIDATE], slots=[SLOT, SLOT])
        assert pointers(admin.post("/matchings", sent)) == ["#/candidates/1/id"]
        assert pointers(admin.post("/matchings", body(slots=[SLOT, SLOT]))) == ["#/slots/1/id"]

    @pytest.mark.parametrize(("length", "status"), [(0, 422), (1, 200), (100, 200), (101, 422)])
    def test_length_of_ids(self, admin: Caller, length: int, status: int) -> None:
        sent = body(candidates=[CANDIDATE | {"id": "k" * length}])
        assert admin.post("/matchings", sent).status_code == status

    @pytest.mark.parametrize(
        ("overrides", "pointer"),
        [
            ({"candidates": [CANDIDATE | {"name": "Ada"}]}, "#/candidates/0/name"),
            ({"slots": [SLOT | {"latestStart": "2018-02-01"}]}, "#/slots/0/latestStart"),
            ({"include": ["everything"]}, "#/include/0"),
            ({"policy": {"weights": {"occupation": 999}}}, "#/policy/weights"),
        ],
    )
    def test_bad_input(self, admin: Caller, overrides: dict[str, Any], pointer: str) -> None:
        assert pointers(admin.post("/matchings", body(**overrides))) == [pointer]

    @pytest.mark.parametrize("role", [Role.PROCUREMENT, Role.AUDITOR])
    def test_role_that_may_not(self, service: Service, role: Role) -> None:
        assert service.caller(role).post("/matchings", body()).status_code == 403
