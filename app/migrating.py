"""Which migration a database has reached, and how it is taken to the newest."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect
from sqlalchemy.exc import SQLAlchemyError

from app.db import Database
from app.errors import HandslagError

CARRIED = Path(__file__).parent / "migrations"  # in a wheel
HISTORY = CARRIED if CARRIED.is_dir() else Path(__file__).parents[1] / "migrations"
QUEUE_PREFIX = "procrastinate_"


def is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Whether Alembic compares the object; the queue's tables in PostgreSQL are procrastinate's."""
    return kind != "table" or name is None or not name.startswith(QUEUE_PREFIX)


def migrate(database: Database) -> None:
    """Takes the database to the newest migration, if it is not there already."""
    # The check is made as a writer, so that of two processes the second sees the first's migration.
    with database.migrating() as connection:
        _refuse_foreign(connection)
        config = _config()
        _refuse_newer(connection, config)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _refuse_foreign(connection: Connection) -> None:
    tables = set(inspect(connection).get_table_names())
    if tables and "alembic_version" not in tables:
        raise HandslagError(
            f"The database has tables of something else ({min(tables)}). Give Handslag its own."
        )


def _refuse_newer(connection: Connection, config: Config) -> None:
    current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise HandslagError(
            f"The database stands at migration {current}, which this Handslag does not know: a "
            "newer one has used it. Install that, or restore the backup from before."
        )


def is_newest(database: Database) -> bool:
    try:
        with database.engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError:
        return False
    return current == ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(HISTORY))
    return config
