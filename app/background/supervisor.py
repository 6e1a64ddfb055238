"""Background runs on SQLite: the service starts a child process while runs wait."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence

import structlog
from sqlalchemy import inspect

from app.db import Database
from app.models.match_runs import MatchRun, MatchRunStatus
from app.services.runs.queue import oldest_queued, put_back_lost, unfinished_runs

# -P: a folder `app` where the service was started is not ours.
COMMAND = (sys.executable, "-P", "-m", "app.background.child")
LONGEST_PAUSE = 60  # seconds before another child is started

log = structlog.get_logger()


class Supervisor:
    """Starts one child at a time, on demand, and queues runs again that a child left unfinished."""

    def __init__(
        self, database: Database, settings: dict[str, str], command: Sequence[str] = COMMAND
    ) -> None:
        """``settings``: the environment variables by which the child finds the database."""
        self._database = database
        self._settings = settings
        self._command = command
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self._is_wanted = False
        self._is_over = threading.Event()

    @property
    def process(self) -> int | None:
        """The id of the present child process, if there is one."""
        return self._child.pid if self._child else None

    def start(self) -> None:
        """Queues again the runs that an earlier process of the service left unfinished."""
        if inspect(self._database.engine).has_table(str(MatchRun.__tablename__)):
            self._put_back_left()
            self._wake_if_queued()

    def wake(self) -> None:
        """Has a child started, because a run waits."""
        with self._guard:
            self._is_wanted = True
            if self._thread is None and not self._is_over.is_set():
                self._thread = threading.Thread(target=self._look_after_children)
                self._thread.start()

    def break_off(self) -> None:
        """Ends the child whose run was cancelled, unless it has gone on to the next run."""
        with self._database.reading() as session:
            is_at_next = bool(unfinished_runs(session, MatchRunStatus.RUNNING))
        if not is_at_next:
            self._terminate()

    def stop(self) -> None:
        """Ends the child; the next process of the service does its run again."""
        self._is_over.set()
        self._terminate()
        if (thread := self._thread) is not None:
            thread.join()

    def _look_after_children(self) -> None:
        broken = 0
        while self._is_needed():
            broken = 0 if self._see_one_through() else broken + 1
            self._is_over.wait(min(max(0, broken - 1), LONGEST_PAUSE))

    def _see_one_through(self) -> bool:
        """Waits for one child to end and queues what it left; False where it ended by an error."""
        try:
            code = self._run_child()
            self._put_back_left()
            self._wake_if_queued()
        except Exception as error:  # the next round may succeed
            log.error("match runs cannot be looked after", exc_info=error)
            self.wake()
            return False
        if code in {0, -signal.SIGTERM}:
            return True
        log.error("the process for match runs broke off", code=code)
        return False

    def _is_needed(self) -> bool:
        with self._guard:
            needed = self._is_wanted and not self._is_over.is_set()
            self._is_wanted = False
            if not needed:
                self._thread = None
            return needed

    def _run_child(self) -> int:
        with self._guard:
            if self._is_over.is_set():
                return 0
            self._child = subprocess.Popen(  # noqa: S603  # the command is our own
                self._command, env=os.environ | self._settings, stdin=subprocess.PIPE
            )
        with self._child as child:
            code = child.wait()
        with self._guard:
            self._child = None
        return code

    def _terminate(self) -> None:
        with self._guard:
            if self._child is not None:
                self._child.terminate()

    def _put_back_left(self) -> None:
        """Queues running runs again: no child is at work, so that they were left."""
        with self._database.writing() as session:
            for match_run_id, attempt in unfinished_runs(session, MatchRunStatus.RUNNING).items():
                put_back_lost(session, match_run_id, attempt)

    def _wake_if_queued(self) -> None:
        with self._database.reading() as session:
            waiting = oldest_queued(session)
        if waiting is not None:
            self.wake()
