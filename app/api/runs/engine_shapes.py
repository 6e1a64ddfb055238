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
    points: int


class CertificateOutput(Output):
    """The proof: what the pairs reach (primal) is what the prices allow at most (dual)."""

    optimal: bool
    primal: ValueOutput
    dual: ValueOutput
    pairs_checked: int


class ObjectiveOutput(Output):
    contractual_places_filled: int
    places_filled: int
    points: int


class PriceOutput(Output):
    """`min`: what one more place would gain; `max`: what losing one would cost, null without."""

    min: ValueOutput
    max: ValueOutput | None


class CriterionOutput(Output):
    criterion: CriterionName
    points: int
    maximum: int
    text: str


class ReasonOutput(Output):
    code: str
    text: str


class GapOutput(Output):
    """A reason for a candidate. For `outranked`, what the whole would lose in the nearest slot."""

    code: str
    slots: int
    text: str
    slot_id: str | None = None
    gap: ValueOutput | None = None


class SlotReasonOutput(Output):
    code: str
    candidates: int
    text: str


class ScoredPairOutput(Output):
    candidate_id: str
    slot_id: str
    points: int


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
    slot_id: UUID
    status: PairStatus
    points: int | None
    criteria: list[CriterionOutput]
    programme: str | None
    start_date: Day | None
    end_date: Day | None
    reasons: list[ReasonOutput]


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
