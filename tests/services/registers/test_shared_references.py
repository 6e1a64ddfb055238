"""References that earlier releases told apart by what nobody sees: migrated, named, settled."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import update
from sqlmodel import Session, select
from typer.testing import CliRunner

from app.cli import app
from app.db import Database
from app.migrating import HISTORY, migrate
from app.models.candidates import Candidate
from app.models.clauses import Clause, ClauseVersion
from app.models.contracts import Contract
from app.models.placements import Placement
from app.models.slots import Slot
from app.models.values import Clearance, Demands, Door, TargetGroup, Wish, through
from app.services.ground.permissions import Actor
from tests.make import (
    PEPPER,
    make_actor,
    make_candidate,
    make_clause,
    make_contract,
    make_placement,
    make_slot,
)
from tests.postgresql import give_back_database, new_unmigrated_database

BEFORE = "0010"
COMPOSED, DECOMPOSED = "ÅF-1", "A\u030aF-1"
ODD, EVEN = "arbetstra\u0308ning", "arbetsträning"
# Seven people of one.
ALIKE = (
    COMPOSED,
    f"{COMPOSED} ",
    DECOMPOSED,
    "\u212bF-1",
    "Å\u200bF-1",
    "\u00a0ÅF-1",
    "ÅF\u00ad-1",
)


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of its own, as it stands before texts are as people read them."""
    is_sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path}/old.db" if is_sqlite else new_unmigrated_database()
    database = Database(url)
    migrate(database)
    yield database
    database.dispose()
    if not is_sqlite:
        give_back_database(url)


def move_down(database: Database) -> None:
    config = Config()
    config.set_main_option("script_location", str(HISTORY))
    with database.migrating() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, BEFORE)


def store_as_before(session: Session, row: Any, **values: Any) -> UUID:
    """Puts values into a row that today's door would not let in."""
    session.execute(update(type(row)).where(type(row).id == row.id).values(**values))
    row_id: UUID = row.id
    return row_id


def migrated(database: Database) -> None:
    """Down to the tables of before, and up again over the rows."""
    move_down(database)
    migrate(database)


