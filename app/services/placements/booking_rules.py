"""One candidate and one slot by today's rows: which hard rules a booking of them would break."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from app.models.candidates import Candidate
from app.models.clauses import Clause
from app.models.contracts import Contract
from app.models.policies import Policy
from app.models.slots import Slot
from app.services.engine.one_pair import PAIR_REASONS, broken_from
from app.services.engine.values import Duty
from app.services.ground import Actor, KnownProgrammes, find, last_day_of, read_known_programmes

DATES_RULE = "not-available"
PROGRAMME_RULE = "programme-limit"
EXTENT_RULE = "extent-mismatch"


@dataclass(frozen=True)
class Period:
    """The dates of a booking, and the programme that carries it."""

    start: date
    end: date
    programme: str
    extent_percent: int | None = None


def failing_rules(
    session: Session, actor: Actor, candidate: Candidate, slot: Slot, policy: Policy, period: Period
) -> list[str]:
    """The broken rules of one pair, with the slot's duty read from the database."""
    known = read_known_programmes(session, actor)
    return broken_rules(candidate, slot, duty_of(session, actor, slot), policy, period, known)


def broken_rules(
    candidate: Candidate,
    slot: Slot,
    duty: Duty,
    policy: Policy,
    period: Period,
    known: KnownProgrammes,
) -> list[str]:
    """Codes of the broken rules, in the engine's order; booking itself checks room and overlap."""
    # The engine's laws see only the first day; the other dates are checked here.
    broken = broken_from(candidate, slot, duty, policy, period.start) - {DATES_RULE}
    if not _dates_fit(candidate, slot, duty, period):
        broken.add(DATES_RULE)
    if not _programme_fits(candidate, period, known):
        broken.add(PROGRAMME_RULE)
    if not _extent_fits(candidate, slot, duty, period.extent_percent):
        broken.add(EXTENT_RULE)
    return [code for code in PAIR_REASONS if code in broken]


def duty_of(session: Session, actor: Actor, slot: Slot) -> Duty:
    if slot.clause_id is None:
        return Duty()
    clause = find(session, actor, Clause, slot.clause_id)
    return Duty.of(clause, find(session, actor, Contract, clause.contract_id))


def _dates_fit(candidate: Candidate, slot: Slot, duty: Duty, period: Period) -> bool:
    first = max(slot.earliest_start, duty.first_day, candidate.available_from)
    last = min(slot.end_date, duty.last_day, candidate.available_to or date.max)
    return (
        first <= period.start <= slot.latest_start
        and last_day_of(period.start, duty.minimum_months) <= period.end <= last
    )


def _programme_fits(candidate: Candidate, period: Period, known: KnownProgrammes) -> bool:
    return any(
        clearance.code == period.programme
        and period.end
        <= last_day_of(
            period.start, known.longest_on(clearance.code, period.start, clearance.maximum_months)
        )
        for clearance in candidate.programmes
    )


def _extent_fits(candidate: Candidate, slot: Slot, duty: Duty, agreed: int | None) -> bool:
    """True where no extent is agreed: the engine's laws check that the two have one in common."""
    if agreed is None:
        return True
    offered, own = slot.extent_percent, candidate.extent_percent
    least = max(offered.min, own.min, duty.minimum_extent)
    return least <= agreed <= min(offered.max, own.max)
