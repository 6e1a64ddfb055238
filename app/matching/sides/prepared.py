"""Both sides as rules and criteria read them: numbers and bits, one row per candidate or slot."""

from dataclasses import dataclass

import numpy as np

from app.matching.kit import Floats, Indices, Ints, Mask, Names, Words
from app.matching.sides.demands import Demanded, asked, demanded, held, margins
from app.matching.sides.distance import TravelBounds, travel_bounds, unit_vectors
from app.matching.sides.footings import Clearances, Footings, clearances, footings, listed
from app.matching.sides.homes import Homes, areas, homes
from app.matching.values import (
    CandidateColumns,
    CodeLists,
    Numbers,
    SlotColumns,
    distinct,
    earliest_start_for,
    flags,
    last_day_of,
    latest_start_for,
    months_between,
    numbering,
    starts_of,
    translated,
    used,
    words,
)


@dataclass(frozen=True, slots=True)
class SharedNumbers:
    """``ssyk_of_slot``, ``supplier_of_slot``: (S,) numbers of the codes."""

    ssyk: tuple[str, ...]
    ssyk_of_slot: Indices
    suppliers: Numbers
    supplier_of_slot: Indices
    footings: Footings
    adaptations: Numbers
    target_groups: Numbers
    demands: Demanded


def shared_numbers(people: CandidateColumns, slots: SlotColumns) -> SharedNumbers:
    """Number every code that a rule or a criterion reads."""
    ssyk, ssyk_of_slot = _distinct(slots.ssyk)
    suppliers, supplier_of_slot = _distinct(slots.supplier_id)
    return SharedNumbers(
        ssyk=ssyk,
        ssyk_of_slot=ssyk_of_slot,
        suppliers={name: number for number, name in enumerate(suppliers)},
        supplier_of_slot=supplier_of_slot,
        footings=footings(slots),
        adaptations=numbering(used(people.needed_adaptations)),
        target_groups=numbering(used(slots.target_groups)),
        demands=demanded(slots.required, slots.preferred),
    )


def _distinct(names: Names) -> tuple[tuple[str, ...], Indices]:
    codes, number = np.unique(names, return_inverse=True)
    return tuple(codes.tolist()), number.astype(np.int32)


@dataclass(frozen=True, slots=True)
class Standing:
    """Periods by person: those of row r are start[r] .. start[r + 1].

    A placement on footing f that begins on day d runs into the period where
    since[k, f] <= d <= last[k] and (d >= first[k] or the slot ends on first[k] or later).
    """

    start: Ints
    first: Ints
    last: Ints
    since: Ints


def standing(
    placed: Ints,
    available_from: Ints,
    available_to: Ints,
    programmes: Clearances,
    known: Footings,
    first_day: int,
) -> Standing:
    """``placed`` (k, 3): row, first and last day. Periods that are over before anyone could begin
    are left out."""
    row, first, last = placed[np.argsort(placed[:, 0], kind="stable")].T
    matters = (last >= first_day) & (last >= available_from[row])
    row, first, last = row[matters], first[matters], last[matters]
    longest = _first_long_enough(programmes, row, known)
    since = np.where(longest > 0, earliest_start_for(first[:, None], longest), 0)
    cut_off = first > available_to[row]
    since[cut_off] = first[cut_off, None]
    lengths = np.bincount(row, minlength=len(available_from))
    return Standing(starts_of(lengths), first, last, since)


def _first_long_enough(programmes: Clearances, rows: Ints, known: Footings) -> Ints:
    """(k, F) months of the first programme of ``rows`` (k,) that is open and long enough on each
    footing, 0 for none."""
    months, column = listed(known, programmes, rows)
    found = np.zeros((len(rows), len(known)), dtype=np.int64)
    for longest, code in zip(months.T[::-1], column.T[::-1], strict=True):
        fits = (longest[:, None] >= known.months) & ~known.closed.T[code]
        found = np.where(fits, longest[:, None], found)
    return found


@dataclass(frozen=True, slots=True)
class PreparedSlots:
    """One row per slot, S rows.

    ``start``: the earliest start, but not before the day of the run. ``latest_from``: the last day
    on which someone can become available and still have the slot's months, 0 where nobody can.
    ``needed_until``: the last day of the months that begin on ``start``. ``footing`` numbers
    the footings. ``area``: as in ``homes``. ``extent`` (S, 2) has the clause's minimum in it.
    ``languages``: how many are required. ``wanted`` (S, groups).
    """

    ssyk: Indices
    start: Ints
    latest_from: Ints
    needed_until: Ints
    end: Ints
    months: Ints
    footing: Indices
    extent: Ints
    position: Floats
    area: Indices
    supplier: Indices
    adaptations: Words
    wanted: Mask
    required: Words
    preferred: Words
    margin: Words
    languages: Ints
    closed: Mask

    def __len__(self) -> int:
        return len(self.ssyk)


