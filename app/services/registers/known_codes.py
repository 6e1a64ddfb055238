"""Codes must be in their official lists; one that was stored before stops only its own field."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from app.errors import FieldError, Invalid
from app.models.candidates import CandidateTerms
from app.models.contracts import ContractFields
from app.models.slots import SlotTerms
from app.models.values import Language
from app.reference.code_lists import LANGUAGES, SSYK_CODES, SSYK_GROUPS, is_cpv

UNKNOWN_GROUP = "is no group of SSYK 2012; see SCB's list, e.g. 7111, or 71 for all of a group"
UNKNOWN_OCCUPATION = "is no unit group of SSYK 2012; see SCB's list, e.g. 7111"
UNKNOWN_LANGUAGE = "is no language code of ISO 639; e.g. sv, or swe"
UNKNOWN_CPV = "is not in CPV 2008; see the list of Regulation (EC) 213/2008, e.g. 45214200-2"


def check_contract_codes(wanted: ContractFields, present: ContractFields | None) -> None:
    if not is_cpv(wanted.cpv_code) and _is_new("cpv_code", wanted, present):
        raise Invalid(FieldError("#/cpvCode", UNKNOWN_CPV))


def check_slot_codes(wanted: SlotTerms, present: SlotTerms | None) -> None:
    _refuse(_of_slot(wanted, present))


def check_candidate_codes(wanted: CandidateTerms, present: CandidateTerms | None) -> None:
    _refuse(_of_candidate(wanted, present))


def check_codes_sent(
    people: Sequence[CandidateTerms], slots: Sequence[SlotTerms], before: tuple[int, int] = (0, 0)
) -> None:
    """Of a part of both lists of a matching that stores nothing; so many lie before the part."""
    first_person, first_slot = before
    of_people = (
        _of_candidate(one, None, f"#/candidates/{row}")
        for row, one in enumerate(people, first_person)
    )
    of_slots = (_of_slot(one, None, f"#/slots/{row}") for row, one in enumerate(slots, first_slot))
    _refuse(chain.from_iterable((*of_people, *of_slots)))


def _of_slot(wanted: SlotTerms, present: SlotTerms | None, at: str = "#") -> Iterator[FieldError]:
    if wanted.occupation.ssyk not in SSYK_CODES and _is_new("occupation", wanted, present):
        yield FieldError(f"{at}/occupation/ssyk", UNKNOWN_OCCUPATION)
    for name, demands in (("required", wanted.required), ("preferred", wanted.preferred)):
        if _is_new(name, wanted, present):
            yield from _unknown_languages(demands.languages, f"{at}/{name}/languages")


def _of_candidate(
    wanted: CandidateTerms, present: CandidateTerms | None, at: str = "#"
) -> Iterator[FieldError]:
    if _is_new("occupations", wanted, present):
        for index, wish in enumerate(wanted.occupations):
            if wish.ssyk not in SSYK_GROUPS:
                yield FieldError(f"{at}/occupations/{index}/ssyk", UNKNOWN_GROUP)
    if _is_new("languages", wanted, present):
        yield from _unknown_languages(wanted.languages, f"{at}/languages")


def _is_new(field: str, wanted: object, present: object | None) -> bool:
    return present is None or getattr(wanted, field) != getattr(present, field)


def _unknown_languages(languages: Iterable[Language], at: str) -> Iterator[FieldError]:
    for index, language in enumerate(languages):
        if language.code not in LANGUAGES:
            yield FieldError(f"{at}/{index}/code", UNKNOWN_LANGUAGE)


def _refuse(errors: Iterable[FieldError]) -> None:
    if found := tuple(errors):
        raise Invalid(*found)
