"""The table of moves, the function that carries them out, and the days that each move may have."""

from datetime import date, timedelta
from itertools import product
from typing import Any, get_args
from uuid import UUID

import pytest
from sqlmodel import Session, col, select

from app.db import Database
from app.errors import Conflict, NotPermitted
from app.models.events import Event
from app.models.gate_checks import GateCheck
from app.models.keys import Role
from app.models.placement_signatures import Party, PlacementSignature
from app.models.placements import Placement, PlacementMove, PlacementMoveFields, PlacementStatus
from app.services.ground.permissions import Actor
from app.services.placements.placement_moves import (
    TRANSITIONS,
    Calendar,
    allowed_transitions,
    move_placement,
)
from tests.api.registering import MOVES
from tests.make import make_actor, make_placement, make_programme, make_signatures

START, END, SIGNED = date(2018, 3, 1), date(2018, 6, 30), date(2018, 2, 20)
DAY = timedelta(days=1)
LATER = Calendar(today=date(2018, 12, 31), earliest_beginning=date(2018, 1, 1))


def fields(to: str, on: date, **more: Any) -> PlacementMoveFields:
    if to in {"ended-early", "cancelled"}:
        more = {"reason": "found-work"} | more
    if to == "ended-early":
        more = {"ended_by": "participant"} | more
    return PlacementMoveFields.model_validate({"to": to, "on": on} | more)


def make_ready_to_move(session: Session, actor: Actor, **more: Any) -> Placement:
    """A placement with its signatures and checks, so that it may move."""
    placement = make_placement(session, actor, start_date=START, end_date=END, **more)
    make_signatures(session, actor, placement_id=placement.id, signed_on=SIGNED)
    return placement


def put(placement: Placement, status: str) -> None:
    """Puts the placement into the state, as if moves had led there."""
    placement.status = status
    has_begun = status in {"active", "completed", "ended-early"}
    placement.started_on = START if has_begun else None
    placement.ended_on = END if status == "completed" else None
    placement.ended_by = None


class TestTransitions:
    def test_the_table(self) -> None:
        assert {(str(move.origin), str(move.to)) for move in TRANSITIONS} == MOVES
        assert len(TRANSITIONS) == len(MOVES)
        assert {move.roles for move in TRANSITIONS} == {frozenset({Role.CASEWORKER, Role.ADMIN})}

    def test_what_is_allowed_is_told(self, database: Database, actor: Actor) -> None:
        with database.writing() as session:
            placement = make_placement(session, actor)
            auditor = make_actor(session, Role.AUDITOR, organisation_id=actor.organisation_id)
            assert allowed_transitions(actor, placement) == ["ready", "cancelled"]
            assert allowed_transitions(auditor, placement) == []
            placement.status = "completed"
            assert allowed_transitions(actor, placement) == []


