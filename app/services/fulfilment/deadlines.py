"""The days that matter inside a contract: the first start, reports, and the last safe start.

A clause that leaves its quantity to call-offs has reports, but no starts of its own.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import Literal

from app.models.clauses import ClauseTerms
from app.models.contracts import Contract
from app.models.follow_ups import FollowUpKind
from app.services.fulfilment.balance import Balance
from app.services.fulfilment.facts import ClauseFacts
from app.services.fulfilment.stays import ACTIVE, OVER, Stay
from app.services.ground import last_day_of, latest_start, months_covered

InnerDeadlineKind = Literal["first-start", "report"]


@dataclass(frozen=True, slots=True)
class InnerDeadline:
    """A day that passed without its start or report; `number` counts reports from 1."""

    kind: InnerDeadlineKind
    due: date
    number: int = 1


@dataclass(frozen=True, slots=True)
class StartsNeeded:
    """How many more people must start by which day, if all that is booked takes place."""

    starts: int
    by: date


def first_start_deadline(terms: ClauseTerms, contract: Contract) -> date | None:
    months = terms.first_start_within_months
    if months is None or terms.quantity_per_call_off:
        return None
    return last_day_of(contract.start_date, months)


def first_start_met(
    facts: ClauseFacts, terms: ClauseTerms, stays: Sequence[Stay], day: date
) -> bool | None:
    """Whether somebody started, or an offer was made, in time; None where no time is set."""
    deadline = first_start_deadline(terms, facts.contract)
    if deadline is None:
        return None
    return any(start <= deadline for start in _starts(facts, stays, day))


def missed_deadlines(
    facts: ClauseFacts, terms: ClauseTerms, stays: Sequence[Stay], day: date
) -> tuple[InnerDeadline, ...]:
    """The deadlines that have passed without their start or report; a late one makes them good."""
    missed = []
    deadline = first_start_deadline(terms, facts.contract)
    if deadline is not None and deadline < day and not _starts(facts, stays, day):
        missed.append(InnerDeadline("first-start", deadline))
    unreported = unreported_dates(facts, terms, day)
    if unreported and unreported[0].due < day:
        missed.append(unreported[0])
    return tuple(missed)


def unreported_dates(
    facts: ClauseFacts, terms: ClauseTerms, day: date
) -> tuple[InnerDeadline, ...]:
    """The dates without a report by the day; each report counts for the next date in order."""
    reported = len(facts.follow_ups_on(day, FollowUpKind.REPORT))
    dates = list(enumerate(sorted(terms.report_dates), 1))
    return tuple(InnerDeadline("report", due, number) for number, due in dates[reported:])


def last_safe_start(terms: ClauseTerms, contract: Contract) -> date | None:
    """None for full-time months, where the last start depends on how many people start, and for a
    contract that is shorter than one placement."""
    if terms.minimum_months is None:
        return None
    last = latest_start(contract.end_date, terms.minimum_months)
    return None if last is None or last < contract.start_date else last


def starts_needed(
    terms: ClauseTerms, contract: Contract, balance: Balance | None, day: date
) -> StartsNeeded | None:
    """For full-time months, how many people in full time would suffice, and until which day."""
    if balance is None or balance.missing == 0 or day > contract.end_date:
        return None
    if terms.places is not None:
        last = last_safe_start(terms, contract)
        too_late = last is None or day > last
        return None if last is None or too_late else StartsNeeded(int(balance.missing), last)
    return _full_time_starts(Fraction(balance.missing), max(day, contract.start_date), contract)


def _full_time_starts(missing: Fraction, first: date, contract: Contract) -> StartsNeeded:
    def too_little(days: int) -> bool:
        return starts * months_covered(first + timedelta(days), contract.end_date) < missing

    starts = ceil(missing / months_covered(first, contract.end_date))
    latest = bisect_left(range((contract.end_date - first).days + 1), True, key=too_little)
    return StartsNeeded(starts, first + timedelta(latest - 1))


def _starts(facts: ClauseFacts, stays: Sequence[Stay], day: date) -> list[date]:
    """The days on which somebody started, or an offer was made, from the contract's beginning
    until the day."""
    begun = [part.first for stay in stays for part in stay.parts if part.state in (ACTIVE, OVER)]
    offered = [one.on for one in facts.follow_ups_on(day, FollowUpKind.OFFER_MADE)]
    return [start for start in begun + offered if start >= facts.contract.start_date]
