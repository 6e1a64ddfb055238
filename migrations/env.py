"""How Alembic meets the database: the service's own connection, or HANDSLAG_DATABASE_URL."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy.engine import Connection
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import app.models  # noqa: F401  # makes every table known to the metadata
from app.db import Database
from app.migrating import is_ours
from app.models.rows import JsonOf, UtcDateTime
from app.settings import Settings


def render_plainly(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Migrations outlive the code, so that they name only plain column types."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, JsonOf):
        return "sa.JSON()"
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        render_item=render_plainly,
        compare_type=True,
        include_name=is_ours,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    database = Database(Settings().database_url)
    with database.migrating() as own:
        run(own)
    database.dispose()
