"""The script that packs what a release stores, run on this code."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from scripts.store_release import main
from tests.stored.releases import unpack

# Answers are kept only for a day, and queued runs leave no row here when they are over.
NEVER_KEPT = {"idempotency_records", "match_run_works"}


def test_everything_that_can_be_stored_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A new table, or a route with another answer, needs its line in scripts/example_life.py."""
    main(tmp_path / "now.db.xz")
    assert "skipped" not in capsys.readouterr().out
    stored = unpack(tmp_path / "now.db.xz", tmp_path)
    with closing(sqlite3.connect(stored)) as connection:
        empty = {
            table
            for table in SQLModel.metadata.tables
            if not connection.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0]  # noqa: S608  # our own table names
        }
    assert empty == NEVER_KEPT