class TestMigration:
    def test_a_reference_alone_becomes_what_people_read(self, old: Database) -> None:
        with old.writing() as session:
            actor = make_actor(session)
            for number, written in enumerate(ALIKE):
                person = make_candidate(session, actor, reference=f"x{number}")
                store_as_before(session, person, reference=f"{written}-{number}")
            slot = make_slot(session, actor)
            store_as_before(session, slot, reference=DECOMPOSED)
            contract = make_contract(session, actor, supplier_id=slot.supplier_id)
            store_as_before(session, contract, reference=f" {DECOMPOSED}")
        migrated(old)
        with old.reading() as session:
            people = session.exec(select(Candidate)).all()
            read = {f"ÅF-1{' ' if number == 1 else ''}-{number}" for number in range(len(ALIKE))}
            assert {person.reference for person in people} == read
            rows: list[Any] = [
                session.exec(select(Slot)).one(),
                session.exec(select(Contract)).one(),
            ]
            assert [row.reference for row in rows] == [COMPOSED, COMPOSED]
            assert [row.shared_reference for row in (*people, *rows)] == [None] * 9
            changed = {person.reference for person in people if person.version == 2}
            assert changed == read - {"ÅF-1-0", "ÅF-1 -1"}

    @pytest.mark.parametrize("model", [Candidate, Slot, Contract])
    def test_those_that_would_collide_stay_and_are_marked(self, old: Database, model: Any) -> None:
        with old.writing() as session:
            actor = make_actor(session)
            add_alike(session, actor, model)
            other = make_actor(session)
            alone = store_as_before(session, a_row(session, other, model), reference=DECOMPOSED)
        migrated(old)
        with old.reading() as session:
            own = session.exec(select(model).where(model.organisation_id == actor.organisation_id))
            marked = {(row.reference, row.shared_reference, row.version) for row in own}
            assert marked == {(written, COMPOSED, 2) for written in ALIKE}
            found = session.get_one(model, alone)
            assert (found.reference, found.shared_reference) == (COMPOSED, None)

    def test_codes_of_clauses_slots_and_placements(self, old: Database) -> None:
        with old.writing() as session:
            actor = make_actor(session)
            contract = make_contract(session, actor)
            clause = make_clause(session, actor, contract_id=contract.id)
            for row in (clause, session.exec(select(ClauseVersion)).one()):
                store_as_before(session, row, target_groups=[f"{ODD} ", "b"])
            store_as_before(session, clause, responsible="A\u030asa ")
            slot = make_slot(session, actor, supplier_id=contract.supplier_id)
            with through(Door.OUT):
                demands = Demands(skills=[f"{ODD}\u200b"], certificates=[ODD])
            store_as_before(session, slot, adaptations=[f" {ODD}"], required=demands)
            store_as_before(session, make_placement(session, actor, slot_id=slot.id), programme=ODD)
        migrated(old)
        with old.reading() as session:
            for model in (Clause, ClauseVersion):
                terms: Any = session.exec(select(model)).one()
                assert terms.target_groups == [EVEN, "b"]
            assert session.exec(select(Clause)).one().responsible == "Åsa"
            slot = session.exec(select(Slot)).one()
            assert slot.adaptations == slot.required.skills == slot.required.certificates == [EVEN]
            assert session.exec(select(Placement)).one().programme == EVEN

    def test_codes_of_people(self, old: Database) -> None:
        """Of two entries for one code the one stays that allows less."""
        last = date(2018, 12, 31)
        with old.writing() as session, through(Door.OUT):
            store_as_before(
                session,
                make_candidate(session, make_actor(session)),
                skills=[ODD, f"{ODD} ", "b"],
                certificates=[f"{ODD}\u00a0"],
                needed_adaptations=[ODD],
                programmes=[
                    Clearance(code=written, maximum_months=months)
                    for written, months in ((ODD, 6), (f"{ODD} ", 3))
                ],
                target_groups=[TargetGroup(code=ODD), TargetGroup(code=f"{ODD} ", valid_to=last)],
                occupations=[Wish(ssyk="7111", concept_id=f"{ODD} ")],
            )
        migrated(old)
        with old.reading() as session:
            person = session.exec(select(Candidate)).one()
            assert person.skills == [EVEN, "b"]
            assert person.certificates == person.needed_adaptations == [EVEN]
            assert person.occupations[0].concept_id == EVEN
            (clearance,), (group,) = person.programmes, person.target_groups
            assert (clearance.code, clearance.maximum_months) == (EVEN, 3)
            assert (group.code, group.valid_to) == (EVEN, last)

    def test_command_lists_what_people_have_to_settle(
        self, old: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with old.writing() as session:
            ids = add_alike(session, make_actor(session), Candidate)
        move_down(old)
        url = old.engine.url.render_as_string(hide_password=False)
        monkeypatch.setenv("HANDSLAG_DATABASE_URL", url)
        monkeypatch.setenv("HANDSLAG_SECRET", PEPPER)
        for _ in range(2):  # until it is settled
            result = CliRunner().invoke(app, ["migrate"])
            assert (result.exit_code, result.stdout.count("\n")) == (0, 1)
            assert result.stdout.startswith("Östersunds kommun: the candidates ")
            assert all(str(row_id) in result.stdout for row_id in ids)
            assert f"all read {COMPOSED}." in result.stdout


def a_row(session: Session, actor: Actor, model: Any) -> Any:
    make: Any = {Candidate: make_candidate, Slot: make_slot, Contract: make_contract}[model]
    return make(session, actor)


def add_alike(session: Session, actor: Actor, model: Any) -> list[UUID]:
    """Seven rows whose references read the same."""
    first = a_row(session, actor, model)
    more = {} if model is Candidate else {"supplier_id": first.supplier_id}
    make: Any = {Candidate: make_candidate, Slot: make_slot, Contract: make_contract}[model]
    rows = [first, *(make(session, actor, **more) for _ in ALIKE[1:])]
    return [
        store_as_before(session, row, reference=written)
        for row, written in zip(rows, ALIKE, strict=True)
    ]
