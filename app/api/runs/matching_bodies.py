"""The body of a matching: candidates and slots, checked part by part."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from app.api.http import Input, PassingInput, checked_in_parts, read_json
from app.api.registers.candidates import CandidateInput
from app.api.registers.slots import SlotInput
from app.api.runs.own_ids import MOST_ROWS, OwnId, OwnIds, refuse_repeated_ids
from app.models.candidates import CandidateTerms
from app.models.policies import PolicyRules
from app.models.slots import SlotTerms
from app.models.values import Codes, Day, Months, Reference
from app.reference.programmes import KnownProgrammes
from app.services.engine.values import (
    TIER_CONTRACTUAL,
    TIER_VOLUNTARY,
    Duty,
    EngineInput,
    candidate_value,
    closed_codes,
    policy_value,
    programmes_out_of_force_closed,
    slot_value,
)
from app.services.registers.known_codes import check_codes_sent


class GivenCandidateInput(CandidateTerms, PassingInput):
    """A candidate as in /candidates, under the caller's own identifiers."""

    id: OwnId
    """The caller's own id of the candidate, unique in the call."""
    reference: Reference | None = None
    """The caller's own note; nothing is compared with it. Null: none."""
    avoided_supplier_ids: OwnIds = Field(default_factory=list)
    """Suppliers, by the caller's ids, whose slots are never proposed to the person."""


class GivenSlotInput(SlotTerms, PassingInput):
    """A slot as in /slots, with what its clause asks. `clauseId` is the caller's own note."""

    id: OwnId
    """The caller's own id of the slot, unique in the call."""
    reference: Reference | None = None
    """The caller's own note; nothing is compared with it. Null: none."""
    supplier_id: OwnId | None = None
    """The supplier, by the caller's id. Null: nobody avoids it."""
    clause_id: OwnId | None = None
    """The caller's own note. Null: none."""
    contractual: bool = False
    """Whether its places are of a clause and so go before voluntary ones."""
    minimum_months: Months = 1
    """How many calendar months a stay must last at least."""
    target_groups: Codes = Field(default_factory=list)
    """Codes of the groups for whom it is. Empty: anyone."""


class GivenPolicyInput(PolicyRules, Input):
    """The rules of a policy, without who stands for them."""


class MatchingInput(Input):
    """Candidates and slots to match, and by which rules."""

    example: ClassVar = {
        "asOf": "2018-02-01",
        "candidates": [CandidateInput.example | {"id": "k1", "occupations": [{"ssyk": "7111"}]}],
        "slots": [
            SlotInput.example
            | {
                "id": "p1",
                "supplierId": "exempelbygg",
                "clauseId": None,
                "contractual": True,
                "minimumMonths": 4,
                "targetGroups": ["long-term-unemployed"],
            }
        ],
        "policy": {
            "weights": {
                "occupation": 300,
                "skills": 250,
                "distance": 200,
                "waiting": 150,
                "fit": 100,
            },
            "occupationDigits": 3,
            "placementsBeforePoints": False,
        },
        "include": ["pairs"],
    }

    as_of: Day | None = None
    """The day for which to match: nobody starts before it. Null: today."""
    candidates: Annotated[list[GivenCandidateInput], Field(max_length=MOST_ROWS)]
    """The people; each gets one place at most."""
    slots: Annotated[list[GivenSlotInput], Field(max_length=MOST_ROWS)]
    """Where there are places."""
    policy: GivenPolicyInput | None = None
    """The rules and weights. Null: the service's standard ones."""
    include: Annotated[list[Literal["pairs"]], Field(max_length=1)] = Field(default_factory=list)
    """What else to answer: `pairs` asks for every possible pair."""


@dataclass(frozen=True)
class ReadMatching:
    """`unknown`: the programmes that are not known, by pointer."""

    given: EngineInput
    with_pairs: bool
    unknown: Mapping[str, str]


def read_matching(body: bytes, known: KnownProgrammes, today: date) -> ReadMatching:
    """Raises Invalid where something is wrong in itself."""
    parts: list[EngineInput] = []
    unknown: dict[str, str] = {}
    with_pairs = False
    for part in checked_in_parts(MatchingInput, read_json(body), "candidates", "slots"):
        before = (sum(len(one.candidates) for one in parts), sum(len(one.slots) for one in parts))
        check_codes_sent(part.candidates, part.slots, before)
        unknown |= _unknown_programmes(part, known.codes, before[0])
        parts.append(_engine_input(part, today))
        with_pairs = "pairs" in part.include
    people = tuple(chain.from_iterable(part.candidates for part in parts))
    slots = chain.from_iterable(part.slots for part in parts)
    given = replace(
        parts[0],
        candidates=people,
        slots=tuple(programmes_out_of_force_closed(slots, people, known, parts[0].as_of)),
    )
    refuse_repeated_ids("candidates", given.candidates)
    refuse_repeated_ids("slots", given.slots)
    return ReadMatching(given, with_pairs, unknown)


def _unknown_programmes(body: MatchingInput, known: Set[str], before: int) -> dict[str, str]:
    """By pointer; so many candidates lie before those of this part."""
    return {
        f"#/candidates/{row}/programmes/{index}/code": clearance.code
        for row, person in enumerate(body.candidates, before)
        for index, clearance in enumerate(person.programmes)
        if clearance.code not in known
    }


def _engine_input(body: MatchingInput, today: date) -> EngineInput:
    as_of = body.as_of or today
    return EngineInput(
        as_of=as_of,
        policy=policy_value(body.policy or PolicyRules()),
        candidates=tuple(
            candidate_value(person, person.id, person.reference, person.avoided_supplier_ids)
            for person in body.candidates
        ),
        slots=tuple(
            slot_value(
                slot,
                slot.id,
                slot.reference,
                slot.supplier_id or "",
                _duty(slot),
                closed=closed_codes(slot, _duty(slot), taken=0, as_of=as_of),
            )
            for slot in body.slots
        ),
    )


def _duty(slot: GivenSlotInput) -> Duty:
    return Duty(
        tier=TIER_CONTRACTUAL if slot.contractual else TIER_VOLUNTARY,
        minimum_months=slot.minimum_months,
        target_groups=frozenset(slot.target_groups),
    )
