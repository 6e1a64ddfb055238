"""What a clause asked, what has been delivered, what is booked, and the verdict.

The verdict is never stored: a function of the clause's facts computes it for any date. An event
counts from its own date, whenever it was noted; the caller chooses which facts are known.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from app.models.clauses import Clause, ClauseTerms
from app.models.contracts import Contract
from app.models.follow_ups import FollowUp, FollowUpKind
from app.services.fulfilment.balance import (
    Balance,
    balance_on,
    extendable_places,
    required_quantity,
)
from app.services.fulfilment.deadlines import (
    InnerDeadline,
    StartsNeeded,
    first_start_met,
    last_safe_start,
    missed_deadlines,
    starts_needed,
)
from app.services.fulfilment.facts import ClauseFacts
from app.services.fulfilment.stays import Stay, stays_on


class Verdict(StrEnum):
    """Where a clause stands on a day. Of several verdicts that fit, the first listed is given."""

    MET = "met"
    EXCUSED = "excused"
    RECTIFICATION = "rectification"
    NOT_MET = "not-met"
    NOT_STARTED = "not-started"
    IMPOSSIBLE = "impossible"
    OVERDUE = "overdue"
    AT_RISK = "at-risk"
    ON_TRACK = "on-track"


SETTLED = {Verdict.MET, Verdict.EXCUSED}
# The order of lists that say what to do first.
WORST_FIRST = (
    Verdict.NOT_MET,
    Verdict.IMPOSSIBLE,
    Verdict.OVERDUE,
    Verdict.RECTIFICATION,
    Verdict.AT_RISK,
    Verdict.ON_TRACK,
    Verdict.NOT_STARTED,
    Verdict.EXCUSED,
    Verdict.MET,
)


@dataclass(frozen=True)
class Cause:
    """Why some of the quantity is missing; `constraint` is the rule that ruled out most people."""

    code: str
    quantity: Decimal
    constraint: str | None = None


@dataclass(frozen=True)
class Forecast:
    """The verdict and quantities at the contract's end if everything booked goes as planned."""

    verdict: Verdict
    delivered: Decimal | None
    missing: Decimal | None


