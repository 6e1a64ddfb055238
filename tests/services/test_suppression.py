"""Nobody can be counted out: not from a cell, not from the total, not by knowing the rule.

The attacker of these tests has everything that is published, knows the rule by heart, and may
try every population there could be.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.suppression import HIDDEN, Cell, features, parts, shown_total

CODES = ("a", "b", "c", "d")
counts_by_code = st.dictionaries(st.sampled_from(CODES), st.integers(0, 30))


class TestParts:
    @pytest.mark.parametrize(
        ("counts", "cells"),
        [
            ({"a": 5, "b": 9}, [("b", 9), ("a", 5)]),
            ({"a": 4, "b": 9}, [(None, 13)]),
            ({"a": 4, "b": 9, "c": 20}, [("c", 20), (None, 13)]),
            ({"a": 1, "b": 4, "c": 20}, [("c", 20), (None, 5)]),
            ({"a": 1, "b": 3, "c": 20}, [(None, 24)]),
            ({"a": 4, "b": 4, "c": 5, "d": 9}, [("d", 9), (None, 13)]),
            ({"a": 4, "b": 5, "c": 5, "d": 9}, [("d", 9), (None, 14)]),
            ({"a": 1, "b": 1, "c": 1, "d": 9}, [(None, 12)]),
            ({"a": 5}, [("a", 5)]),
            ({"a": 4}, [(None, None)]),
            ({"a": 0, "b": 5}, [("b", 5)]),
            ({}, []),
        ],
    )
    def test_at_four_and_five(
        self, counts: dict[str, int], cells: list[tuple[str | None, int | None]]
    ) -> None:
        assert parts(counts) == tuple(Cell(*cell) for cell in cells)

    @given(counts_by_code)
    def test_no_sum_and_no_difference_is_of_one_to_four(self, counts: dict[str, int]) -> None:
        total = shown_total(sum(counts.values()))
        published = [cell.persons for cell in parts(counts) if cell.persons is not None]
        assert total is None or total == sum(published)
        for size in range(len(published) + 1):
            for chosen in combinations(published, size):
                assert sum(chosen) == 0 or sum(chosen) >= 5
                left = (total or sum(chosen)) - sum(chosen)
                assert left == 0 or left >= 5

    @pytest.mark.parametrize("total", range(22))
    def test_whoever_knows_the_rule_cannot_tell_a_small_cell(self, total: int) -> None:
        populations = [
            dict(zip(CODES, counts, strict=True)) for counts in ways_to_part(total, len(CODES))
        ]
        for published, possible in alike(populations, parts).items():
            shown = {cell.code for cell in published}
            for code in set(CODES) - shown:
                values = {counts[code] for counts in possible}
                assert values == {0} or len(values) > 1, (published, code)


class TestFeatures:
    @pytest.mark.parametrize(
        ("counts", "total", "cells"),
        [
            ({"a": 5, "b": 6}, 11, [("b", 6), ("a", 5)]),
            ({"a": 4}, 11, [(None, None)]),
            ({"a": 7}, 11, [(None, None)]),
            ({"a": 6}, 11, [("a", 6)]),
            ({"a": 11}, 11, [("a", 11)]),
            ({"a": 11, "b": 4}, 11, [("a", 11), (None, None)]),
            ({"a": 4}, 4, [(None, None)]),
            ({}, 4, [(None, None)]),
            ({}, 5, []),
        ],
    )
    def test_against_the_rest(
        self,
        counts: dict[str, int],
        total: int,
        cells: list[tuple[str | None, int | None]],
    ) -> None:
        assert features(counts, total) == tuple(Cell(*cell) for cell in cells)

    @pytest.mark.parametrize("total", range(12))
    def test_whoever_knows_the_rule_cannot_tell_a_small_group(self, total: int) -> None:
        """Every way in which the persons may be in neither, one or both of two groups."""
        populations = [
            {"a": only_a + both, "b": only_b + both}
            for only_a, only_b, both in product(range(total + 1), repeat=3)
            if only_a + only_b + both <= total
        ]
        for published, possible in alike(populations, lambda one: features(one, total)).items():
            shown = {cell.code for cell in published}
            if HIDDEN in published:
                for code in {"a", "b"} - shown:
                    values = {counts[code] for counts in possible}
                    assert len(values) > 1, (published, code)


def ways_to_part(total: int, codes: int) -> Iterator[tuple[int, ...]]:
    if codes == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in ways_to_part(total - first, codes - 1):
            yield (first, *rest)


def alike(populations: list[dict[str, int]], publish: Any) -> dict[Any, list[dict[str, int]]]:
    """All populations that look the same from outside, by how they look."""
    groups = defaultdict(list)
    for counts in populations:
        groups[publish(counts)].append(counts)
    return groups


@pytest.mark.parametrize(("persons", "shown"), [(0, 0), (1, None), (4, None), (5, 5)])
def test_total(persons: int, shown: int | None) -> None:
    assert shown_total(persons) == shown
