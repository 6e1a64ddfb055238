"""Who comes next for a slot: the people a run left, in the order that costs its optimum least."""

from dataclasses import dataclass

import numpy as np

from app.matching.answers.terms import terms
from app.matching.kit import Indices, Names
from app.matching.pairs.feasible import feasible_pairs
from app.matching.scenarios import Given
from app.matching.sides.pools import Pairs, pools
from app.matching.values import PairExplanation, Policy, Value


@dataclass(frozen=True)
class Reserves:
    """People (k,) who fit one slot and had no place in the optimum, the least loss first.

    Losses in one slot differ by the points alone, so most points come first; of as many, the
    person who comes first in the run.
    """

    slot_id: str
    candidate_id: Names
    pairs: Pairs
    policy: Policy

    def __len__(self) -> int:
        return len(self.candidate_id)

    def explained(self, part: slice) -> list[PairExplanation]:
        """Some of them, in their order, with points, programme and dates."""
        pairs = Pairs(self.pairs.pools, self.pairs.slot[part], self.pairs.candidate[part])
        found = terms(pairs, self.policy)
        columns = (
            self.candidate_id[part].tolist(),
            found.points.tolist(),
            found.criteria(),
            found.programme_codes(),
            found.dates(),
        )
        return [
            PairExplanation(name, self.slot_id, (), points, criteria, programme, start, end)
            for name, points, criteria, programme, (start, end) in zip(*columns, strict=True)
        ]


def reserves(given: Given, slot_id: str, among: Indices) -> Reserves:
    """``among``: rows of the candidates who are asked, in ascending order; pairs that ``given``
    forbids are for the caller to leave out. Nobody where the slot is closed. One slot is tested
    against these people: the market is not built."""
    people = given.candidates.taken(among.astype(np.int64))
    slots = given.slots.taken(np.flatnonzero(given.slots.id == slot_id))
    both = pools(people, slots, given.policy, given.as_of.toordinal())
    found = feasible_pairs(both, given.policy)
    order = np.argsort(-found.points, kind="stable")
    chosen = found.edges.candidate[order]
    pairs = Pairs(both, found.edges.slot[order], chosen)
    return Reserves(slot_id, people.id[chosen], pairs, given.policy)


def loss_of(maximum: Value, tier: int, points: int, policy: Policy) -> Value:
    """What an optimum loses when someone whom it left has one of the slot's places.

     ``maximum``: the slot's maximum price, which is what losing a place there costs; the pair's
     worth comes back. Exact, and never negative, for whoever is in no pair of the optimum
    ; of those matched elsewhere it says nothing.
    """
    places = dict(maximum.places_by_tier)
    if tier or policy.placements_before_points:
        places[tier] -= 1
    return Value(places, maximum.points - points)
