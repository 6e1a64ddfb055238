"""Who was placed, counted only for whole years and for the whole organisation.

The difference between the reports of one and of all contracts, or of two weeks, would show what
suppression hides. So persons are counted only for the whole organisation, by the calendar year in
which they started, and as they were known at the newest turn of a year at or before the report's
day: a reader can subtract only one whole year from another.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, or_

from app.models.candidates import Candidate
from app.models.placement_outcomes import AFTERWARDS, PlacementOutcome
from app.models.placements import NO_SHOW, Placement, PlacementMove, PlacementStatus
from app.services.ground import Actor, Cell, features, parts, select_visible, shown_total

NOT_NOTED = "not-noted"
OUTCOMES = (*AFTERWARDS, NOT_NOTED)
DECEMBER_31 = (12, 31)


@dataclass(frozen=True)
class PersonsOfYear:
    """Persons who started a placement in the year; `total` is None for one to four persons."""

    year: int
    total: int | None
    by_target_group: tuple[Cell, ...]
    by_outcome: tuple[Cell, ...]
    by_municipality: tuple[Cell, ...]


@dataclass
class _Started:
    """One person's placements of one year."""

    person: Candidate
    placement_ids: set[UUID] = field(default_factory=set)


def read_persons(
    session: Session, actor: Actor, first: date, last: date, as_of: date
) -> tuple[PersonsOfYear, ...]:
    """The persons of each year that lies within the period and was over by the report's day."""
    until = _counted_until(as_of)
    years = whole_years(first, min(last, until))
    if not years:
        return ()
    started = (
        col(PlacementMove.placement_id).not_in(_no_shows(actor, until)),
        col(PlacementMove.placement_id).not_in(_extensions(actor)),
        col(PlacementMove.organisation_id) == actor.organisation_id,
        col(PlacementMove.to) == PlacementStatus.ACTIVE,
        col(PlacementMove.on) >= date(years[0], 1, 1),
        col(PlacementMove.on) <= date(years[-1], *DECEMBER_31),
    )
    placement_ids = select_columns(col(PlacementMove.placement_id)).where(*started)
    persons = _read_persons(session, actor, placement_ids)
    outcomes = _read_outcomes(session, actor, placement_ids, until)
    by_year: dict[int, dict[UUID, _Started]] = {year: {} for year in years}
    starts = select_columns(col(PlacementMove.on), col(PlacementMove.placement_id))
    for on, placement_id in session.execute(starts.where(*started)):
        person = persons[placement_id]
        found = by_year[on.year].setdefault(person.id, _Started(person))
        found.placement_ids.add(placement_id)
    return tuple(_count(year, list(people.values()), outcomes) for year, people in by_year.items())


def _read_persons(session: Session, actor: Actor, placement_ids: Any) -> dict[UUID, Candidate]:
    """The candidate of each placement, read as plain columns, as placements may be thousands."""
    named = (
        col(Placement.organisation_id) == actor.organisation_id,
        col(Placement.id).in_(placement_ids),
    )
    candidate_ids = select_columns(col(Placement.candidate_id)).where(*named)
    placed = select_visible(Candidate, actor).where(col(Candidate.id).in_(candidate_ids))
    candidates = {candidate.id: candidate for candidate in session.exec(placed)}
    query = select_columns(col(Placement.id), col(Placement.candidate_id)).where(*named)
    return {one: candidates[candidate_id] for one, candidate_id in session.execute(query)}


def _no_shows(actor: Actor, until: date) -> Any:
    """Placements to which nobody came, as was known by that day."""
    return select_columns(col(PlacementMove.placement_id)).where(
        col(PlacementMove.organisation_id) == actor.organisation_id,
        col(PlacementMove.reason) == NO_SHOW,
        col(PlacementMove.on) <= until,
    )


def _extensions(actor: Actor) -> Any:
    """Extensions: their persons started in the placement that is extended."""
    return select_columns(col(Placement.id)).where(
        col(Placement.organisation_id) == actor.organisation_id,
        col(Placement.extends_placement_id).is_not(None),
    )


def _first_placements(session: Session, actor: Actor) -> dict[UUID, UUID]:
    """For each extension, the first placement of its stay."""
    extending = _extensions(actor).add_columns(col(Placement.extends_placement_id))
    before = {row[0]: row[1] for row in session.execute(extending)}

    def first(one: UUID) -> UUID:
        return first(before[one]) if one in before else one

    return {one: first(one) for one in before}


def _read_outcomes(
    session: Session, actor: Actor, placement_ids: Any, until: date
) -> dict[UUID, PlacementOutcome]:
    """The last outcome noted for each stay by that day, by the stay's first placement."""
    of_placement, stays = col(PlacementOutcome.placement_id), _first_placements(session, actor)
    query = select_visible(PlacementOutcome, actor).where(
        or_(of_placement.in_(placement_ids), of_placement.in_(_extensions(actor))),
        col(PlacementOutcome.on) <= until,
    )
    ordered = query.order_by(None).order_by(
        col(PlacementOutcome.on), col(PlacementOutcome.after_months)
    )
    noted = session.exec(ordered)
    return {stays.get(one.placement_id, one.placement_id): one for one in noted}


def whole_years(first: date, last: date) -> range:
    """The calendar years that lie wholly within the period."""
    begins = first.year if (first.month, first.day) == (1, 1) else first.year + 1
    ends = last.year if (last.month, last.day) == DECEMBER_31 else last.year - 1
    return range(begins, ends + 1)


def _counted_until(as_of: date) -> date:
    if (as_of.month, as_of.day) == DECEMBER_31:
        return as_of
    return date(max(as_of.year - 1, 1), *DECEMBER_31)


def _count(
    year: int, started: Sequence[_Started], outcomes: Mapping[UUID, PlacementOutcome]
) -> PersonsOfYear:
    people = [one.person for one in started]
    return PersonsOfYear(
        year=year,
        total=shown_total(len(people)),
        by_target_group=features([_groups_of(person, year) for person in people]),
        by_outcome=parts(Counter(_outcome_of(one, outcomes) for one in started)),
        by_municipality=parts(Counter(person.municipality_code for person in people)),
    )


def _outcome_of(started: _Started, outcomes: Mapping[UUID, PlacementOutcome]) -> str:
    """The last outcome noted for any of the person's placements."""
    noted = [outcomes[one] for one in started.placement_ids if one in outcomes]
    last = max(noted, key=lambda one: (one.on, one.after_months, one.outcome), default=None)
    return NOT_NOTED if last is None else last.outcome


def _groups_of(person: Candidate, year: int) -> set[str]:
    """The groups that did not end before the year; when a person came into one is not known."""
    begins = date(year, 1, 1)
    return {
        group.code
        for group in person.target_groups
        if group.valid_to is None or group.valid_to >= begins
    }
