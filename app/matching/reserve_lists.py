"""Who comes next for a slot: the people whom a run left, the least loss of its optimum first."""

from dataclasses import dataclass, replace

import numpy as np

from app.matching.answers.terms import Terms, terms
from app.matching.kit import Indices, Ints, Mask, Names
from app.matching.pairs.feasible import feasible_pairs
from app.matching.rules.table import RULES
from app.matching.sides.pools import Pairs, pools
from app.matching.values import (
    LAST_DAY,
    CandidateColumns,
    Given,
    PairExplanation,
    Policy,
    SlotColumns,
    Value,
)

DATES = "not-available"


@dataclass(frozen=True)
class Reserves:
    """People (k,) who fit one slot and had no place in the optimum, the least loss first.

    Losses in one slot differ only by points, so that most points come first; of equals, the person
    who comes first in the run.
    """

    slot_id: str
    candidate_id: Names
    pairs: Pairs
    policy: Policy

    def __len__(self) -> int:
        return len(self.candidate_id)

    def terms(self, part: slice | Ints) -> Terms:
        """Points, programme and dates of some of them, in their order."""
        pairs = Pairs(self.pairs.pools, self.pairs.slot[part], self.pairs.candidate[part])
        return terms(pairs, self.policy)

    def explained(self, part: slice | Ints) -> list[PairExplanation]:
        """The pairs of some of them as values."""
        found = self.terms(part)
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

    ``maximum``: the slot's maximum price, which is what losing a place there costs. The loss is
    that price less the pair's worth: exact, and never negative, for people who are in no pair of
    the optimum; for those matched elsewhere it means nothing.
    """
    places = dict(maximum.places_by_tier)
    if tier or policy.placements_before_points:
        places[tier] -= 1
    return Value(places, maximum.points - points)


def fit_from(people: CandidateColumns, slot: SlotColumns, policy: Policy, first_days: Ints) -> Mask:
    """(n,) who breaks no rule but that of dates, each beginning in the one slot on a day of their
    own (n,). Every rule is asked once, over all of them."""
    day = int(first_days.min(initial=LAST_DAY))
    starting = replace(people, available_from=first_days)
    offered = replace(slot, earliest_start=np.array([day]))
    both = pools(starting, offered, policy, day)
    everyone = np.arange(len(people), dtype=np.int32)
    pairs = Pairs(both, np.zeros_like(everyone), everyone)
    fits = np.ones(len(people), dtype=np.bool_)
    for rule in RULES:
        if rule.code != DATES:
            fits &= ~rule.fails(pairs)
    return fits