class TestMovePlacement:
    def test_every_move(self, database: Database, actor: Actor) -> None:
        """Tries each move on one placement, which is put into each state in turn."""
        days = {"completed": END, "ended-early": START, "active": START}
        with database.writing() as session:
            placement = make_ready_to_move(session, actor)
            for origin, to in product(PlacementStatus, repeat=2):
                put(placement, origin)
                for move in session.exec(select(PlacementMove)):
                    session.delete(move)
                session.flush()
                wanted = fields(to, days.get(to, SIGNED))
                if (str(origin), str(to)) in MOVES:
                    made = move_placement(session, actor, placement.id, wanted, LATER)
                    assert (placement.status, made.origin, made.to) == (to, origin, to)
                else:
                    with pytest.raises(Conflict) as refused:
                        move_placement(session, actor, placement.id, wanted, LATER)
                    assert refused.value.code == "transition-forbidden"
                    assert placement.status == origin

    def test_says_what_is_allowed_and_to_whom(self, database: Database, actor: Actor) -> None:
        with database.writing() as session:
            placement = make_placement(session, actor)
            allowed = r"Allowed: ready \(admin, caseworker\), cancelled \(admin, caseworker\)\."
            with pytest.raises(Conflict, match=allowed):
                move_placement(session, actor, placement.id, fields("active", START), LATER)

    def test_says_where_nothing_is_allowed(self, database: Database, actor: Actor) -> None:
        with database.writing() as session:
            placement = make_placement(session, actor, status="cancelled")
            with pytest.raises(Conflict, match="none: this is its end"):
                move_placement(session, actor, placement.id, fields("ready", SIGNED), LATER)

    def test_is_recorded_and_makes_a_version(self, database: Database, actor: Actor) -> None:
        with database.writing() as session:
            placement = make_placement(session, actor)
            move_placement(session, actor, placement.id, fields("cancelled", SIGNED), LATER)
        with database.reading() as session:
            [moved] = session.exec(select(Event).where(Event.resource_id == placement.id)).all()
            days = {"started_on": None, "ended_on": None, "ended_by": None}
            assert moved.before == {"status": "planned"} | days
            assert moved.after == {"status": "cancelled"} | days
            [made] = session.exec(select(Event).where(Event.resource == "placement-moves")).all()
            assert made.after is not None
            assert made.after["reason"] == "found-work"
            assert session.exec(select(Placement)).one().version == 2

    def test_role_that_may_not(self, database: Database, actor: Actor) -> None:
        with database.writing() as session:
            placement = make_placement(session, actor)
            auditor = make_actor(session, Role.AUDITOR, organisation_id=actor.organisation_id)
            with pytest.raises(NotPermitted):
                move_placement(session, auditor, placement.id, fields("cancelled", SIGNED), LATER)

    def test_tells_what_happened(self, database: Database, actor: Actor) -> None:
        with database.writing() as session:
            placement = make_ready_to_move(session, actor)
            for wanted in (
                fields("ready", SIGNED),
                fields("active", START + DAY),
                fields("ended-early", START + 2 * DAY, ended_by="just-cause"),
            ):
                move_placement(session, actor, placement.id, wanted, LATER)
            assert (placement.start_date, placement.end_date) == (START, END)
            assert placement.started_on == placement.first_day == START + DAY
            assert placement.ended_on == placement.last_day == START + 2 * DAY
            assert placement.ended_by == "just-cause"

    @pytest.mark.parametrize("started", [[], [fields("active", START)]])
    def test_a_no_show_has_no_day(
        self, database: Database, actor: Actor, started: list[PlacementMoveFields]
    ) -> None:
        """This holds also where a start was noted."""
        gone = fields("ended-early", START + DAY, reason="no-show")
        with database.writing() as session:
            placement = make_ready_to_move(session, actor)
            for wanted in (fields("ready", SIGNED), *started, gone):
                move_placement(session, actor, placement.id, wanted, LATER)
            assert (placement.started_on, placement.ended_on) == (None, None)
            assert (placement.status, placement.ended_by) == ("ended-early", "participant")


# Origin, move, and the first and last day that the move may have when today is the first of July.
TODAY = date(2018, 7, 1)
WINDOW = Calendar(today=TODAY, earliest_beginning=date(2018, 2, 21))
DAYS = [
    ("planned", "ready", date(2018, 2, 21), TODAY),
    ("planned", "cancelled", None, TODAY),
    ("ready", "active", START, END),
    ("ready", "ended-early", START, TODAY),
    ("ready", "cancelled", SIGNED, TODAY),
    ("active", "completed", END, END),
    ("active", "ended-early", START, END - DAY),
]


class TestDays:
    @pytest.mark.parametrize(
        ("origin", "to", "first", "last"), DAYS, ids=[f"{one[0]}-{one[1]}" for one in DAYS]
    )
    def test_first_and_last(
        self,
        database: Database,
        actor: Actor,
        origin: str,
        to: str,
        first: date | None,
        last: date,
    ) -> None:
        with database.writing() as session:
            placement = make_ready_to_move(session, actor)
            lead_to(session, actor, placement.id, origin)
            for outside in [last + DAY] + ([first - DAY] if first else []):
                told = f"from {first} to {last}" if first else f"on {last} at the latest"
                with pytest.raises(Conflict, match=told) as refused:
                    move_placement(session, actor, placement.id, fields(to, outside), WINDOW)
                assert refused.value.code == "day-forbidden"
            for day in [first, last] if first else [last]:
                with session.begin_nested() as tried:
                    move_placement(session, actor, placement.id, fields(to, day), WINDOW)
                    assert placement.status == to
                    tried.rollback()
                session.refresh(placement)

    def test_a_beginning_is_back_dated_only_so_far(self, database: Database, actor: Actor) -> None:
        near = Calendar(today=TODAY, earliest_beginning=START + 5 * DAY)
        with database.writing() as session:
            placement = make_ready_to_move(session, actor)
            lead_to(session, actor, placement.id, "ready")
            with pytest.raises(Conflict, match=f"from {START + 5 * DAY} to {END}"):
                move_placement(session, actor, placement.id, fields("active", START), near)
            move_placement(session, actor, placement.id, fields("active", START + 5 * DAY), near)
            early = fields("ended-early", START + 5 * DAY)
            late = Calendar(today=date(2018, 12, 31), earliest_beginning=date(2018, 12, 17))
            move_placement(session, actor, placement.id, early, late)
            assert placement.ended_on == START + 5 * DAY

    def test_a_beginning_that_can_be_noted_no_more(self, database: Database, actor: Actor) -> None:
        late = Calendar(today=date(2018, 7, 31), earliest_beginning=END + DAY)
        with database.writing() as session:
            placement = make_ready_to_move(session, actor)
            lead_to(session, actor, placement.id, "ready")
            with pytest.raises(Conflict, match=f"no day any more: {END} was the last"):
                move_placement(session, actor, placement.id, fields("active", START), late)

    def test_never_starts_before_it_is_ready(self, database: Database, actor: Actor) -> None:
        with database.writing() as session:
            placement = make_ready_to_move(session, actor)
            move_placement(session, actor, placement.id, fields("ready", START + DAY), LATER)
            with pytest.raises(Conflict) as refused:
                move_placement(session, actor, placement.id, fields("active", START), LATER)
            assert refused.value.code == "day-forbidden"

    def test_what_is_to_come_is_not_noted_yet(self, database: Database, actor: Actor) -> None:
        before = Calendar(today=START, earliest_beginning=date(2018, 1, 1))
        with database.writing() as session:
            placement = make_ready_to_move(session, actor)
            lead_to(session, actor, placement.id, "active")
            with pytest.raises(Conflict, match=f"on {END} at the earliest"):
                move_placement(session, actor, placement.id, fields("completed", END), before)


