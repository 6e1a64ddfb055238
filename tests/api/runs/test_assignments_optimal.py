"""Many small instances through /assignments against every pairing there is."""

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.callers import Caller
from tests.sampling import TIMES

Json = dict[str, Any]
Worth = tuple[int, int, int]  # places of tier 2, places of tier 1, points: compared in this order

INSTANCES = 100 * TIMES
PRICED = 40 * TIMES  # each is solved again for every slot, twice


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Nothing is stored, so one database is enough."""
    copy = tmp_path / "handslag.db"
    shutil.copy(sqlite_template, copy)
    return f"sqlite:///{copy}"


def instance(seed: int) -> Json:
    """Up to four slots of 0-2 places in all tiers, five candidates, and few distinct points."""
    draw = random.Random(seed)  # noqa: S311  # a seeded instance, no secret
    slots = [
        {"id": f"s{number}", "places": draw.randint(0, 2), "tier": draw.randint(0, 2)}
        for number in range(draw.randint(1, 4))
    ]
    candidates = [{"id": f"c{number}"} for number in range(draw.randint(1, 5))]
    most = draw.choice([3, 1_000, 1_000_000])
    pairs = [
        {"candidateId": person["id"], "slotId": slot["id"], "points": draw.randint(1, most)}
        for slot in slots
        for person in candidates
        if draw.random() < 0.6
    ]
    return {"slots": slots, "candidates": candidates, "pairs": pairs}


def best(body: Json) -> Worth:
    """The worth of the best pairing, by trying every one."""
    return max(worths(body, 0, {slot["id"]: slot["places"] for slot in body["slots"]}))


def worths(body: Json, number: int, free: dict[str, int]) -> Iterator[Worth]:
    if number == len(body["candidates"]):
        yield (0, 0, 0)
        return
    yield from worths(body, number + 1, free)
    tiers = {slot["id"]: slot["tier"] for slot in body["slots"]}
    for pair in body["pairs"]:
        slot = pair["slotId"]
        if pair["candidateId"] == body["candidates"][number]["id"] and free[slot] > 0:
            for high, low, points in worths(body, number + 1, free | {slot: free[slot] - 1}):
                tier = tiers[slot]
                yield high + (tier == 2), low + (tier == 1), points + pair["points"]


def worth_of(answer: Json) -> Worth:
    places = answer["objective"]["placesByTier"]
    return places["2"], places["1"], answer["objective"]["points"]


def read(price: Json) -> Worth:
    return price["placesByTier"]["2"], price["placesByTier"]["1"], price["points"]


def less(one: Worth, other: Worth) -> Worth:
    return one[0] - other[0], one[1] - other[1], one[2] - other[2]


def with_places(body: Json, slot_id: str, more: int) -> Json:
    slots = [
        slot | {"places": slot["places"] + more} if slot["id"] == slot_id else slot
        for slot in body["slots"]
    ]
    return body | {"slots": slots}


def shuffled(body: Json, seed: int) -> Json:
    draw = random.Random(seed)  # noqa: S311  # an order, no secret
    return {name: draw.sample(rows, len(rows)) for name, rows in body.items()}


def assert_is_a_pairing_of(body: Json, answer: Json) -> None:
    known = {(pair["candidateId"], pair["slotId"]): pair["points"] for pair in body["pairs"]}
    chosen = answer["assignments"]
    assert all(known[one["candidateId"], one["slotId"]] == one["points"] for one in chosen)
    assert len({one["candidateId"] for one in chosen}) == len(chosen)
    for slot in body["slots"]:
        assert sum(one["slotId"] == slot["id"] for one in chosen) <= slot["places"]


@pytest.mark.sampled
def test_every_instance(admin: Caller) -> None:
    for seed in range(INSTANCES):
        body = instance(seed)
        answer = admin.post("/assignments", body)
        found = answer.json()
        assert worth_of(found) == best(body), seed
        assert_is_a_pairing_of(body, found)
        assert found["certificate"]["primal"] == found["certificate"]["dual"]
        assert admin.post("/assignments", shuffled(body, seed)).content == answer.content, seed


@pytest.mark.sampled
def test_prices_are_what_a_place_more_or_less_is_worth(admin: Caller) -> None:
    for seed in range(PRICED):
        body = instance(seed)
        found = admin.post("/assignments", body).json()
        reached = worth_of(found)
        for slot, price in zip(body["slots"], found["prices"]["slots"], strict=True):
            assert slot["id"] == price["slotId"]
            assert read(price["min"]) == less(best(with_places(body, slot["id"], 1)), reached), seed
            if slot["places"] == 0:
                assert price["max"] is None
            else:
                fewer = best(with_places(body, slot["id"], -1))
                assert read(price["max"]) == less(reached, fewer), (seed, json.dumps(price))
