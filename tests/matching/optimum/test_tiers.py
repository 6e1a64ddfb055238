import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.matching import TooLargeError, assign
from app.matching.optimum.market import Market, connected_blocks
from app.matching.optimum.tiers import Scale, bonuses, most_pairs, scale, scale_of

CONTRACTUAL = (False, True, True)


def test_the_bonuses_are_those_of_the_method() -> None:
    lowest = 2 * (4 + 1) * 1000 + 1
    assert bonuses(CONTRACTUAL, 4, 1000) == (
        0,
        lowest,
        2 * (4 + 1) * (lowest + 1000) + 1,
    )


def test_a_tier_that_no_slot_has_gets_no_bonus() -> None:
    assert bonuses((False, False, True), 4, 1000) == (0, 0, 2 * 5 * 1000 + 1)


def test_voluntary_places_get_the_lowest_bonus_when_placements_come_first() -> None:
    voluntary, other, at_risk = bonuses((True, True, True), 4, 1000)
    assert 4 * 1000 < voluntary < other < at_risk


def test_half_a_million_places_of_a_million_points_are_exact_and_more_are_refused() -> None:
    bonuses(CONTRACTUAL, 536_869, 1_000_000)
    with pytest.raises(TooLargeError, match="536870 pairs of at most 1000000 points"):
        bonuses(CONTRACTUAL, 536_870, 1_000_000)


@given(
    st.integers(1, 500),
    st.integers(1, 10_000),
    st.lists(st.booleans(), min_size=3, max_size=3),
    st.data(),
)
def test_a_sum_is_read_back_into_its_parts_even_when_they_are_negative(
    pairs: int, highest: int, present: list[bool], data: st.DataObject
) -> None:
    bonus = bonuses(present, pairs, highest)
    most = (pairs + 1) * highest
    points = data.draw(st.integers(-most, most))
    counts = [
        data.draw(st.integers(-pairs - 1, pairs + 1)) if present[tier] else 0 for tier in range(3)
    ]
    total = points + sum(count * each for count, each in zip(counts, bonus, strict=True))
    read = Scale(np.array([bonus])).read(np.array([total]), np.array([0]))[0]
    assert read.points == points
    assert read.places_by_tier == {2: counts[2], 1: counts[1], 0: counts[0]}


def test_each_block_has_its_own_bonus() -> None:
    market = Market.from_arrays(
        places=[1, 1], tiers=[1, 1], candidates=2, slot=[0, 1], candidate=[0, 1], points=[10, 1000]
    )
    blocks = connected_blocks(market.edges)
    weights = scale_of(market, blocks).weights(market, blocks)
    assert weights.tolist() == [4 * 10 + 1 + 10, 4 * 1000 + 1 + 1000]


def test_what_is_too_much_as_one_block_is_weighed_block_by_block() -> None:
    """Points of 2**52 leave room for some 120 pairs in one tier."""
    several = 200
    market = Market.from_arrays(
        places=np.ones(several, np.int64),
        tiers=np.ones(several, np.int64),
        candidates=several,
        slot=np.arange(several),
        candidate=np.arange(several),
        points=np.full(several, 2**52),
    )
    _, blocks = scale(market)
    assert blocks.count == several
    result = assign(market)
    assert result.slot_of.tolist() == list(range(several))
    assert result.objective.points == several * 2**52


@pytest.mark.parametrize(("places", "candidates", "pairs"), [(1, 3, 1), (3, 3, 3), (9, 3, 3)])
def test_a_block_holds_no_more_pairs_than_places_or_people(
    places: int, candidates: int, pairs: int
) -> None:
    """Two slots that share their people."""
    slot, candidate = np.divmod(np.arange(2 * candidates), candidates)
    market = Market.from_arrays(
        places=[places, 0],
        tiers=[1, 1],
        candidates=candidates,
        slot=slot,
        candidate=candidate,
        points=np.ones(2 * candidates, np.int64),
    )
    assert most_pairs(market, connected_blocks(market.edges)).tolist() == [pairs]


def test_two_slots_with_room_for_all_hold_each_person_once() -> None:
    market = Market.from_arrays(
        places=[2, 2],
        tiers=[1, 1],
        candidates=2,
        slot=[0, 0, 1, 1],
        candidate=[0, 1, 0, 1],
        points=[1, 1, 1, 1],
    )
    assert most_pairs(market, connected_blocks(market.edges)).tolist() == [2]
