"""Placements that stand, and from which first day a new one would run into them."""

from dataclasses import dataclass

import numpy as np

from app.matching.kit import Ints
from app.matching.sides.footings import Clearances, Footings, listed
from app.matching.values import earliest_start_for, starts_of


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
