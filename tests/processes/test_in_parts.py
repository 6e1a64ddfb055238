"""Lists that are pickled part by part."""

import pickle

import pytest

from app.processes.in_parts import ITEMS_OF_A_PART, InParts


@pytest.mark.parametrize("items", [0, 1, ITEMS_OF_A_PART, ITEMS_OF_A_PART + 1])
def test_arrives_whole_however_often_one_goes_through_it(items: int) -> None:
    given = InParts(range(items))
    found = pickle.loads(pickle.dumps(given))  # noqa: S301  # what was pickled a moment ago
    assert [*found] == [*found] == given
