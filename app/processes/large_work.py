"""A child process for work that would hold up every other call if a thread of the server did it.

There is one, started when it is first needed. It does one thing at a time and ends with its parent.
"""

import pickle
import signal
import traceback
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from threading import BoundedSemaphore, Lock
from typing import Any, NamedTuple, ParamSpec, TypeVar

from app.errors import Busy
from app.processes.urgency import give_way
from app.settings import BACKGROUND_FROM_ROWS

Given = ParamSpec("Given")
Result = TypeVar("Result")

MOST_IN_LINE = 8
"""The one at work included: each holds one of the server's forty threads."""

SECONDS_TO_END = 5


class Child(NamedTuple):
    process: SpawnProcess
    wire: Connection

    @classmethod
    def begin(cls) -> "Child":
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs,), daemon=True)
        process.start()
        theirs.close()  # only the child holds it, so that we see when it dies
        return cls(process, ours)

    def end(self) -> None:
        self.wire.close()
        self.process.join(SECONDS_TO_END)
        self.process.kill()
        self.process.join()


class LargeWork:
    """Does work on few rows here, at once, and work on many rows in the child."""

    def __init__(self, from_rows: int = BACKGROUND_FROM_ROWS) -> None:
        self._from_rows = from_rows
        self._line = BoundedSemaphore(MOST_IN_LINE)
        self._turn = Lock()
        self._child: Child | None = None

    def is_for(self, rows: int) -> bool:
        """Whether so many candidates and slots are too many for a thread of the server."""
        return rows >= self._from_rows

    def run(
        self,
        rows: int,
        work: Callable[Given, Result],
        /,
        *given: Given.args,
        **named: Given.kwargs,
    ) -> Result:
        """Returns or raises what `work`, a module's function, does; its arguments and result are
        pickled, but bytes among the arguments, which may be many, are sent without a copy. Raises
        Busy where too many calls wait already."""
        if not self.is_for(rows):
            return work(*given, **named)
        if not self._line.acquire(blocking=False):
            raise Busy("Other large computations are waiting already. Try again in a while.")
        try:
            with self._turn:
                done, result = self._ask((work, tuple(map(_uncopied, given)), named))
        finally:
            self._line.release()
        if not done:
            raise result
        answer: Result = result
        return answer

    def close(self) -> None:
        """Ends the child; the next work starts another one."""
        with self._turn:
            if self._child is not None:
                self._child.end()
                self._child = None

    def _idle(self) -> Child | None:
        """The child that waits for work; None where there is none, or where it has died."""
        if self._child is not None and not self._child.process.is_alive():
            self._child.end()
            self._child = None
        return self._child

    def _ask(self, order: Any) -> tuple[bool, Any]:
        child, self._child = self._idle() or Child.begin(), None
        try:
            _send(child.wire, order)
            answer: tuple[bool, Any] = child.wire.recv()
        except (EOFError, OSError) as error:
            child.end()
            raise ChildProcessError("the child process ended before it answered") from error
        except BaseException:
            child.end()
            raise
        self._child = child
        return answer


def _work(wire: Connection) -> None:
    """Runs in the child until its parent closes the wire or ends."""
    # Ctrl-C in a terminal reaches the child too, but the parent lets begun work finish.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    give_way()
    while True:
        try:
            wire.send(_answered(*_received(wire)))
        except (EOFError, OSError):
            return


def _uncopied(argument: Any) -> Any:
    is_bytes = isinstance(argument, bytes | bytearray)
    return pickle.PickleBuffer(argument) if is_bytes else argument


def _send(wire: Connection, order: Any) -> None:
    """Sends the buffers after the order: pickled into it, each would be in memory twice."""
    buffers: list[pickle.PickleBuffer] = []
    pickled = pickle.dumps(order, protocol=5, buffer_callback=buffers.append)
    wire.send((pickled, len(buffers)))
    for buffer in buffers:
        wire.send_bytes(buffer.raw())


def _received(wire: Connection) -> Any:
    pickled, buffers = wire.recv()
    return pickle.loads(pickled, buffers=[wire.recv_bytes() for _ in range(buffers)])  # noqa: S301  # from our own parent


def _answered(
    work: Callable[..., Any], given: tuple[Any, ...], named: dict[str, Any]
) -> tuple[bool, Any]:
    try:
        return True, work(*given, **named)
    except Exception as error:
        error.add_note(f"In the child process:\n{traceback.format_exc()}")
        return False, error
