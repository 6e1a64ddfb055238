"""Counts how often each rule fails for each slot and candidate, without testing single pairs.

Every rule is counted by itself over all slots and all candidates. Where a rule depends on few
distinct values (codes, months, days), these are counted, and the rule is tested on them.
"""

from dataclasses import dataclass

import numpy as np

from app.matching.kit import Counts, each
from app.matching.rules.table import RULES
from app.matching.sides.pools import Pools


@dataclass(frozen=True, slots=True)
class Failures:
    """``of_slot`` (S, rules): number of candidates; ``of_candidate`` (n, rules): number of slots;
    int32, rules in the order of the table."""

    of_slot: Counts
    of_candidate: Counts


def failures(both: Pools) -> Failures:
    """Counts the failures of every rule on every pair."""
    of_slot = np.zeros((len(both.slots), len(RULES)), dtype=np.int32)
    of_candidate = np.zeros((len(both.candidates), len(RULES)), dtype=np.int32)

    def count(column: int) -> None:
        of_slot[:, column], of_candidate[:, column] = RULES[column].count(both)

    each(count, range(len(RULES)))
    return Failures(of_slot, of_candidate)
