"""Both databases behave alike: time, JSON, locks, and the error for a broken constraint."""

import sqlite3
import stat
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import col, select, update

from app.db import Database
from app.errors import Busy, Conflict, Unavailable
from app.models.candidates import Candidate
from app.models.clauses import Clause
from app.models.contracts import Contract
from app.models.keys import Key
from app.models.slots import Slot
from app.models.suppliers import Supplier
from app.models.values import Demands, Language
from app.services.ground.permissions import Actor
from tests.make import (
    make_actor,
    make_candidate,
    make_clause,
    make_contract,
    make_slot,
    make_supplier,
)
from tests.postgresql import new_database


class TestTime:
    def test_comes_back_aware_and_in_utc(self, database: Database, actor: Actor) -> None:
        summer = datetime(2018, 7, 1, 12, tzinfo=timezone(timedelta(hours=2)))
        with database.writing() as session:
            make_supplier(session, actor, created_at=summer)
        with database.reading() as session:
            stored = session.exec(select(Supplier.created_at)).one()
        assert stored == summer
        assert stored.utcoffset() == timedelta(0)

    def test_is_compared_as_an_instant(self, database: Database, actor: Actor) -> None:
        with database.writing() as session:
            make_supplier(session, actor, created_at=datetime(2018, 7, 1, 10, tzinfo=UTC))
        limit = datetime(2018, 7, 1, 11, 30, tzinfo=timezone(timedelta(hours=2)))
        with database.reading() as session:
            after = session.exec(select(Supplier).where(col(Supplier.created_at) > limit)).all()
        assert len(after) == 1

    def test_none_stays_none(self, database: Database, actor: Actor) -> None:
        with database.reading() as session:
            assert session.exec(select(Key.expires_at)).one() is None


class TestAway:
    @pytest.mark.parametrize("code", ["08006", "53100", "57P01"])
    def test_postgresql_that_goes_while_something_is_written(self, code: str) -> None:
        database = Database(new_database())
        with pytest.raises(Unavailable), database.writing() as session:
            session.execute(text(f"DO $$ BEGIN RAISE SQLSTATE '{code}'; END $$"))
        database.dispose()

    def test_full_sqlite_stores_nothing(self, tmp_path: Path) -> None:
        database = Database(f"sqlite:///{tmp_path}/full.db")
        with database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1")  # of the connection in the pool
        with pytest.raises(Unavailable), database.writing() as session:
            session.execute(text("CREATE TABLE notes (content)"))
        database.dispose()

    def test_wrong_statement_is_no_sign_of_it(self, database: Database) -> None:
        """An error in the statement itself stays a fault of the service."""
        with pytest.raises(DBAPIError), database.writing() as session:
            session.execute(text("SELECT nothing FROM nowhere"))


class TestJsonOf:
    def test_comes_back_as_its_type(self, database: Database, actor: Actor) -> None:
        demands = Demands(languages=[Language(code="sv", level=2)])
        with database.writing() as session:
            make_slot(session, actor, required=demands)
        with database.reading() as session:
            assert session.exec(select(Slot)).one().required == demands

    def test_none_is_sql_null(self, database: Database, actor: Actor) -> None:
        with database.writing() as session:
            make_candidate(session, actor, position=None)
        with database.reading() as session:
            nowhere = select(Candidate).where(col(Candidate.position).is_(None))
            assert len(session.exec(nowhere).all()) == 1

    def test_what_is_stored_wrong_is_not_read(self, database: Database, actor: Actor) -> None:
        with database.writing() as session:
            make_slot(session, actor)
            session.connection().execute(text("UPDATE slots SET occupation = '{\"ssyk\": 7}'"))
        with database.reading() as session, pytest.raises(ValidationError):
            session.exec(select(Slot)).all()


class TestWriting:
    def test_is_undone_whole(self, database: Database, actor: Actor) -> None:
        with pytest.raises(RuntimeError, match="halfway"):
            store_halfway(database, actor)
        with database.reading() as session:
            assert session.exec(select(Supplier)).all() == []

    def test_waits_no_longer_than_its_limit(self, database_url: str, actor: Actor) -> None:
        patient, hasty = Database(database_url), Database(database_url, lock_timeout_seconds=0.05)
        try:
            with patient.writing() as session:
                supplier = make_supplier(session, actor)
            with patient.writing() as session:
                session.get(Supplier, supplier.id, with_for_update=True)
                with pytest.raises(Busy), hasty.writing() as late:
                    late.get(Supplier, supplier.id, with_for_update=True)
        finally:
            patient.dispose()
            hasty.dispose()

    def test_other_faults_are_no_business_of_ours(self, database: Database) -> None:
        with pytest.raises(DBAPIError), database.writing() as session:
            session.connection().execute(text("SELECT nonsense FROM nowhere"))


