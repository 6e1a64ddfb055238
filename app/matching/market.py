"""The market: slots with places, candidates, and the feasible pairs between them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, slots=True)
class Market:
    """Pairs in canonical CSR order by slot; the index order is the canonical order."""

    places: NDArray[np.int64]
    tiers: NDArray[np.int8]
    candidates: int
    indptr: NDArray[np.int64]
    candidate: NDArray[np.int32]
    points: NDArray[np.int64]
    placements_before_points: bool = False

    @classmethod
    def from_arrays(
        cls,
        *,
        places: ArrayLike,
        tiers: ArrayLike,
        candidates: int,
        slot: ArrayLike,
        candidate: ArrayLike,
        points: ArrayLike,
        placements_before_points: bool = False,
    ) -> "Market":
        """Build from columns in any row order."""
        raise NotImplementedError
