"""Opens a packed file as a database of either kind and migrates it to the newest migration."""

import json
import lzma
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Boolean, Date, DateTime, MetaData, Table, Uuid, insert
from sqlalchemy.types import TypeEngine

from app.db import Database
from app.migrating import migrate
from tests.conftest import LentDatabase
from tests.postgresql import give_back_database, new_unmigrated_database
from tests.test_migrations import move

FILES = sorted(Path(__file__).parent.glob("*.db.xz"))
# Turns SQLite's texts and numbers into values of PostgreSQL's column types.
VALUES: Mapping[type[TypeEngine[Any]], Callable[[Any], Any]] = {
    Uuid: UUID,
    Boolean: bool,
    Date: date.fromisoformat,
    DateTime: lambda text: datetime.fromisoformat(text).replace(tzinfo=UTC),
    JSON: json.loads,
}


def name_of(file: Path) -> str:
    return file.name.removesuffix(".db.xz")


def unpack(file: Path, folder: Path) -> Path:
    """Unpacks the file as a SQLite file, which replaces an earlier one."""
    unpacked = folder / name_of(file)
    unpacked.write_bytes(lzma.decompress(file.read_bytes()))
    return unpacked


@contextmanager
def opened(stored: Path, kind: str) -> Iterator[Database]:
    """The database at the newest migration."""
    if kind == "sqlite":
        with closing(LentDatabase(f"sqlite:///{stored}")) as database:
            migrate(database)
            yield database
        return
    url = new_unmigrated_database()
    with closing(LentDatabase(url)) as database:
        load(stored, database)
        migrate(database)
        yield database
    give_back_database(url)


def load(stored: Path, database: Database) -> None:
    """Inserts the rows into PostgreSQL, in the tables of the release."""
    tables = MetaData()
    with closing(sqlite3.connect(stored)) as source:
        source.row_factory = sqlite3.Row
        (revision,) = source.execute("SELECT version_num FROM alembic_version").fetchone()
        move(database, revision)
        tables.reflect(database.engine, only=names_of_tables(source))
        with database.writing() as session:
            for table in tables.sorted_tables:
                if rows := rows_of(source, table):
                    session.execute(insert(table), rows)


def names_of_tables(source: sqlite3.Connection) -> list[str]:
    every = source.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return [name for (name,) in every if name != "alembic_version"]


def rows_of(source: sqlite3.Connection, table: Table) -> list[dict[str, Any]]:
    """Rows in the order in which they were stored, so that a row comes after those it refers to."""
    readers = {column.name: reader_of(column.type) for column in table.columns}
    for column in table.columns:
        if isinstance(column.type, JSON):
            column.type.none_as_null = True
    rows = source.execute(f'SELECT * FROM "{table.name}" ORDER BY rowid')  # noqa: S608  # our own table names
    return [
        {name: None if row[name] is None else read(row[name]) for name, read in readers.items()}
        for row in rows
    ]


def reader_of(kind: TypeEngine[Any]) -> Callable[[Any], Any]:
    found = (read for shape, read in VALUES.items() if isinstance(kind, shape))
    return next(found, lambda value: value)
