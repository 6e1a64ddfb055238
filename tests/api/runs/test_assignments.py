"""Assigning ready-made pairs: tiers before points, exact, whatever the order sent."""

from random import Random
from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter, ValidationError

from app.api.http import Input
from app.api.runs.assignment_bodies import AssignmentInput
from app.api.runs.matching_bodies import MatchingInput
from app.models.keys import Role
from tests.callers import Caller, Service

SLOTS = [{"id": "p1", "places": 1, "tier": 1}, {"id": "p2", "places": 1, "tier": 0}]
PAIRS = [
    {"candidateId": "k1", "slotId": "p1", "points": 900},
    {"candidateId": "k1", "slotId": "p2", "points": 800},
    {"candidateId": "k2", "slotId": "p1", "points": 700},
]


def body(**overrides: Any) -> dict[str, Any]:
    return {"slots": SLOTS, "candidates": [{"id": "k1"}, {"id": "k2"}], "pairs": PAIRS} | overrides


def pointers(answer: Any) -> list[str]:
    assert answer.status_code == 422, answer.text
    return [error["pointer"] for error in answer.json()["errors"]]


class TestAssignWhatIsSent:
    def test_valid(self, admin: Caller) -> None:
        answer = admin.post("/assignments", body())
        assert answer.status_code == 200
        shown = answer.json()
        assert shown["assignments"] == [
            {"candidateId": "k2", "slotId": "p1", "points": 700},
            {"candidateId": "k1", "slotId": "p2", "points": 800},
        ]
        assert shown["objective"] == {"placesByTier": {"2": 0, "1": 1, "0": 1}, "points": 1500}
        assert [one["slotId"] for one in shown["prices"]["slots"]] == ["p1", "p2"]
        assert shown["certificate"]["optimal"] is True
        assert shown["certificate"]["pairsChecked"] == 3

    def test_place_of_a_higher_tier_outweighs_any_points(self, admin: Caller) -> None:
        slots = [{"id": "a", "places": 1, "tier": 2}, {"id": "b", "places": 1, "tier": 1}]
        pairs = [
            {"candidateId": "k1", "slotId": "a", "points": 1},
            {"candidateId": "k1", "slotId": "b", "points": 1_000_000},
        ]
        sent = body(slots=slots, candidates=[{"id": "k1"}], pairs=pairs)
        shown = admin.post("/assignments", sent).json()
        assert [one["slotId"] for one in shown["assignments"]] == ["a"]

    def test_slot_without_places_has_no_highest_price(self, admin: Caller) -> None:
        sent = body(slots=[SLOTS[0] | {"places": 0}, SLOTS[1]])
        prices = admin.post("/assignments", sent).json()["prices"]["slots"]
        assert [one["max"] is None for one in prices] == [True, False]
        assert prices[0]["min"]["placesByTier"]["1"] == 1

    def test_nothing_sent(self, admin: Caller) -> None:
        shown = admin.post("/assignments", body(slots=[], candidates=[], pairs=[])).json()
        assert (shown["assignments"], shown["objective"]["points"]) == ([], 0)

    def test_order_decides_nothing(self, admin: Caller) -> None:
        random = Random(3)  # noqa: S311  # seeded, to shuffle the same way each time
        slots = [{"id": f"p{one}", "places": 1 + one % 2, "tier": one % 3} for one in range(6)]
        candidates = [{"id": f"k{one}"} for one in range(12)]
        pairs = [
            {"candidateId": who["id"], "slotId": where["id"], "points": random.randint(1, 4)}
            for who in candidates
            for where in slots
            if random.random() < 0.5
        ]
        sent = body(slots=slots, candidates=candidates, pairs=pairs)
        first = admin.post("/assignments", sent).content
        for _ in range(10):
            for rows in (slots, candidates, pairs):
                random.shuffle(rows)
            assert admin.post("/assignments", sent).content == first

    def test_wrong_pairs(self, admin: Caller) -> None:
        unknown = {"candidateId": "k9", "slotId": "p9", "points": 1}
        sent = body(pairs=[*PAIRS, unknown, PAIRS[0] | {"points": 5}])
        assert pointers(admin.post("/assignments", sent)) == [
            "#/pairs/3/candidateId",
            "#/pairs/3/slotId",
            "#/pairs/4",
        ]

    def test_repeated_ids(self, admin: Caller) -> None:
        assert pointers(admin.post("/assignments", body(slots=[*SLOTS, SLOTS[0]]))) == [
            "#/slots/2/id"
        ]
        twice = [{"id": "k1"}, {"id": "k2"}, {"id": "k2"}]
        assert pointers(admin.post("/assignments", body(candidates=twice))) == ["#/candidates/2/id"]

    @pytest.mark.parametrize(
        ("points", "status"), [(0, 422), (1, 200), (1_000_000, 200), (1_000_001, 422)]
    )
    def test_points(self, admin: Caller, points: int, status: int) -> None:
        sent = body(pairs=[PAIRS[0] | {"points": points}])
        assert admin.post("/assignments", sent).status_code == status

    @pytest.mark.parametrize(("tier", "status"), [(-1, 422), (0, 200), (2, 200), (3, 422)])
    def test_tier(self, admin: Caller, tier: int, status: int) -> None:
        sent = body(slots=[SLOTS[0] | {"tier": tier}, SLOTS[1]])
        assert admin.post("/assignments", sent).status_code == status

    def test_more_places_than_a_float_can_weigh(self, admin: Caller) -> None:
        """Points to the limit in both tiers: from 2 080 places on, floats would round the sums."""
        places = 4_000
        slots = [{"id": f"p{one}", "places": 1, "tier": one % 2 + 1} for one in range(places)]
        chain = [
            {"candidateId": f"k{one + step}", "slotId": f"p{one}", "points": 1_000_000 - step}
            for one in range(places)
            for step in (0, 1)
        ]
        people = [{"id": f"k{one}"} for one in range(places + 1)]
        answer = admin.post("/assignments", body(slots=slots, candidates=people, pairs=chain))
        found = answer.json()
        assert found["objective"]["points"] == places * 1_000_000
        assert found["certificate"]["primal"] == found["certificate"]["dual"]

    @pytest.mark.parametrize("role", [Role.PROCUREMENT, Role.AUDITOR])
    def test_role_that_may_not(self, service: Service, role: Role) -> None:
        assert service.caller(role).post("/assignments", body()).status_code == 403


class TestMostRows:
    """The longest lists, by the limit of each field over rows that are quickly read."""

    LISTS: tuple[tuple[type[Input], str, int], ...] = (
        (AssignmentInput, "slots", 100_000),
        (AssignmentInput, "candidates", 100_000),
        (AssignmentInput, "pairs", 700_000),
        (MatchingInput, "candidates", 100_000),
        (MatchingInput, "slots", 100_000),
    )

    @pytest.mark.parametrize(("shape", "field", "most"), LISTS)
    def test_at_the_limit_and_over(self, shape: type[Input], field: str, most: int) -> None:
        limit = shape.model_fields[field].metadata[0]
        rows: TypeAdapter[Any] = TypeAdapter(Annotated[list[Any], limit])
        assert len(rows.validate_python([0] * most)) == most
        with pytest.raises(ValidationError, match=f"at most {most} items after validation"):
            rows.validate_python([0] * (most + 1))
