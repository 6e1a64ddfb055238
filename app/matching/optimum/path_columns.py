"""The columns that successive shortest paths read, and change in place."""

from typing import NamedTuple

from app.matching.kit import Indices, Ints, Levels

FAR = 2**62
"""Farther than any way; no sum of distances passes it."""

LEVELS = 64
"""A level for each power of two that a gap can have, and one more."""


class Lists(NamedTuple):
    """The pairs of each slot, sorted as far as they have been read.

    ``indptr`` (S + 1,), ``candidate`` (E,), ``points`` (E,) as in the market; ``bonus`` (S,) is
    what each pair of a slot is worth beyond its points. ``order`` (E,) holds, from the slot's
    indptr on, positions within the slot, of which the first ``ready`` (S,) are in their place, with
    their ``person``, ``worth`` in points and the ``most`` that they and all later ones can be worth
    less what their candidates keep, (E,) each. ``read`` (S,): pairs read since they were weighed,
    for which ``bound`` and ``level`` (E,), ``begin`` and ``ceiling`` (LEVELS,) are there.
    """

    indptr: Ints
    candidate: Indices
    points: Ints
    bonus: Ints
    order: Indices
    ready: Ints
    person: Indices
    worth: Ints
    most: Ints
    read: Ints
    bound: Ints
    level: Levels
    begin: Ints
    ceiling: Ints


class Found(NamedTuple):
    """``price`` (S,) and, per candidate (n,), ``slot_of`` (-1 for none) and the weight of that
    pair, ``own``."""

    price: Ints
    slot_of: Ints
    own: Ints


class Tree(NamedTuple):
    """One search, (S,) each: distance of a slot, and the slot, candidate and weight it was
    reached by."""

    distance: Ints
    before: Ints
    through: Ints
    weight: Ints
