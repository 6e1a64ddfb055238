"""What a clause asked, what has been delivered, what is booked, and the verdict.

Never stored: recomputed for any date from the clause, its contract, slots and placements, by
functions of those rows alone. A placement counts where it is long enough for the clause and long
enough of it lies within the contract.

Choices where the rows say less than the clause asks:
- Full-time months: a placement's own extent is not stored, so the lowest that its slot and its
  clause allow stands for it; what is said to be delivered is never too much.
- A place counts where its slot can give the clause's minimum extent, also when a person has placed
  someone there outside a run.
- A planned placement whose last day has passed never started, and covers nothing.
- A dialogue clause has no quantity; while no dialogue can be recorded it is at risk until the
  contract ends, and then not met.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from app.models.clauses import Clause
from app.models.contracts import Contract
from app.models.placements import Placement, PlacementStatus
from app.models.slots import Slot
from app.services.periods import last_day_of, latest_start, months_covered

HUNDREDTH = Decimal("0.01")
BOOKED = {PlacementStatus.PLANNED, PlacementStatus.READY}
STARTED = {PlacementStatus.ACTIVE, PlacementStatus.COMPLETED, PlacementStatus.ENDED_EARLY}


class Verdict(StrEnum):
    NOT_STARTED = "not-started"
    ON_TRACK = "on-track"
    AT_RISK = "at-risk"
    MET = "met"
    NOT_MET = "not-met"


@dataclass(frozen=True)
class Balance:
    """Places, or full-time months with two decimals; all together against what is required."""

    delivered: Decimal = Decimal(0)
    active: Decimal = Decimal(0)
    booked: Decimal = Decimal(0)
    missing: Decimal = Decimal(0)

    @property
    def covered(self) -> Decimal:
        return self.delivered + self.active + self.booked


@dataclass(frozen=True)
class Cause:
    """Why so many of the missing places are missing."""

    code: str
    places: int


@dataclass(frozen=True)
class Fulfilment:
    """`balance` is None for a dialogue clause, `first_start_met` where the clause has no limit."""

    clause: Clause
    contract: Contract
    as_of: date
    verdict: Verdict
    balance: Balance | None
    first_start_met: bool | None
    last_safe_start: date | None
    causes: tuple[Cause, ...] = field(default=())


def fulfilment_of(
    clause: Clause,
    contract: Contract,
    slots: Mapping[UUID, Slot],
    placements: Sequence[Placement],
    as_of: date,
) -> Fulfilment:
    """The clause on that date. `slots` and `placements` are the clause's own, by slot id."""
    balance = _balance(clause, contract, slots, placements, as_of)
    return Fulfilment(
        clause=clause,
        contract=contract,
        as_of=as_of,
        verdict=_verdict(clause, contract, balance, as_of),
        balance=balance,
        first_start_met=_first_start_met(clause, contract, placements, as_of),
        last_safe_start=_last_safe_start(clause, contract),
    )


def required_quantity(clause: Clause) -> int | None:
    return clause.places if clause.places is not None else clause.full_time_months


def _balance(
    clause: Clause,
    contract: Contract,
    slots: Mapping[UUID, Slot],
    placements: Iterable[Placement],
    as_of: date,
) -> Balance | None:
    required = required_quantity(clause)
    if required is None:
        return None
    sums = {"delivered": Fraction(0), "active": Fraction(0), "booked": Fraction(0)}
    for placement in placements:
        slot = slots[placement.slot_id]
        if clause.places is not None:
            if _is_wide_enough(clause, slot):
                _count_place(sums, placement, clause, contract, as_of)
        else:
            share = _full_time_share(clause, slot)
            _count_months(sums, placement, share, contract, as_of)
    covered = {name: _rounded(total) for name, total in sums.items()}
    missing = max(required - _rounded(sum(sums.values(), Fraction(0))), Decimal(0))
    return Balance(**covered, missing=missing)


def _count_place(
    sums: dict[str, Fraction],
    placement: Placement,
    clause: Clause,
    contract: Contract,
    as_of: date,
) -> None:
    first = max(placement.start_date, contract.start_date)
    enough = last_day_of(first, clause.minimum_months or 1)
    state = _state(placement, as_of)
    if state is not None and enough <= min(placement.end_date, contract.end_date):
        sums[state] += 1


def _count_months(
    sums: dict[str, Fraction],
    placement: Placement,
    share: Fraction,
    contract: Contract,
    as_of: date,
) -> None:
    state = _state(placement, as_of)
    if state is None:
        return
    first = max(placement.start_date, contract.start_date)
    last = min(placement.end_date, contract.end_date)
    whole = share * months_covered(first, last)
    done = Fraction(0)
    if state != "booked":
        done = share * months_covered(first, min(last, as_of))
    sums["delivered"] += done
    sums[state] += whole - done


def _state(placement: Placement, as_of: date) -> str | None:
    """Where the placement counts on that date: its own dates say what was known by then."""
    if placement.status in BOOKED:
        return "booked" if placement.end_date >= as_of else None
    if placement.status not in STARTED:
        return None
    if placement.start_date > as_of:
        return "booked"
    if placement.end_date > as_of or placement.status == PlacementStatus.ACTIVE:
        return "active"
    return "delivered"


def _full_time_share(clause: Clause, slot: Slot) -> Fraction:
    least = max(slot.extent_percent.min, clause.minimum_extent_percent or 0)
    return Fraction(min(least, slot.extent_percent.max), 100)


def _is_wide_enough(clause: Clause, slot: Slot) -> bool:
    return slot.extent_percent.max >= (clause.minimum_extent_percent or 0)


def _rounded(total: Fraction) -> Decimal:
    exact = Decimal(total.numerator) / Decimal(total.denominator)
    return exact.quantize(HUNDREDTH, ROUND_HALF_UP)


def _verdict(clause: Clause, contract: Contract, balance: Balance | None, as_of: date) -> Verdict:
    """The first that fits, in the order of the domain's table."""
    if balance is not None and balance.delivered >= (required_quantity(clause) or 0):
        return Verdict.MET
    if as_of > contract.end_date:
        return Verdict.NOT_MET
    if as_of < contract.start_date:
        return Verdict.NOT_STARTED
    if balance is None or balance.missing > 0:
        return Verdict.AT_RISK
    return Verdict.ON_TRACK


def _first_start_met(
    clause: Clause, contract: Contract, placements: Iterable[Placement], as_of: date
) -> bool | None:
    if clause.first_start_within_months is None:
        return None
    deadline = last_day_of(contract.start_date, clause.first_start_within_months)
    return any(
        placement.status in STARTED
        and contract.start_date <= placement.start_date <= min(deadline, as_of)
        for placement in placements
    )


def _last_safe_start(clause: Clause, contract: Contract) -> date | None:
    """Full-time months have none: how late one may start depends on how many do."""
    if clause.minimum_months is None:
        return None
    return latest_start(contract.end_date, clause.minimum_months)
