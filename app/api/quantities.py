"""The quantity that a rate proposes, and how it was reckoned, in words."""

from fractions import Fraction
from typing import Annotated, Any

from pydantic import Field

from app.api.languages import Language
from app.api.texts import decimal_text
from app.api.wire import Output
from app.services.quantities import ProposedQuantity

PROPOSED_EXAMPLE: dict[str, Any] = {
    "places": 2,
    "fullTimeMonths": 14,
    "how": "120 000 000 kr i avtalsvärde / 50 000 000 kr per plats = 2,40 platser: 2 hela platser "
    "om 6 månader, eller 14 heltidsmånader att dela mellan personer.",
}
BOUGHT: dict[str, dict[Language, str]] = {
    "works": {"sv": "entreprenader", "en": "works"},
    "services": {"sv": "tjänster", "en": "services"},
}
HOW: dict[Language, str] = {
    "sv": "{value} kr i avtalsvärde / {sek} kr per plats = {exact} platser: {places} hela platser "
    "om {months} månader, eller {full_time_months} heltidsmånader att dela mellan personer.",
    "en": "{value} SEK of contract value / {sek} SEK a place = {exact} places: {places} whole "
    "places of {months} months, or {full_time_months} full-time months to divide between persons.",
}
REFERENCE: dict[Language, str] = {
    "sv": " Satsen är Trafikverkets för {bought}, i bruk från {valid_from}.",
    "en": " The rate is Trafikverket's for {bought}, in use from {valid_from}.",
}


class ProposedQuantityOutput(Output):
    """What the rate makes of the contract's value; a person decides what the clause asks."""

    places: int
    full_time_months: int
    how: Annotated[str, Field(description="The reckoning, as a sentence.")]


def shown_proposal(
    proposed: ProposedQuantity | None, language: Language
) -> ProposedQuantityOutput | None:
    if proposed is None:
        return None
    return ProposedQuantityOutput(
        places=proposed.places,
        full_time_months=proposed.full_time_months,
        how=_how(proposed, language),
    )


def _how(proposed: ProposedQuantity, language: Language) -> str:
    text = HOW[language].format(
        value=_thousands(proposed.value_sek),
        sek=_thousands(proposed.sek_per_place),
        exact=_two_decimals(proposed.exact_places, language),
        places=_thousands(proposed.places),
        months=proposed.months_per_place,
        full_time_months=_thousands(proposed.full_time_months),
    )
    if proposed.bought is None:
        return text
    bought = BOUGHT[proposed.bought][language]
    return text + REFERENCE[language].format(bought=bought, valid_from=proposed.valid_from)


def _two_decimals(exact: Fraction, language: Language) -> str:
    """Cut, not rounded: 1,999 places are not two."""
    hundredths = int(exact * 100)
    return decimal_text(f"{hundredths // 100}.{hundredths % 100:02}", language)


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", " ")
