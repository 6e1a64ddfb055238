"""Compiled counting: who is near, whose placements overlap which slots, which slot is nearest."""

from typing import NamedTuple

import numpy as np

from app.matching.kit import Floats, Indices, Ints, Mask, compiled


class Points(NamedTuple):
    """Points (k,) of the sphere in a row, each with an ``area`` and ``times`` slots on it."""

    x: Floats
    y: Floats
    z: Floats
    area: Indices
    times: Ints


class People(NamedTuple):
    """(n,) where each person is, how far they go, where they are at home (``Homes``), and the
    window low .. high of points."""

    position: Floats
    surely: Floats
    possibly: Floats
    home: Indices
    either: Indices
    low: Ints
    high: Ints


@compiled
def count_near(
    points: Points, people: People, first: int, last: int, of_point: Ints, of_person: Ints
) -> None:
    """Add to ``of_point`` (k,) how many of the people first .. last - 1 are near, and set
    ``of_person`` (n,) to how many slots are near each of them. Whom the bounds do not decide for
    every point counts nowhere and gets -1."""
    for c in range(first, last):
        x, y, z = people.position[c, 0], people.position[c, 1], people.position[c, 2]
        surely, possibly = people.surely[c], people.possibly[c]
        home, either = people.home[c], people.either[c]
        near, doubtful = 0, 0
        low, high = np.uint64(people.low[c]), np.uint64(people.high[c])
        for k in range(low, high):  # unsigned, so that no index can count from the end
            dx, dy, dz = points.x[k] - x, points.y[k] - y, points.z[k] - z
            squared = dx * dx + dy * dy + dz * dz
            if squared < surely or (home >= 0 and points.area[k] | either == home):
                near += points.times[k]
                of_point[k] += 1
            elif squared <= possibly:
                doubtful += 1
        if doubtful:
            for k in range(low, high):
                dx, dy, dz = points.x[k] - x, points.y[k] - y, points.z[k] - z
                squared = dx * dx + dy * dy + dz * dz
                if squared < surely or (home >= 0 and points.area[k] | either == home):
                    of_point[k] -= 1
            near = -1
        of_person[c] = near


class Periods(NamedTuple):
    """Placements that stand, by person in compressed rows, as in ``standing.Standing``."""

    start: Ints
    first: Ints
    last: Ints
    since: Ints
    available_from: Ints


class Starts(NamedTuple):
    """(S,) first day, last day and footing of each slot."""

    start: Ints
    end: Ints
    footing: Indices


@compiled
def count_run_into(
    periods: Periods, slots: Starts, rows: Ints, of_slot: Ints, of_row: Ints
) -> None:
    """For the people ``rows`` (k,): add to ``of_slot`` (S,) and set ``of_row`` (k,)."""
    for place in range(rows.shape[0]):
        c = rows[place]
        count, earliest = 0, periods.available_from[c]
        for s in range(slots.start.shape[0]):
            day = max(slots.start[s], earliest)
            footing, end, fails = slots.footing[s], slots.end[s], 0
            for k in range(periods.start[c], periods.start[c + 1]):
                runs_on = day >= periods.first[k] or end >= periods.first[k]
                if runs_on and periods.since[k, footing] <= day <= periods.last[k]:
                    fails = 1
            of_slot[s] += fails
            count += fails
        of_row[place] = count


@compiled
def find_nearest(
    slot: Indices,
    candidate: Indices,
    points: Ints,
    net_price: Ints,
    bounded: Mask,
    least: Ints,
    nearest: Indices,
) -> None:
    """For each pair in order: keep in ``least`` (n,) a candidate's smallest net price - points,
    and in ``nearest`` (n,) the first slot with it."""
    for k in range(slot.shape[0]):
        s, c = slot[k], candidate[k]
        gap = net_price[s] - points[k]
        if bounded[s] and gap < least[c]:
            least[c] = gap
            nearest[c] = s
