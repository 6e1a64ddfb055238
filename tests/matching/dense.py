"""Every pair tested one by one: the judge of what the engine finds in windows and tables."""

from dataclasses import dataclass

import numpy as np

from app.matching import Candidate, CandidateColumns, Policy, Slot, SlotColumns
from app.matching.kit import Indices, Ints, Mask
from app.matching.rules.scoring import score, total
from app.matching.rules.table import RULES
from app.matching.sides.pools import Pairs, Pools, pools
from tests.matching.make import AS_OF


@dataclass(frozen=True)
class Dense:
    """``fails``: by rule, (S, n); ``points``: (S, n), 0 where the pair is not feasible."""

    fails: dict[str, Mask]
    points: Ints

    @property
    def failed_of_slot(self) -> Ints:
        return np.stack([grid.sum(axis=1) for grid in self.fails.values()], axis=-1)

    @property
    def failed_of_candidate(self) -> Ints:
        return np.stack([grid.sum(axis=0) for grid in self.fails.values()], axis=-1)


def pools_of(
    people: list[Candidate], slots: list[Slot], policy: Policy, banned: Indices | None = None
) -> Pools:
    columns = CandidateColumns.from_records(people), SlotColumns.from_records(slots)
    return pools(*columns, policy, AS_OF.toordinal(), banned)


def dense(both: Pools, policy: Policy) -> Dense:
    shape = (len(both.slots), len(both.candidates))
    slot, candidate = (index.reshape(-1).astype(np.int32) for index in np.indices(shape))
    pairs = Pairs(both, slot, candidate)
    fails = {rule.code: rule.fails(pairs).reshape(shape) for rule in RULES}
    points = total(score(pairs, policy)).reshape(shape)
    points[np.any(list(fails.values()), axis=0)] = 0
    points[both.slots.closed] = 0
    return Dense(fails, points)
