"""Both sides of a matching, ready for rules and criteria."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from app.matching.kit import Indices, Ints, Words
from app.matching.sides.footings import Footings
from app.matching.sides.occupations import Prefixes, nearness_table, prefixes
from app.matching.sides.prepared import (
    PreparedCandidates,
    PreparedSlots,
    prepared_candidates,
    prepared_slots,
    shared_numbers,
)
from app.matching.values import CandidateColumns, Policy, SlotColumns


@dataclass(frozen=True, slots=True)
class Pools:
    """``slots`` and ``candidates`` are made of ``slot_columns`` and ``candidate_columns``, row by
    row. ``nearness``: (wished codes, slot codes) permille. ``ssyk``: the slots' codes by number.
    ``kinds``: (words,) bits of each kind of demand.
    ``forbidden``: (k, 2) slot and candidate rows, ascending. ``as_of``: a day number."""

    slots: PreparedSlots
    candidates: PreparedCandidates
    nearness: Ints
    prefixes: Prefixes
    footings: Footings
    ssyk: tuple[str, ...]
    kinds: dict[str, Words]
    forbidden: Indices
    as_of: int
    slot_columns: SlotColumns
    candidate_columns: CandidateColumns


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs (k,) of rows of both sides."""

    pools: Pools
    slot: Indices
    candidate: Indices

    def __len__(self) -> int:
        return len(self.slot)


def pools(
    people: CandidateColumns,
    slots: SlotColumns,
    policy: Policy,
    as_of: int,
    forbidden: Indices | None = None,
) -> Pools:
    """Prepares both sides; rows stay in the order given."""
    numbers = shared_numbers(people, slots)
    digits, wishes = policy.occupation_digits, people.occupations
    offered = prepared_slots(slots, numbers, as_of)
    return Pools(
        offered,
        prepared_candidates(people, numbers, offered, as_of),
        nearness_table(wishes.names, numbers.ssyk, digits),
        prefixes(wishes, numbers.ssyk, digits),
        numbers.footings,
        numbers.ssyk,
        {kind: numbers.demands.mask(kind) for kind in numbers.demands.codes},
        np.zeros((0, 2), np.int32) if forbidden is None else forbidden,
        as_of,
        slots,
        people,
    )


def nth_entries(start: Ints, pairs: Pairs) -> Iterator[tuple[Ints, Ints]]:
    """For each place in the candidates' lists: the pairs with an entry there, and which entry."""
    first = start[pairs.candidate]
    lengths = start[pairs.candidate + 1] - first
    for order in range(int(lengths.max(initial=0))):
        rows = np.flatnonzero(lengths > order)
        yield rows, first[rows] + order
