"""Compares what a run reads as columns with a plain reading of every row as an object."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import event
from sqlmodel import Session, select

from app import matching as engine
from app.db import Database
from app.models.placements import PlacementStatus
from app.models.policies import Policy
from app.models.suppliers import Supplier
from app.models.values import Clearance, Demands, Language, Position, TargetGroup, Wish
from app.services.ground.permissions import Actor
from app.services.runs.orders import Scope
from app.services.runs.reading import read_input
from tests.make import (
    make_actor,
    make_candidate,
    make_clause,
    make_contract,
    make_move,
    make_placement,
    make_programme,
    make_slot,
    make_supplier,
)
from tests.services.runs.plain_reading import plain_candidates, plain_slots

AS_OF = date(2018, 4, 1)
WIDE = Demands(
    skills=["svets", "ål och ö", "😀", 'with "quotes", and \\'],
    languages=[Language(code="sv", level=3), Language(code="en", level=1)],
    driving_licences=["C", "B"],
    certificates=["safe-construction"],
)


class TestReadInput:
    def test_columns_say_what_the_rows_say(self, database: Database, actor: Actor) -> None:
        with database.writing() as session:
            fill(session, actor, make_supplier(session, actor))
            other = make_actor(session)
            fill(session, other, make_supplier(session, other))
        with database.reading() as session:
            given = read(session, actor)
            people = list(plain_candidates(session, actor, AS_OF))
            slots = list(plain_slots(session, actor, AS_OF))
        assert people_of(given) == {one.id: one for one in people}
        assert slots_of(given) == {one.id: one for one in slots}
        columns = (
            engine.CandidateColumns.from_records(people),
            engine.SlotColumns.from_records(slots),
        )
        # A record of a slot holds its free room, and not the placements in it.
        left = replace(given.slots, own_start=given.slots.earliest_start, placed=columns[1].placed)
        plain = engine.Given(*columns, given.policy, AS_OF)
        assert engine.pack(replace(given, slots=left)) == engine.pack(plain)

    def test_the_rows_are_of_every_kind(self, database: Database, actor: Actor) -> None:
        """Without rows of every kind the test above would show little."""
        with database.writing() as session:
            fill(session, actor, make_supplier(session, actor))
        with database.reading() as session:
            given = read(session, actor)
        people, slots = people_of(given).values(), slots_of(given).values()
        assert sorted(len(one.placed) for one in people) == [0, 0, 0, 0, 1]
        assert sorted((one.tier, one.occupied, one.closed) for one in slots) == [
            (0, 0, ()),
            (0, 0, ("no-places-left",)),
            (2, 0, ("clause-ended",)),
            (2, 1, ("supervisor-full",)),
        ]
        assert {one.reference is None for one in slots} == {True, False}

    def test_only_the_slots_of_the_contracts_named(self, database: Database, actor: Actor) -> None:
        with database.writing() as session:
            supplier = make_supplier(session, actor)
            contract = fill(session, actor, supplier)
        with database.reading() as session:
            every, named = read(session, actor), read(session, actor, contract_ids={contract})
        own = {name: one for name, one in slots_of(every).items() if one.reference}
        assert slots_of(named) == own
        assert people_of(named) == people_of(every)
        assert len(own) == 1

    def test_pairs_of_those_who_are_there(self, database: Database, actor: Actor) -> None:
        with database.writing() as session:
            contract = fill(session, actor, make_supplier(session, actor))
        with database.reading() as session:
            given = read(session, actor)
            who, (where, *_) = str(given.candidates.id[0]), given.slots.id.tolist()
            pairs = [(who, where), ("nobody", where), (who, "nowhere")]
            assert read(session, actor, forbidden=pairs).forbidden == ((who, where),)
            assert read(session, actor, pins=pairs[:1]).pins == ((who, where),)
            narrow = read(
                session,
                actor,
                contract_ids={contract},
                forbidden=[(who, one) for one in given.slots.id.tolist()],
            )
        assert narrow.forbidden == ((who, str(narrow.slots.id[0])),)

    def test_nobody_and_nothing(self, database: Database, actor: Actor) -> None:
        with database.reading() as session:
            given = read(session, actor)
        assert (len(given.candidates), len(given.slots)) == (0, 0)
        assert engine.solve(given).certificate.optimal

    def test_more_rows_take_no_more_queries(self, database: Database, actor: Actor) -> None:
        with database.writing() as session:
            supplier = make_supplier(session, actor)
            fill(session, actor, supplier)
        few = statements_of_reading(database, actor)
        with database.writing() as session:
            for _ in range(3):
                fill(session, actor, supplier)
        assert statements_of_reading(database, actor) == few


def statements_of_reading(database: Database, actor: Actor) -> list[str]:
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        statements.append(statement)

    with database.reading() as session:
        event.listen(database.engine, "before_cursor_execute", note)
        read(session, actor)
        event.remove(database.engine, "before_cursor_execute", note)
    assert len(statements) > 5
    return statements


def read(session: Session, actor: Actor, **scope: Any) -> engine.Given:
    policy = session.exec(
        select(Policy).where(Policy.organisation_id == actor.organisation_id)
    ).one()
    return read_input(session, actor, policy, Scope(AS_OF, **scope))


def people_of(given: engine.Given) -> dict[str, engine.Candidate]:
    rows = [engine.candidate_at(given.candidates, row) for row in range(len(given.candidates))]
    return {one.id: one for one in rows}


def slots_of(given: engine.Given) -> dict[str, engine.Slot]:
    rows = [engine.slot_at(given.slots, row) for row in range(len(given.slots))]
    return {one.id: one for one in rows}


def everything() -> dict[str, Any]:
    """A candidate's fields, each with a value."""
    return {
        "occupations": [Wish(ssyk="93", concept_id="x"), Wish(ssyk="7111")],
        **WIDE.model_dump(),
        "position": Position(latitude=63.1, longitude=14.5),
        "available_to": date(2018, 12, 31),
        "needed_adaptations": ["step-free-entrance"],
        "target_groups": [
            TargetGroup(code="unga", valid_to=date(2018, 6, 1)),
            TargetGroup(code="nyanlända"),
        ],
        "programmes": [
            Clearance(code="b", maximum_months=3),
            Clearance(code="a", maximum_months=12),
        ],
        "avoided_supplier_ids": [UUID(int=2**127), UUID(int=1)],
        "agreed_to_be_proposed": False,
    }


