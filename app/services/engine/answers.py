"""The engine's answer as plain values by name, and as the rows in which a run stores it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic_core import to_json

from app.matching import values as engine
from app.matching.answers import as_values
from app.matching.answers.column_results import ColumnMatching
from app.matching.values import Comparison, Move
from app.models.proposals import ProposalStatus
from app.services.engine.stored_columns import digits_of, new_ids

Json = dict[str, Any]

# Until release 0.2.0 runs stored their answers by the names on the wire.
_WIRE_NAMES = {
    "contractualPlacesFilled": "contractual_places_filled",
    "placesFilled": "places_filled",
    "placesByTier": "places_by_tier",
    "pairsChecked": "pairs_checked",
    "feasiblePairs": "feasible_pairs",
}


def read_answer(stored: Json | None) -> Json | None:
    """A stored objective, certificate or price by today's names, whichever release stored it."""
    if stored is None:
        return None
    return {
        _WIRE_NAMES.get(name, name): read_answer(value) if isinstance(value, dict) else value
        for name, value in stored.items()
    }


def objective_json(objective: engine.Objective) -> Json:
    places = objective.places_by_tier
    return {
        "contractual_places_filled": places[2] + places[1],
        "places_filled": sum(places.values()),
        "points": objective.points,
    }


def value_json(value: engine.Value | engine.Objective) -> Json:
    places = {str(tier): places for tier, places in value.places_by_tier.items()}
    return {"places_by_tier": places, "points": value.points}


def comparison_json(comparison: Comparison) -> Json:
    """The comparison by name; `difference` is the value after less the value before."""
    difference = engine.Value(comparison.places_by_tier, comparison.points)
    return {
        "before": value_json(comparison.before),
        "after": value_json(comparison.after),
        "difference": value_json(difference),
        "gains": _moves_json(comparison.gained),
        "losses": _moves_json(comparison.lost),
        "moves": _moves_json(comparison.moved),
        "freed_places": _moves_json(comparison.freed),
    }


def _moves_json(moves: tuple[Move, ...]) -> list[Json]:
    return [
        {
            "candidate_id": move.candidate_id,
            "slot_id_before": move.before,
            "slot_id_after": move.after,
        }
        for move in moves
    ]


def certificate_json(certificate: engine.Certificate) -> Json:
    return {
        "optimal": certificate.optimal,
        "primal": value_json(certificate.primal),
        "dual": value_json(certificate.dual),
        "pairs_checked": certificate.pairs_checked,
    }


def counts_json(counts: engine.Counts) -> dict[str, int]:
    return {
        "candidates": counts.candidates,
        "slots": counts.slots,
        "places": counts.places,
        "feasible_pairs": counts.feasible_pairs,
    }


def price_json(minimum: engine.Value, maximum: engine.Value | None) -> Json:
    return {"min": value_json(minimum), "max": maximum and value_json(maximum)}


def criteria_json(criteria: tuple[engine.CriterionPoints, ...]) -> list[Json]:
    return [
        {
            "criterion": criterion.criterion,
            "points": criterion.points,
            "maximum": criterion.maximum,
            "facts": dict(criterion.facts),
        }
        for criterion in criteria
    ]


def reason_json(reason: engine.Reason) -> Json:
    return {"code": reason.code, "facts": _facts_json(reason.facts)}


def proposal_json(proposal: engine.Proposal) -> Json:
    """The proposal by the names of its stored columns."""
    return {
        "candidate_id": proposal.candidate_id,
        "slot_id": proposal.slot_id,
        "points": proposal.points,
        "criteria": criteria_json(proposal.criteria),
        "contractual": proposal.tier > 0,
        "slot_price": price_json(proposal.slot_price.minimum, proposal.slot_price.maximum),
        "programme": proposal.programme,
        "start_date": proposal.start,
        "end_date": proposal.end,
    }


def unmatched_reasons_json(unmatched: engine.UnmatchedCandidate) -> list[Json]:
    """Codes with numbers of slots; `outranked` also has the nearest slot and the gap to it."""
    reasons: list[Json] = [
        {"code": code, "slots": slots} for code, slots in unmatched.reasons.items()
    ]
    for reason in reasons:
        if reason["code"] == "outranked" and unmatched.outranked:
            reason["slot_id"] = unmatched.outranked.slot_id
            reason["gap"] = value_json(unmatched.outranked.gap)
    return reasons


def unfilled_reasons_json(unfilled: engine.UnfilledSlot) -> list[Json]:
    return [{"code": code, "candidates": number} for code, number in unfilled.reasons.items()]


def pairs_json(pairs: engine.FeasiblePairs) -> list[Json]:
    columns = (pairs.slot.tolist(), pairs.candidate.tolist(), pairs.points.tolist())
    return [
        {
            "candidate_id": pairs.candidate_ids[candidate],
            "slot_id": pairs.slot_ids[slot],
            "points": points,
        }
        for slot, candidate, points in zip(*columns, strict=True)
    ]


def _facts_json(facts: Mapping[str, object]) -> Json:
    return {name: list(fact) if isinstance(fact, tuple) else fact for name, fact in facts.items()}


@dataclass(frozen=True)
class Answer:
    """Rows of texts for `insert_rows`, still without the run's id, organisation and times."""

    proposals: list[Json]
    unfilled: list[Json]


def written(value: Any) -> str:
    return to_json(value).decode()


def answer_of(matching: ColumnMatching) -> Answer:
    return Answer(_proposals(matching), _unfilled(matching))


def _proposals(matching: ColumnMatching) -> list[Json]:
    prices = {
        price.slot_id: written(price_json(price.minimum, price.maximum))
        for price in as_values.slot_prices(matching)
    }
    ids = new_ids(len(matching.proposals))
    found = zip(ids, as_values.proposals(matching), strict=True)
    return [
        {
            "id": row_id,
            "version": 1,
            "position": position,
            "candidate_id": digits_of(one.candidate_id),
            "slot_id": digits_of(one.slot_id),
            "points": one.points,
            "criteria": written(criteria_json(one.criteria)),
            "contractual": one.tier > 0,
            "slot_price": prices[one.slot_id],
            "programme": one.programme,
            "start_date": one.start.isoformat(),
            "end_date": one.end.isoformat(),
            "status": ProposalStatus.PROPOSED.value,
        }
        for position, (row_id, one) in enumerate(found)
    ]


def _unfilled(matching: ColumnMatching) -> list[Json]:
    return [
        {
            "position": position,
            "slot_id": digits_of(one.slot_id),
            "places_left": one.places_left,
            "reasons": written(unfilled_reasons_json(one)),
        }
        for position, one in enumerate(as_values.unfilled_slots(matching))
    ]
