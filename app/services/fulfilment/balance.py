"""What of a clause's quantity is delivered, active, booked and missing on a day.

Choices where the rows say less than the clause asks:
- Full-time months: where no extent was agreed, the lowest that slot and clause allow is used, so
  that no more is counted than was delivered.
- A place counts where its extent, or else its slot's, can reach the clause's minimum extent.
- A booking counts on every day until its last, or until it is called off.
- After the contract's last day, a place counts only if its stay is over, and full-time months
  only if they have begun.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from app.models.clauses import ClauseTerms
from app.models.contracts import Contract
from app.services.fulfilment.facts import ClauseFacts, SlotFact
from app.services.fulfilment.stays import (
    ACTIVE,
    BOOKED,
    GONE,
    OVER,
    Part,
    Stay,
    counts_if_extended,
    earns_credit,
    place_state,
)
from app.services.ground import months_covered

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Balance:
    """Places, or full-time months with two decimals. `credited` is the part of what is delivered
    that the early-end rule gives; delivered, active, booked and missing explain what is asked."""

    delivered: Decimal = Decimal(0)
    credited: Decimal = Decimal(0)
    active: Decimal = Decimal(0)
    booked: Decimal = Decimal(0)
    missing: Decimal = Decimal(0)

    @property
    def covered(self) -> Decimal:
        return self.delivered + self.active + self.booked


@dataclass(frozen=True, slots=True)
class Months:
    """Full-time months of one placement on a day, and those that an early end lost."""

    delivered: Fraction = Fraction(0)
    credited: Fraction = Fraction(0)
    active: Fraction = Fraction(0)
    booked: Fraction = Fraction(0)
    lost: Fraction = Fraction(0)


def required_quantity(terms: ClauseTerms) -> int | None:
    return terms.places if terms.places is not None else terms.full_time_months


def balance_on(
    facts: ClauseFacts, terms: ClauseTerms, stays: Sequence[Stay], day: date
) -> Balance | None:
    """None where the clause has no quantity."""
    required = required_quantity(terms)
    if required is None:
        return None
    if terms.places is not None:
        return _in_places(required, counted_places(facts, terms, stays, day))
    months = [
        months_of(part, terms, facts.slots[part.placement.slot_id], facts.contract, day)
        for stay in stays
        for part in stay.parts
    ]
    return _in_months(required, months)


def counted_places(
    facts: ClauseFacts, terms: ClauseTerms, stays: Iterable[Stay], day: date
) -> list[str | None]:
    """As what each stay counts, in the order of the stays; None for a stay that does not count."""
    return [
        place_state(stay, terms, facts.contract, day)
        if is_wide_enough(stay.parts[0], terms, facts.slots[stay.slot_id])
        else None
        for stay in stays
    ]


def extendable_places(
    facts: ClauseFacts, terms: ClauseTerms, stays: Iterable[Stay], day: date
) -> int | None:
    """How many places placements that are too short would fill if extended; None for months."""
    if terms.places is None:
        return None
    return sum(
        counts_if_extended(
            stay,
            terms,
            facts.contract,
            facts.slots[stay.slot_id].end_date,
            day,
            facts.programmes,
        )
        and is_wide_enough(stay.parts[0], terms, facts.slots[stay.slot_id])
        for stay in stays
    )


def months_of(
    part: Part, terms: ClauseTerms, slot: SlotFact, contract: Contract, day: date
) -> Months:
    share = _full_time_share(part, terms, slot)
    first = max(part.first, contract.start_date)

    def covered(last: date) -> Fraction:
        return share * months_covered(first, min(last, contract.end_date))

    whole = covered(part.agreed_last)
    # A placement still booked after its last day, or after the contract's, never started.
    if part.state == GONE or (part.state == BOOKED and min(part.last, contract.end_date) < day):
        return Months(lost=whole)
    if part.state == BOOKED:
        return Months(booked=whole)
    done = covered(part.last if part.state == OVER else min(part.last, day))
    if part.state == ACTIVE:
        return Months(delivered=done, active=whole - done)
    if earns_credit(part, terms):
        return Months(delivered=whole, credited=whole - done)
    return Months(delivered=done, lost=whole - done)


def is_wide_enough(part: Part, terms: ClauseTerms, slot: SlotFact) -> bool:
    most = part.placement.extent_percent or slot.most_extent
    return most >= (terms.minimum_extent_percent or 0)


def rounded(total: Fraction) -> Decimal:
    exact = Decimal(total.numerator) / Decimal(total.denominator)
    return exact.quantize(HUNDREDTH, ROUND_HALF_UP)


def _full_time_share(part: Part, terms: ClauseTerms, slot: SlotFact) -> Fraction:
    if part.placement.extent_percent is not None:
        return Fraction(part.placement.extent_percent, 100)
    least = max(slot.least_extent, terms.minimum_extent_percent or 0)
    return Fraction(min(least, slot.most_extent), 100)


def _in_places(required: int, states: Sequence[str | None]) -> Balance:
    credited = states.count("credited")
    delivered = states.count("delivered") + credited
    active, booked = states.count(ACTIVE), states.count(BOOKED)
    missing = max(0, required - delivered - active - booked)
    return Balance(*map(Decimal, (delivered, credited, active, booked, missing)))


def _in_months(required: int, months: Sequence[Months]) -> Balance:
    """Rounds the running totals, so that the parts sum to the rounded whole."""
    delivered, active, booked = (
        sum((getattr(one, name) for one in months), Fraction(0))
        for name in ("delivered", "active", "booked")
    )
    levels = [rounded(delivered), rounded(delivered + active), rounded(delivered + active + booked)]
    return Balance(
        delivered=levels[0],
        credited=rounded(sum((one.credited for one in months), Fraction(0))),
        active=levels[1] - levels[0],
        booked=levels[2] - levels[1],
        missing=max(required - levels[2], Decimal(0)),
    )
