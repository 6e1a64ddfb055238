"""A hard rule: its law on one pair, its test over columns, and how it is counted over all pairs.

A rule whose outcome depends on few values of each side is written once, as ``by_value``; one that
asks for things the other side must have, as ``asked_of_people`` or ``asked_of_slots``. How it is
tested over columns and how it is counted follow from that.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import numpy as np

from app.matching.kit import Ints, Mask, Words
from app.matching.rules.case import Case, Facts
from app.matching.rules.counting import Columns, Failed, lacking, pairwise_by_value
from app.matching.sides.pools import Pairs, Pools

Law = Callable[[Case], Facts | None]


class Found(Enum):
    """Which step of the search for feasible pairs applies a rule."""

    BY_WINDOW = "only pairs that pass it are looked at"
    COMPILED = "tested in the kernel, and over columns where nothing is compiled"
    BY_COLUMNS = "tested over the columns of the pairs that pass all others"


@dataclass(frozen=True, slots=True)
class Rule:
    """``law``: the facts for a text where the pair fails, None where it passes. ``fails``: the same
    over pairs, (k,) bool. ``count``: over all pairs, numbers per slot and per candidate.
    ``may_be_set_aside``: by name, by a person who places outside a run."""

    code: str
    law: Law
    fails: Callable[[Pairs], Mask]
    count: Callable[[Pools], Failed]
    found: Found = Found.BY_COLUMNS
    may_be_set_aside: bool = True


def by_value(
    code: str,
    law: Law,
    of_slots: Callable[[Pools], Columns],
    of_people: Callable[[Pools], Columns],
    test: Callable[..., Mask],
    found: Found = Found.BY_COLUMNS,
    may_be_set_aside: bool = True,
) -> Rule:
    """``of_slots``, ``of_people``: columns with few distinct rows. ``test``: given these columns,
    the slots' first, in shapes that broadcast, True where a pair fails."""

    def fails(pairs: Pairs) -> Mask:
        slots = (column[pairs.slot] for column in of_slots(pairs.pools))
        people = (column[pairs.candidate] for column in of_people(pairs.pools))
        return test(*slots, *people)

    def count(both: Pools) -> Failed:
        sizes = len(both.slots), len(both.candidates)
        return pairwise_by_value(of_slots(both), of_people(both), sizes, test)

    return Rule(code, law, fails, count, found, may_be_set_aside)


def asked_of_people(
    code: str,
    law: Law,
    asked: Callable[[Pools], Words],
    held: Callable[[Pools], Words],
    found: Found = Found.BY_COLUMNS,
) -> Rule:
    """``asked`` (S, words) and ``held`` (n, words): sets of the same codes as bits."""

    def fails(pairs: Pairs) -> Mask:
        wanted, has = asked(pairs.pools), held(pairs.pools)
        return _any(wanted[pairs.slot] & ~has[pairs.candidate])

    def count(both: Pools) -> Failed:
        return lacking(asked(both), held(both))

    return Rule(code, law, fails, count, found)


def asked_of_slots(
    code: str,
    law: Law,
    asked: Callable[[Pools], Words],
    offered: Callable[[Pools], Words],
    found: Found = Found.BY_COLUMNS,
) -> Rule:
    """``asked`` (n, words) and ``offered`` (S, words): sets of the same codes as bits."""

    def fails(pairs: Pairs) -> Mask:
        wanted, there = asked(pairs.pools), offered(pairs.pools)
        return _any(wanted[pairs.candidate] & ~there[pairs.slot])

    def count(both: Pools) -> Failed:
        of_people, of_slots = lacking(asked(both), offered(both))
        return of_slots, of_people

    return Rule(code, law, fails, count, found)


def nobody(both: Pools) -> tuple[Ints, Ints]:
    """(S,) and (n,) zeros, to which counts are added."""
    return np.zeros(len(both.slots), np.int64), np.zeros(len(both.candidates), np.int64)


def _any(words: Words) -> Mask:
    found: Mask = (words != 0).any(axis=1)
    return found
