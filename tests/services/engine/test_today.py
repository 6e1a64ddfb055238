"""Compares who may be booked today, computed on columns, with the rules of one booking."""

from datetime import date, timedelta
from random import Random
from typing import Any

import numpy as np
import pytest
from sqlmodel import Session, col, select

from app.db import Database
from app.models.candidates import Candidate
from app.models.policies import Policy
from app.models.slots import Slot
from app.models.values import Demands, Extent, Language, Position, Wish
from app.reference.programmes import REFERENCE
from app.services.engine.columns import read_candidates
from app.services.engine.today import OfferedToday, Periods, may_be_booked
from app.services.ground.known_programmes import read_known_programmes
from app.services.ground.permissions import Actor
from app.services.ground.records import select_visible
from app.services.placements.booking_rules import Period, broken_rules, duty_of
from app.services.registers.policies import newest_policy
from tests.make import make_candidate, make_clause, make_contract, make_programme, make_slot

FIRST = date(2018, 3, 1)
# The second holds from the first of May, in the middle of the periods; nobody knows the last one.
PROGRAMMES = ("arbetspraktik", "introduktionsjobb", "egen-insats", "okänd")
PEOPLE = 60


def drawn_person(rng: Random) -> dict[str, Any]:
    """A person who passes most rules, and fails each of them now and then."""
    granted = rng.sample(PROGRAMMES, rng.randint(0, 4))
    return {
        "occupations": [Wish(ssyk=rng.choice(["7111", "71", "7112", "93"]))],
        "languages": [Language(code="sv", level=rng.randint(1, 4))],
        "driving_licences": rng.choice([["B"], ["B", "C"], []]),
        "skills": rng.choice([["murning"], ["murning", "betong"], []]),
        "certificates": rng.choice([["heta-arbeten"], []]),
        "needed_adaptations": rng.choice([[], [], ["tyst-rum"]]),
        "target_groups": rng.choice([[{"code": "long-term-unemployed"}], [], []]),
        "position": rng.choice([None, Position(latitude=63.2, longitude=14.6)]),
        "maximum_distance_km": rng.choice([0, 5, 40]),
        "available_from": FIRST + timedelta(days=rng.randint(-60, 60)),
        "available_to": rng.choice([None, FIRST + timedelta(days=rng.randint(100, 400))]),
        "extent_percent": Extent(min=rng.choice([25, 75]), max=rng.choice([75, 100])),
        "programmes": [{"code": code, "maximum_months": rng.randint(1, 12)} for code in granted],
        "agreed_to_be_proposed": rng.random() < 0.9,
    }


def offered_slot(session: Session, actor: Actor) -> Slot:
    contract = make_contract(session, actor)
    clause = make_clause(session, actor, contract_id=contract.id, minimum_extent_percent=50)
    required = Demands(languages=[Language(code="sv", level=2)], driving_licences=["B"])
    values = {"supplier_id": contract.supplier_id, "clause_id": clause.id, "required": required}
    return make_slot(session, actor, latest_start=date(2018, 4, 10), **values)


def test_the_two_ways_agree(database: Database, actor: Actor) -> None:
    rng, seen = Random(7), set[tuple[bool, bool]]()  # noqa: S311  # draws people, keeps no secret
    with database.writing() as session:
        make_programme(session, actor, "egen-insats", longest_months=4)
        slot = offered_slot(session, actor)
        for number in range(PEOPLE):
            make_candidate(session, actor, reference=f"AF-{number}", **drawn_person(rng))
    with database.reading() as session:
        policy, duty = newest_policy(session, actor), duty_of(session, actor, slot)
        known = read_known_programmes(session, actor)
        people = read_candidates(session, select_visible(Candidate, actor), ())
        rows = {str(one.id): one for one in session.exec(select(Candidate))}
        for months in (1, 4, 6):
            # Drawn by reference: the order of ids is another one each time.
            drawn = {f"AF-{number}": drawn_period(rng, months) for number in range(PEOPLE)}
            periods = [drawn[rows[name].reference] for name in people.id.tolist()]
            offered = OfferedToday(slot, duty, policy, known)
            found = may_be_booked(people, columns_of(periods), offered)
            for name, period, may_be in zip(
                people.id.tolist(), periods, found.tolist(), strict=True
            ):
                broken = broken_rules(rows[name], slot, duty, policy, period, known)
                is_in_force = known.on(period.programme, period.start) is not None
                assert may_be == (is_in_force and not broken)
                seen.add((may_be, is_in_force))
    assert seen == {(True, True), (False, True), (False, False)}


def drawn_period(rng: Random, months: int) -> Period:
    first = FIRST + timedelta(days=rng.randint(-5, 50))
    last = first + timedelta(days=30 * months + rng.randint(-1, 40))
    return Period(first, last, rng.choice(PROGRAMMES))


def columns_of(periods: list[Period]) -> Periods:
    first, last = (
        np.array([day.toordinal() for day in days], dtype=np.int64)
        for days in zip(*((one.start, one.end) for one in periods), strict=True)
    )
    return Periods(first, last, [one.programme for one in periods])


@pytest.mark.parametrize("shift", [0, 1])
def test_the_last_day_that_a_programme_reaches(
    database: Database, actor: Actor, shift: int
) -> None:
    """Six months from the first of March end on the last day of August."""
    with database.writing() as session:
        slot = make_slot(session, actor)
        make_candidate(session, actor)
    last = date(2018, 8, 31) + timedelta(days=shift)
    with database.reading() as session:
        policy = session.exec(select(Policy).where(col(Policy.number) == 1)).one()
        people = read_candidates(session, select_visible(Candidate, actor), ())
        offered = OfferedToday(slot, duty_of(session, actor, slot), policy, REFERENCE)
        found = may_be_booked(people, columns_of([Period(FIRST, last, "arbetspraktik")]), offered)
    assert found.tolist() == [shift == 0]
