"""The hard rules: which candidates cannot have which slots, one small function per rule.

Each rule takes a list of pairs and gives (k,) bool: True where the pair fails. The rules do not
know of each other; a pair is feasible where none fails. ``fitting.py`` tests the same compiled.
"""

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from app.matching.kit import Ints, Mask, Words
from app.matching.sides.distance import metres
from app.matching.sides.pools import Pairs

Rule = Callable[[Pairs], Mask]


def occupation_not_sought(pairs: Pairs) -> Mask:
    """No wish is a group of the slot's occupation or shares enough first digits with it."""
    fails = np.ones(len(pairs), dtype=np.bool_)
    wishes, ssyk = pairs.pools.candidates.occupations, pairs.pools.slots.ssyk
    for rows, entry in nth_entries(wishes.start, pairs):
        near = pairs.pools.nearness[wishes.number[entry], ssyk[pairs.slot[rows]]] > 0
        fails[rows[near]] = False
    return fails


def too_far(pairs: Pairs) -> Mask:
    """The workplace is farther away than the person's longest distance, in whole metres."""
    slots, people = pairs.pools.slots, pairs.pools.candidates
    apart = metres(slots.position[pairs.slot], people.position[pairs.candidate])
    fails: Mask = apart > people.longest_metres[pairs.candidate]
    return fails


def not_available(pairs: Pairs) -> Mask:
    """No start on or before the latest start leaves the slot's months before either side ends.

    A later start never has an earlier end, so both sides come down to bounds known beforehand.
    """
    slots, people = pairs.pools.slots, pairs.pools.candidates
    fails: Mask = people.available_from[pairs.candidate] > slots.latest_from[pairs.slot]
    fails |= slots.needed_until[pairs.slot] > people.available_to[pairs.candidate]
    fails |= slots.months[pairs.slot] > people.longest_stay[pairs.candidate]
    return fails


def programme_limit(pairs: Pairs) -> Mask:
    """The person is cleared for no programme that is as long as the slot's months."""
    longest = pairs.pools.candidates.programmes.longest[pairs.candidate]
    fails: Mask = longest < pairs.pools.slots.months[pairs.slot]
    return fails


def extent_mismatch(pairs: Pairs) -> Mask:
    """No share of full time suits both sides and the clause."""
    offered = pairs.pools.slots.extent[pairs.slot]
    own = pairs.pools.candidates.extent[pairs.candidate]
    fails: Mask = np.maximum(offered[:, 0], own[:, 0]) > np.minimum(offered[:, 1], own[:, 1])
    return fails


def skill_missing(pairs: Pairs) -> Mask:
    """A required skill is missing."""
    return _lacks(pairs, "skills")


def language_level(pairs: Pairs) -> Mask:
    """A required language is missing or below its level."""
    return _lacks(pairs, "languages")


def licence_missing(pairs: Pairs) -> Mask:
    """A required driving licence is missing."""
    return _lacks(pairs, "driving_licences")


def certificate_missing(pairs: Pairs) -> Mask:
    """A required certificate is missing."""
    return _lacks(pairs, "certificates")


def adaptation_missing(pairs: Pairs) -> Mask:
    """The workplace lacks an adaptation that the person needs."""
    needed = pairs.pools.candidates.needed[pairs.candidate]
    return _any(needed & ~pairs.pools.slots.adaptations[pairs.slot])


def outside_target_group(pairs: Pairs) -> Mask:
    """The clause names groups, and the person is in none of them on the first day."""
    slots, people = pairs.pools.slots, pairs.pools.candidates
    wanted = slots.wanted[pairs.slot]
    valid = people.valid_to[pairs.candidate] >= slots.start[pairs.slot][:, None]
    fails: Mask = np.any(wanted, axis=1) > np.any(wanted & valid, axis=1)
    return fails


def vetoed(pairs: Pairs) -> Mask:
    """The person avoids the supplier."""
    people, supplier = pairs.pools.candidates, pairs.pools.slots.supplier
    fails = np.zeros(len(pairs), dtype=np.bool_)
    for rows, entry in nth_entries(people.avoided_start, pairs):
        fails[rows] |= people.avoided[entry] == supplier[pairs.slot[rows]]
    return fails


def not_consented(pairs: Pairs) -> Mask:
    """The person has not agreed to be proposed."""
    fails: Mask = ~pairs.pools.candidates.agreed[pairs.candidate]
    return fails


def already_placed(pairs: Pairs) -> Mask:
    """A placement that stands overlaps the time from the first day to the proposed end."""
    slots, people = pairs.pools.slots, pairs.pools.candidates
    periods = people.standing
    fails = np.zeros(len(pairs), dtype=np.bool_)
    for rows, entry in nth_entries(periods.start, pairs):
        slot = pairs.slot[rows]
        day = np.maximum(slots.start[slot], people.available_from[pairs.candidate[rows]])
        overlaps = (day <= periods.last[entry]) & (day >= periods.since[entry, slots.footing[slot]])
        overlaps &= (day >= periods.first[entry]) | (slots.end[slot] >= periods.first[entry])
        fails[rows] |= overlaps
    return fails


def forbidden_pair(pairs: Pairs) -> Mask:
    """The caller forbids the pair."""
    width = max(len(pairs.pools.candidates), 1)
    if not len(pairs.pools.forbidden):
        return np.zeros(len(pairs), dtype=np.bool_)
    slot, candidate = pairs.pools.forbidden.astype(np.int64).T
    fails: Mask = np.isin(
        pairs.slot.astype(np.int64) * width + pairs.candidate, slot * width + candidate
    )
    return fails


def gate_missing(pairs: Pairs) -> Mask:
    """Every programme that would be long enough asks for checks that the employer lacks."""
    slots, people, closed = pairs.pools.slots, pairs.pools.candidates, pairs.pools.footings.closed
    fails: Mask = ~programme_limit(pairs)
    granted, column = people.programmes.granted, people.programmes.column
    for rows, entry in nth_entries(granted.start, pairs):
        slot = pairs.slot[rows]
        carries = granted.value[entry] >= slots.months[slot]
        carries &= ~closed[slots.footing[slot], column[entry]]
        fails[rows[carries]] = False
    return fails


def nth_entries(start: Ints, pairs: Pairs) -> Iterator[tuple[Ints, Ints]]:
    """For the first, second ... entry of the candidates' lists: which pairs have one, and where."""
    first = start[pairs.candidate]
    lengths = start[pairs.candidate + 1] - first
    for order in range(int(lengths.max(initial=0))):
        rows = np.flatnonzero(lengths > order)
        yield rows, first[rows] + order


def _lacks(pairs: Pairs, kind: str) -> Mask:
    """(k,) some required code of this kind is not held."""
    required = pairs.pools.slots.required & pairs.pools.kinds[kind]
    return _any(required[pairs.slot] & ~pairs.pools.candidates.has[pairs.candidate])


def _any(words: Words) -> Mask:
    found: Mask = (words != 0).any(axis=1)
    return found


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
    "gate-missing": gate_missing,
}