def fill(session: Session, actor: Actor, supplier: Supplier) -> UUID:
    """Adds candidates and slots of every kind; returns the id of a contract with one slot."""
    for code in "ab":
        make_programme(session, actor, code)
    terms = {"supplier_id": supplier.id}
    contract = make_contract(session, actor, **terms)
    clause = make_clause(session, actor, contract_id=contract.id, target_groups=["unga"])
    own = make_slot(
        session,
        actor,
        **terms,
        clause_id=clause.id,
        reference=f"its own {clause.id}",
        supervisor_capacity=1,
    )
    placed = {"slot_id": own.id, "clause_id": clause.id}
    make_placement(session, actor, **placed, end_date=date(2019, 6, 30))
    over = {"start_date": date(2018, 3, 1), "end_date": date(2018, 3, 31)}
    make_placement(session, actor, **placed, **over)
    _fill_other_clauses(session, actor, supplier)
    make_slot(session, actor, **terms, required=WIDE, preferred=WIDE, adaptations=["ramp"])
    make_candidate(session, actor, **everything())
    make_candidate(session, actor, programmes=[], municipality_code="0180")
    return contract.id


def _fill_other_clauses(session: Session, actor: Actor, supplier: Supplier) -> None:
    """Adds a clause that is met, and one of full-time months that is nearly over."""
    terms = {"supplier_id": supplier.id}
    early = {"start_date": date(2017, 1, 1), "end_date": date(2018, 4, 30)}
    contract = make_contract(session, actor, **terms, **early)
    met = make_clause(session, actor, contract_id=contract.id, places=1, minimum_months=1)
    slot = make_slot(session, actor, **terms, clause_id=met.id, places=0)
    placement = make_placement(
        session,
        actor,
        slot_id=slot.id,
        clause_id=met.id,
        status=PlacementStatus.COMPLETED,
        start_date=date(2017, 1, 1),
        end_date=date(2017, 12, 31),
        started_on=date(2017, 1, 1),
        ended_on=date(2017, 12, 31),
    )
    make_move(session, actor, placement.id, "active", date(2017, 1, 1))
    make_move(session, actor, placement.id, "completed", date(2017, 12, 31))
    months = {"places": None, "minimum_months": None, "full_time_months": 12}
    late = make_clause(session, actor, contract_id=contract.id, **months)
    make_slot(session, actor, **terms, clause_id=late.id, earliest_start=date(2018, 4, 15))
