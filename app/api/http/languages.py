"""Swedish unless the client asks for English."""

from typing import Literal, get_args

Language = Literal["sv", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


def preferred_language(accept_language: str | None) -> Language:
    """The better liked of the two by the header's weights; Swedish where they tie."""
    weights = {"sv": 0.0, "en": 0.0}
    for part in (accept_language or "").split(","):
        tag, _, weight = part.strip().lower().partition(";q=")
        language = tag.partition("-")[0]
        if language in weights:
            weights[language] = max(weights[language], _weight(weight))
    return "en" if weights["en"] > weights["sv"] else "sv"


def _weight(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
