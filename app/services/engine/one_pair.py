"""One pair by the engine's laws: as a run saw it, or by today's rows."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import numpy as np

from app.errors import NotFound
from app.matching import values as engine
from app.matching.one_pair import explained
from app.matching.rules.case import Case
from app.matching.rules.table import ALL_REASONS as ALL_REASONS
from app.matching.rules.table import PAIR_REASONS as PAIR_REASONS
from app.matching.rules.table import failing
from app.matching.values import CLOSED_REASONS as CLOSED_REASONS
from app.matching.values import CRITERIA as CRITERIA
from app.models.candidates import Candidate
from app.models.policies import Policy
from app.models.slots import Slot
from app.services.engine.values import Duty, candidate_value, policy_value, slot_value


def explained_in(given: engine.Given, candidate_id: UUID, slot_id: UUID) -> engine.PairExplanation:
    """The pair as the run saw it; NotFound where the candidate or the slot was not in the run."""
    return explained(_case_in(given, str(candidate_id), str(slot_id)), given.policy)


def codes_against(given: engine.Given, candidate_id: str, slot_id: str) -> list[str]:
    """The codes of every rule that the pair fails in this input, and of what closes the slot."""
    case = _case_in(given, candidate_id, slot_id)
    return [reason.code for reason in explained(case, given.policy).reasons]


def broken_from(
    candidate: Candidate, slot: Slot, duty: Duty, policy: Policy, first_day: date
) -> set[str]:
    """The rules that today's rows break if the two begin together on this day."""
    avoided = candidate.avoided_supplier_ids
    person = candidate_value(candidate, str(candidate.id), candidate.reference, avoided)
    offer = slot_value(slot, str(slot.id), slot.reference, str(slot.supplier_id), duty)
    case = Case(
        replace(person, available_from=first_day),
        replace(offer, earliest_start=first_day),
        policy_value(policy).occupation_digits,
        first_day,
    )
    return {code for code, _ in failing(case)}


def row_of(
    columns: engine.CandidateColumns | engine.SlotColumns, resource: str, row_id: UUID | str
) -> int:
    rows = np.flatnonzero(columns.id == str(row_id))
    if not len(rows):
        raise NotFound(resource, row_id)
    return int(rows[0])


def _case_in(given: engine.Given, candidate_id: str, slot_id: str) -> Case:
    who, where = given.candidates, given.slots
    person = engine.candidate_at(who, row_of(who, "candidates", candidate_id))
    slot = engine.slot_at(where, row_of(where, "slots", slot_id))
    forbidden = (person.id, slot.id) in given.forbidden
    return Case(person, slot, given.policy.occupation_digits, given.as_of, forbidden)
