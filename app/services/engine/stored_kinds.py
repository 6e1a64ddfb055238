"""How a field of each kind is stored, and how its column and its record are made from that."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from app.matching import values as engine
from app.services.engine.stored_columns import StoredColumn

Kind = engine.Kind[Any, Any]

STORED_AS = {
    "avoided_suppliers": "avoided_supplier_ids",
    "end": "end_date",
    "extent": "extent_percent",
    "own_start": "earliest_start",
}
"""The stored names of fields that have another name in the engine."""


def stored_names(kinds: Mapping[str, Kind]) -> list[str]:
    return [STORED_AS.get(name, name) for name in kinds]


def regular(
    shape: type[engine.Columns], irregular: Collection[str] = frozenset()
) -> dict[str, Kind]:
    """The columns that follow from their kinds alone."""
    return {name: kind for name, kind in shape.kinds().items() if name not in irregular}


def columns_of(kinds: Mapping[str, Kind], stored: Mapping[str, StoredColumn]) -> dict[str, Any]:
    return {
        name: _column_of(kind, stored[STORED_AS.get(name, name)]) for name, kind in kinds.items()
    }


def record_values(kinds: Mapping[str, Kind], model: object) -> dict[str, Any]:
    """The values of a record, from the fields of a row or of an input."""
    return {
        name: _record_value(kind, getattr(model, STORED_AS.get(name, name)))
        for name, kind in kinds.items()
    }


def _record_value(kind: Kind, value: Any) -> Any:
    match kind:
        case engine.Codes():
            return kind.holds(value)
        case engine.Levels():
            return {one.code: one.level for one in value}
        case engine.LastDays():
            return {one.code: one.valid_to for one in value}
        case engine.Months():
            return tuple((one.code, one.maximum_months) for one in value)
        case engine.Range():
            return value.min, value.max
        case engine.Part():
            return kind.shape.record(**record_values(kind.shape.kinds(), value))
    return value


def _column_of(kind: Kind, stored: StoredColumn) -> Any:
    match kind:
        case engine.Text():
            return stored.names()
        case engine.Truth():
            return stored.truths()
        case engine.Number():
            return stored.numbers()
        case engine.Limit():
            return stored.numbers(missing=engine.UNLIMITED)
        case engine.Day() | engine.LastDay():
            return stored.days()
    return kind.taken(_json_column(kind, stored.values()), stored.rows())


def _json_column(kind: Kind, values: Sequence[Any]) -> Any:
    match kind:
        case engine.Levels():
            return kind.column([{one["code"]: one["level"] for one in value} for value in values])
        case engine.LastDays():
            return kind.column([dict(map(_last_day, value)) for value in values])
        case engine.Months():
            months = ([(one["code"], one["maximum_months"]) for one in value] for value in values)
            return kind.column(list(map(tuple, months)))
        case engine.Range():
            return kind.column([(one["min"], one["max"]) for one in values])
        case engine.Part():
            return kind.shape(**_parts(kind, values))
    return kind.column(values)


def _parts(kind: engine.Part, values: Sequence[Any]) -> dict[str, Any]:
    """The parts of the rows; a part that a row's JSON lacks is newer than the row, and is empty."""
    return {
        name: _json_column(inner, [value.get(name, ()) for value in values])
        for name, inner in kind.shape.kinds().items()
    }


def _last_day(group: Any) -> tuple[str, date | None]:
    last = group["valid_to"]
    return group["code"], None if last is None else date.fromisoformat(last)
