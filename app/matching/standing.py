"""Placements that stand, and from which first day a new one would run into them."""

from dataclasses import dataclass

import numpy as np

from app.matching.arrays import Ints
from app.matching.lists import CodeLists, padded, starts_of
from app.matching.months import earliest_start_for


@dataclass(frozen=True, slots=True)
class Standing:
    """Periods by person: those of row r are start[r] .. start[r + 1].

    A placement of a slot with the m-th number of months that begins on day d runs into the period
    where since[k, m] <= d <= last[k] and (d >= first[k] or the slot ends on first[k] or later).
    """

    start: Ints
    first: Ints
    last: Ints
    since: Ints


def standing(
    placed: Ints,
    available_from: Ints,
    available_to: Ints,
    programmes: CodeLists,
    months: Ints,
    first_day: int,
) -> Standing:
    """``placed`` (k, 3): row, first and last day. ``months`` (M,): the distinct numbers of months
    that slots ask for. Periods that are over before anyone could begin are left out."""
    row, first, last = placed[np.argsort(placed[:, 0], kind="stable")].T
    matters = (last >= first_day) & (last >= available_from[row])
    row, first, last = row[matters], first[matters], last[matters]
    longest = _first_long_enough(padded(programmes.start, programmes.value, row, 0), months)
    since = np.where(longest > 0, earliest_start_for(first[:, None], longest), 0)
    cut_off = first > available_to[row]
    since[cut_off] = first[cut_off, None]
    lengths = np.bincount(row, minlength=len(available_from))
    return Standing(starts_of(lengths), first, last, since)


def _first_long_enough(programmes: Ints, months: Ints) -> Ints:
    """(k, M) months of the first programme (k, K) that is long enough, 0 for none."""
    found = np.zeros((len(programmes), len(months)), dtype=np.int64)
    for longest in programmes.T[::-1]:
        found = np.where(longest[:, None] >= months, longest[:, None], found)
    return found
