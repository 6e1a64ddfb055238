from contextlib import nullcontext

import numpy as np
import pytest

from app.matching import Market, TooLargeError, assign
from app.matching.optimum.market import connected_blocks
from app.matching.optimum.pairing import MOST_CELLS, refuse_too_many_cells
from app.matching.optimum.tight import tie_key


def joined_market(slots: int, candidates: int) -> Market:
    """One block with the fewest pairs: everyone fits slot 0, and candidate 0 fits every slot."""
    slot = np.concatenate([np.zeros(candidates, np.int64), np.arange(1, slots)])
    candidate = np.concatenate([np.arange(candidates), np.zeros(slots - 1, np.int64)])
    return Market.from_arrays(
        places=np.ones(slots, np.int64),
        tiers=np.ones(slots, np.int64),
        candidates=candidates,
        slot=slot,
        candidate=candidate,
        points=np.ones(len(slot), np.int64),
    )


def test_as_many_cells_as_the_limit_are_taken_on_and_a_candidate_more_is_refused() -> None:
    assert MOST_CELLS == 5_000 * 10_000
    for candidates, refused in ((10_000, False), (10_001, True)):
        market = joined_market(5_000, candidates)
        blocks = connected_blocks(market.edges)
        with pytest.raises(TooLargeError, match="50005000 cells") if refused else nullcontext():
            refuse_too_many_cells(market.edges, market.places, blocks)


def test_a_market_whose_cells_would_fill_any_memory_is_solved_without_them() -> None:
    market = joined_market(10_000, 40_000)
    slot_of = assign(market).slot_of
    assert np.bincount(slot_of[slot_of >= 0], minlength=10_000).max() == 1
    assert sorted(np.unique(slot_of).tolist())[:2] == [-1, 0]


def test_places_beyond_the_number_who_fit_count_for_nothing() -> None:
    market = Market.from_arrays(
        places=[10**9], tiers=[1], candidates=3, slot=[0, 0], candidate=[0, 2], points=[1, 1]
    )
    edges, blocks = market.edges, connected_blocks(market.edges)
    refuse_too_many_cells(edges, market.places, blocks)
    assert assign(market).slot_of.tolist() == [0, -1, 0]


def test_the_tie_key_is_the_product_of_ranks_modulo_a_prime() -> None:
    edges = joined_market(2, 3).edges
    assert tie_key(edges, 1009).tolist() == [1, 2, 3, 2]
    assert tie_key(joined_market(2, 1009).edges, 1009)[1008] == 0


def test_among_equally_good_pairings_the_lowest_sum_of_keys_wins() -> None:
    """1x1 + 2x2 = 5 against 1x2 + 2x1 = 4."""
    market = Market.from_arrays(
        places=[1, 1],
        tiers=[1, 1],
        candidates=2,
        slot=[0, 0, 1, 1],
        candidate=[0, 1, 0, 1],
        points=[7, 7, 7, 7],
    )
    assert assign(market).slot_of.tolist() == [1, 0]


def test_a_long_chain_of_pairs_is_no_large_block() -> None:
    """Everyone fits a place for 5 and the one before for 6: only all places for 5 fill them all."""
    count = 20_000
    market = Market.from_arrays(
        places=np.ones(count, np.int64),
        tiers=np.ones(count, np.int64),
        candidates=count,
        slot=np.concatenate([np.arange(count), np.arange(count - 1)]),
        candidate=np.concatenate([np.arange(count), np.arange(1, count)]),
        points=np.concatenate([np.full(count, 5), np.full(count - 1, 6)]),
    )
    assert assign(market).slot_of.tolist() == list(range(count))


def test_slots_with_thousands_of_places_need_no_thousands_of_rows() -> None:
    people, rng = 12_000, np.random.default_rng(3)
    market = Market.from_arrays(
        places=[3_000, 3_000],
        tiers=[1, 1],
        candidates=people,
        slot=np.repeat([0, 1], people),
        candidate=np.tile(np.arange(people), 2),
        points=rng.integers(1, 1001, 2 * people),
    )
    slot_of = assign(market).slot_of
    assert np.bincount(slot_of[slot_of >= 0]).tolist() == [3_000, 3_000]
