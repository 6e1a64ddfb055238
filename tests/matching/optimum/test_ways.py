"""Every way to the optimum, compiled and plain, ends in the same bytes."""

import os
import subprocess
import sys
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.bench.instances import random_market
from app.matching import Market, TooLargeError, assign
from app.matching.kit import NUMBA_IS_THERE, WITHOUT
from app.matching.optimum import certificate, tight
from app.matching.optimum import ways as optimum
from app.matching.optimum.assignment import certify, solve_market
from app.matching.optimum.ways import Way, find_optimum, offer_places
from tests.matching.judges import best_worth, pairing_worth
from tests.matching.optimum import test_certificate as sabotage
from tests.matching.optimum.test_assignment import best_flows, dual
from tests.matching.shapes import POINTS, SIZES, as_bytes, by, market_of, shuffled, weighted
from tests.sampling import sampled

MACHINES = ["compiled", "plain"] if NUMBA_IS_THERE else ["plain"]


def markets() -> st.SearchStrategy[Market]:
    seeds, sizes = st.integers(0, 2**32 - 1), st.sampled_from(sorted(SIZES))
    return st.builds(market_of, seeds, sizes, st.sampled_from(sorted(POINTS)), st.booleans())


def run_plain(patch: pytest.MonkeyPatch, machine: str) -> None:
    patch.setenv(WITHOUT, "1" if machine == "plain" else "")