def lead_to(session: Session, actor: Actor, placement_id: UUID, status: str) -> None:
    for step, day in (("ready", SIGNED), ("active", START)):
        if status in {step, "active"}:
            move_placement(session, actor, placement_id, fields(step, day), LATER)
        if status == step:
            return


class TestPapers:
    @pytest.mark.parametrize("party", get_args(Party))
    def test_each_party_must_have_signed(
        self, database: Database, actor: Actor, party: str
    ) -> None:
        with database.writing() as session:
            placement = make_ready_to_move(session, actor)
            signature = select(PlacementSignature).where(PlacementSignature.party == party)
            session.delete(session.exec(signature).one())
            session.flush()
            with pytest.raises(Conflict, match=f"not signed by {party} on") as refused:
                move_placement(session, actor, placement.id, fields("ready", SIGNED), LATER)
            assert refused.value.code == "signatures-missing"

    def test_a_signature_counts_from_its_day(self, database: Database, actor: Actor) -> None:
        with database.writing() as session:
            placement = make_ready_to_move(session, actor)
            with pytest.raises(Conflict, match="participant, supplier, authority"):
                move_placement(session, actor, placement.id, fields("ready", SIGNED - DAY), LATER)

    def test_a_missing_check_stops_what_is_not_ready(
        self, database: Database, actor: Actor
    ) -> None:
        with database.writing() as session:
            placement = make_ready_to_move(session, actor)
            set_aside(session, "union-consulted", until=START - DAY)
            with pytest.raises(Conflict, match=f"for {START}: union-consulted") as refused:
                move_placement(session, actor, placement.id, fields("ready", SIGNED), LATER)
            assert refused.value.code == "gates-missing"

    def test_a_check_that_runs_out_stops_a_late_start(
        self, database: Database, actor: Actor
    ) -> None:
        with database.writing() as session:
            placement = make_ready_to_move(session, actor)
            set_aside(session, "union-consulted", until=START)
            move_placement(session, actor, placement.id, fields("ready", SIGNED), LATER)
            with pytest.raises(Conflict, match=f"for {START + DAY}: union-consulted"):
                move_placement(session, actor, placement.id, fields("active", START + DAY), LATER)
            move_placement(session, actor, placement.id, fields("active", START), LATER)
            assert placement.status == "active"

    def test_a_programme_of_ones_own_asks_for_no_check(
        self, database: Database, actor: Actor
    ) -> None:
        with database.writing() as session:
            make_programme(session, actor, "kommunens-eget")
            placement = make_placement(session, actor, programme="kommunens-eget")
            make_signatures(session, actor, placement_id=placement.id, signed_on=SIGNED)
            move_placement(session, actor, placement.id, fields("ready", SIGNED), LATER)
            assert placement.status == "ready"


def set_aside(session: Session, gate: str, until: date) -> None:
    check = session.exec(select(GateCheck).where(col(GateCheck.gate) == gate)).one()
    check.valid_until = until
    session.flush()
