"""The quantity that a rate proposes, and how it was reckoned, in words."""

from fractions import Fraction
from typing import Any

from app.api.http import Language, Output
from app.api.words.grammar import (
    FULL_TIME_MONTHS,
    MONTHS,
    PLACES,
    Forms,
    agreeing,
    decimal_text,
)
from app.services.registers.quantities import ProposedQuantity

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
    "sv": "{value} kr i avtalsvärde / {sek} kr per plats = {exact}: {places} om {months}, eller "
    "{full_time_months} att dela mellan personer.",
    "en": "{value} SEK of contract value / {sek} SEK a place = {exact}: {places} of {months}, or "
    "{full_time_months} to divide between persons.",
}
WHOLE_PLACES: Forms = {
    "sv": ("hel plats", "hela platser"),
    "en": ("whole place", "whole places"),
}
REFERENCE: dict[Language, str] = {
    "sv": " Satsen är Trafikverkets för {bought}, i bruk från {valid_from}.",
    "en": " The rate is Trafikverket's for {bought}, in use from {valid_from}.",
}


class ProposedQuantityOutput(Output):
    """What the rate makes of the contract's value; a person decides what the clause asks."""

    places: int
    """Whole places."""
    full_time_months: int
    """Whole months of full time, to divide between persons: the same in the other measure."""
    how: str
    """The reckoning, as a sentence in the language of the answer."""


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
        exact=_exact(proposed.exact_places, language),
        places=_counted(proposed.places, WHOLE_PLACES[language]),
        months=_counted(proposed.months_per_place, MONTHS[language]),
        full_time_months=_counted(proposed.full_time_months, FULL_TIME_MONTHS[language]),
    )
    if proposed.bought is None:
        return text
    bought = BOUGHT[proposed.bought][language]
    return text + REFERENCE[language].format(bought=bought, valid_from=proposed.valid_from)


def _exact(places: Fraction, language: Language) -> str:
    """With two decimals, cut and not rounded: 1.999 places are less than two."""
    hundredths = int(places * 100)
    number = decimal_text(f"{hundredths // 100}.{hundredths % 100:02}", language)
    return f"{number} {agreeing(Fraction(hundredths, 100), PLACES[language])}"


def _counted(number: int, words: tuple[str, str]) -> str:
    return f"{_thousands(number)} {agreeing(number, words)}"


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", " ")
