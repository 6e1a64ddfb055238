"""Reads the first form of an input, one JSON document with a record for each row, as arrays."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from app.matching.stored.named_arrays import Array, Stored
from app.matching.values import (
    Codes,
    Day,
    Kind,
    LastDay,
    LastDays,
    Levels,
    Limit,
    Months,
    Number,
    Periods,
    Position,
    Range,
    Text,
    Truth,
)

Terms = dict[str, Any]
Field = tuple[Kind[Any, Any], Callable[[Any], Any]]


def first_form_as_arrays(terms: Terms, _: Stored) -> tuple[Terms, Stored]:
    """Rows in canonical order: by reference, then by id."""
    kept = {name: terms[name] for name in ("policy", "pins", "forbidden")}
    stored = {
        name: array
        for side, shape in (("candidates", CANDIDATES), ("slots", SLOTS))
        for name, array in _arrays(side, shape, terms[side])
    }
    return kept | {"asOf": terms["as_of"]}, stored


def _arrays(
    side: str, shape: Mapping[str, Field], records: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[str, Array]]:
    named = [{**one, "reference": _reference(one)} for one in records]
    rows = sorted(named, key=lambda one: (one["reference"], one["id"]))
    for path, (kind, read) in shape.items():
        if path not in CAME_LATER or all(path in one for one in rows):
            values = [read(_value(one, path)) for one in rows]
            yield from kind.arrays(f"{side}.{path}", kind.column(values))


def _reference(record: Mapping[str, Any]) -> str:
    return str(record["id"] if record["reference"] is None else record["reference"])


def _value(record: Mapping[str, Any], path: str) -> Any:
    for name in path.removeprefix("qualifications.").split("."):
        record = record[name]
    return record


def _as_it_is(value: Any) -> Any:
    return value


def _last_day(iso: str | None) -> date | None:
    return None if iso is None else date.fromisoformat(iso)


def _last_days(days: Mapping[str, str | None]) -> dict[str, date | None]:
    return {code: _last_day(iso) for code, iso in days.items()}


def _periods(periods: Sequence[Sequence[str]]) -> tuple[tuple[date, ...], ...]:
    return tuple(tuple(map(date.fromisoformat, period)) for period in periods)


TEXT: Field = (Text(), _as_it_is)
CODES: Field = (Codes(), _as_it_is)
DAY: Field = (Day(), date.fromisoformat)
NUMBER: Field = (Number(0), _as_it_is)
EXTENT: Field = (Range(0, 100), _as_it_is)
POSITION: Field = (Position(), _as_it_is)


def _qualifications(path: str) -> dict[str, Field]:
    return {
        f"{path}.skills": CODES,
        f"{path}.languages": (Levels(1, 4), _as_it_is),
        f"{path}.driving_licences": CODES,
        f"{path}.certificates": CODES,
    }


CANDIDATES: Mapping[str, Field] = {
    "id": TEXT,
    "reference": TEXT,
    "occupations": CODES,
    **_qualifications("qualifications"),
    "position": POSITION,
    "maximum_distance_km": NUMBER,
    "available_from": DAY,
    "available_to": (LastDay(), _last_day),
    "extent": EXTENT,
    "needed_adaptations": CODES,
    "target_groups": (LastDays(), _last_days),
    "programmes": (Months(0, 1200), _as_it_is),
    "waiting_since": DAY,
    "avoided_suppliers": CODES,
    "agreed_to_be_proposed": (Truth(), _as_it_is),
    "placed": (Periods(), _periods),
}
SLOTS: Mapping[str, Field] = {
    "id": TEXT,
    "reference": TEXT,
    "supplier_id": TEXT,
    "ssyk": TEXT,
    "places": NUMBER,
    "tier": NUMBER,
    "earliest_start": DAY,
    "latest_start": DAY,
    "end": DAY,
    "minimum_months": NUMBER,
    "extent": EXTENT,
    "minimum_extent": NUMBER,
    "position": POSITION,
    **_qualifications("required"),
    **_qualifications("preferred"),
    "adaptations": CODES,
    "target_groups": CODES,
    "closed": CODES,
    "supervisor_capacity": (Limit(), _as_it_is),
    "occupied": NUMBER,
}
CAME_LATER = {"supervisor_capacity", "occupied"}  # only the last commit of this form wrote them
