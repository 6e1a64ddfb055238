"""Does work in parts on all processors, for code that lets other threads run meanwhile."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Part = TypeVar("Part")
Result = TypeVar("Result")

THREADS = min(os.cpu_count() or 1, 8)


def each(work: Callable[[Part], Result], parts: Iterable[Part]) -> list[Result]:
    """The results of every part, in the order of the parts."""
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(work, parts))
