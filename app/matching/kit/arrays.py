"""The array types of the engine, by what they hold."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

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
