"""A proof holds when nothing is touched, and fails whatever is."""

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from app.matching import (
    CandidateColumns,
    ColumnMatching,
    Given,
    Policy,
    SlotColumns,
    Unproven,
    proof_lines,
    solve,
    verify,
)
from app.matching.proof import lines as proof
from tests.matching.make import AS_OF, population

Lines = list[dict[str, Any]]


def solved(seed: int = 2, **policy: Any) -> ColumnMatching:
    people, slots = population(seed, 60, 25)
    columns = CandidateColumns.from_records(people), SlotColumns.from_records(slots)
    return solve(Given(*columns, Policy(**policy), AS_OF))


def written(result: ColumnMatching) -> Lines:
    """As they come back from a file."""
    lines: Lines = json.loads(json.dumps(list(proof_lines(result))))
    return lines


@pytest.fixture(scope="module")
def honest() -> Lines:
    return written(solved())


@pytest.mark.parametrize("seed", range(6))
def test_a_proof_says_what_the_result_says(seed: int) -> None:
    result = solved(seed, placements_before_points=bool(seed % 2))
    found = verify(written(result))
    assert found.places_by_tier == result.objective.places_by_tier
    assert found.points == result.objective.points
    assert found.pairs == result.counts.feasible_pairs
    assert found.matched == len(result.proposals)
    assert len(found.statements()) == 5


def test_a_proof_says_whose_it_is() -> None:
    found = verify(proof_lines(solved(), {"matchRunId": "7", "asOf": "2018-02-01"}))
    first, *others = found.statements()
    assert first == "By its own words this is the proof of matchRunId 7, asOf 2018-02-01."
    assert len(others) == 5


def solved_around_a_pin() -> ColumnMatching:
    people, slots = population(2, 60, 25)
    free = solved()
    person, slot = free.proposals.candidate[0], free.proposals.slot[0]
    pins = [(str(free.candidate_id[person]), str(free.slot_id[slot]))]
    columns = CandidateColumns.from_records(people), SlotColumns.from_records(slots)
    return solve(Given(*columns, Policy(), AS_OF, tuple(pins)))


def test_pins_are_given_and_the_rest_is_proven_around_them() -> None:
    result = solved_around_a_pin()
    found = verify(written(result))
    assert (found.matched, found.pins) == (len(result.proposals) - 1, 1)
    assert found.points + found.pinned_points == result.objective.points
    for tier, places in result.objective.places_by_tier.items():
        assert found.places_by_tier[tier] + found.pinned_by_tier[tier] == places
    assert found.statements()[-1].startswith("Pins: 1, given beforehand")


def test_a_pin_for_no_points_is_refused() -> None:
    lines = written(solved_around_a_pin())
    lines[0]["pins"][0]["points"] = 0
    with pytest.raises(Unproven, match="a pin has no points"):
        verify(lines)


def test_who_is_pinned_is_in_no_feasible_pair() -> None:
    lines = written(solved_around_a_pin())
    (pin,) = lines[0]["pins"]
    pairs = one(lines, "pairs")
    slot, person = one(lines, "slot", pairs["slot"]), one(lines, "candidate", pin["candidate"])
    person |= {"block": slot["block"], "price": slot["bonus"] + 1}
    pairs["candidates"].append(pin["candidate"])
    pairs["points"].append(1)
    lines[0]["pairs"] += 1
    with pytest.raises(Unproven, match="pinned stands among"):
        verify(lines)


def test_nobody_and_nothing_is_proven_too() -> None:
    people, slots = CandidateColumns.from_records([]), SlotColumns.from_records([])
    assert verify(proof_lines(solve(Given(people, slots, Policy(), AS_OF)))).weight == 0


def one(lines: Lines, kind: str, place: int = 0) -> dict[str, Any]:
    return [line for line in lines if line["kind"] == kind][place]


def raise_by(name: str, kind: str, amount: int) -> Callable[[Lines], None]:
    def change(lines: Lines) -> None:
        line = max((x for x in lines if x["kind"] == kind), key=lambda x: int(x[name]))
        line[name] = int(line[name]) + amount

    return change


def drop(kind: str) -> Callable[[Lines], None]:
    return lambda lines: lines.remove(one(lines, kind))


def double(kind: str) -> Callable[[Lines], None]:
    return lambda lines: lines.insert(lines.index(one(lines, kind)), one(lines, kind))