@dataclass(frozen=True, slots=True)
class PreparedCandidates:
    """One row per candidate, n rows.

    ``longest_stay``: the most whole months between both ends of the person's time, -1 for none.
    ``valid_to`` (n, groups): the last day in each target group, 0 where it is before the person's
    first day. ``avoided``: positions ``avoided_start[r] .. avoided_start[r + 1]`` number suppliers.
    """

    occupations: CodeLists
    position: Floats
    homes: Homes
    longest_metres: Ints
    travel: TravelBounds
    available_from: Ints
    available_to: Ints
    longest_stay: Ints
    programmes: Clearances
    extent: Ints
    needed: Words
    valid_to: Ints
    avoided_start: Ints
    avoided: Indices
    standing: Standing
    waiting_since: Ints
    waited: Ints
    agreed: Mask
    has: Words

    def __len__(self) -> int:
        return len(self.waited)


def prepared_slots(slots: SlotColumns, numbers: SharedNumbers, as_of: int) -> PreparedSlots:
    start = np.maximum(slots.earliest_start, as_of)
    months = slots.minimum_months
    needed_until = last_day_of(start, months)
    latest_from = np.minimum(slots.latest_start, latest_start_for(slots.end, months))
    possible = (start <= slots.latest_start) & (needed_until <= slots.end)
    least = np.maximum(slots.extent[:, 0], slots.minimum_extent)
    return PreparedSlots(
        ssyk=numbers.ssyk_of_slot,
        start=start,
        latest_from=np.where(possible, latest_from, 0),
        needed_until=needed_until,
        end=slots.end,
        months=months,
        footing=numbers.footings.of_slot,
        extent=np.stack([least, slots.extent[:, 1]], axis=1),
        position=unit_vectors(slots.position),
        area=areas(slots),
        supplier=numbers.supplier_of_slot,
        adaptations=words(slots.adaptations, numbers.adaptations),
        wanted=flags(slots.target_groups, numbers.target_groups),
        required=asked(slots.required, numbers.demands),
        preferred=asked(slots.preferred, numbers.demands),
        margin=margins(slots.required, numbers.demands),
        languages=slots.required.languages.lengths(),
        closed=slots.is_closed(),
    )


def prepared_candidates(
    people: CandidateColumns, numbers: SharedNumbers, slots: PreparedSlots, as_of: int
) -> PreparedCandidates:
    ends = (people.available_from, people.available_to)
    avoided_start, avoided = _avoided(people, numbers)
    longest_metres = 1000 * people.maximum_distance_km
    programmes = clearances(people.programmes, numbers.footings)
    return PreparedCandidates(
        occupations=people.occupations,
        position=unit_vectors(people.position),
        homes=homes(people, slots.area, slots.position[:, 2]),
        longest_metres=longest_metres,
        travel=travel_bounds(longest_metres),
        available_from=ends[0],
        available_to=ends[1],
        longest_stay=months_between(ends[0], ends[1] + 1),
        programmes=programmes,
        extent=people.extent,
        needed=words(people.needed_adaptations, numbers.adaptations),
        valid_to=_validity(people, numbers),
        avoided_start=avoided_start,
        avoided=avoided,
        standing=standing(people.placed, *ends, programmes, numbers.footings, as_of),
        waiting_since=people.waiting_since,
        waited=np.maximum(as_of - people.waiting_since, 0),
        agreed=people.agreed_to_be_proposed,
        has=held(people.qualifications, numbers.demands),
    )


def _validity(people: CandidateColumns, numbers: SharedNumbers) -> Ints:
    found = np.zeros((len(people), len(numbers.target_groups)), dtype=np.int64)
    number, rows = translated(people.target_groups, numbers.target_groups), people.target_groups
    counts = (number >= 0) & (rows.value >= people.available_from[rows.rows()])
    found[rows.rows()[counts], number[counts]] = rows.value[counts]
    return found


def _avoided(people: CandidateColumns, numbers: SharedNumbers) -> tuple[Ints, Indices]:
    """Each person's avoided suppliers among those of the slots, each once."""
    number, width = translated(people.avoided_suppliers, numbers.suppliers), len(numbers.suppliers)
    key = people.avoided_suppliers.rows().astype(np.int64) * max(width, 1) + number
    row, supplier = np.divmod(distinct(key[number >= 0]), max(width, 1))
    lengths = np.bincount(row, minlength=len(people))
    return starts_of(lengths), supplier.astype(np.int32)
