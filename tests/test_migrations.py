"""One history for both databases: up, down and up again, until the tables are those of the code."""

import ast
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from procrastinate.schema import SchemaManager
from sqlalchemy import (
    CHAR,
    JSON,
    CheckConstraint,
    Column,
    Engine,
    MetaData,
    Uuid,
    insert,
    inspect,
    text,
)
from sqlmodel import SQLModel

from app.db import Database
from app.migrating import HISTORY, is_newest, is_ours, migrate
from tests.postgresql import give_back_database, new_unmigrated_database

SAME_ID = UUID("7f1c9a52-3c8e-4f5c-9d55-0f6a5b1f2a10")
# 0004 stores unmatched candidates as columns, and drops earlier lists: no service was in use.
NOT_CARRIED_OVER = {"unmatched_candidates"}
LOSING, DELETING = {"drop_table", "drop_column"}, re.compile(r"\b(DELETE|TRUNCATE)\b")
NEVER_IMPORTED = {"app", "sqlmodel", "pydantic"}


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without any table."""
    is_sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path}/empty.db" if is_sqlite else new_unmigrated_database()
    database = Database(url)
    yield database
    database.dispose()
    if not is_sqlite:
        give_back_database(url)


def tables_of(engine: Engine) -> set[str]:
    """The tables that the code knows; another test checks those of the queue."""
    names = inspect(engine).get_table_names()
    return {name for name in names if name != "alembic_version" and is_ours(name, "table", {})}


def move(database: Database, to: str, by: Callable[..., None] = command.upgrade) -> None:
    config = Config()
    config.set_main_option("script_location", str(HISTORY))
    with database.migrating() as connection:
        config.attributes["connection"] = connection
        by(config, to)


class TestHistory:
    def test_goes_up_down_and_up(self, empty: Database) -> None:
        wanted = set(SQLModel.metadata.tables)
        move(empty, "head")
        assert tables_of(empty.engine) == wanted
        move(empty, "base", command.downgrade)
        assert tables_of(empty.engine) == set()
        move(empty, "head")
        assert tables_of(empty.engine) == wanted

    def test_leads_to_the_tables_of_the_code(self, empty: Database) -> None:
        migrate(empty)
        with empty.engine.connect() as connection:
            context = MigrationContext.configure(
                connection, opts={"compare_type": True, "include_name": is_ours}
            )
            assert compare_metadata(context, SQLModel.metadata) == []

    def test_checks_are_those_of_the_code(self, empty: Database) -> None:
        """Alembic itself does not compare CHECK constraints."""
        migrate(empty)
        there = inspect(empty.engine)
        for table in SQLModel.metadata.sorted_tables:
            stored = {check["name"] for check in there.get_check_constraints(table.name)}
            wanted = {
                str(rule.name) for rule in table.constraints if isinstance(rule, CheckConstraint)
            }
            assert stored == {name_in_database(table.name, name) for name in wanted}

    def test_keeps_every_row(self, empty: Database) -> None:
        """Foreign keys must hold while tables are replaced; an empty database would not show it."""
        move(empty, "0001")
        first = rows_of_the_first_house(empty)
        ways = (("head", command.upgrade), ("0001", command.downgrade), ("head", command.upgrade))
        for revision, by in ways:
            move(empty, revision, by)
            with empty.reading() as session:
                counted = {
                    name: session.execute(text(f"SELECT COUNT(*) FROM {name}")).scalar_one()  # noqa: S608  # our own table names
                    for name in first
                }
            assert counted == {name: int(name not in NOT_CARRIED_OVER) for name in first}

    def test_is_newest_only_at_the_end(self, empty: Database) -> None:
        assert not is_newest(empty)
        migrate(empty)
        assert is_newest(empty)

    def test_migrating_twice_changes_nothing(self, empty: Database) -> None:
        migrate(empty)
        migrate(empty)
        assert is_newest(empty)


def rows_of_the_first_house(database: Database) -> set[str]:
    """One row in every table of the first migration; all have the same id, so all are related."""
    tables = MetaData()
    tables.reflect(database.engine)
    with database.writing() as session:
        for table in tables.sorted_tables:
            if table.name != "alembic_version":
                values = {column.name: filling(column) for column in table.columns}
                session.execute(insert(table).values(values))
    return set(tables.tables) - {"alembic_version"}


def filling(column: Column[Any]) -> Any:
    """A value of the column's type; null where the column allows it and is not a reference."""
    if isinstance(column.type, Uuid | CHAR):  # SQLite stores ids as CHAR
        return SAME_ID if isinstance(column.type, Uuid) else SAME_ID.hex
    if column.nullable:
        return None
    if isinstance(column.type, JSON):
        return {}
    is_later = column.name in {"end_date", "latest_start"}
    of_kind: dict[type[Any], Any] = {
        str: {"kind": "dialogue", "status": "completed"}.get(column.name, "x"),
        int: 1,
        bool: False,
        bytes: b"",
        date: date(2018, 3, 2 if is_later else 1),
        datetime: datetime(2018, 3, 1, tzinfo=UTC),
    }
    return of_kind[column.type.python_type]


