"""What feasible pairs would be: points by criterion with their facts, programme and dates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from app.matching.arrays import Indices, Ints
from app.matching.dates import first_programme, proposed_end
from app.matching.inputs import CRITERIA, Policy
from app.matching.lists import padded
from app.matching.months import months_between
from app.matching.pools import Pairs
from app.matching.results import CriterionPoints, Fact
from app.matching.scoring import Scored, score, total


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
        """(k, 5) in the order of CRITERIA; each row sums to its points."""
        return np.stack([self.scored[name].points for name in CRITERIA], axis=1)

    def criteria(self, row: int) -> tuple[CriterionPoints, ...]:
        """The points of one pair with the facts behind them."""
        return tuple(
            CriterionPoints(
                name, int(one.points[row]), self.weights[name], _facts(self, name, one, row)
            )
            for name, one in self.scored.items()
        )

    def programme_code(self, row: int) -> str:
        return self.pairs.pools.candidates.programmes.names[int(self.programme[row])]

    def dates(self, row: int) -> tuple[date, date]:
        """First and last day of one pair."""
        return date.fromordinal(int(self.start[row])), date.fromordinal(int(self.end[row]))


def terms(pairs: Pairs, policy: Policy) -> Terms:
    """The terms of feasible pairs."""
    scored = score(pairs, policy)
    people, slots = pairs.pools.candidates, pairs.pools.slots
    programmes, rows = people.programmes, pairs.candidate.astype(np.int64)
    months = slots.months[pairs.slot]
    own = padded(programmes.start, programmes.value, rows, 0)
    start = np.maximum(slots.start[pairs.slot], people.available_from[rows])
    end = proposed_end(start, months, slots.end[pairs.slot], people.available_to[rows], own)
    chosen = programmes.start[rows] + first_programme(own, months)
    number = programmes.number[chosen]
    return Terms(pairs, policy.weights, scored, total(scored), number, start, end)


def _facts(terms: Terms, name: str, scored: Scored, row: int) -> dict[str, Fact]:
    """The numbers that gave the points, with the codes and dates they came from."""
    numbers: dict[str, Fact] = {fact: int(values[row]) for fact, values in scored.facts.items()}
    both = terms.pairs.pools
    person, slot = terms.pairs.candidate[row], terms.pairs.slot[row]
    if name == "occupation":
        wishes = both.candidates.occupations
        wish = wishes.number[wishes.start[person] + scored.facts["wish_rank"][row] - 1]
        codes = {"wished": wishes.names[wish], "offered": both.ssyk[both.slots.ssyk[slot]]}
        return codes | numbers
    if name == "waiting":
        months = months_between(both.candidates.waiting_since[person], np.array(both.as_of))
        return {"months": max(int(months), 0)} | numbers
    return numbers
