"""Of stored candidates and slots, only what the engine uses is read."""

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import event, text
from sqlmodel import Session, select

from app.db import Database
from app.matching.values import candidate_at, slot_at
from app.models.candidates import Candidate
from app.models.slots import Slot
from app.models.values import Demands, Language, Position
from app.services.engine.columns import read_candidates, read_slots
from app.services.engine.values import Duty, candidate_value, slot_value
from app.services.ground.permissions import Actor
from tests.make import make_candidate, make_slot, make_supplier

READ = re.compile(r"CAST\(\w+\.(\w+) AS")
SAID_TO_PEOPLE = {"title", "tasks"}
POSITION = Position(latitude=59.3, longitude=18.1)
OF_EVERY_ROW = {"organisation_id", "version", "created_at", "updated_at"}
OF_REGISTERS = {"shared_reference"}  # queries leave such rows out


def columns_read(database: Database, read: Callable[[Session], object]) -> list[str]:
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    with database.reading() as session:
        read(session)
    event.remove(database.engine, "before_cursor_execute", note)
    (statement,) = [one for one in statements if READ.search(one)]
    return READ.findall(statement)


class TestReadCandidates:
    def test_the_columns_that_the_engine_uses(self, database: Database) -> None:
        read = columns_read(
            database, lambda session: read_candidates(session, select(Candidate), [])
        )
        assert sorted(read) == sorted(Candidate.model_fields.keys() - OF_EVERY_ROW - OF_REGISTERS)

    def test_a_row_says_the_same_as_a_record(self, database: Database, actor: Actor) -> None:
        with database.writing() as session:
            rows = [
                make_candidate(
                    session, actor, reference=name, municipality_code="0180", position=at
                )
                for name, at in (("a", None), ("b", POSITION))
            ]
            columns = read_candidates(session, select(Candidate), [])
        records = [
            candidate_value(row, str(row.id), row.reference, row.avoided_supplier_ids)
            for row in rows
        ]
        found = {one.reference: one for one in (candidate_at(columns, 0), candidate_at(columns, 1))}
        assert found == {one.reference: one for one in records}
        assert [one.municipality for one in records] == [180, 180]
        assert [one.has_position for one in records] == [False, True]


class TestReadSlots:
    def test_the_columns_that_the_engine_uses(self, database: Database) -> None:
        read = columns_read(database, lambda session: read_slots(session, select(Slot)))
        wanted = Slot.model_fields.keys() - OF_EVERY_ROW - OF_REGISTERS - SAID_TO_PEOPLE
        assert set(read) == wanted

    def test_a_row_says_the_same_as_a_record(self, database: Database, actor: Actor) -> None:
        with database.writing() as session:
            row = make_slot(session, actor, supplier_id=make_supplier(session, actor).id)
            columns, clauses = read_slots(session, select(Slot))
        record = slot_value(row, str(row.id), row.reference, str(row.supplier_id), Duty())
        assert slot_at(columns, 0) == record
        assert clauses == [""]

    def test_a_demand_that_did_not_exist_when_the_row_was_written_asks_for_nothing(
        self, database: Database, actor: Actor
    ) -> None:
        asked = Demands(languages=[Language(code="sv", level=2)], certificates=["x"])
        with database.writing() as session:
            supplier = make_supplier(session, actor).id
            make_slot(session, actor, supplier_id=supplier, required=asked)
            written = '{"skills": [], "languages": [{"code": "sv", "level": 2}]}'
            session.connection().execute(text("UPDATE slots SET required = :it"), {"it": written})
            columns, _ = read_slots(session, select(Slot))
        required = slot_at(columns, 0).required
        assert required.languages == {"sv": 2}
        assert required.certificates == frozenset()
