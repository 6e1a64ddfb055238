"""Shapes of what the engine answers, for runs and their proposals, matchings and assignments."""

from typing import Any, ClassVar, Literal
from uuid import UUID

from app.api.http import EXAMPLE_ID, Language, Output
from app.api.words.matching_texts import criterion_text, reason_text
from app.models.match_runs import PairStatus
from app.models.values import Day

CriterionName = Literal["occupation", "skills", "distance", "waiting", "fit"]
Tier = Literal["2", "1", "0"]

VALUE_EXAMPLE = {"placesByTier": {"2": 0, "1": 4, "0": 0}, "points": 3120}
CERTIFICATE_EXAMPLE = {
    "optimal": True,
    "primal": VALUE_EXAMPLE,
    "dual": VALUE_EXAMPLE,
    "pairsChecked": 37,
}
PRICE_EXAMPLE = {
    "min": {"placesByTier": {"2": 0, "1": 0, "0": 0}, "points": 0},
    "max": {"placesByTier": {"2": 0, "1": 1, "0": 0}, "points": -85},
}
CRITERIA_EXAMPLE = [
    {
        "criterion": "occupation",
        "points": 300,
        "maximum": 300,
        "text": "Platsens yrke, SSYK 7111, svarar mot personens önskan nummer 1, SSYK 7111.",
    }
]
TERMS_EXAMPLE = {
    "points": 871,
    "criteria": CRITERIA_EXAMPLE,
    "programme": "arbetspraktik",
    "startDate": "2018-03-01",
    "endDate": "2018-08-31",
}
REASON_EXAMPLE = {
    "code": "too-far",
    "text": "Det är 62,4 km till arbetsplatsen; personens längsta avstånd är 40,0 km.",
}


class ValueOutput(Output):
    """A worth: filled places of each tier, then points. Later parts may be negative."""

    places_by_tier: dict[Tier, int]
    """Filled places by tier: 2 contractual at risk, 1 contractual, 0 voluntary. The higher tier
    goes before all that follows."""
    points: int
    """The sum of points."""


class CertificateOutput(Output):
    """The proof: what the pairs reach (primal) is what the prices allow at most (dual)."""

    optimal: bool
    """Whether the two values are equal, so that no other choice is worth more."""
    primal: ValueOutput
    """What the chosen pairs reach."""
    dual: ValueOutput
    """What any choice can reach at most, by the prices."""
    pairs_checked: int
    """How many possible pairs were held against the prices."""


class ObjectiveOutput(Output):
    """What all pairs together are worth."""

    contractual_places_filled: int
    """How many places of clauses are filled."""
    places_filled: int
    """How many places are filled in all."""
    points: int
    """The sum of points of all pairs."""


class PriceOutput(Output):
    """`min`: what one more place would gain; `max`: what losing one would cost, null without."""

    min: ValueOutput
    """What the whole would gain by one place more in the slot."""
    max: ValueOutput | None
    """What the whole would lose by one place less. Null: the slot has none."""


class CriterionOutput(Output):
    """What one criterion gave."""

    criterion: CriterionName
    """What gave points."""
    points: int
    """How many points it gave."""
    maximum: int
    """How many it could have given, by the policy."""
    text: str
    """Why, in a sentence in the language of the answer."""


class ReasonOutput(Output):
    """A rule that stands in the way of a pair."""

    code: str
    """The rule that stands in the way; the list of codes explains each."""
    text: str
    """Why, in a sentence in the language of the answer."""


class GapOutput(Output):
    """A reason for a candidate. For `outranked`, what the whole would lose in the nearest slot."""

    code: str
    """What stood in the way; the list of codes explains each."""
    slots: int
    """How many slots it closed to the person."""
    text: str
    """Why, in a sentence in the language of the answer."""
    slot_id: str | None = None
    """With `outranked`: the slot in which the person was nearest to a place. Null with others."""
    gap: ValueOutput | None = None
    """With `outranked`: what the whole would lose if the person had it. Null with others."""


class SlotReasonOutput(Output):
    """Why a slot has places left."""

    code: str
    """What stood in the way; the list of codes explains each."""
    candidates: int
    """How many candidates it kept out."""
    text: str
    """Why, in a sentence in the language of the answer."""


class ScoredPairOutput(Output):
    """A pair with its points."""

    candidate_id: str
    """The candidate, by the caller's id."""
    slot_id: str
    """The slot, by the caller's id."""
    points: int
    """What the pair is worth."""


class PairOutput(Output):
    """One pair explained from the run's own input."""

    example: ClassVar = {
        "candidateId": EXAMPLE_ID,
        "slotId": EXAMPLE_ID,
        "status": "chosen",
        **TERMS_EXAMPLE,
        "reasons": [],
    }

    candidate_id: UUID
    """The candidate that was asked about."""
    slot_id: UUID
    """The slot that was asked about."""
    status: PairStatus
    """How the pair stood in the run."""
    points: int | None
    """The sum of the criteria's points. Null: the pair is impossible."""
    criteria: list[CriterionOutput]
    """What gave points. Empty: the pair is impossible."""
    programme: str | None
    """The programme that would carry it. Null: the pair is impossible."""
    start_date: Day | None
    """The first day it could have. Null: the pair is impossible."""
    end_date: Day | None
    """The last day it could have, inclusive. Null: the pair is impossible."""
    reasons: list[ReasonOutput]
    """The rules that stop it. Empty: the pair is possible."""


def shown_criteria(criteria: list[dict[str, Any]], language: Language) -> list[CriterionOutput]:
    return [
        CriterionOutput(
            criterion=one["criterion"],
            points=one["points"],
            maximum=one["maximum"],
            text=criterion_text(one["criterion"], one["facts"], language),
        )
        for one in criteria
    ]


def shown_reasons(reasons: list[dict[str, Any]], language: Language) -> list[ReasonOutput]:
    return [
        ReasonOutput(code=one["code"], text=reason_text(one["code"], one["facts"], language))
        for one in reasons
    ]
