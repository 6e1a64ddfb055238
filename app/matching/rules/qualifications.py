"""The rules of qualifications and adaptations that one side asks of the other."""

from operator import attrgetter

from app.matching.kit import Words
from app.matching.rules.case import Case, Facts
from app.matching.rules.rule import Found, Law, Rule, asked_of_people, asked_of_slots
from app.matching.sides.pools import Pools


def _lacks(kind: str) -> Law:
    """A required code of this kind is missing."""
    codes_of = attrgetter(kind)

    def law(case: Case) -> Facts | None:
        missing = codes_of(case.slot.required) - codes_of(case.person)
        return {"missing": tuple(sorted(missing))} if missing else None

    return law


def _languages(case: Case) -> Facts | None:
    """A required language is missing or below its level. Each is told as "code:wanted:own"."""
    spoken, short = case.person.languages, []
    for code, level in case.slot.required.languages.items():
        if (own := spoken.get(code, 0)) < level:
            short.append(f"{code}:{level}:{own}")
    return {"missing": tuple(sorted(short))} if short else None


def _adaptations(case: Case) -> Facts | None:
    """The workplace lacks an adaptation that the person needs."""
    missing = case.person.needed_adaptations - case.slot.adaptations
    return {"missing": tuple(sorted(missing))} if missing else None


def _required(code: str, law: Law, kind: str) -> Rule:
    def asked(both: Pools) -> Words:
        return both.slots.required & both.kinds[kind]

    return asked_of_people(code, law, asked, lambda both: both.candidates.has, Found.COMPILED)


RULES = (
    _required("skill-missing", _lacks("skills"), "skills"),
    _required("language-level", _languages, "languages"),
    _required("licence-missing", _lacks("driving_licences"), "driving_licences"),
    _required("certificate-missing", _lacks("certificates"), "certificates"),
    asked_of_slots(
        "adaptation-missing",
        _adaptations,
        lambda both: both.candidates.needed,
        lambda both: both.slots.adaptations,
        Found.COMPILED,
    ),
)
