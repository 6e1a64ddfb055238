"""The second door: ready-made pairs with points in, a certified optimal assignment out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.matching.market import Market
from app.matching.results import Certificate, Objective, Value


@dataclass(frozen=True, slots=True)
class PriceIntervals:
    """Per slot (S,): minimum and maximum price; the maximum is None without places."""

    minimum: tuple[Value, ...]
    maximum: tuple[Value | None, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """``slot_of``: (n,) slot index of each candidate, or -1."""

    slot_of: NDArray[np.int32]
    objective: Objective
    prices: PriceIntervals
    certificate: Certificate


def assign(market: Market) -> Assignment:
    """Pair candidates with slots optimally and prove it."""
    raise NotImplementedError
