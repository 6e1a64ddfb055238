"""The first form of an input, read as arrays by name: one JSON document, a record a row."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from app.matching.stored.named_arrays import Array, Stored, arrays_of
from app.matching.values.columns import UNLIMITED, names
from app.matching.values.lists import CodeLists
from app.matching.values.months import LAST_DAY

Terms = dict[str, Any]
Record = Mapping[str, Any]
Reader = Callable[[Sequence[Any]], Array | CodeLists]


def first_form_as_arrays(terms: Terms, _: Stored) -> tuple[Terms, Stored]:
    """Rows in canonical order: by reference, then by id."""
    kept = {name: terms[name] for name in ("policy", "pins", "forbidden")}
    sides = {"candidates": CANDIDATES, "slots": SLOTS}
    stored = {
        name: array
        for side, readers in sides.items()
        for name, array in _arrays(side, readers, terms[side]).items()
    }
    return kept | {"asOf": terms["as_of"]}, stored


def _arrays(side: str, readers: Mapping[str, Reader], records: Sequence[Record]) -> Stored:
    named = [one | {"reference": _reference(one)} for one in map(dict, records)]
    rows = sorted(named, key=lambda one: (one["reference"], one["id"]))
    found: Stored = {}
    for path, read in readers.items():
        if path not in CAME_LATER or all(path in one for one in rows):
            found |= arrays_of(f"{side}.{path}", read([_value(one, path) for one in rows]))
    return found


def _reference(record: Record) -> str:
    return str(record["id"] if record["reference"] is None else record["reference"])


def _value(record: Record, path: str) -> Any:
    for name in path.removeprefix("qualifications.").split("."):
        record = record[name]
    return record


def _numbers(values: Sequence[int]) -> Array:
    return np.array(values, dtype=np.int64)


def _ranges(values: Sequence[tuple[int, int]]) -> Array:
    return np.array(values, dtype=np.int64).reshape(-1, 2)


def _positions(values: Sequence[tuple[float, float]]) -> Array:
    return np.array(values, dtype=np.float64).reshape(-1, 2)


def _truths(values: Sequence[bool]) -> Array:
    return np.array(values, dtype=np.bool_)


def _capacities(values: Sequence[int | None]) -> Array:
    return _numbers([UNLIMITED if one is None else one for one in values])


def _days(values: Sequence[str | None]) -> Array:
    return _numbers([_day(one) for one in values])


def _day(iso: str | None) -> int:
    return LAST_DAY if iso is None else date.fromisoformat(iso).toordinal()


def _levels(values: Sequence[Mapping[str, int]]) -> CodeLists:
    return CodeLists.of_pairs(one.items() for one in values)


def _validity(values: Sequence[Mapping[str, str | None]]) -> CodeLists:
    return CodeLists.of_pairs([(code, _day(last)) for code, last in one.items()] for one in values)


def _months(values: Sequence[Sequence[tuple[str, int]]]) -> CodeLists:
    return CodeLists.of_pairs([(code, months) for code, months in one] for one in values)


def _periods(values: Sequence[Sequence[tuple[str, str]]]) -> Array:
    periods = [
        (row, _day(first), _day(last))
        for row, placed in enumerate(values)
        for first, last in placed
    ]
    return np.array(periods, dtype=np.int64).reshape(-1, 3)


def _qualifications(path: str) -> dict[str, Reader]:
    return {
        f"{path}.skills": CodeLists.of,
        f"{path}.languages": _levels,
        f"{path}.driving_licences": CodeLists.of,
        f"{path}.certificates": CodeLists.of,
    }


CANDIDATES: Mapping[str, Reader] = {
    "id": names,
    "reference": names,
    "occupations": CodeLists.of,
    **_qualifications("qualifications"),
    "position": _positions,
    "maximum_distance_km": _numbers,
    "available_from": _days,
    "available_to": _days,
    "extent": _ranges,
    "needed_adaptations": CodeLists.of,
    "target_groups": _validity,
    "programmes": _months,
    "waiting_since": _days,
    "avoided_suppliers": CodeLists.of,
    "agreed_to_be_proposed": _truths,
    "placed": _periods,
}
SLOTS: Mapping[str, Reader] = {
    "id": names,
    "reference": names,
    "supplier_id": names,
    "ssyk": names,
    "places": _numbers,
    "tier": _numbers,
    "earliest_start": _days,
    "latest_start": _days,
    "end": _days,
    "minimum_months": _numbers,
    "extent": _ranges,
    "minimum_extent": _numbers,
    "position": _positions,
    **_qualifications("required"),
    **_qualifications("preferred"),
    "adaptations": CodeLists.of,
    "target_groups": CodeLists.of,
    "closed": CodeLists.of,
    "supervisor_capacity": _capacities,
    "occupied": _numbers,
}
CAME_LATER = {"supervisor_capacity", "occupied"}  # the last commit that stored this form had them