@sampled(60)
@given(markets(), st.integers(0, 99))
def test_all_ways_compiled_and_plain_in_any_order_give_the_same_bytes(
    market: Market, seed: int
) -> None:
    expected = as_bytes(solve_market(market))
    certify(solve_market(market))
    for machine in MACHINES:
        with pytest.MonkeyPatch.context() as patch:
            run_plain(patch, machine)
            for way in Way:
                assert as_bytes(by(shuffled(market, seed), way)) == expected


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("points", list(POINTS))
def test_lists_that_are_weighed_anew_lead_to_the_same_bytes(
    points: str, machine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Scarce places and long lists, each read many times its length."""
    run_plain(monkeypatch, machine)
    rng = np.random.default_rng(12)
    drawn = random_market(rng, 100, 100, 0.3)
    market = replace(drawn, points=POINTS[points](rng, len(drawn.edges)))
    lists, _, _ = offer_places(weighted(market))
    assert lists.begin.any()
    assert as_bytes(by(market, Way.PATHS)) == as_bytes(by(market, Way.DIRECT))


@sampled(60)
@given(st.integers(0, 2**32 - 1), st.booleans(), st.sampled_from(list(POINTS)))
def test_every_way_is_as_good_as_the_best_of_all_pairings(
    seed: int, before: bool, points: str
) -> None:
    rng = np.random.default_rng(seed)
    market = market_of(seed, "everyone fits", points, before)
    few = market.edges.keep(
        (market.edges.slot < 4)
        & (market.edges.candidate < 7)
        & (rng.random(len(market.edges)) < 0.6)
    )
    kept = market.edges.positions(few.slot, few.candidate)
    small = Market(market.places, market.tiers, few, market.points[kept], before)
    best = best_worth(small)
    for way in Way:
        assert pairing_worth(small, by(small, way).slot_of) == best


def test_every_shape_by_every_way_is_as_good_as_min_cost_flow() -> None:
    solutions = [
        by(market_of(seed, size, points, before=bool(seed % 2)), way)
        for seed, (size, points) in enumerate(product(SIZES, POINTS))
        for way in Way
    ]
    assert [dual(solution) for solution in solutions] == best_flows(solutions)


@pytest.mark.parametrize("way", list(Way))
def test_sabotage_of_any_pair_or_price_is_refused_whatever_the_way(way: Way) -> None:
    for size, points in (("scarce", "fine"), ("plenty", "a million"), ("sparse", "all equal")):
        solution = by(market_of(8, size, points, before=False), way)
        assert not sabotage.refuses(solution)
        for candidate, slot in enumerate(solution.slot_of.tolist()):
            if slot >= 0:
                assert sabotage.refuses(sabotage.with_slot_of(solution, candidate, -1))
        for side in ("slot_minimum", "slot_maximum", "candidate_minimum", "candidate_maximum"):
            for row in np.flatnonzero(getattr(solution.prices, side) > 0).tolist():
                assert sabotage.refuses(sabotage.with_price(solution, side, row, -1))


@pytest.mark.parametrize("compiled_from", [0, 10**9])
def test_every_pair_is_checked_compiled_as_by_numpy(
    compiled_from: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certificate, "COMPILED_FROM", compiled_from)
    solution = by(market_of(9, "plenty", "fine", before=False), Way.PATHS)
    assert not sabotage.refuses(solution)
    for row in np.flatnonzero(solution.prices.slot_minimum > 0).tolist():
        assert sabotage.refuses(sabotage.with_price(solution, "slot_minimum", row, -1))
    for pair in range(len(solution.market.edges)):
        points = solution.market.points.copy()
        points[pair] += 10_000
        worth_more = replace(solution, market=replace(solution.market, points=points))
        assert sabotage.refuses(worth_more)


@pytest.mark.parametrize("machine", MACHINES)
def test_beyond_the_budget_of_reads_scipy_finds_the_optimum(
    machine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_plain(monkeypatch, machine)
    market = market_of(1, "scarce", "fine", before=False)
    expected = as_bytes(solve_market(market))
    monkeypatch.setattr(optimum, "DIRECT_CELLS", 0)
    monkeypatch.setattr(optimum, "READS_COMPILED", 10)
    monkeypatch.setattr(optimum, "READS_PLAIN", 10)
    assert offer_places(weighted(market), 10)[2] == -1
    assert find_optimum(weighted(market)).price is None
    assert as_bytes(solve_market(market)) == expected


def test_what_floats_cannot_hold_takes_the_paths_however_small_or_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(optimum, "READS_COMPILED", 10)
    monkeypatch.setattr(optimum, "READS_PLAIN", 10)
    market = market_of(2, "scarce", "fine", before=False)
    huge = replace(market, tiers=np.zeros_like(market.tiers), points=market.points + 2**52)
    assert find_optimum(weighted(huge)).price is not None
    assert assign(huge).certificate.optimal


@sampled(40)
@given(markets(), st.integers(0, 99))
def test_large_blocks_are_paired_in_two_rounds_that_depend_on_no_way(
    market: Market, seed: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tight, "ROUND_CELLS", 6)
        expected = solve_market(market)
        certify(expected)
        for way in Way:
            assert as_bytes(by(shuffled(market, seed), way)) == as_bytes(expected)


def test_blocks_too_large_for_the_last_round_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """With keys that tell no one apart, the second round leaves what the first did."""
    market = market_of(1, "everyone fits", "all equal", before=False)
    monkeypatch.setattr(tight, "ROUND_CELLS", 6)
    monkeypatch.setattr(tight, "TIE_MODULI", (1, 1))
    monkeypatch.setattr("app.matching.optimum.pairing.MOST_CELLS", 0)
    with pytest.raises(TooLargeError, match="equally good"):
        assign(market)


def digest_in_own_process(**environment: str) -> str:
    program = Path(__file__).with_name("digest.py")
    answer = subprocess.run(
        [sys.executable, "-m", f"tests.matching.optimum.{program.stem}"],
        cwd=program.parents[3],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout


def test_hash_seeds_and_numba_change_no_byte() -> None:
    found = {
        digest_in_own_process(PYTHONHASHSEED="1"),
        digest_in_own_process(PYTHONHASHSEED="2", **{WITHOUT: "1"}),
    }
    assert len(found) == 1
    assert len(found.pop()) > 64
