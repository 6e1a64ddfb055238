"""Engine and sessions, the same for SQLite and PostgreSQL."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session

from app.errors import Busy, Conflict, Unavailable

# The server's thread pool has forty threads, and each may hold one connection.
CONNECTIONS = 40
POSTGRESQL_BUSY = {
    "55P03",
    "40P01",
    "40001",
}  # lock timeout, deadlock, serialization failure
# connection lost, out of resources or of space, being shut down or started
POSTGRESQL_AWAY = ("08", "53", "57P")
SQLITE_AWAY = {
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
}
# secure_delete overwrites a deleted person in the file; otherwise the bytes would stay there.
SQLITE_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
UNIQUE_VIOLATIONS = {"23505", sqlite3.SQLITE_CONSTRAINT_UNIQUE}
FOREIGN_KEY_VIOLATIONS = {"23503", sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY}


class MigrationError(RuntimeError):
    """A migration failed; the database is as it was before."""


class Database:
    """One engine that gives two kinds of session: one that reads and one that writes."""

    def __init__(self, url: str, lock_timeout_seconds: float = 10.0) -> None:
        self.engine = _create_engine(url, lock_timeout_seconds)
        self._reader = self.engine.execution_options(**_reading_options(self.engine))
        self._writer = self.engine.execution_options(handslag_writes=True)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Gives a session that sees one moment of the database and stores nothing."""
        try:
            with Session(self._reader, autoflush=False) as session:
                yield session
        except OperationalError as error:
            raise _as_unavailable(error) or error from error

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """The one place where a writing transaction begins and is committed."""
        try:
            with (
                Session(self._writer, expire_on_commit=False) as session,
                session.begin(),
            ):
                # SQLite's write lock is taken now, because taking it after a read can fail.
                session.connection()
                yield session
        except OperationalError as error:
            if _is_busy(error):
                raise Busy("Another change holds what this one needs. Try again.") from error
            raise _as_unavailable(error) or error from error
        except IntegrityError as error:
            raise _as_conflict(error) or error from error

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """A writing connection on which SQLite can replace a table that others refer to."""
        is_sqlite = self.engine.dialect.name == "sqlite"
        with self._writer.connect() as connection:
            raw: Any = connection.connection  # this pragma has no effect inside a transaction
            if is_sqlite:
                raw.execute("PRAGMA foreign_keys=OFF")
            try:
                with connection.begin():
                    yield connection
                    if is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                        raise MigrationError("The migration would leave rows that lean on nothing.")
            finally:
                if is_sqlite:
                    raw.execute("PRAGMA foreign_keys=ON")

    def overwrite_deleted(self) -> None:
        """Empties SQLite's log, which still holds what was deleted. While someone else reads, the
        log stays until the next call or a clean stop."""
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as connection:
                raw: Any = connection.connection  # a checkpoint must run outside a transaction
                raw.execute("PRAGMA busy_timeout=1000")
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                connection.detach()

    def dispose(self) -> None:
        self.engine.dispose()


def _create_engine(url: str, lock_timeout_seconds: float) -> Engine:
    if make_url(url).get_backend_name() == "sqlite":
        return _create_sqlite_engine(url, lock_timeout_seconds)
    options = (
        f"-c lock_timeout={round(lock_timeout_seconds * 1000)} -c timezone=UTC -c datestyle=ISO"
    )
    return create_engine(
        url,
        pool_size=CONNECTIONS // 2,
        max_overflow=CONNECTIONS // 2,
        pool_pre_ping=True,
        hide_parameters=True,  # errors are logged, and parameters may be about a person
        connect_args={"options": options},
    )


def _create_sqlite_engine(url: str, lock_timeout_seconds: float) -> Engine:
    _create_for_owner_only(url)
    engine = create_engine(
        url,
        pool_size=CONNECTIONS,
        hide_parameters=True,  # see above
        connect_args={"timeout": lock_timeout_seconds, "check_same_thread": False},
    )
    event.listen(engine, "connect", _set_up_sqlite_connection)
    event.listen(engine, "begin", _begin_sqlite_transaction)
    return engine


def _create_for_owner_only(url: str) -> None:
    """Creates the file for its owner only; SQLite would let everyone on the machine read it."""
    file = make_url(url).database
    if file and file != ":memory:" and Path(file).parent.is_dir():
        Path(file).touch(mode=0o600)


def _set_up_sqlite_connection(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver begins no transactions by itself
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite_transaction(connection: Connection) -> None:
    writes = connection.get_execution_options().get("handslag_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _reading_options(engine: Engine) -> dict[str, Any]:
    if engine.dialect.name == "sqlite":
        return {}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def _is_busy(error: OperationalError) -> bool:
    if isinstance(error.orig, sqlite3.OperationalError):
        return error.orig.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    return getattr(error.orig, "sqlstate", None) in POSTGRESQL_BUSY


def _as_unavailable(error: OperationalError) -> Unavailable | None:
    """Turns an error of the database itself into Busy or Unavailable."""
    original = error.orig
    if isinstance(original, sqlite3.OperationalError):
        is_away = original.sqlite_errorcode & 0xFF in SQLITE_AWAY
    else:
        state = getattr(original, "sqlstate", None)
        is_away = state is None or state.startswith(POSTGRESQL_AWAY)
    if not is_away:
        return None
    return Unavailable("The database does not answer, or cannot store. Try again in a while.")


def _as_conflict(error: IntegrityError) -> Conflict | None:
    """Two changes at once both passed the service's checks; a constraint refused the later one."""
    original = error.orig
    code = getattr(original, "sqlstate", None) or getattr(original, "sqlite_errorcode", None)
    if code in UNIQUE_VIOLATIONS:
        return Conflict("already-exists", "Another one with the same unique value exists.")
    if code in FOREIGN_KEY_VIOLATIONS:
        return Conflict(
            "changed-meanwhile",
            "Something that this needs was deleted, or came into use, at the same moment. "
            "Read it again and retry.",
        )
    return None
