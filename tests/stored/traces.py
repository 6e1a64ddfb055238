"""Looks through everything that is stored for what is left of a person."""

import zlib
from typing import Any

from sqlalchemy import select
from sqlmodel import SQLModel

from app.db import Database

ZLIB_MAGIC = b"\x78"


def everything_in(database: Database) -> str:
    """Every value of every column of every table, decompressed where it is compressed."""
    return "\n".join(tables_in(database).values())


def tables_in(database: Database) -> dict[str, str]:
    """Every value of every table, by the table's name."""
    with database.reading() as session:
        return {
            table.name: "\n".join(
                readable(value) for row in session.execute(select(table)) for value in row
            )
            for table in SQLModel.metadata.sorted_tables
        }


def readable(value: Any) -> str:
    if not isinstance(value, bytes):
        return str(value)
    content = zlib.decompress(value) if value.startswith(ZLIB_MAGIC) else value
    return content.decode(errors="replace")  # a snapshot holds numbers between its texts
