"""What every text needs: words in both languages, nouns in one and in several, numbers."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from app.api.http import Language

Words = Mapping[Language, str]
Forms = Mapping[Language, tuple[str, str]]

PLACES: Forms = {"sv": ("plats", "platser"), "en": ("place", "places")}
MONTHS: Forms = {"sv": ("månad", "månader"), "en": ("month", "months")}
FULL_TIME_MONTHS: Forms = {
    "sv": ("heltidsmånad", "heltidsmånader"),
    "en": ("full-time month", "full-time months"),
}


def counted(number: int, words: tuple[str, str]) -> str:
    return f"{number} {agreeing(number, words)}"


def agreeing(number: int | Decimal | Fraction, words: tuple[str, str]) -> str:
    """The form for one, or the form for more: of a word, or of a whole sentence."""
    one, more = words
    return one if number == 1 else more


def measured(quantity: Decimal, in_places: bool, language: Language) -> str:
    """So many places, or full-time months."""
    unit = (PLACES if in_places else FULL_TIME_MONTHS)[language]
    return f"{quantity_text(quantity, language)} {agreeing(quantity, unit)}"


def quantity_text(quantity: Decimal, language: Language) -> str:
    """Without decimals where it is whole, otherwise with two."""
    is_whole = quantity == int(quantity)
    return str(int(quantity)) if is_whole else decimal_text(f"{quantity:.2f}", language)


def decimal_text(number: str, language: Language) -> str:
    """With a decimal comma in Swedish, a decimal point in English."""
    return number.replace(".", ",") if language == "sv" else number
