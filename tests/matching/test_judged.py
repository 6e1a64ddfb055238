"""Random instances of every hard shape, before three judges: min-cost flow in a process of its own,
every pairing tried, and the same instance solved again with one place more or less."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.matching import (
    CandidateColumns,
    ColumnMatching,
    Given,
    Market,
    Slot,
    SlotColumns,
    as_matching,
    solve,
)
from app.matching.optimum.assignment import Solution, assign, certify, solve_market
from tests.matching.judges import best_worth, minus, pair_worth, pairing_worth, plus, worth
from tests.matching.make import AS_OF, POLICY, pairs, population
from tests.matching.optimum.test_assignment import dual, instance
from tests.matching.shapes import POINTS, SIZES, market_of
from tests.sampling import sampled

Flow = Callable[[Solution], int]
Pair = tuple[str, str]
SEEDS = st.integers(0, 2**32 - 1)
MARKETS = st.builds(
    market_of, SEEDS, st.sampled_from(sorted(SIZES)), st.sampled_from(sorted(POINTS)), st.booleans()
)


@pytest.fixture(scope="module")
def flow() -> Iterator[Flow]:
    """The best total weight, by OR-Tools."""
    judge = [sys.executable, str(Path(__file__).parent / "optimum" / "flow_judge.py")]
    with subprocess.Popen(
        judge, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as process:
        asked, answered = process.stdin, process.stdout
        assert asked is not None
        assert answered is not None

        def best(solution: Solution) -> int:
            asked.write(json.dumps([instance(solution)]) + "\n")
            (found,) = json.loads(answered.readline())
            return int(found)

        yield best
        asked.close()


@sampled(60)
@given(MARKETS, st.integers(0, 99))
def test_any_market_reaches_what_min_cost_flow_does_and_its_prices_hold_when_solved_again(
    flow: Flow, market: Market, draw: int
) -> None:
    solution = solve_market(market)
    assert certify(solution).optimal
    assert dual(solution) == flow(solution)
    result = assign(market)
    for lowest, highest in zip(result.prices.minimum, result.prices.maximum, strict=True):
        assert highest is None or worth(lowest) <= worth(highest)
    if len(market.places):
        assert_price_is_what_a_place_changes(market, draw % len(market.places))


def assert_price_is_what_a_place_changes(market: Market, slot: int) -> None:
    result, reached = assign(market), reached_by(market)
    one_more = reached_by(with_places(market, slot, 1))
    assert worth(result.prices.minimum[slot]) == minus(one_more, reached)
    highest = result.prices.maximum[slot]
    assert (highest is None) == (market.places[slot] == 0)
    if highest is not None:
        assert worth(highest) == minus(reached, reached_by(with_places(market, slot, -1)))


def reached_by(market: Market) -> tuple[int, int, int, int]:
    return pairing_worth(market, assign(market).slot_of)


def with_places(market: Market, slot: int, more: int) -> Market:
    places = market.places.copy()
    places[slot] += more
    return replace(market, places=places)


@sampled(60)
@given(MARKETS)
def test_any_small_market_is_as_good_as_the_best_of_all_pairings(market: Market) -> None:
    edges = market.edges
    few = edges.keep((edges.slot < 4) & (edges.candidate < 7))
    points = market.points[edges.positions(few.slot, few.candidate)]
    small = replace(market, edges=few, points=points)
    result = assign(small)
    best = best_worth(small)
    assert pairing_worth(small, result.slot_of) == best
    assert worth(result.certificate.primal) == worth(result.certificate.dual) == best


@sampled(25)
@given(st.data())
def test_around_any_pins_and_without_any_forbidden_pairs_the_rest_is_best(
    flow: Flow, data: st.DataObject
) -> None:
    people, slots = population(data.draw(st.integers(0, 10_000)), 14, 10)
    columns = CandidateColumns.from_records(people), SlotColumns.from_records(slots)
    free = solve(Given(*columns, POLICY, AS_OF))
    feasible = pairs_of(free)
    forbidden = data.draw(drawn_from(feasible, 6))
    pins = possible(data.draw(drawn_from(feasible, 6)), slots, forbidden)
    found = solve(Given(*columns, POLICY, AS_OF, tuple(pins), tuple(forbidden)))
    chosen = pairs(as_matching(found))
    assert set(pins) <= chosen
    assert not set(forbidden) & chosen
    assert found.certificate.optimal
    assert dual(found.solution) == flow(found.solution)
    rest, pinned = around(free, slots, pins, forbidden)
    assert worth_of(found) == plus(best_worth(rest), pinned)


def drawn_from(feasible: list[Pair], most: int) -> st.SearchStrategy[list[Pair]]:
    if not feasible:
        return st.just([])
    return st.lists(st.sampled_from(feasible), max_size=most, unique=True)


def pairs_of(result: ColumnMatching) -> list[Pair]:
    """Every feasible pair, candidate id and slot id."""
    people, slots = result.candidate_id[result.edges.candidate], result.slot_id[result.edges.slot]
    return list(zip(people.tolist(), slots.tolist(), strict=True))


def possible(wanted: list[Pair], slots: list[Slot], forbidden: list[Pair]) -> list[Pair]:
    """Those that can be pinned together."""
    room, found = {slot.id: slot.places for slot in slots}, dict[str, str]()
    for person, slot in wanted:
        if (person, slot) not in forbidden and person not in found and room[slot]:
            found[person] = slot
            room[slot] -= 1
    return list(found.items())


def around(
    free: ColumnMatching, slots: list[Slot], pins: list[Pair], forbidden: list[Pair]
) -> tuple[Market, tuple[int, int, int, int]]:
    """The market that pins and forbidden pairs leave, and what the pins are worth."""
    points = dict(zip(pairs_of(free), free.points.tolist(), strict=True))
    gone = {person for person, _ in pins}
    left = [pair for pair in points if pair not in forbidden and pair[0] not in gone]
    taken, by_id = Counter(slot for _, slot in pins), {slot.id: slot for slot in slots}
    names = free.slot_id.tolist()
    rows = {name: row for row, name in enumerate(names)}
    people = {name: row for row, name in enumerate(free.candidate_id.tolist())}
    rest = Market.from_arrays(
        places=[by_id[name].places - taken[name] for name in names],
        tiers=[by_id[name].tier for name in names],
        candidates=len(people),
        slot=np.array([rows[slot] for _, slot in left], dtype=np.int64),
        candidate=np.array([people[person] for person, _ in left], dtype=np.int64),
        points=np.array([points[pair] for pair in left], dtype=np.int64),
    )
    worths = [pair_worth(rest, rows[slot], points[person, slot]) for person, slot in pins]
    pinned = (0, 0, 0, 0)
    for one in worths:
        pinned = plus(pinned, one)
    return rest, pinned


def worth_of(found: ColumnMatching) -> tuple[int, int, int, int]:
    """As the judges count: voluntary places by their points alone."""
    places = found.objective.places_by_tier
    return places[2], places[1], 0, found.objective.points
