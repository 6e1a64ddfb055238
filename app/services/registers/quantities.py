"""The quantity that a rate proposes for a clause, computed exactly from the contract's value."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from app.errors import FieldError, Invalid
from app.models.clauses import MOST_FULL_TIME_MONTHS, MOST_PLACES, ClauseFields, ClauseTerms
from app.models.contracts import Contract
from app.reference.place_rates import place_rates_on


@dataclass(frozen=True)
class ProposedQuantity:
    """Whole places, or whole full-time months to divide between persons, and what they follow from.

    `bought` and `valid_from` are None where the buyer gave a figure of its own.
    """

    places: int
    months_per_place: int
    full_time_months: int
    value_sek: int
    sek_per_place: int
    bought: str | None
    valid_from: date | None

    @property
    def exact_places(self) -> Fraction:
        return Fraction(self.value_sek, self.sek_per_place)


def proposed_quantity(terms: ClauseTerms, contract: Contract) -> ProposedQuantity | None:
    """The proposed quantity; None without a rate or without a contract value."""
    if terms.rate is None or contract.value_sek is None:
        return None
    reference = place_rates_on(contract.start_date)
    own, bought = terms.rate.sek_per_place, terms.rate.kind
    sek_per_place = own or reference.sek_per_place[bought or ""]
    months = reference.months_per_place[terms.kind]
    return ProposedQuantity(
        places=contract.value_sek // sek_per_place,
        months_per_place=months,
        full_time_months=contract.value_sek * months // sek_per_place,
        value_sek=contract.value_sek,
        sek_per_place=sek_per_place,
        bought=None if own else bought,
        valid_from=None if own else reference.valid_from,
    )


def with_quantity(fields: ClauseFields, contract: Contract) -> dict[str, Any]:
    """The rate's quantity for a clause that gives none; Invalid where the rate proposes none."""
    is_given = fields.places is not None or fields.full_time_months is not None
    if is_given or fields.kind == "dialogue" or fields.quantity_per_call_off:
        return {}
    proposed = proposed_quantity(fields, contract)
    if proposed is None:
        lacking = "a rate" if fields.rate is None else "the contract's valueSek"
        raise Invalid(
            FieldError("#/places", f"cannot be proposed without {lacking}: give a quantity")
        )
    if 1 <= proposed.places <= MOST_PLACES:
        return {"places": proposed.places, "minimum_months": proposed.months_per_place}
    if 1 <= proposed.full_time_months <= MOST_FULL_TIME_MONTHS:
        return {"full_time_months": proposed.full_time_months}
    raise Invalid(
        FieldError("#/rate", f"proposes {proposed.places} places: give a quantity yourself")
    )
