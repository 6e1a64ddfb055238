"""Rows as columns, one for each fact; the kind of a column says how it is handled."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar, Self, get_type_hints

from app.matching.kit import Array, Ints
from app.matching.values.kinds import Kind, Rows


@dataclass(frozen=True, slots=True)
class Columns:
    """Base of dataclasses whose fields are columns, each with its kind as an annotation.

    ``record``: the class of one row as a plain value. A default of one of its fields means "as
    before the field existed": stored bytes without the column are read as if all rows had it.
    """

    record: ClassVar[type[Any]]

    @classmethod
    @cache
    def kinds(cls) -> Mapping[str, Kind[Any, Any]]:
        """The kinds by the names of the columns, in their order."""
        hints = get_type_hints(cls, include_extras=True)
        return {field.name: hints[field.name].__metadata__[0] for field in fields(cls)}

    @classmethod
    @cache
    def _told_by_records(cls) -> Mapping[str, Kind[Any, Any]]:
        told = {field.name for field in fields(cls.record)}
        return {name: kind for name, kind in cls.kinds().items() if name in told}

    @classmethod
    def from_records(cls, records: Sequence[Any]) -> Self:
        """Raises MatchingInputError for what no column can hold."""
        return cls._from(records)

    @classmethod
    def _from(cls, records: Sequence[Any], **own: Sequence[Any]) -> Self:
        """``own``: the values, one for each record, of columns without a field of the same name."""
        return cls(
            **{
                name: kind.column(own[name] if name in own else [*map(attrgetter(name), records)])
                for name, kind in cls.kinds().items()
            }
        )

    @classmethod
    def from_arrays(cls, prefix: str, arrays: Mapping[str, Array]) -> Self:
        """Columns from what ``arrays`` gave with this prefix, even before some fields existed."""
        columns: dict[str, Any] = {}
        defaults = _defaults(cls.record)
        for name, kind in cls.kinds().items():
            path = f"{prefix}.{name}"
            if name not in defaults or _is_there(path, arrays):
                columns[name] = kind.from_arrays(path, arrays)
        return cls.completed(**columns)

    @classmethod
    def completed(cls, **columns: Any) -> Self:
        """Those that are not given hold the default of their field in every row."""
        defaults, rows = _defaults(cls.record), cls._rows(columns)
        for name in cls.kinds().keys() - columns.keys():
            columns[name] = cls.kinds()[name].column([defaults[name]] * rows)
        return cls(**columns)

    @classmethod
    def _rows(cls, columns: Mapping[str, Any]) -> int:
        return next(len(columns[name]) for name in columns if cls.kinds()[name].has_a_row_each)

    def __len__(self) -> int:
        return len(getattr(self, next(iter(self.kinds()))))

    def values(self, row: int) -> dict[str, Any]:
        """The values of one row by the names of its record's fields."""
        told = self._told_by_records()
        return {name: kind.value(getattr(self, name), row) for name, kind in told.items()}

    def taken(self, order: Ints) -> Self:
        """The rows ``order`` (k,) each at most once, in that order."""
        each = self._each()
        return type(self)(**{name: kind.taken(column, order) for name, kind, column in each})

    def tidied(self) -> Self:
        """The same columns in their only canonical form."""
        return type(self)(**{name: kind.tidied(column) for name, kind, column in self._each()})

    def arrays(self, prefix: str) -> Iterator[tuple[str, Array]]:
        """Every array of the columns with its path, in the order of the fields."""
        for name, kind, column in self._each():
            yield from kind.arrays(f"{prefix}.{name}", column)

    def check(self, rows: Rows) -> None:
        """Raises MatchingInputError for the first column with a row that is wrong."""
        for name, kind, column in self._each():
            if kind.has_a_row_each:
                rows.require_length(name, len(column))
            kind.check(name, column, rows)

    def _each(self) -> Iterator[tuple[str, Kind[Any, Any], Any]]:
        for name, kind in self.kinds().items():
            yield name, kind, getattr(self, name)


@dataclass(frozen=True)
class Part(Kind[Any, Any]):
    """The kind of a field that is a record itself, and has columns of its own."""

    shape: type[Columns]

    def column(self, values: Sequence[Any]) -> Columns:
        return self.shape.from_records(values)

    def value(self, column: Columns, row: int) -> Any:
        return self.shape.record(**column.values(row))

    def taken(self, column: Columns, order: Ints) -> Columns:
        return column.taken(order)

    def arrays(self, name: str, column: Columns) -> Iterator[tuple[str, Array]]:
        return column.arrays(name)

    def from_arrays(self, name: str, arrays: Mapping[str, Array]) -> Columns:
        return self.shape.from_arrays(name, arrays)

    def tidied(self, column: Columns) -> Columns:
        return column.tidied()

    def check(self, name: str, column: Columns, rows: Rows) -> None:
        column.check(rows)


def _defaults(record: type[Any]) -> dict[str, Any]:
    """The defaults by the names of the fields that have one."""
    found = {}
    for field in fields(record):
        if field.default is not MISSING:
            found[field.name] = field.default
        elif field.default_factory is not MISSING:
            found[field.name] = field.default_factory()
    return found


def _is_there(path: str, arrays: Mapping[str, Array]) -> bool:
    return any(name == path or name.startswith(f"{path}.") for name in arrays)
