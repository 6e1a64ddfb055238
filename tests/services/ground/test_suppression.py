"""Nobody can be recognised from a cell, from the total, or by knowing the rule.

The attacker of these tests has everything that is published, knows the rule, and may try every
possible population.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.ground.suppression import HIDDEN, Cell, features, parts, shown_total

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
        ("persons", "cells"),
        [
            ({"a": 5, "b": 6}, [("b", 6), ("a", 5)]),
            ({"a": 4, "": 7}, [(None, None)]),
            ({"a": 7, "": 4}, [(None, None)]),
            ({"a": 6, "": 5}, [("a", 6)]),
            ({"a": 11}, [("a", 11)]),
            ({"a": 7, "ab": 4}, [("a", 11), (None, None)]),
            ({"a": 4}, [(None, None)]),
            ({"": 4}, [(None, None)]),
            ({"": 5}, []),
            ({}, []),
            # Each group alone leaves enough; both together leave one, of a third group or of none.
            ({"a": 8, "b": 7, "c": 1}, [("a", 8), (None, None)]),
            ({"a": 8, "b": 7, "": 1}, [("a", 8), (None, None)]),
            ({"a": 8, "b": 7, "": 4}, [("a", 8), (None, None)]),
            ({"a": 8, "b": 7, "": 5}, [("a", 8), ("b", 7)]),
            ({"a": 8, "b": 7, "c": 5}, [("a", 8), ("b", 7), ("c", 5)]),
            # The total less their sizes is one; five persons are in neither, as four are in both.
            ({"a": 6, "b": 4, "ab": 4, "": 5}, [("a", 10), (None, None)]),
            # Their sizes sum to more than all, and still one person is in neither.
            ({"a": 6, "b": 6, "ab": 6, "": 1}, [("b", 12), (None, None)]),
            # The smaller group lies within the larger, which has one person more.
            ({"a": 1, "ab": 8, "": 20}, [("a", 9), (None, None)]),
            ({"a": 5, "ab": 8, "": 13}, [("a", 13), ("b", 8)]),
        ],
    )
    def test_against_the_rest(
        self, persons: dict[str, int], cells: list[tuple[str | None, int | None]]
    ) -> None:
        assert features(having(persons)) == tuple(Cell(*cell) for cell in cells)

    @given(st.dictionaries(st.sets(st.sampled_from(CODES)).map("".join), st.integers(0, 12)))
    def test_no_difference_is_of_one_to_four(self, counts: dict[str, int]) -> None:
        """This holds for the sizes, and for a reader who knows which persons are in two groups."""
        persons = having(counts)
        cells = [cell for cell in features(persons) if cell != HIDDEN]
        everyone = set(range(len(persons)))
        members = [
            {number for number, codes in enumerate(persons) if cell.code in codes} for cell in cells
        ]
        assert [cell.persons for cell in cells] == [len(one) for one in members]
        few = {1, 2, 3, 4}
        assert not few & {len(one) for one in members}
        assert not members or len(everyone.difference(*members)) not in few
        for size in range(1, len(members) + 1):
            for chosen in combinations(members, size):
                assert len(everyone) - sum(map(len, chosen)) not in few
        for one, other in combinations(members, 2):
            assert not other < one or len(one - other) not in few

    @pytest.mark.parametrize("total", range(18))
    def test_whoever_knows_the_rule_cannot_tell_a_small_group(self, total: int) -> None:
        """Tries every way in which the persons may be in neither, one or both of two groups."""
        kinds = ("", "a", "b", "ab")
        populations = [
            dict(zip(kinds, counts, strict=True)) for counts in ways_to_part(total, len(kinds))
        ]
        published = alike(populations, lambda persons: features(having(persons)))
        for cells, possible in published.items():
            shown = {cell.code for cell in cells if cell.code is not None}
            for code in {"a", "b"} - shown if HIDDEN in cells else ():
                values = {counts[code] + counts["ab"] for counts in possible}
                assert len(values) > 1, (cells, code)
            left = {sum(n for kind, n in one.items() if not shown & {*kind}) for one in possible}
            assert not shown or not left & {1, 2, 3, 4}, cells


def having(counts: dict[str, int]) -> list[set[str]]:
    """The persons' groups, with so many persons for each combination of groups."""
    return [set(codes) for codes, persons in counts.items() for _ in range(persons)]


def ways_to_part(total: int, codes: int) -> Iterator[tuple[int, ...]]:
    if codes == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in ways_to_part(total - first, codes - 1):
            yield (first, *rest)


def alike(populations: list[dict[str, int]], publish: Any) -> dict[Any, list[dict[str, int]]]:
    """Populations grouped by what is published of them."""
    groups = defaultdict(list)
    for counts in populations:
        groups[publish(counts)].append(counts)
    return groups


@pytest.mark.parametrize(("persons", "shown"), [(0, 0), (1, None), (4, None), (5, 5)])
def test_total(persons: int, shown: int | None) -> None:
    assert shown_total(persons) == shown
