"""Rows as they were known at a moment, from events of every release."""

from datetime import date

import pytest
from pydantic.alias_generators import to_camel
from sqlmodel import select

from app.clock import utc_now
from app.db import Database
from app.models.candidates import Candidate, CandidateFields
from app.models.events import Event
from app.models.slots import Slot, SlotFields
from app.models.values import Demands, Language, TargetGroup
from app.services.ground.as_known import read_past
from app.services.ground.permissions import Actor
from app.services.ground.records import change, find_for_change
from tests.make import make_candidate, make_slot


@pytest.mark.parametrize("named", ["by the field", "as on the wire"])
def test_a_row_is_what_it_was(database: Database, actor: Actor, named: str) -> None:
    """Until release 0.2.0 events named fields as the wire does."""
    with database.writing() as session:
        required = Demands(languages=[Language(code="sv", level=2)], driving_licences=["B"])
        slot_id = make_slot(session, actor, required=required).id
    between = utc_now()
    with database.writing() as session:
        slot = find_for_change(session, actor, Slot, slot_id)
        later = {"latest_start": date(2018, 8, 1), "places": 1, "required": Demands()}
        values = {name: getattr(slot, name) for name in SlotFields.model_fields}
        change(session, actor, slot, SlotFields.model_validate(values | later))
    if named == "as on the wire":
        with database.writing() as session:
            for event in session.exec(select(Event).where(Event.resource_id == slot_id)):
                earlier = event.before or {}
                event.before = {to_camel(name): value for name, value in earlier.items()}
    with database.reading() as session:
        now = session.get_one(Slot, slot_id)
        then = read_past(session, actor, between, [Slot]).rewound(now)
    assert (now.places, now.required) == (1, Demands())
    assert (then.places, then.required) == (2, required)
    assert then.latest_start == date(2018, 9, 1)
    assert then.title == now.title


def test_a_day_from_before_days_had_bounds(database: Database, actor: Actor) -> None:
    with database.writing() as session:
        group = TargetGroup(code="g", valid_to=date.max)
        candidate_id = make_candidate(session, actor, target_groups=[group]).id
    between = utc_now()
    with database.writing() as session:
        person = find_for_change(session, actor, Candidate, candidate_id)
        values = {name: getattr(person, name) for name in CandidateFields.model_fields}
        change(
            session, actor, person, CandidateFields.model_validate(values | {"target_groups": []})
        )
    with database.reading() as session:
        now = session.get_one(Candidate, candidate_id)
        then = read_past(session, actor, between, [Candidate]).rewound(now)
    assert (now.target_groups, then.target_groups) == ([], [group])
