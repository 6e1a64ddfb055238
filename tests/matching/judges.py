"""Second opinions: slow, plain and written apart from the engine."""

import calendar
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import numpy as np

from app.matching import Candidate, Market, Slot, Value
from app.matching.kit import Indices

Worth = tuple[int, int, int, int]
"""Places of tier 2, 1 and 0 that count before points, then points: compared in that order."""

NOTHING: Worth = (0, 0, 0, 0)


def best_worth(market: Market, more: Iterable[int] = (), gone: int | None = None) -> Worth:
    """The best of all pairings, by trying every one. ``more``: slots with a place added (or, as
    ~slot, taken away). ``gone``: a candidate who leaves."""
    places = market.places.tolist()
    for slot in more:
        places[slot if slot >= 0 else ~slot] += 1 if slot >= 0 else -1
    options = options_of(market)
    if gone is not None:
        options[gone] = []

    @cache
    def best(candidate: int, room: tuple[int, ...]) -> Worth:
        if candidate == len(options):
            return NOTHING
        found = best(candidate + 1, room)
        for slot, worth in options[candidate]:
            if room[slot] > 0:
                left = (*room[:slot], room[slot] - 1, *room[slot + 1 :])
                found = max(found, plus(worth, best(candidate + 1, left)))
        return found

    return best(0, tuple(places))


def options_of(market: Market) -> list[list[tuple[int, Worth]]]:
    """By candidate: the slots that fit, each with the pair's worth."""
    options: list[list[tuple[int, Worth]]] = [[] for _ in range(market.edges.candidates)]
    edges = zip(market.edges.slot.tolist(), market.edges.candidate.tolist(), strict=True)
    for (slot, candidate), points in zip(edges, market.points.tolist(), strict=True):
        options[candidate].append((slot, pair_worth(market, slot, points)))
    return options


def pair_worth(market: Market, slot: int, points: int) -> Worth:
    tier = int(market.tiers[slot])
    voluntary = tier == 0 and market.placements_before_points
    return (int(tier == 2), int(tier == 1), int(voluntary), points)


def pairing_worth(market: Market, slot_of: Indices) -> Worth:
    """What a pairing is worth; fails when a pair is not feasible or a slot is too full."""
    found, options = NOTHING, [dict(pairs) for pairs in options_of(market)]
    for candidate, slot in enumerate(slot_of.tolist()):
        if slot >= 0:
            found = plus(found, options[candidate][slot])
    taken = np.bincount(slot_of[slot_of >= 0], minlength=len(market.places))
    assert (taken <= market.places).all()
    return found


def plus(one: Worth, other: Worth) -> Worth:
    return (one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3])


def minus(one: Worth, other: Worth) -> Worth:
    return (one[0] - other[0], one[1] - other[1], one[2] - other[2], one[3] - other[3])


def worth(value: Value) -> Worth:
    places = value.places_by_tier
    return (places[2], places[1], places[0], value.points)


def months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def first_day(person: Candidate, slot: Slot, as_of: date) -> date:
    return max(person.available_from, slot.earliest_start, as_of)


def carrying(person: Candidate, slot: Slot) -> list[int]:
    """Months of the programmes that can carry a placement there, in order of preference."""
    least, closed = slot.minimum_months, slot.closed_programmes
    return [most for code, most in person.programmes if most >= least and code not in closed]


def last_day(person: Candidate, slot: Slot, as_of: date) -> date:
    """Proposed end: the last day that slot, person and programme allow."""
    start = first_day(person, slot, as_of)
    ends = [slot.end] + ([person.available_to] if person.available_to else [])
    if carrying(person, slot):
        ends.append(months_later(start, carrying(person, slot)[0]) - timedelta(days=1))
    return min(ends)


def failing_rules(person: Candidate, slot: Slot, digits: int, as_of: date) -> set[str]:
    """A second reading of the rules: every code that two plain values can decide, but distance."""
    start = first_day(person, slot, as_of)
    needed = months_later(start, slot.minimum_months) - timedelta(days=1)
    end = max(start, last_day(person, slot, as_of))
    required = slot.required
    long_enough = carrying(person, replace(slot, closed_programmes=frozenset()))
    checks = {
        "occupation-not-sought": not any(
            slot.ssyk.startswith(wish) or slot.ssyk[:digits] == wish[:digits]
            for wish in person.occupations
        ),
        "not-available": start > slot.latest_start
        or needed > slot.end
        or (person.available_to is not None and needed > person.available_to),
        "programme-limit": not long_enough,
        "extent-mismatch": max(person.extent[0], slot.extent[0], slot.minimum_extent)
        > min(person.extent[1], slot.extent[1]),
        "skill-missing": bool(required.skills - person.skills),
        "language-level": any(
            person.languages.get(code, 0) < level for code, level in required.languages.items()
        ),
        "licence-missing": bool(required.driving_licences - person.driving_licences),
        "certificate-missing": bool(required.certificates - person.certificates),
        "adaptation-missing": bool(person.needed_adaptations - slot.adaptations),
        "outside-target-group": bool(slot.target_groups)
        and not any(
            code in slot.target_groups and (last is None or last >= start)
            for code, last in person.target_groups.items()
        ),
        "vetoed": slot.supplier_id in person.avoided_suppliers,
        "not-consented": not person.agreed_to_be_proposed,
        "already-placed": any(first <= end and start <= last for first, last in person.placed),
        "gate-missing": bool(long_enough) and not carrying(person, slot),
    }
    return {code for code, fails in checks.items() if fails}
