"""The child process for large work: its answers, errors, end and queue."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Queue

import pytest

from app.errors import Busy, FieldError, Invalid
from app.processes.large_work import MOST_IN_LINE, LargeWork

LARGE = 10


@pytest.fixture(scope="module")
def large_work() -> Iterator[LargeWork]:
    """The tests share one child, because starting it takes a while."""
    large_work = LargeWork(from_rows=LARGE)
    yield large_work
    large_work.close()


def process_and(given: object) -> tuple[int, object]:
    return os.getpid(), given


def refuse(pointer: str) -> None:
    raise Invalid(FieldError(pointer, "is wrong"))


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def read_to_the_end(file: Path) -> None:
    file.read_bytes()


def test_few_rows_are_dealt_with_here(large_work: LargeWork) -> None:
    assert large_work.run(LARGE - 1, process_and, "x") == (os.getpid(), "x")


def test_many_rows_are_dealt_with_in_one_other_process(large_work: LargeWork) -> None:
    first, second = (large_work.run(LARGE, process_and, given=name) for name in "ab")
    assert first[0] == second[0] != os.getpid()
    assert (first[1], second[1]) == ("a", "b")


def test_an_error_comes_back_with_its_pointer_and_where_it_was(large_work: LargeWork) -> None:
    with pytest.raises(Invalid) as refused:
        large_work.run(LARGE, refuse, "#/changes/0")
    assert refused.value.errors == (FieldError("#/changes/0", "is wrong"),)
    assert "in refuse" in refused.value.__notes__[0]


def test_a_child_that_dies_is_a_fault_once_and_the_next_call_has_a_new_one(
    large_work: LargeWork,
) -> None:
    before, _ = large_work.run(LARGE, process_and, "a")
    with pytest.raises(ChildProcessError):
        large_work.run(LARGE, die)
    assert large_work.run(LARGE, process_and, "a")[0] != before


def test_a_child_that_was_killed_while_it_had_nothing_to_do_is_missed_by_no_call(
    large_work: LargeWork,
) -> None:
    before, _ = large_work.run(LARGE, process_and, "a")
    os.kill(before, signal.SIGKILL)
    os.waitid(os.P_PID, before, os.WEXITED | os.WNOWAIT)
    assert large_work.run(LARGE, process_and, "a")[0] != before


def size_and(body: bytes | bytearray, given: object) -> tuple[type, int, object]:
    return type(body), len(body), given


@pytest.mark.parametrize("kind", [bytes, bytearray])
@pytest.mark.parametrize("size", [0, 1, 200_000])
def test_bytes_among_the_arguments_arrive_as_they_are(
    large_work: LargeWork, kind: type[bytes | bytearray], size: int
) -> None:
    """They are sent beside the order."""
    given = kind(b"x" * size)
    assert large_work.run(LARGE, size_and, given, b"y")[1:] == (size, b"y")
    assert large_work.run(LARGE, process_and, given)[1] == given


def test_what_cannot_be_sent_leaves_nothing_behind(large_work: LargeWork) -> None:
    with pytest.raises(Exception, match="pickle"):
        large_work.run(LARGE, process_and, threading.Lock())
    assert large_work.run(LARGE, process_and, "a")[1] == "a"


def test_a_closed_child_is_gone(large_work: LargeWork) -> None:
    process, _ = large_work.run(LARGE, process_and, "a")
    large_work.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_one_more_than_may_wait_is_busy(large_work: LargeWork, tmp_path: Path) -> None:
    gate, refused = tmp_path / "gate", Queue[Busy]()
    os.mkfifo(gate)

    def stand_in_line() -> None:
        try:
            large_work.run(LARGE, process_and, "x")
        except Busy as busy:
            refused.put(busy)

    first = threading.Thread(target=large_work.run, args=(LARGE, read_to_the_end, gate))
    others = [threading.Thread(target=stand_in_line) for _ in range(MOST_IN_LINE)]
    first.start()
    with gate.open("wb"):  # opening waits until the child reads; closing ends the child's work
        for thread in others:
            thread.start()
        refused.get(timeout=60)
        assert large_work.run(LARGE - 1, process_and, "x") == (os.getpid(), "x")
    for thread in (first, *others):
        thread.join()
    assert refused.empty()
    assert large_work.run(LARGE, process_and, "x")[1] == "x"


PARENT_THAT_IS_KILLED = """
import os, signal
from app.processes.large_work import LargeWork
from tests.processes.test_large_work import process_and
if __name__ == "__main__":
    print(LargeWork(0).run(0, process_and, "x")[0], flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_child_does_not_outlive_a_parent_that_is_killed(tmp_path: Path) -> None:
    program = tmp_path / "parent.py"
    program.write_text(PARENT_THAT_IS_KILLED)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    # Returns when nobody holds standard output any more, so that the child has ended too.
    killed = subprocess.run(
        [sys.executable, program], env=environment, capture_output=True, timeout=60
    )
    assert (killed.returncode, killed.stdout.strip().isdigit()) == (-signal.SIGKILL, True)
