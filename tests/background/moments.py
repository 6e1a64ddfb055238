"""A process that does runs in copies of itself, and kills each copy at a given moment.

A moment is just before a statement or a commit; number 1 is the first. The process is given the
address of a database. It reads a line for each run, with its id and the moment, and answers with
the exit code of the copy: -9 when it was killed, 0 when it finished. For moment 0 it does the run
itself, without a copy, so that everything is loaded and later copies are quick.
"""

import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from uuid import UUID

from sqlalchemy import event

from app.background.runs import do_run
from app.db import Database
from app.logs import log_as_json


def main(url: str) -> None:
    log_as_json()
    database = Database(url)
    for line in sys.stdin:
        match_run_id, moment = line.split()
        print(code_of(database, UUID(match_run_id), int(moment)), flush=True)


def code_of(database: Database, match_run_id: UUID, moment: int) -> int:
    if moment == 0:
        do_run(database, match_run_id)
        database.dispose()  # a copy must not share a connection
        return 0
    child = os.fork()
    if child == 0:
        kill = killer(moment)
        event.listen(database.engine, "before_cursor_execute", kill)
        event.listen(database.engine, "commit", kill)
        do_run(database, match_run_id)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killer(moment: int) -> Callable[..., None]:
    moments = count(1)

    def kill(*_details: object) -> None:
        if next(moments) == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    return kill


if __name__ == "__main__":
    main(sys.argv[1])
