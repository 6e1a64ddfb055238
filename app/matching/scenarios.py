"""Scenarios: an input is changed and solved again, and the two results are compared."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.matching.answers.column_results import ColumnMatching
from app.matching.errors import MatchingInputError
from app.matching.kit import Mask, Names
from app.matching.values import (
    CLAUSE_ENDED,
    NO_PLACES_LEFT,
    SUPERVISOR_FULL,
    TIERS,
    UNLIMITED,
    Comparison,
    Given,
    Move,
    SlotColumns,
    filled,
)


@dataclass(frozen=True, slots=True)
class Places:
    """The slot has so many places, taken ones included; with 0 it is closed."""

    slot_id: str
    places: int

    def apply(self, given: Given) -> Given:
        slots = given.slots
        here = _row("slot", slots.id, self.slot_id)
        places = np.where(here, self.places, slots.places)
        return _opened(given, replace(slots, places=places), here)


@dataclass(frozen=True, slots=True)
class SupervisorCapacity:
    """The slot's supervisor can take so many people at once; None: as many as there are places."""

    slot_id: str
    capacity: int | None

    def apply(self, given: Given) -> Given:
        slots = given.slots
        here = _row("slot", slots.id, self.slot_id)
        most = UNLIMITED if self.capacity is None else self.capacity
        capacity = np.where(here, most, slots.supervisor_capacity)
        return _opened(given, replace(slots, supervisor_capacity=capacity), here)


@dataclass(frozen=True, slots=True)
class RemoveCandidate:
    """The person is removed, with their pins and forbidden pairs."""

    candidate_id: str

    def apply(self, given: Given) -> Given:
        left = np.flatnonzero(~_row("candidate", given.candidates.id, self.candidate_id))
        return replace(
            given,
            candidates=given.candidates.taken(left),
            pins=tuple(pair for pair in given.pins if pair[0] != self.candidate_id),
            forbidden=tuple(pair for pair in given.forbidden if pair[0] != self.candidate_id),
        )


@dataclass(frozen=True, slots=True)
class MaximumDistance:
    """The person, or everyone, travels at least so far."""

    kilometres: int
    candidate_id: str | None = None

    def apply(self, given: Given) -> Given:
        people = given.candidates
        who = np.ones(len(people), dtype=np.bool_)
        if self.candidate_id is not None:
            who = _row("candidate", people.id, self.candidate_id)
        own = people.maximum_distance_km
        raised = np.where(who, np.maximum(own, self.kilometres), own)
        return replace(given, candidates=replace(people, maximum_distance_km=raised))


@dataclass(frozen=True, slots=True)
class Pin:
    """The pair is in the result, even if it was forbidden; other pins of the person are dropped."""

    candidate_id: str
    slot_id: str

    def apply(self, given: Given) -> Given:
        pair = (self.candidate_id, self.slot_id)
        others = tuple(one for one in given.pins if one[0] != self.candidate_id)
        forbidden = tuple(one for one in given.forbidden if one != pair)
        return replace(given, pins=(*others, pair), forbidden=forbidden)


@dataclass(frozen=True, slots=True)
class Forbid:
    """The pair is not in the result, even if it was pinned."""

    candidate_id: str
    slot_id: str

    def apply(self, given: Given) -> Given:
        pair = (self.candidate_id, self.slot_id)
        others = tuple(one for one in given.pins if one != pair)
        return replace(given, pins=others, forbidden=(*given.forbidden, pair))


Change = Places | SupervisorCapacity | RemoveCandidate | MaximumDistance | Pin | Forbid


def changed(given: Given, changes: Sequence[Change]) -> Given:
    """The input with the changes made."""
    for change in changes:
        given = change.apply(given)
    return given


def compare(before: ColumnMatching, after: ColumnMatching) -> Comparison:
    """What differs between two results, by ids."""
    was, now = _places(before), _places(after)
    here = set(after.candidate_id.tolist())
    everyone = sorted({*was, *now}, key=_order(before, after).__getitem__)
    moves = [Move(name, was.get(name), now.get(name)) for name in everyone]
    moves = [move for move in moves if move.before != move.after]
    first, second = before.objective, after.objective
    return Comparison(
        gained=tuple(move for move in moves if move.before is None),
        lost=tuple(move for move in moves if move.after is None and move.candidate_id in here),
        moved=tuple(move for move in moves if move.before is not None and move.after is not None),
        freed=tuple(move for move in moves if move.candidate_id not in here),
        before=first,
        after=second,
        places_by_tier={
            tier: second.places_by_tier[tier] - first.places_by_tier[tier] for tier in TIERS
        },
        points=second.points - first.points,
    )


def _places(result: ColumnMatching) -> dict[str, str]:
    """The slot id of each matched candidate, by candidate id."""
    proposals = result.proposals
    people = result.candidate_id[proposals.candidate].tolist()
    return dict(zip(people, result.slot_id[proposals.slot].tolist(), strict=True))


def _order(*results: ColumnMatching) -> dict[str, int]:
    names = [name for result in results for name in result.candidate_id.tolist()]
    return {name: place for place, name in enumerate(dict.fromkeys(names))}


def _row(kind: str, ids: Names, name: str) -> Mask:
    """(rows,) True for the one with this id. Raises MatchingInputError when there is none."""
    here: Mask = ids == name
    if not here.any():
        raise MatchingInputError(f'changes: no {kind} has the id "{name}"')
    return here


def _opened(given: Given, slots: SlotColumns, here: Mask) -> Given:
    """The input with the slot's room changed: its free places and their first day are computed
    again. Its code ``clause-ended`` goes too, as the rule of dates tests the new first day."""
    known = np.isin(slots.closed.names, (NO_PLACES_LEFT, SUPERVISOR_FULL, CLAUSE_ENDED))
    opened = here[slots.closed.rows()] & known[slots.closed.number]
    closed = slots.closed.where(~opened)
    return replace(given, slots=filled(replace(slots, closed=closed), given.as_of.toordinal()))
