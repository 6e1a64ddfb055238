"""Matching of candidates and slots that the caller sends; stores nothing."""

from app.errors import FieldError, Invalid
from app.matching.engine import match
from app.matching.errors import TooLargeError
from app.services.engine.answers import (
    Json,
    certificate_json,
    objective_json,
    pairs_json,
    proposal_json,
    unfilled_reasons_json,
    unmatched_reasons_json,
)
from app.services.engine.values import EngineInput

MOST_PAIRS_SHOWN = 200_000  # some 10 MB of JSON


def match_given(given: EngineInput, with_pairs: bool) -> Json:
    """Matches as a run does; Invalid, with the limit, where input or answer are too large."""
    try:
        matching = match(given.candidates, given.slots, given.policy, as_of=given.as_of)
    except TooLargeError as error:
        raise Invalid(FieldError("#", str(error))) from error
    if with_pairs and matching.counts.feasible_pairs > MOST_PAIRS_SHOWN:
        pairs, most = matching.counts.feasible_pairs, MOST_PAIRS_SHOWN
        detail = f"{pairs} pairs are more than the {most} that one answer holds; leave it out"
        raise Invalid(FieldError("#/include", detail))
    answer = {
        "proposals": [proposal_json(proposal) for proposal in matching.proposals],
        "unmatched_candidates": [
            {"candidate_id": one.candidate_id, "reasons": unmatched_reasons_json(one)}
            for one in matching.unmatched_candidates
        ],
        "unfilled_slots": [
            {
                "slot_id": one.slot_id,
                "places_left": one.places_left,
                "reasons": unfilled_reasons_json(one),
            }
            for one in matching.unfilled_slots
        ],
        "objective": objective_json(matching.objective),
        "certificate": certificate_json(matching.certificate),
    }
    return answer | {"pairs": pairs_json(matching.pairs)} if with_pairs else answer
