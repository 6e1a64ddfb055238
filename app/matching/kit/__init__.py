"""What every room of the engine stands on: array types, compiling, threads, overlaps.

Here are the array types, by what they hold. `compiling.py` compiles one source where numba is
installed, `threads.py` works in parts on all processors, `overlaps.py` says how many periods hold
at once. Everything outside imports from here. Imports nothing of the engine.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.matching.kit.compiling import NUMBA_IS_THERE, WITHOUT, Kernel, compiled, numba_is_used
from app.matching.kit.overlaps import most_together
from app.matching.kit.threads import THREADS, each

__all__ = [
    "NUMBA_IS_THERE",
    "THREADS",
    "WITHOUT",
    "Array",
    "Counts",
    "Floats",
    "Indices",
    "Ints",
    "Kernel",
    "Levels",
    "Mask",
    "Names",
    "Words",
    "compiled",
    "each",
    "most_together",
    "numba_is_used",
]

Array = NDArray[Any]
"""Of any type."""

Ints = NDArray[np.int64]
"""Sums, weights, points, counts, day numbers."""

Counts = NDArray[np.int32]
"""How many rows of the other side."""

Indices = NDArray[np.int32]
"""Positions in a list of slots, candidates or codes; -1 for none."""

Mask = NDArray[np.bool_]

Levels = NDArray[np.uint8]

Words = NDArray[np.uint64]
"""(rows, words): sets of codes as bits."""

Floats = NDArray[np.float64]
"""Only for positions on the sphere and inside linear_sum_assignment."""

Names = NDArray[np.str_]
"""Ids and references, as fixed-width strings."""
