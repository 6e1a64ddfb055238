"""Criteria and reasons as sentences for caseworkers, made when they are read."""

from collections.abc import Mapping
from typing import Any

from app.api.http import Language
from app.api.words.grammar import MONTHS, Forms, Words, counted, decimal_text
from app.api.words.matching_words import CRITERIA, REASONS, SHORT

Facts = Mapping[str, Any]

SLOTS: Forms = {"sv": ("praktikplats", "praktikplatser"), "en": ("slot", "slots")}
CANDIDATES: Forms = {"sv": ("kandidat", "kandidater"), "en": ("candidate", "candidates")}
CONTRACTUAL: Forms = {
    "sv": ("avtalad plats", "avtalade platser"),
    "en": ("contractual place", "contractual places"),
}
VOLUNTARY: Forms = {
    "sv": ("frivillig plats", "frivilliga platser"),
    "en": ("voluntary place", "voluntary places"),
}
POINTS: Forms = {"sv": ("poäng", "poäng"), "en": ("point", "points")}
NEAREST: Words = {
    "sv": " I den närmaste skulle helheten förlora {lost}.",
    "en": " In the nearest the whole would lose {lost}.",
}
NEAREST_EQUAL: Words = {
    "sv": " Den närmaste hade varit lika bra.",
    "en": " The nearest would have been equally good.",
}
AGAINST_A_GAIN: Words = {"sv": "{lost} men vinna {won}", "en": "{lost} but gain {won}"}
AND: Words = {"sv": " och ", "en": " and "}
LEVEL: Words = {"sv": "{code} (nivå {wanted} krävs, {own})", "en": "{code} (level {wanted}, {own})"}
OWN_LEVEL: Words = {"sv": "personen har {own}", "en": "the person has {own}"}
NO_LEVEL: Words = {"sv": "personen saknar det", "en": "the person lacks it"}
PERIOD: Words = {"sv": "{} till {}", "en": "{} to {}"}
AVAILABLE_TO: Words = {
    "sv": "; personen är tillgänglig till {day}",
    "en": "; the person is available until {day}",
}
CLAUSE_MINIMUM: Words = {
    "sv": ", och villkoret kräver minst {percent} %",
    "en": ", and the clause asks for at least {percent} %",
}
NO_PROGRAMME: Words = {
    "sv": "Personen är inte beviljad något program ännu.",
    "en": "The person has not been granted any programme yet.",
}


def criterion_text(criterion: str, facts: Facts, language: Language) -> str:
    """Why a pair got its points for one criterion."""
    if criterion == "skills" and not facts["preferred"]:
        criterion = "skills-none"
    if criterion == "distance" and facts["metres"] > facts["longest_metres"]:
        criterion = "distance-unknown"
    elif criterion == "distance" and not facts["metres"]:
        criterion = "distance-none"
    return CRITERIA[criterion][language].format_map(_in_words(facts, language))


def reason_text(code: str, facts: Facts, language: Language) -> str:
    """Why one pair cannot be."""
    if code == "programme-limit" and not facts["cleared"]:
        return NO_PROGRAMME[language]
    if code == "language-level":
        facts = {"missing": [_language_level(level, language) for level in facts["missing"]]}
    if code == "already-placed":
        facts = {
            "placed": [PERIOD[language].format(*period.split("/")) for period in facts["placed"]]
        }
    return REASONS[code][language].format_map(_in_words(facts, language))


def candidate_reason_text(reason: Facts, language: Language) -> str:
    """Why so many slots did not go to one candidate; for the nearest that could, at what cost."""
    slots = counted(reason["slots"], SLOTS[language])
    text = f"{slots}: {SHORT[reason['code']][language]}."
    return text + _gap_text(reason["gap"], language) if reason.get("gap") else text


def slot_reason_text(reason: Facts, language: Language) -> str:
    """Why so many candidates did not get a place of one slot."""
    candidates = counted(reason["candidates"], CANDIDATES[language])
    return f"{candidates}: {SHORT[reason['code']][language]}."


def _gap_text(gap: Facts, language: Language) -> str:
    tiers = gap["places_by_tier"]
    amounts = [
        (tiers["2"] + tiers["1"], CONTRACTUAL[language]),
        (tiers["0"], VOLUNTARY[language]),
        (gap["points"], POINTS[language]),
    ]
    lost = [counted(number, words) for number, words in amounts if number > 0]
    won = [counted(-number, words) for number, words in amounts if number < 0]
    if not lost:
        return NEAREST_EQUAL[language]
    text = AND[language].join(lost)
    if won:
        text = AGAINST_A_GAIN[language].format(lost=text, won=AND[language].join(won))
    return NEAREST[language].format(lost=text)


def _in_words(facts: Facts, language: Language) -> dict[str, str]:
    """Each fact as a person would write it: kilometres, months, lists, dates."""
    words = {"available_to": "", "clause_min": ""}
    for name, fact in facts.items():
        if name in {"metres", "longest_metres"}:
            words[name] = _kilometres(fact, language)
        elif name in {"months", "longest_months"}:
            words[name] = counted(fact, MONTHS[language])
        elif name == "language_margin_permille":
            words[name] = f"{fact // 10} %"
        elif name == "available_to":
            words[name] = AVAILABLE_TO[language].format(day=fact)
        elif name == "clause_min":
            words[name] = CLAUSE_MINIMUM[language].format(percent=fact) if fact else ""
        else:
            words[name] = ", ".join(fact) if isinstance(fact, list) else str(fact)
    return words


def _language_level(missing: str, language: Language) -> str:
    """A missing language comes as "code:wanted level:own level"."""
    code, wanted, level = missing.split(":")
    own = OWN_LEVEL[language].format(own=level) if level != "0" else NO_LEVEL[language]
    return LEVEL[language].format(code=code, wanted=wanted, own=own)


def _kilometres(metres: int, language: Language) -> str:
    return decimal_text(f"{metres / 1000:.1f}", language) + " km"