class TestQueue:
    """Procrastinate's own tables, which exist only on PostgreSQL."""

    OWN = "SELECT COUNT(*) FROM {} WHERE starts_with({}, 'procrastinate_')"
    KINDS = (("pg_class", "relname"), ("pg_proc", "proname"), ("pg_type", "typname"))

    def test_comes_and_goes_without_a_trace(self) -> None:
        url = new_unmigrated_database()
        database = Database(url)
        move(database, "head")
        assert all(self._counted(database))
        move(database, "base", command.downgrade)
        assert self._counted(database) == [0, 0, 0]
        database.dispose()
        give_back_database(url)

    def _counted(self, database: Database) -> list[int]:
        with database.engine.connect() as connection:
            return [
                connection.exec_driver_sql(self.OWN.format(*kind)).scalar_one()
                for kind in self.KINDS
            ]

    def test_schema_is_that_of_the_installed_version(self) -> None:
        """If this fails after an upgrade of procrastinate, docs/decisions/0010 says what to do."""
        *_, newest = sorted(HISTORY.glob("procrastinate_*.sql"))
        assert newest.read_text(encoding="utf-8") == SchemaManager.get_schema()


class TestAlembicCheck:
    def test_finds_nothing_to_do(self, empty: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        """An operator's `alembic check` leaves out the queue's tables by name."""
        migrate(empty)
        url = empty.engine.url.render_as_string(hide_password=False)
        monkeypatch.setenv("HANDSLAG_DATABASE_URL", url)
        config = Config(stdout=StringIO())
        config.set_main_option("script_location", str(HISTORY))
        command.check(config)  # raises where it finds a difference
        assert is_newest(empty)


def name_in_database(table: str, name: str) -> str:
    prefix = f"ck_{table}_"
    return name if name.startswith(prefix) else prefix + name


def scripts() -> list[Path]:
    return sorted((HISTORY / "versions").glob("*.py"))


@pytest.mark.parametrize("script", scripts(), ids=lambda path: path.stem)
class TestScript:
    def test_outlives_the_code(self, script: Path) -> None:
        tree = ast.parse(script.read_text())
        imported = {
            name.partition(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in ([alias.name for alias in node.names] + [getattr(node, "module", "")])
        }
        assert imported
        assert not imported & NEVER_IMPORTED

    def test_does_something_both_ways(self, script: Path) -> None:
        tree = ast.parse(script.read_text())
        for way in (way_of(tree, "upgrade"), way_of(tree, "downgrade")):
            called = {part for call in calls_in(way) for part in call}
            said = ast.get_docstring(way) or ""
            assert called & {"op", "batch_op"} or said.startswith("Nothing to do: ")

    def test_names_every_constraint(self, script: Path) -> None:
        assert unnamed_constraints(ast.parse(script.read_text())) == []

    def test_says_what_going_down_loses(self, script: Path) -> None:
        """A docstring also says what going up loses, where it loses anything."""
        assert unsaid_losses(ast.parse(script.read_text())) == []


ONLY_A_COLUMN = """
def upgrade() -> None:
    with op.batch_alter_table("slots", schema=None) as batch_op:
        batch_op.add_column(sa.Column("tools", sa.String(), nullable=True))


def downgrade() -> None:
    \"\"\"Loses which tools are needed in a slot.\"\"\"
    with op.batch_alter_table("slots", schema=None) as batch_op:
        batch_op.drop_column("tools")
"""


class TestRulesOfScripts:
    def test_one_that_only_adds_a_column_passes(self) -> None:
        tree = ast.parse(ONLY_A_COLUMN)
        assert (unnamed_constraints(tree), unsaid_losses(tree)) == ([], [])

    def test_constraint_without_a_name(self) -> None:
        unnamed = 'sa.UniqueConstraint("tools")'
        tree = ast.parse(ONLY_A_COLUMN.replace("nullable=True", unnamed))
        assert unnamed_constraints(tree) == [ast.unparse(ast.parse(unnamed))]

    @pytest.mark.parametrize(
        "body",
        [
            "op.drop_table('slots')",
            "op.execute('DELETE FROM slots')",
            "batch_op.drop_column('tools')",
            "'Loses it.'; op.drop_index('tools')",
        ],
    )
    def test_loss_that_nobody_says_or_that_is_none(self, body: str) -> None:
        tree = ast.parse(f"def upgrade(): pass\ndef downgrade(): {body}")
        assert unsaid_losses(tree) == ["downgrade"]


def unnamed_constraints(tree: ast.Module) -> list[str]:
    return [
        ast.unparse(call)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("Constraint")
        if "name" not in {keyword.arg for keyword in call.keywords}
    ]


def unsaid_losses(tree: ast.Module) -> list[str]:
    """The functions that lose rows or columns without saying so, or that say so and lose none."""
    ways = (way_of(tree, name) for name in ("upgrade", "downgrade"))
    return [way.name for way in ways if loses(way) != ("Loses" in (ast.get_docstring(way) or ""))]


def loses(way: ast.FunctionDef) -> bool:
    texts = (node.value for node in ast.walk(way) if isinstance(node, ast.Constant))
    deletes = any(isinstance(text, str) and DELETING.search(text) for text in texts)
    return deletes or any(LOSING & set(call) for call in calls_in(way))


def way_of(tree: ast.Module, name: str) -> ast.FunctionDef:
    functions = (node for node in tree.body if isinstance(node, ast.FunctionDef))
    (found,) = (node for node in functions if node.name == name)
    return found


def calls_in(way: ast.FunctionDef) -> list[list[str]]:
    """The names of what is called: `op` and `drop_table` of `op.drop_table()`."""
    called = (node.func for node in ast.walk(way) if isinstance(node, ast.Call))
    return [ast.unparse(one).split(".") for one in called]
