"""What every package of the engine needs: array types, compiling, threads, overlaps.

`arrays.py` names the array types by what they hold, `compiling.py` compiles one source where numba
is installed, `threads.py` works in parts on all processors, `overlaps.py` says how many periods
hold at once. All other packages import from here. Imports nothing of the engine.
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
