"""The proof that a pairing is optimal, checked on every feasible pair without the solver.

Weak duality: with prices p, c >= 0 and p[slot] + c[candidate] >= weight on every feasible pair,
no pairing is worth more than sum(places * p) + sum(c). A pairing that is worth just that is
therefore optimal.
"""

import numpy as np

from app.matching.errors import CertificateError
from app.matching.kit import Indices, Ints, compiled, numba_is_used
from app.matching.optimum.market import Edges

AT_ONCE = 2**15
"""Pairs that numpy compares together: few enough to stay in the processor's cache."""

COMPILED_FROM = 1_000_000
"""Pairs from which compiled code, twice as fast, is worth loading."""


def check(
    edges: Edges,
    places: Ints,
    points: Ints,
    slot_of: Indices,
    slot_price: Ints,
    candidate_price: Ints,
    bonus: Ints | None = None,
) -> int:
    """Check one pairing against one set of prices; the number of pairs checked.

    ``places``, ``slot_price``: (S,); ``points``: (E,); ``slot_of``, ``candidate_price``: (n,);
    ``bonus``: (S,) what each pair of a slot is worth beyond its points, nothing unless given;
    integers. Raises CertificateError for the first condition that fails.
    """
    _check_capacities(places, slot_of)
    added = np.zeros_like(slot_price) if bonus is None else bonus
    primal = _worth_of_pairs(edges, points, added, slot_of)
    if (slot_price < 0).any() or (candidate_price < 0).any():
        raise CertificateError("a price is negative")
    _check_every_pair(edges, points, added - slot_price, candidate_price)
    dual = _exact_sum(slot_price, places) + _exact_sum(candidate_price)
    if primal != dual:
        raise CertificateError(f"the pairs are worth {primal}, the prices allow {dual}")
    return len(edges)


def _check_every_pair(edges: Edges, points: Ints, beyond: Ints, candidate_price: Ints) -> None:
    """``beyond``: (S,) the bonus of the slot's pairs less the slot's price."""
    if len(edges) >= COMPILED_FROM and numba_is_used():
        found = no_pair_above(edges.indptr, edges.candidate, points, beyond, candidate_price)
    else:
        found = _no_pair_above(edges, points, beyond, candidate_price)
    if not found:
        raise CertificateError("a feasible pair is worth more than its two prices")


@compiled
def no_pair_above(
    indptr: Ints, candidate: Indices, points: Ints, beyond: Ints, candidate_price: Ints
) -> bool:
    """Whether every pair is worth at most its two prices."""
    for slot in range(len(beyond)):
        for pair in range(indptr[slot], indptr[slot + 1]):
            if candidate_price[candidate[pair]] < points[pair] + beyond[slot]:
                return False
    return True


def _no_pair_above(edges: Edges, points: Ints, beyond: Ints, candidate_price: Ints) -> bool:
    """The same by numpy, for many pairs at once."""
    for first in range(0, len(edges), AT_ONCE):
        part = slice(first, first + AT_ONCE)
        least = beyond.take(edges.slot[part]) + points[part]
        if (candidate_price.take(edges.candidate[part]) < least).any():
            return False
    return True


def _check_capacities(places: Ints, slot_of: Indices) -> None:
    taken = np.bincount(slot_of[slot_of >= 0], minlength=len(places))
    if len(taken) > len(places) or (taken > places).any():
        raise CertificateError("a slot holds more candidates than it has places")


def _worth_of_pairs(edges: Edges, points: Ints, bonus: Ints, slot_of: Indices) -> int:
    matched = np.flatnonzero(slot_of >= 0)
    used = edges.positions(slot_of[matched], matched)
    if (used < 0).any():
        raise CertificateError("a candidate is matched in a pair that is not feasible")
    return _exact_sum(points[used] + bonus[slot_of[matched]])


def _exact_sum(values: Ints, times: Ints | None = None) -> int:
    """The sum of non-negative numbers, by Python's integers where int64 might overflow."""
    count = np.ones_like(values) if times is None else times
    if int(values.max(initial=0)) * int(count.sum()) < 2**63:
        return int(values @ count)
    return sum(value * each for value, each in zip(values.tolist(), count.tolist(), strict=True))
