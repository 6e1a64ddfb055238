"""Which of an organisation's own entries counts on a day, and as known at which moment."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlmodel import Session

from app.db import Database
from app.reference.programmes import GATES, PROGRAMMES
from app.services.ground.known_programmes import read_known_programmes
from app.services.ground.permissions import Actor
from tests.make import make_actor, make_programme

FIRST, SECOND = date(2018, 1, 1), date(2018, 7, 1)
EARLY, LATE = datetime(2018, 1, 2, tzinfo=UTC), datetime(2018, 2, 2, tzinfo=UTC)


def entry(session: Session, actor: Actor, at: datetime, valid_from: date, months: int) -> None:
    values: dict[str, Any] = {"valid_from": valid_from, "longest_months": months}
    make_programme(session, actor, "eget", created_at=at, **values)


def months_on(session: Session, actor: Actor, day: date, at: datetime | None = None) -> int | None:
    found = read_known_programmes(session, actor, at).on("eget", day)
    return found.longest_months if found else None


@pytest.mark.parametrize("order", [(EARLY, LATE), (LATE, EARLY)])
def test_an_entry_holds_until_the_next_one_does(
    database: Database, actor: Actor, order: tuple[datetime, datetime]
) -> None:
    with database.writing() as session:
        entry(session, actor, order[0], FIRST, 3)
        entry(session, actor, order[1], SECOND, 6)
        days = (date(2017, 12, 31), FIRST, date(2018, 6, 30), SECOND, date(2030, 1, 1))
        found = [months_on(session, actor, day) for day in days]
        assert found == [None, 3, 3, 6, 6]
        listed = read_known_programmes(session, actor).programmes[len(PROGRAMMES) :]
        assert [one.valid_to for one in listed] == [date(2018, 6, 30), None]


def test_of_entries_from_the_same_day_the_newest_counts(database: Database, actor: Actor) -> None:
    with database.writing() as session:
        entry(session, actor, LATE, FIRST, 6)
        entry(session, actor, EARLY, FIRST, 3)
        assert months_on(session, actor, FIRST) == 6


def test_an_entry_is_known_from_the_moment_of_its_registration(
    database: Database, actor: Actor
) -> None:
    """Whatever its first day: a verdict of the past stays what it was."""
    with database.writing() as session:
        entry(session, actor, LATE, FIRST, 6)
        assert months_on(session, actor, SECOND, EARLY) is None
        assert months_on(session, actor, SECOND, LATE) == 6


def test_only_its_own_organisation_knows_it(database: Database, actor: Actor) -> None:
    with database.writing() as session:
        make_programme(session, make_actor(session), "eget")
        known = read_known_programmes(session, actor)
        assert (known.programmes, dict(known.gates)) == (PROGRAMMES, dict(GATES))
