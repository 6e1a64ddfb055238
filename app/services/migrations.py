"""Where a database stands in the one history of migrations, and how it gets to the newest."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError

from app.db import Database

HISTORY = Path(__file__).parents[2] / "migrations"


def migrate(database: Database) -> None:
    """Takes the database to the newest migration; one that is there already is left alone."""
    # As a writer: of two processes that migrate one SQLite file, the second must see the first's.
    with database.migrating() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


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
