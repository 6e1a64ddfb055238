"""Room for a few large bodies at once, so that they do not fill the memory together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio

from app.errors import Unavailable

MOST_AT_ONCE = 3
"""One that is worked on, one that waits its turn, and one that is being read."""

SECONDS_TO_WAIT = 60.0
SECONDS_TO_ARRIVE = 120.0
"""A body of 32 MiB on a line of 2 Mbit/s; a slower one would keep the others out."""


class LargeBodies:
    """Lets in so many; others wait with their bodies unread, and not for ever."""

    def __init__(
        self,
        most_at_once: int = MOST_AT_ONCE,
        seconds_to_wait: float = SECONDS_TO_WAIT,
        seconds_to_arrive: float = SECONDS_TO_ARRIVE,
    ) -> None:
        self.seconds_to_arrive = seconds_to_arrive
        self._room = anyio.Semaphore(most_at_once)
        self._seconds_to_wait = seconds_to_wait

    @asynccontextmanager
    async def room(self) -> AsyncIterator[None]:
        """Raises Unavailable where there is no room in time."""
        try:
            with anyio.fail_after(self._seconds_to_wait):
                await self._room.acquire()
        except TimeoutError:
            detail = "Other large bodies are being worked on. Try again in a while."
            raise Unavailable(detail) from None
        try:
            yield
        finally:
            self._room.release()
