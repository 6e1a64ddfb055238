"""The hard rules: which candidates cannot have which slots, one small function per rule.

Each rule takes a Block, slots as rows and candidates as columns, and gives (s, n) bool: True
where the pair fails. The rules do not know of each other; a pair is feasible where none fails.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from app.matching.arrays import Indices, Ints, Mask, Words
from app.matching.columns import CandidateColumns, SlotColumns
from app.matching.dates import proposed_end
from app.matching.distance import metres
from app.matching.months import last_day_of
from app.matching.pools import Pools


@dataclass(frozen=True, slots=True)
class Block:
    """Some slots against all candidates.

    ``forbidden``: (k, 2) row and column of the pairs that the caller forbids.
    """

    pools: Pools
    forbidden: Indices

    @property
    def slots(self) -> SlotColumns:
        return self.pools.slots

    @property
    def candidates(self) -> CandidateColumns:
        return self.pools.candidates

    def nothing(self) -> Mask:
        """(s, n) no pair fails."""
        return np.zeros((len(self.slots), len(self.candidates)), dtype=np.bool_)

    def starts(self) -> Ints:
        """(s, n) the first day of a placement: the latest of what both sides and the run allow."""
        return np.maximum(self.slots.start[:, None], self.candidates.available_from)


Rule = Callable[[Block], Mask]


def occupation_not_sought(block: Block) -> Mask:
    """No wish is a group of the slot's occupation or shares enough first digits with it."""
    codes, row = np.unique(block.slots.ssyk, return_inverse=True)
    sought = np.zeros((len(codes), len(block.candidates)), dtype=np.bool_)
    for wish in block.candidates.wishes.T:
        sought |= block.pools.nearness[wish[None, :], codes[:, None]] > 0
    return ~sought[row]


def too_far(block: Block) -> Mask:
    """The workplace is farther away than the person's longest distance, in whole metres."""
    people = block.candidates
    apart = metres(block.slots.position[:, None], people.positions[None])
    fails: Mask = apart[:, people.at] > people.longest_metres
    return fails


def not_available(block: Block) -> Mask:
    """No start on or before the latest start leaves the slot's months before either side ends."""
    slots, people = block.slots, block.candidates
    needed = _needed_until(block)
    fails: Mask = block.starts() > slots.latest_start[:, None]
    fails |= needed > slots.end[:, None]
    fails |= needed > people.available_to
    return fails


def _needed_until(block: Block) -> Ints:
    """(s, n) last day of the least time. A later start never has an earlier end, so the later of
    the two sides' ends will do, and months are added per row instead of per pair."""
    slots, people = block.slots, block.candidates
    months, row = np.unique(slots.months, return_inverse=True)
    by_months = last_day_of(people.available_from[None, :], months[:, None])
    needed: Ints = np.maximum(last_day_of(slots.start, slots.months)[:, None], by_months[row])
    return needed


def programme_limit(block: Block) -> Mask:
    """The person is cleared for no programme that is as long as the slot's months."""
    longest = block.candidates.programmes.max(axis=1, initial=0)
    fails: Mask = longest < block.slots.months[:, None]
    return fails


def extent_mismatch(block: Block) -> Mask:
    """No share of full time suits both sides and the clause."""
    own, offered = block.candidates.extent, block.slots.extent
    lowest = np.maximum(offered[:, None, 0], own[:, 0])
    fails: Mask = lowest > np.minimum(offered[:, None, 1], own[:, 1])
    return fails


def skill_missing(block: Block) -> Mask:
    """A required skill is missing."""
    return _lacks(block.slots.required["skills"], block.candidates.has["skills"])


def language_level(block: Block) -> Mask:
    """A required language is missing or below its level."""
    fails = block.nothing()
    for required, level in zip(
        block.slots.required_levels.T, block.candidates.levels.T, strict=True
    ):
        asking = np.flatnonzero(required)
        fails[asking] |= level < required[asking, None]
    return fails


def licence_missing(block: Block) -> Mask:
    """A required driving licence is missing."""
    kind = "driving_licences"
    return _lacks(block.slots.required[kind], block.candidates.has[kind])


def certificate_missing(block: Block) -> Mask:
    """A required certificate is missing."""
    return _lacks(block.slots.required["certificates"], block.candidates.has["certificates"])


def adaptation_missing(block: Block) -> Mask:
    """The workplace lacks an adaptation that the person needs."""
    return _lacks(block.candidates.needed, block.slots.adaptations).T


def outside_target_group(block: Block) -> Mask:
    """The clause names groups, and the person is in none of them on the first day."""
    slots, starts = block.slots, block.starts()
    fails = block.nothing()
    fails[np.any(slots.target_groups, axis=1)] = True
    for wanted, valid_to in zip(slots.target_groups.T, block.candidates.valid_to.T, strict=True):
        asking = np.flatnonzero(wanted)
        fails[asking] &= valid_to < starts[asking]
    return fails


def vetoed(block: Block) -> Mask:
    """The person avoids the supplier."""
    fails = block.nothing()
    for supplier, avoided in zip(block.slots.supplier.T, block.candidates.avoided.T, strict=True):
        rows = np.flatnonzero(supplier)
        fails[rows] |= (supplier[rows, None] & avoided) != 0
    return fails


def not_consented(block: Block) -> Mask:
    """The person has not agreed to be proposed."""
    fails: Mask = np.repeat(~block.candidates.agreed[None], len(block.slots), axis=0)
    return fails


def already_placed(block: Block) -> Mask:
    """A placement that stands overlaps the time from the first day to the proposed end."""
    fails, people, slots = block.nothing(), block.candidates, block.slots
    placed = np.flatnonzero((people.placed[..., 0] <= people.placed[..., 1]).sum(axis=1))
    start = block.starts()[:, placed]
    end = proposed_end(
        start,
        slots.months[:, None],
        slots.end[:, None],
        people.available_to[placed],
        people.programmes[placed],
    )
    end = np.maximum(start, end)
    for first, last in people.placed[placed].transpose(1, 2, 0):
        fails[:, placed] |= (start <= last) & (first <= end) & (first <= last)
    return fails


def forbidden_pair(block: Block) -> Mask:
    """The caller forbids the pair."""
    fails = block.nothing()
    fails[block.forbidden[:, 0], block.forbidden[:, 1]] = True
    return fails


def _lacks(asked: Words, held: Words) -> Mask:
    """(rows of asked, rows of held) some asked code is not held."""
    fails = np.zeros((len(asked), len(held)), dtype=np.bool_)
    for word, has in zip(asked.T, held.T, strict=True):
        asking = np.flatnonzero(word)
        fails[asking] |= (word[asking, None] & ~has) != 0
    return fails


RULES: Mapping[str, Rule] = {
    "occupation-not-sought": occupation_not_sought,
    "too-far": too_far,
    "not-available": not_available,
    "programme-limit": programme_limit,
    "extent-mismatch": extent_mismatch,
    "skill-missing": skill_missing,
    "language-level": language_level,
    "licence-missing": licence_missing,
    "certificate-missing": certificate_missing,
    "adaptation-missing": adaptation_missing,
    "outside-target-group": outside_target_group,
    "vetoed": vetoed,
    "not-consented": not_consented,
    "already-placed": already_placed,
    "forbidden-pair": forbidden_pair,
}
