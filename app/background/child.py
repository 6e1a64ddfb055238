"""The one child process that does the queued runs of a SQLite file, and then ends.

It ends with the service as well: the pipe that is its standard input closes when that dies.
"""

import os
import threading

from app.background.runs import do_run
from app.db import Database
from app.logs import log_as_json
from app.processes.garbage import collect_seldom
from app.services.runs.queue import oldest_queued
from app.settings import Settings

STANDARD_INPUT = 0
LESS_URGENT = 10  # than the service's answers, where both want the processor


def main() -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.nice(LESS_URGENT)
    log_as_json()
    collect_seldom()
    settings = Settings()
    database = Database(settings.database_url, settings.lock_timeout_seconds)
    do_queued_runs(database)
    database.dispose()


def do_queued_runs(database: Database) -> None:
    """One after the other, in the order in which they were ordered, until none is left."""
    while True:
        with database.reading() as session:
            match_run_id = oldest_queued(session)
        if match_run_id is None:
            return
        do_run(database, match_run_id)


def _end_with_parent() -> None:
    # The descriptor itself: a thread that waits in sys.stdin keeps its lock, on which a child whose
    # work is done would break off.
    while os.read(STANDARD_INPUT, 1):
        pass
    os._exit(1)  # at once: the database undoes what was not committed


if __name__ == "__main__":
    main()
