"""The one table of moves, and the one function that moves."""

from itertools import product

import pytest
from sqlmodel import select

from app.db import Database
from app.errors import Conflict, NotPermitted
from app.models.events import Event
from app.models.keys import Role
from app.models.placements import Placement, PlacementStatus
from app.services.permissions import Actor
from app.services.placements import TRANSITIONS, move_placement
from tests.make import make_actor, make_placement

ALLOWED = {
    ("planned", "ready"),
    ("planned", "cancelled"),
    ("ready", "active"),
    ("ready", "cancelled"),
    ("ready", "ended-early"),
    ("active", "completed"),
    ("active", "ended-early"),
}


class TestTransitions:
    def test_the_table(self) -> None:
        assert {(str(move.origin), str(move.to)) for move in TRANSITIONS} == ALLOWED
        assert len(TRANSITIONS) == len(ALLOWED)
        assert {move.roles for move in TRANSITIONS} == {frozenset({Role.CASEWORKER, Role.ADMIN})}


class TestMovePlacement:
    def test_every_move(self, database: Database, actor: Actor) -> None:
        """One placement, put into each state in turn."""
        with database.writing() as session:
            placement = make_placement(session, actor)
            for origin, to in product(PlacementStatus, repeat=2):
                placement.status = origin
                if (str(origin), str(to)) in ALLOWED:
                    move_placement(session, actor, placement, to)
                    assert placement.status == to
                else:
                    with pytest.raises(Conflict) as refused:
                        move_placement(session, actor, placement, to)
                    assert refused.value.code == "transition-forbidden"
                    assert placement.status == origin

    def test_says_what_is_allowed(self, database: Database, actor: Actor) -> None:
        with database.writing() as session:
            placement = make_placement(session, actor)
            with pytest.raises(Conflict, match="Allowed: ready, cancelled"):
                move_placement(session, actor, placement, PlacementStatus.ACTIVE)

    def test_is_recorded_and_makes_a_version(self, database: Database, actor: Actor) -> None:
        with database.writing() as session:
            placement = make_placement(session, actor)
            move_placement(session, actor, placement, PlacementStatus.CANCELLED)
        with database.reading() as session:
            [event] = session.exec(select(Event).where(Event.resource_id == placement.id)).all()
            assert (event.before, event.after) == ({"status": "planned"}, {"status": "cancelled"})
            assert session.exec(select(Placement)).one().version == 2

    def test_role_that_may_not(self, database: Database, actor: Actor) -> None:
        with database.writing() as session:
            placement = make_placement(session, actor)
            auditor = make_actor(session, Role.AUDITOR, organisation_id=actor.organisation_id)
            with pytest.raises(NotPermitted):
                move_placement(session, auditor, placement, PlacementStatus.CANCELLED)
