"""What clauses ask and have together on a day; places and full-time months have separate sums."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from app.models.clauses import ClauseTerms
from app.services.fulfilment.balance import Balance, required_quantity

Unit = Literal["places", "full-time-months"]
UNITS: tuple[Unit, ...] = ("places", "full-time-months")


@dataclass(frozen=True)
class Counted:
    """What counts towards the required quantity: of each clause no more than it asks."""

    delivered: Decimal = Decimal(0)
    active: Decimal = Decimal(0)
    booked: Decimal = Decimal(0)

    def plus(self, required: Decimal, balance: Balance) -> "Counted":
        delivered = min(balance.delivered, required)
        active = min(balance.active, required - delivered)
        booked = min(balance.booked, required - delivered - active)
        return Counted(self.delivered + delivered, self.active + active, self.booked + booked)


@dataclass(frozen=True)
class Standing:
    """`surplus` is what some clauses have beyond what they ask; it does not fill the others."""

    day: date
    required: Decimal = Decimal(0)
    delivered: Decimal = Decimal(0)
    credited: Decimal = Decimal(0)
    active: Decimal = Decimal(0)
    booked: Decimal = Decimal(0)
    missing: Decimal = Decimal(0)
    surplus: Decimal = Decimal(0)
    counted: Counted = field(default_factory=Counted)

    def plus(self, required: Decimal, balance: Balance) -> "Standing":
        return Standing(
            self.day,
            self.required + required,
            self.delivered + balance.delivered,
            self.credited + balance.credited,
            self.active + balance.active,
            self.booked + balance.booked,
            self.missing + balance.missing,
            self.surplus + surplus_of(required, balance),
            self.counted.plus(required, balance),
        )


def surplus_of(required: Decimal, balance: Balance) -> Decimal:
    return max(balance.covered - required, Decimal(0))


def unit_of(terms: ClauseTerms) -> Unit | None:
    if terms.places is not None:
        return "places"
    return None if terms.full_time_months is None else "full-time-months"


def sums_of(
    day: date, balances: Iterable[tuple[ClauseTerms, Balance | None]]
) -> dict[Unit, Standing]:
    """Sums by unit: places and full-time months are never added; a dialogue has neither."""
    sums: dict[Unit, Standing] = {}
    for terms, balance in balances:
        if (unit := unit_of(terms)) is not None and balance is not None:
            standing = sums.get(unit, Standing(day))
            sums[unit] = standing.plus(Decimal(required_quantity(terms) or 0), balance)
    return sums
