"""Which language the caller reads: Swedish or English, as Accept-Language weighs them."""

from typing import Literal, get_args

Language = Literal["sv", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


def preferred_language(accept_language: str | None, unless_said: Language = "sv") -> Language:
    """The language that weighs more in the header; `unless_said` where both weigh the same."""
    weights = {"sv": 0.0, "en": 0.0}
    for part in (accept_language or "").split(","):
        tag, _, weight = part.strip().lower().partition(";q=")
        language = tag.partition("-")[0]
        if language in weights:
            weights[language] = max(weights[language], _weight(weight))
    if weights["en"] == weights["sv"]:
        return unless_said
    return "en" if weights["en"] > weights["sv"] else "sv"


def _weight(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