@dataclass(frozen=True)
class Fulfilment:
    """`balance` is None without a quantity, `first_start_met` where the clause has no limit,
    `extendable` where the quantity is not in places."""

    facts: ClauseFacts
    terms: ClauseTerms
    as_of: date
    verdict: Verdict
    balance: Balance | None
    stays: Sequence[Stay]
    first_start_met: bool | None
    last_safe_start: date | None
    starts_needed: StartsNeeded | None
    extendable: int | None
    forecast: Forecast
    missed_deadlines: tuple[InnerDeadline, ...]
    known_at: datetime | None = None
    call_offs: tuple["Fulfilment", ...] = ()
    causes: tuple[Cause, ...] = ()

    @property
    def clause(self) -> Clause:
        return self.facts.clause

    @property
    def contract(self) -> Contract:
        return self.facts.contract

    @property
    def by_early_end_rule(self) -> bool:
        """Whether the clause is met only because of the credit for placements that ended early."""
        if self.verdict != Verdict.MET or self.balance is None:
            return False
        return self.balance.delivered - self.balance.credited < (required_quantity(self.terms) or 0)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to follow up: the clause is met or excused, or it is not met and
        the buyer has said whether there is a sanction."""
        closing = (FollowUpKind.SANCTION, FollowUpKind.NO_SANCTION)
        said = self.facts.follow_ups_on(self.as_of, *closing)
        is_closed = any(one.on > self._not_met_after for one in said)
        return self.verdict in SETTLED or (self.verdict == Verdict.NOT_MET and is_closed)

    @property
    def _not_met_after(self) -> date:
        """A sanction up to this day is for something else: the clause cannot have been not-met."""
        short = [one.contract.end_date for one in self.call_offs if one.verdict == Verdict.NOT_MET]
        return max(short, default=self.contract.end_date)


def fulfilment_of(facts: ClauseFacts, as_of: date) -> Fulfilment:
    """The clause on that date, by the terms in force then."""
    terms = facts.terms_on(as_of)
    stays = stays_on(facts.placements, as_of)
    balance = balance_on(facts, terms, stays, as_of)
    missed = missed_deadlines(facts, terms, stays, as_of)
    extendable = extendable_places(facts, terms, stays, as_of)
    return Fulfilment(
        facts=facts,
        terms=terms,
        as_of=as_of,
        verdict=_verdict(facts, terms, balance, extendable, missed, as_of),
        balance=balance,
        stays=stays,
        first_start_met=first_start_met(facts, terms, stays, as_of),
        last_safe_start=last_safe_start(terms, facts.contract),
        starts_needed=starts_needed(terms, facts.contract, balance, as_of),
        extendable=extendable,
        forecast=_forecast(facts, terms, balance, as_of),
        missed_deadlines=missed,
    )


def with_call_offs(found: Fulfilment, call_offs: Sequence[Fulfilment]) -> Fulfilment:
    """A clause that leaves its quantity to call-offs has the verdict of the worst of them, or
    overdue where its own reports are."""
    if not found.terms.quantity_per_call_off or not call_offs:
        return found
    verdict = worst([one.verdict for one in call_offs])
    if found.missed_deadlines and verdict in (Verdict.AT_RISK, Verdict.ON_TRACK):
        verdict = Verdict.OVERDUE
    forecasts = [one.forecast.verdict for one in call_offs]
    return replace(
        found,
        verdict=verdict,
        forecast=replace(found.forecast, verdict=worst(forecasts)),
        call_offs=tuple(call_offs),
    )


def worst(verdicts: Sequence[Verdict]) -> Verdict:
    return min(verdicts, key=WORST_FIRST.index)


def rectification_until(facts: ClauseFacts, day: date) -> date | None:
    """The last day of a time to rectify that has not passed; None where there is none."""
    ends = [one.until for one in facts.follow_ups_on(day, FollowUpKind.RECTIFICATION_SET)]
    return max((end for end in ends if end is not None and end >= day), default=None)


def excuses_on(facts: ClauseFacts, day: date) -> list[FollowUp]:
    return facts.follow_ups_on(day, FollowUpKind.EXCUSE_DECIDED)


def _verdict(
    facts: ClauseFacts,
    terms: ClauseTerms,
    balance: Balance | None,
    extendable: int | None,
    missed: Sequence[InnerDeadline],
    as_of: date,
) -> Verdict:
    """The first verdict that fits, in the order of `Verdict`."""
    contract = facts.contract
    if terms.quantity_per_call_off:  # `with_call_offs` replaces it
        return Verdict.NOT_STARTED
    is_short = balance is None or balance.missing > 0
    last = last_safe_start(terms, contract)
    is_too_late = terms.places is not None and (last is None or as_of > last)
    is_within_reach = balance is not None and (extendable or 0) >= balance.missing
    fits = {
        Verdict.MET: _is_met(facts, terms, balance, as_of),
        Verdict.EXCUSED: is_short and _is_excused(facts, balance, as_of),
        Verdict.RECTIFICATION: rectification_until(facts, as_of) is not None,
        Verdict.NOT_MET: as_of > contract.end_date,
        Verdict.NOT_STARTED: as_of < contract.start_date,
        Verdict.IMPOSSIBLE: is_short and is_too_late and not is_within_reach,
        Verdict.OVERDUE: bool(missed),
        Verdict.AT_RISK: is_short,
        Verdict.ON_TRACK: True,
    }
    return next(verdict for verdict in Verdict if fits[verdict])


def _is_met(facts: ClauseFacts, terms: ClauseTerms, balance: Balance | None, day: date) -> bool:
    if balance is None:
        return bool(facts.follow_ups_on(day, FollowUpKind.DIALOGUE_HELD))
    return balance.delivered >= (required_quantity(terms) or 0)


def _is_excused(facts: ClauseFacts, balance: Balance | None, day: date) -> bool:
    """Whether an excuse names no quantity, or all excuses together name all that is missing."""
    excuses = excuses_on(facts, day)
    if any(one.quantity is None for one in excuses):
        return True
    excused = sum(one.quantity or 0 for one in excuses)
    return bool(excuses) and balance is not None and excused >= balance.missing


def _forecast(
    facts: ClauseFacts, terms: ClauseTerms, balance: Balance | None, as_of: date
) -> Forecast:
    if balance is None:
        is_met = _is_met(facts, terms, None, as_of)
        delivered = missing = None
    else:
        is_met, delivered, missing = balance.missing == 0, balance.covered, balance.missing
    if is_met:
        return Forecast(Verdict.MET, delivered, missing)
    is_excused = _is_excused(facts, balance, as_of)
    return Forecast(Verdict.EXCUSED if is_excused else Verdict.NOT_MET, delivered, missing)
