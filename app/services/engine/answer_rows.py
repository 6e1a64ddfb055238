"""A run's answer as the rows it is stored in, made while no transaction is open."""

from dataclasses import dataclass
from typing import Any

from pydantic_core import to_json

from app.matching.answers import as_values
from app.matching.answers.column_results import ColumnMatching
from app.models.proposals import ProposalStatus
from app.services.engine import answers
from app.services.engine.answers import Json
from app.services.engine.stored_columns import digits_of, new_ids


@dataclass(frozen=True)
class Answer:
    """Rows of texts, as `insert_rows` takes them, but for what is the run's own."""

    proposals: list[Json]
    unfilled: list[Json]


def written(value: Any) -> str:
    return to_json(value).decode()


def answer_of(matching: ColumnMatching) -> Answer:
    return Answer(_proposals(matching), _unfilled(matching))


def _proposals(matching: ColumnMatching) -> list[Json]:
    prices = {
        price.slot_id: written(answers.price_json(price.minimum, price.maximum))
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
            "criteria": written(answers.criteria_json(one.criteria)),
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
            "reasons": written(answers.unfilled_reasons_json(one)),
        }
        for position, one in enumerate(as_values.unfilled_slots(matching))
    ]
