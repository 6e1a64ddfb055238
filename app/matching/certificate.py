"""The proof that a pairing is optimal, checked on every feasible pair without the solver.

Weak duality: with prices p, c >= 0 and p[slot] + c[candidate] >= weight on every feasible pair,
no pairing is worth more than sum(places * p) + sum(c). A pairing that is worth just that is
therefore optimal.
"""

import numpy as np

from app.matching.arrays import Indices, Ints
from app.matching.errors import CertificateError
from app.matching.market import Edges


def check(
    edges: Edges,
    places: Ints,
    weights: Ints,
    slot_of: Indices,
    slot_price: Ints,
    candidate_price: Ints,
) -> int:
    """Check one pairing against one set of prices; the number of pairs checked.

    ``places``, ``slot_price``: (S,); ``weights``: (E,); ``slot_of``, ``candidate_price``: (n,);
    integers. Raises CertificateError for the first condition that fails.
    """
    _check_capacities(places, slot_of)
    primal = _worth_of_pairs(edges, weights, slot_of)
    if (slot_price < 0).any() or (candidate_price < 0).any():
        raise CertificateError("a price is negative")
    if (slot_price[edges.slot] + candidate_price[edges.candidate] < weights).any():
        raise CertificateError("a feasible pair is worth more than its two prices")
    dual = _exact_sum(slot_price, places) + _exact_sum(candidate_price)
    if primal != dual:
        raise CertificateError(f"the pairs are worth {primal}, the prices allow {dual}")
    return len(edges)


def _check_capacities(places: Ints, slot_of: Indices) -> None:
    taken = np.bincount(slot_of[slot_of >= 0], minlength=len(places))
    if len(taken) > len(places) or (taken > places).any():
        raise CertificateError("a slot holds more candidates than it has places")


def _worth_of_pairs(edges: Edges, weights: Ints, slot_of: Indices) -> int:
    used = edges.slot == slot_of[edges.candidate]
    if np.count_nonzero(used) != np.count_nonzero(slot_of >= 0):
        raise CertificateError("a candidate is matched in a pair that is not feasible")
    return _exact_sum(weights[used])


def _exact_sum(values: Ints, times: Ints | None = None) -> int:
    """Summed as Python integers, since blocks together may pass int64."""
    if times is None:
        return sum(values.tolist())
    return sum(value * count for value, count in zip(values.tolist(), times.tolist(), strict=True))