class TestReading:
    def test_sees_one_moment(self, database: Database, actor: Actor) -> None:
        with database.reading() as session:
            assert session.exec(select(Supplier)).all() == []
            with database.writing() as other:
                make_supplier(other, actor)
            assert session.exec(select(Supplier)).all() == []

    def test_does_not_hold_writers_up(self, database: Database, actor: Actor) -> None:
        with database.reading() as session:
            session.exec(select(Supplier)).all()
            with database.writing() as other:
                make_supplier(other, actor)
        with database.reading() as session:
            assert len(session.exec(select(Supplier)).all()) == 1


class TestBrokenRules:
    def test_same_unique_value_is_a_conflict(self, database: Database, actor: Actor) -> None:
        with database.writing() as session:
            make_supplier(session, actor)
        with pytest.raises(Conflict) as told, database.writing() as session:
            make_supplier(session, actor)
        assert told.value.code == "already-exists"

    def test_missing_row_is_a_conflict(self, database: Database, actor: Actor) -> None:
        with pytest.raises(Conflict) as told, database.writing() as session:
            make_contract(session, actor, supplier_id=actor.key_id)
        assert told.value.code == "changed-meanwhile"

    def test_row_still_needed_is_a_conflict(self, database: Database, actor: Actor) -> None:
        with database.writing() as session:
            make_contract(session, actor)
        with pytest.raises(Conflict) as told, database.writing() as session:
            session.delete(session.exec(select(Supplier)).one())
        assert told.value.code == "changed-meanwhile"

    def test_no_row_belongs_to_another_organisations(
        self, database: Database, actor: Actor
    ) -> None:
        stranger = make_stranger(database)
        with database.writing() as session:
            theirs = make_supplier(session, stranger)
        with pytest.raises(Conflict), database.writing() as session:
            make_contract(session, actor, supplier_id=theirs.id)

    @pytest.mark.parametrize(
        ("model", "change"),
        [
            (Contract, {"end_date": date(2018, 3, 1)}),
            (Clause, {"places": None}),
            (Clause, {"kind": "dialogue"}),
            (Clause, {"full_time_months": 3}),
            (Slot, {"latest_start": date(2018, 2, 28)}),
            (Slot, {"end_date": date(2018, 8, 31)}),
            (Slot, {"places": -1}),
            (Candidate, {"available_to": date(2018, 1, 31)}),
        ],
    )
    def test_what_must_never_be_false_is_refused_by_the_database(
        self,
        database: Database,
        actor: Actor,
        model: type[Contract | Clause | Slot | Candidate],
        change: dict[str, object],
    ) -> None:
        with database.writing() as session:
            clause = make_clause(session, actor)
            supplier = session.exec(select(Supplier)).one()
            make_slot(session, actor, supplier_id=supplier.id, clause_id=clause.id)
            make_candidate(session, actor)
        with pytest.raises(IntegrityError), database.writing() as session:
            session.exec(update(model).values(change))

    def test_message_hides_what_was_to_be_stored(self, database: Database, actor: Actor) -> None:
        with pytest.raises(DBAPIError) as told, database.reading() as session:
            session.connection().execute(text("SELECT :it FROM nowhere"), {"it": "AF-HEMLIG"})
        assert "AF-HEMLIG" not in str(told.value)


def store_halfway(database: Database, actor: Actor) -> None:
    with database.writing() as session:
        make_supplier(session, actor)
        raise RuntimeError("halfway")


def make_stranger(database: Database) -> Actor:
    with database.writing() as session:
        return make_actor(session)


def test_a_deleted_row_is_overwritten_in_the_sqlite_file(tmp_path: Path) -> None:
    file = tmp_path / "handslag.db"
    database = Database(f"sqlite:///{file}")
    with database.writing() as session:
        session.execute(text("CREATE TABLE people (name TEXT)"))
        session.execute(text("INSERT INTO people VALUES ('EXEMPEL-MINNS-EJ')"))
    with database.writing() as session:
        session.execute(text("DELETE FROM people"))
    with closing(sqlite3.connect(file)) as other:  # someone else has the file open, as in operation
        other.execute("SELECT * FROM people").fetchall()
        database.overwrite_deleted()
        for part in (file, file.with_name(f"{file.name}-wal")):
            assert b"EXEMPEL-MINNS-EJ" not in part.read_bytes()
    database.dispose()


def test_sqlite_file_is_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "own.db"
    Database(f"sqlite:///{file}").dispose()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