def put(kind: str, name: str, value: Any) -> Callable[[Lines], None]:
    return lambda lines: one(lines, kind).__setitem__(name, value)


def drop_a_matched_pair_and_its_count(lines: Lines) -> None:
    lines.remove(one(lines, "matched"))
    lines[0]["matched"] -= 1


def double_a_feasible_pair(lines: Lines) -> None:
    line = one(lines, "pairs")
    line["candidates"].append(line["candidates"][0])
    line["points"].append(line["points"][0])
    lines[0]["pairs"] += 1


def swap_two_people(lines: Lines) -> None:
    first = one(lines, "matched")
    other = next(x for x in lines if x["kind"] == "matched" and x["slot"] != first["slot"])
    first["candidate"], other["candidate"] = other["candidate"], first["candidate"]


def one_person_twice(lines: Lines) -> None:
    one(lines, "matched", 1)["candidate"] = one(lines, "matched")["candidate"]


def more_points_for_a_pair(lines: Lines) -> None:
    used = one(lines, "matched")
    line = next(x for x in lines if x["kind"] == "pairs" and x["slot"] == used["slot"])
    line["points"][line["candidates"].index(used["candidate"])] += 1


def pin_someone_who_is_matched(lines: Lines) -> None:
    pin = one(lines, "matched")
    lines[0]["pins"] = [{"slot": pin["slot"], "candidate": pin["candidate"], "points": 1}]


def give_two_lines_one_id(kind: str) -> Callable[[Lines], None]:
    return lambda lines: one(lines, kind, 1).__setitem__("id", one(lines, kind)["id"])


SABOTAGE: list[Callable[[Lines], None]] = [
    raise_by("price", "slot", -1),
    raise_by("price", "slot", 1),
    raise_by("price", "candidate", -1),
    raise_by("price", "candidate", 1),
    raise_by("bonus", "slot", 1),
    raise_by("places", "slot", -20),
    raise_by("block", "candidate", 1),
    *(drop(kind) for kind in ("header", "slot", "candidate", "pairs", "matched", "end")),
    *(double(kind) for kind in ("header", "slot", "candidate", "pairs", "matched", "end")),
    put("slot", "price", -1),
    put("slot", "price", 1.0),
    put("slot", "price", True),
    put("slot", "price", "many"),
    put("slot", "tier", 3),
    put("header", "tiers", [2]),
    put("header", "tiers", 2),
    put("header", "version", 2),
    put("header", "pins", [{"slot": 0, "candidate": 10_000, "points": 1}]),
    put("header", "pins", [{"slot": 0}]),
    put("header", "pins", None),
    put("header", "pins", {}),
    put("header", "pins", ""),
    put("header", "version", True),
    put("header", "rule", "Whatever is written here is best."),
    put("header", "of", None),
    put("header", "of", {"matchRunId": 7}),
    *(put(kind, "id", name) for kind in ("slot", "candidate") for name in ("", 7, None)),
    *(give_two_lines_one_id(kind) for kind in ("slot", "candidate")),
    pin_someone_who_is_matched,
    put("pairs", "slot", 10_000),
    put("matched", "candidate", 10_000),
    drop_a_matched_pair_and_its_count,
    double_a_feasible_pair,
    swap_two_people,
    one_person_twice,
    more_points_for_a_pair,
]


@pytest.mark.parametrize("change", SABOTAGE)
def test_whatever_is_changed_is_refused(honest: Lines, change: Callable[[Lines], None]) -> None:
    lines = deepcopy(honest)
    change(lines)
    assert json.dumps(lines) != json.dumps(honest)
    with pytest.raises(Unproven):
        verify(lines)


def test_bonuses_too_small_to_put_tiers_before_points_are_refused(honest: Lines) -> None:
    lines = deepcopy(honest)
    for line in lines:
        if line["kind"] == "slot":
            line["bonus"] = 0
    with pytest.raises(Unproven, match="bonus is less"):
        verify(lines)


def test_numbers_that_json_would_round_are_strings() -> None:
    assert proof.plain(2**53) == 2**53
    assert proof.plain(2**53 + 1) == "9007199254740993"
    result = solved()
    large = replace(result.solution.scale, bonus=result.solution.scale.bonus + 2**54)
    found = list(proof_lines(replace(result, solution=replace(result.solution, scale=large))))
    assert isinstance(next(x for x in found if x["kind"] == "slot")["bonus"], str)
