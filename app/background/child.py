"""The child process that does the queued runs of a SQLite file, and then ends.

It also ends when the service ends, because its standard input, a pipe, closes then.
"""

import os
import threading

from app.background.runs import do_run
from app.db import Database
from app.logs import log_as_json
from app.processes.garbage import collect_seldom
from app.processes.urgency import give_way
from app.services.runs.queue import oldest_queued
from app.settings import Settings

STANDARD_INPUT = 0


def main() -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    give_way()
    log_as_json()
    collect_seldom()
    settings = Settings()
    database = Database(settings.database_url, settings.lock_timeout_seconds)
    do_queued_runs(database)
    database.dispose()


def do_queued_runs(database: Database) -> None:
    """Does the runs one after the other, in the order in which they were ordered."""
    while True:
        with database.reading() as session:
            match_run_id = oldest_queued(session)
        if match_run_id is None:
            return
        do_run(database, match_run_id)


def _end_with_parent() -> None:
    # Reads the descriptor, because a thread that waits in sys.stdin holds a lock, with which Python
    # cannot end normally.
    while os.read(STANDARD_INPUT, 1):
        pass
    os._exit(1)  # at once; the database rolls back what was not committed


if __name__ == "__main__":
    main()
