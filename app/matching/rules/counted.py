"""How often each rule fails, per slot and per candidate, without testing pair by pair.

Every rule is counted by itself over all slots and all candidates. Where a rule depends on few
distinct values (codes, months, days), the values are counted, tabled and looked up.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from app.matching.kit import Counts, Ints, Mask, each
from app.matching.rules.count_dates import already_placed, not_available, outside_target_group
from app.matching.rules.count_distance import too_far
from app.matching.rules.count_sets import lacking
from app.matching.rules.count_values import Failed, below, pairwise_by_value
from app.matching.sides.pools import Pools
from app.matching.sides.prefixes import LONGEST
from app.matching.values import PAIR_REASONS

Counter = Callable[[Pools], Failed]


@dataclass(frozen=True, slots=True)
class Failures:
    """``of_slot`` (S, rules): number of candidates; ``of_candidate`` (n, rules): number of slots;
    int32, rules in the order of PAIR_REASONS."""

    of_slot: Counts
    of_candidate: Counts


def failures(both: Pools) -> Failures:
    """Count what ``eligibility.RULES`` would find on every pair."""
    of_slot = np.zeros((len(both.slots), len(PAIR_REASONS)), dtype=np.int32)
    of_candidate = np.zeros((len(both.candidates), len(PAIR_REASONS)), dtype=np.int32)

    def count(column: int) -> None:
        failed = COUNTERS[PAIR_REASONS[column]](both)
        of_slot[:, column], of_candidate[:, column] = failed

    each(count, range(len(PAIR_REASONS)))
    return Failures(of_slot, of_candidate)


def occupation_not_sought(both: Pools) -> Failed:
    """Groups that one person seeks share no slot, so numbers of slots and people just add up."""
    groups = both.prefixes
    of_slot = groups.of_code[both.slots.ssyk].reshape(-1)
    row = np.repeat(np.arange(len(both.slots)), LONGEST)[of_slot >= 0]
    of_slot = of_slot[of_slot >= 0]
    person = np.repeat(np.arange(len(both.candidates)), np.diff(groups.start))
    seekers = np.bincount(groups.sought, minlength=groups.count)[of_slot]
    slots = np.bincount(of_slot, minlength=groups.count)[groups.sought]
    failed = np.full(len(both.slots), len(both.candidates))
    missed = np.full(len(both.candidates), len(both.slots))
    np.subtract.at(failed, row, seekers)
    np.subtract.at(missed, person, slots)
    return failed, missed


def programme_limit(both: Pools) -> Failed:
    return below(both.candidates.programmes.longest, both.slots.months)


def extent_mismatch(both: Pools) -> Failed:
    """Tabled by the distinct extents of both sides."""

    def fails(offered: Ints, own: Ints) -> Mask:
        lowest = np.maximum(offered // 101, own // 101)
        return lowest > np.minimum(offered % 101, own % 101)

    offered, own = (side.extent @ np.array([101, 1]) for side in (both.slots, both.candidates))
    return pairwise_by_value(offered, own, fails)


def vetoed(both: Pools) -> Failed:
    people, suppliers = both.candidates, both.slots.supplier
    width = int(suppliers.max(initial=-1)) + 1
    avoiding = np.bincount(people.avoided, minlength=width)
    of_slots = np.bincount(suppliers, minlength=width)
    row = np.repeat(np.arange(len(people)), np.diff(people.avoided_start))
    avoided = np.zeros(len(people), dtype=np.int64)
    np.add.at(avoided, row, of_slots[people.avoided])
    return avoiding[suppliers], avoided


def not_consented(both: Pools) -> Failed:
    silent = ~both.candidates.agreed
    return np.full(len(both.slots), np.count_nonzero(silent)), silent * len(both.slots)


def forbidden_pair(both: Pools) -> Failed:
    slot, candidate = both.forbidden.T
    sides = ((slot, both.slots), (candidate, both.candidates))
    of_slot, of_candidate = (np.bincount(rows, minlength=len(side)) for rows, side in sides)
    return of_slot, of_candidate


def gate_missing(both: Pools) -> Failed:
    """For each footing that closes programmes: who has a long enough one, but no open one."""
    people, known = both.candidates.programmes, both.footings
    person, months = people.granted.rows(), people.granted.value
    slots = np.bincount(known.of_slot, minlength=len(known))
    on_footing = np.zeros(len(known), dtype=np.int64)
    of_candidate = np.zeros(len(both.candidates), dtype=np.int64)
    for one in np.flatnonzero(known.gated()):
        fails = people.longest >= known.months[one]
        fails[person[(months >= known.months[one]) & ~known.closed[one, people.column]]] = False
        on_footing[one] = np.count_nonzero(fails)
        of_candidate += fails * slots[one]
    return on_footing[known.of_slot], of_candidate


def _lacking(kind: str) -> Counter:
    def count(both: Pools) -> Failed:
        return lacking(both.slots.required & both.kinds[kind], both.candidates.has)

    return count


def adaptation_missing(both: Pools) -> Failed:
    of_candidate, of_slot = lacking(both.candidates.needed, both.slots.adaptations)
    return of_slot, of_candidate


COUNTERS: Mapping[str, Counter] = {
    "occupation-not-sought": occupation_not_sought,
    "too-far": too_far,
    "not-available": not_available,
    "programme-limit": programme_limit,
    "extent-mismatch": extent_mismatch,
    "skill-missing": _lacking("skills"),
    "language-level": _lacking("languages"),
    "licence-missing": _lacking("driving_licences"),
    "certificate-missing": _lacking("certificates"),
    "adaptation-missing": adaptation_missing,
    "outside-target-group": outside_target_group,
    "vetoed": vetoed,
    "not-consented": not_consented,
    "already-placed": already_placed,
    "forbidden-pair": forbidden_pair,
    "gate-missing": gate_missing,
}
