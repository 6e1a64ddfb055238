from typing import Any

import numpy as np
import pytest

from app.matching import Market, MatchingInputError

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
        ({"slot": [1, 0, 1], "candidate": [2, 1, 2]}, "slot 1 and candidate 2 is given twice"),
    ],
)
def test_malformed_columns_are_refused_with_what_is_wrong(
    change: dict[str, Any], message: str
) -> None:
    with pytest.raises(MatchingInputError, match=message):
        Market.from_arrays(**(VALID | change))


def test_unsigned_columns_are_as_good_as_signed() -> None:
    columns = {name: np.array(VALID[name], dtype=np.uint32) for name in ("slot", "candidate")}
    assert Market.from_arrays(**(VALID | columns)).points.tolist() == [6, 7, 5]
