"""The terms of feasible pairs: points by criterion with their facts, programme and dates."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from app.matching.kit import Indices, Ints
from app.matching.rules.scoring import SOFT_CRITERIA, Criterion, Scored, score, total
from app.matching.sides.footings import months_on
from app.matching.sides.pools import Pairs
from app.matching.values import CRITERIA, LAST_DAY, CriterionPoints, Policy, last_day_of


def first_programme(programmes: Ints, months: Ints) -> Indices:
    """(...,) position of the first programme (..., K) that is long enough, -1 for none."""
    if programmes.shape[-1] == 0:
        return np.full(np.broadcast_shapes(programmes.shape[:-1], months.shape), -1, np.int32)
    enough = programmes >= months[..., None]
    found: Indices = np.where(enough.any(axis=-1), enough.argmax(axis=-1), -1).astype(np.int32)
    return found


def proposed_end(
    start: Ints, months: Ints, slot_end: Ints, available_to: Ints, programmes: Ints
) -> Ints:
    """The latest day that the slot, the person and the programme allow, start included."""
    chosen = first_programme(programmes, months)
    end = np.minimum(slot_end, available_to)
    if programmes.shape[-1] == 0:
        return np.broadcast_to(end, np.broadcast_shapes(end.shape, chosen.shape)).copy()
    index = np.broadcast_to(np.maximum(chosen, 0)[..., None], (*chosen.shape, 1))
    spread = np.broadcast_to(programmes, (*chosen.shape, programmes.shape[-1]))
    longest = np.take_along_axis(spread, index, axis=-1)[..., 0]
    limit = np.where(chosen >= 0, last_day_of(start, longest), LAST_DAY)
    found: Ints = np.minimum(end, limit)
    return found


@dataclass(frozen=True, slots=True)
class Terms:
    """Pairs (k,) with ``points``, ``start`` and ``end`` as day numbers, and ``programme``, a
    position in the names of the candidates' programmes."""

    pairs: Pairs
    weights: Mapping[str, int]
    scored: Mapping[str, Scored]
    points: Ints
    programme: Indices
    start: Ints
    end: Ints

    def __len__(self) -> int:
        return len(self.points)

    def criteria_points(self) -> Ints:
        """(k, criteria) in the order of CRITERIA; each row sums to its points."""
        return np.stack([self.scored[name].points for name in CRITERIA], axis=1)

    def criteria(self) -> Iterator[tuple[CriterionPoints, ...]]:
        """The points of each pair with the facts behind them."""
        return zip(
            *(_told(self, one) for one in SOFT_CRITERIA if one.name in self.scored), strict=True
        )

    def programme_codes(self) -> list[str]:
        names = self.pairs.pools.candidates.programmes.granted.names
        return [names[number] for number in self.programme.tolist()]

    def dates(self) -> Iterator[tuple[date, date]]:
        """First and last day of each pair."""
        first, last = (map(date.fromordinal, days.tolist()) for days in (self.start, self.end))
        return zip(first, last, strict=True)


def terms(pairs: Pairs, policy: Policy) -> Terms:
    """The terms of feasible pairs."""
    scored = score(pairs, policy)
    people, slots = pairs.pools.candidates, pairs.pools.slots
    programmes, rows = people.programmes.granted, pairs.candidate.astype(np.int64)
    months = slots.months[pairs.slot]
    footing = slots.footing[pairs.slot]
    own = months_on(pairs.pools.footings, people.programmes, rows, footing)
    start = np.maximum(slots.start[pairs.slot], people.available_from[rows])
    end = proposed_end(start, months, slots.end[pairs.slot], people.available_to[rows], own)
    chosen = programmes.start[rows] + first_programme(own, months)
    number = programmes.number[chosen]
    return Terms(pairs, policy.weights, scored, total(scored), number, start, end)


def _told(terms: Terms, criterion: Criterion) -> Iterator[CriterionPoints]:
    name = criterion.name
    scored, weight = terms.scored[name], terms.weights[name]
    facts = criterion.tell(terms.pairs, scored)
    for points, values in zip(
        scored.points.tolist(), zip(*facts.values(), strict=True), strict=True
    ):
        yield CriterionPoints(name, points, weight, dict(zip(facts, values, strict=True)))
