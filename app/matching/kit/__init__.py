"""What every part of the engine stands on; everything outside imports it from here.

1. ``arrays``: numpy's array types, named by what they hold.
2. ``compiling``: functions that numba compiles where it is installed.
3. ``threads``: work in parts on all processors.
4. ``overlaps``: how many periods hold at once, in plain Python.

It imports numpy, and nothing of the engine.
"""

from app.matching.kit.arrays import (
    Array,
    Counts,
    Floats,
    Indices,
    Ints,
    Levels,
    Mask,
    Names,
    Words,
)
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
