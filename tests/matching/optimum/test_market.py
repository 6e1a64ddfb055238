from typing import Any

import numpy as np
import pytest

from app.matching import Market, MatchingInputError
from app.matching.optimum.market import Edges

VALID: dict[str, Any] = {
    "places": [1, 2],
    "tiers": [2, 0],
    "candidates": 3,
    "slot": [1, 0, 1],
    "candidate": [2, 1, 0],
    "points": [5, 6, 7],
}


def test_pairs_come_out_by_slot_then_candidate() -> None:
    market = Market.from_arrays(**VALID)
    assert market.edges.slot.tolist() == [0, 1, 1]
    assert market.edges.candidate.tolist() == [1, 0, 2]
    assert market.points.tolist() == [6, 7, 5]
    assert market.edges.indptr.tolist() == [0, 1, 3]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"places": [1, -1]}, "places must lie in 0"),
        ({"tiers": [0, 3]}, "tiers must lie in 0..2"),
        ({"tiers": [0]}, "same length"),
        ({"slot": [1, 0, 2]}, "slot must lie in 0..1"),
        ({"candidate": [2, 1, 3]}, "candidate must lie in 0..2"),
        ({"candidate": [2, 1, -1]}, "candidate must lie in 0..2"),
        ({"points": [0, 1, 1]}, "points must lie in 1"),
        ({"points": [1.5, 1, 1]}, "points must be integers"),
        ({"points": [True, True, True]}, "points must be integers"),
        ({"points": [[1, 2, 3]]}, "one dimension"),
        ({"points": [1, 2]}, "same length"),
        ({"slot": [1, 0]}, "same length"),
        ({"candidates": -1}, "candidates must be"),
        *(({"candidates": number}, "a whole number") for number in (2.0, "2", None, [2])),
        ({"candidates": 0}, "candidate has nothing that it may name"),
        ({"points": [[1], [2, 3], [4]]}, "points is no column of numbers"),
        ({"slot": [1, 0, 1], "candidate": [2, 1, 2]}, "slot 1 and candidate 2 is given twice"),
    ],
)
def test_malformed_columns_are_refused_with_what_is_wrong(
    change: dict[str, Any], message: str
) -> None:
    with pytest.raises(MatchingInputError, match=message):
        Market.from_arrays(**(VALID | change))


def test_a_count_may_be_one_of_numpys() -> None:
    assert Market.from_arrays(**(VALID | {"candidates": np.int64(3)})).points.tolist() == [6, 7, 5]


def test_unsigned_columns_are_as_good_as_signed() -> None:
    columns = {name: np.array(VALID[name], dtype=np.uint32) for name in ("slot", "candidate")}
    assert Market.from_arrays(**(VALID | columns)).points.tolist() == [6, 7, 5]


def test_pairs_too_many_to_number_with_their_slot_in_one_integer_are_sorted_all_the_same() -> None:
    """22 bits of slots, 31 of candidates and 11 of positions."""
    rng = np.random.default_rng(1)
    slots, candidates = 2**22, 2**31 - 1
    slot, candidate = rng.integers(0, slots, 2000), rng.integers(0, candidates, 2000)
    market = Market.from_arrays(
        places=np.ones(slots, np.int8),
        tiers=np.ones(slots, np.int8),
        candidates=candidates,
        slot=slot,
        candidate=candidate,
        points=np.arange(1, 2001),
    )
    order = np.lexsort((candidate, slot))
    assert market.edges.slot.tolist() == slot[order].tolist()
    assert market.edges.candidate.tolist() == candidate[order].tolist()
    assert market.points.tolist() == (order + 1).tolist()


def test_a_market_keeps_its_own_points_when_the_caller_changes_theirs() -> None:
    for order in (slice(None), slice(None, None, -1)):
        points = np.array([6, 5, 7])[order]
        slot, candidate = np.array([0, 1, 1])[order], np.array([1, 0, 2])[order]
        columns = {"slot": slot, "candidate": candidate, "points": points}
        market = Market.from_arrays(**(VALID | columns))
        points[:] = 1
        assert market.points.tolist() == [6, 5, 7]


def test_the_position_of_a_pair_is_found_or_said_to_be_none() -> None:
    rng = np.random.default_rng(2)
    feasible = rng.random((9, 7)) < 0.5
    edges = Edges.in_order(9, 7, *(index.astype(np.int32) for index in np.nonzero(feasible)))
    slot, candidate = np.divmod(np.arange(63), 7)
    number = np.where(feasible.ravel(), np.cumsum(feasible.ravel()) - 1, -1)
    assert edges.positions(slot, candidate).tolist() == number.tolist()


def test_without_pairs_no_pair_has_a_position() -> None:
    edges = Edges.in_order(2, 2, np.zeros(0, np.int32), np.zeros(0, np.int32))
    assert edges.positions(np.array([0, 1]), np.array([1, 1])).tolist() == [-1, -1]


def test_compact_leaves_out_who_has_no_pair_and_says_who_is_left() -> None:
    edges = Edges.in_order(4, 5, np.array([1, 1, 3], np.int32), np.array([0, 4, 2], np.int32))
    few, slots, candidates = edges.compact()
    assert (slots.tolist(), candidates.tolist()) == ([1, 3], [0, 2, 4])
    assert (few.slot.tolist(), few.candidate.tolist()) == ([0, 0, 1], [0, 2, 1])
