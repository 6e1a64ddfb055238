"""Lists that go from one process to another without a long stretch of work at either end."""

import pickle
from collections.abc import Iterator
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")

ITEMS_OF_A_PART = 50


class InParts(list[Item]):
    """A list that arrives in another process as Parts."""

    def __reduce__(self) -> tuple[Any, tuple[list[bytes]]]:
        firsts = range(0, len(self), ITEMS_OF_A_PART)
        return Parts, ([pickle.dumps(self[first : first + ITEMS_OF_A_PART]) for first in firsts],)


class Parts(Generic[Item]):
    """The items, made anew whenever one goes through them: never all at once, in memory or time."""

    def __init__(self, pickled: list[bytes]) -> None:
        self._pickled = pickled

    def __iter__(self) -> Iterator[Item]:
        for part in self._pickled:
            yield from pickle.loads(part)  # noqa: S301  # from our own child or parent
