"""Languages that were stored by any of their codes are stored by one of them each."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.db import Database
from app.migrating import HISTORY
from tests.postgresql import give_back_database, new_unmigrated_database
from tests.test_migrations import move, rows_of_the_first_house

(SCRIPT,) = (HISTORY / "versions").glob("*_one_code_a_language.py")
ITS_NUMBER = SCRIPT.name[:4]
COLUMNS = {"languages": "candidates", "required": "slots", "preferred": "slots"}

Spoken = list[dict[str, Any]]


@pytest.fixture(params=["sqlite", "postgresql"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of the first release with a person and a slot."""
    is_sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path}/before.db" if is_sqlite else new_unmigrated_database()
    database = Database(url)
    move(database, "0001")
    rows_of_the_first_house(database)
    yield database
    database.dispose()
    if not is_sqlite:
        give_back_database(url)


def spoken(**levels: int) -> Spoken:
    return [{"code": code, "level": level} for code, level in levels.items()]


def store(database: Database, column: str, value: Any) -> None:
    with database.writing() as session:
        change = f"UPDATE {COLUMNS[column]} SET {column} = :value"  # noqa: S608  # our own names
        session.execute(text(change), {"value": json.dumps(value)})


def stored(database: Database, column: str) -> Any:
    with database.reading() as session:
        read = f"SELECT CAST({column} AS TEXT) FROM {COLUMNS[column]}"  # noqa: S608  # our own names
        return json.loads(session.execute(text(read)).scalar_one())


def test_every_code_becomes_that_which_stands_for_its_language(before: Database) -> None:
    """ISO 639-1 where there is one; the higher level where a language came twice; a code that is
    in no list stays as it is."""
    asked = {"skills": ["x"], "languages": spoken(alb=2, prs=1)}
    store(before, "languages", spoken(swe=2, sqi=3, alb=1, prs=4, qq=1))
    store(before, "required", asked)
    store(before, "preferred", {"skills": [], "languages": spoken(en=2)})
    move(before, ITS_NUMBER)
    assert stored(before, "languages") == spoken(sv=2, sq=3, prs=4, qq=1)
    assert stored(before, "required") == asked | {"languages": spoken(sq=2, prs=1)}
    assert stored(before, "preferred") == {"skills": [], "languages": spoken(en=2)}
