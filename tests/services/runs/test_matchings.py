"""The limit of what one answer holds."""

import pytest

from app.errors import Invalid
from app.services.engine.values import EngineInput
from app.services.runs.matchings import MOST_PAIRS_SHOWN, match_given
from tests.matching.make import AS_OF, POLICY, make_candidate, make_slot

PEOPLE = 500


def given(slots: int) -> EngineInput:
    """A given list in which every candidate fits every slot."""
    return EngineInput(
        AS_OF,
        POLICY,
        tuple(make_candidate(id=f"k{number:03}") for number in range(PEOPLE)),
        tuple(make_slot(id=f"p{number:03}") for number in range(slots)),
    )


def test_as_many_pairs_as_may_be() -> None:
    answer = match_given(given(MOST_PAIRS_SHOWN // PEOPLE), with_pairs=True)
    assert len(answer["pairs"]) == MOST_PAIRS_SHOWN


def test_more_pairs_than_that() -> None:
    one_more = given(MOST_PAIRS_SHOWN // PEOPLE + 1)
    with pytest.raises(Invalid, match="200500 pairs"):
        match_given(one_more, with_pairs=True)
    assert len(match_given(one_more, with_pairs=False)["proposals"]) == 401
