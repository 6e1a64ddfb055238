"""Everything one matching depends on as bytes: the same input gives the same, in any order.

One line of JSON: version, day, policy, pins, forbidden pairs, and name, type and shape of every
column; then the columns' own bytes one after another. Rows stand in canonical order, lists whose
order says nothing are sorted, only codes that occur have a number, integers are as narrow as their
column allows, and text is UTF-8.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from app.matching.arrays import Names
from app.matching.canonical import in_order
from app.matching.columns import CandidateColumns, Qualifications, SlotColumns
from app.matching.inputs import Policy
from app.matching.lists import CodeLists, starts_of
from app.matching.scenarios import Given, Pair

Array = NDArray[Any]
Columns = TypeVar("Columns", CandidateColumns, SlotColumns, Qualifications)

VERSION = 1
IN_ORDER_OF_WISH = ("occupations", "programmes")
INTEGERS = ("<i1", "<i2", "<i4", "<i8")


def pack(given: Given) -> bytes:
    """Canonical bytes. Raises MatchingInputError for an id that comes twice."""
    given = canonical(given)
    sides = (("candidates", given.candidates), ("slots", given.slots))
    columns = [(name, _plain(array)) for side in sides for name, array in _named(*side)]
    header = {
        "version": VERSION,
        "asOf": given.as_of.isoformat(),
        "policy": asdict(given.policy),
        "pins": given.pins,
        "forbidden": given.forbidden,
        "columns": [(name, array.dtype.str, array.shape) for name, array in columns],
    }
    line = json.dumps(header, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return b"".join([line.encode(), b"\n", *(array.tobytes() for _, array in columns)])


def unpack(content: bytes) -> Given:
    """What ``pack`` packed, in canonical order."""
    line, _, rest = content.partition(b"\n")
    header = json.loads(line)
    stored = _stored(header["columns"], rest)
    return Given(
        candidates=_read(CandidateColumns, "candidates", stored),
        slots=_read(SlotColumns, "slots", stored),
        policy=Policy(**header["policy"]),
        as_of=date.fromisoformat(header["asOf"]),
        pins=_pairs(header["pins"]),
        forbidden=_pairs(header["forbidden"]),
    )


def canonical(given: Given) -> Given:
    """The same input with nothing left to chance."""
    people = _tidied(in_order(given.candidates))
    placed = people.placed[np.lexsort(people.placed.T[::-1])]
    return replace(
        given,
        candidates=replace(people, placed=placed),
        slots=_tidied(in_order(given.slots)),
        pins=tuple(sorted(set(given.pins))),
        forbidden=tuple(sorted(set(given.forbidden))),
    )


def _tidied(columns: Columns) -> Columns:
    changed: dict[str, Any] = {}
    for field in fields(columns):
        column = getattr(columns, field.name)
        if isinstance(column, Qualifications):
            changed[field.name] = _tidied(column)
        elif isinstance(column, CodeLists):
            changed[field.name] = column.tidied(in_order=field.name in IN_ORDER_OF_WISH)
    return replace(columns, **changed)


def _named(prefix: str, columns: Columns) -> Iterator[tuple[str, Array]]:
    """Every array of the columns with its path, in the order of the fields."""
    for field in fields(columns):
        name, column = f"{prefix}.{field.name}", getattr(columns, field.name)
        if isinstance(column, Qualifications):
            yield from _named(name, column)
        elif isinstance(column, CodeLists):
            yield f"{name}.names", np.array(column.names, dtype=np.str_)
            yield f"{name}.length", column.lengths()
            yield f"{name}.number", column.number
            yield f"{name}.value", column.value
        else:
            yield name, column


def _plain(array: Array) -> Array:
    """The same values in the narrowest type, the same on every machine."""
    if array.dtype.kind == "U":
        return _utf8(array)
    if array.dtype.kind == "i":
        low, high = int(array.min(initial=0)), int(array.max(initial=0))
        return array.astype(
            next(
                kind
                for kind in INTEGERS
                if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max
            )
        )
    return array.astype(array.dtype.newbyteorder("<"))


def _utf8(names: Names) -> Array:
    width = int(np.strings.str_len(names).max(initial=1))
    try:
        return names.astype(f"S{width}")
    except UnicodeEncodeError:
        return np.strings.encode(names, "utf-8")


def _stored(columns: list[tuple[str, str, list[int]]], rest: bytes) -> dict[str, Array]:
    found, offset = {}, 0
    for name, kind, shape in columns:
        count = int(np.prod(shape))
        array = np.frombuffer(rest, dtype=kind, count=count, offset=offset).reshape(shape)
        found[name] = _native(array)
        offset += array.nbytes
    return found


def _native(array: Array) -> Array:
    if array.dtype.kind == "S":
        return _text(array)
    return array.astype(np.int64 if array.dtype.kind == "i" else array.dtype.newbyteorder("="))


def _text(letters: Array) -> Names:
    try:
        return letters.astype(np.str_)
    except UnicodeDecodeError:
        return np.strings.decode(letters, "utf-8")


def _read(shape: type[Columns], prefix: str, stored: dict[str, Array]) -> Columns:
    read: dict[Any, Callable[[str], Any]] = {
        Qualifications: lambda name: _read(Qualifications, name, stored),
        CodeLists: lambda name: _lists(name, stored),
    }
    values = {
        field.name: read.get(field.type, stored.__getitem__)(f"{prefix}.{field.name}")
        for field in fields(shape)
    }
    return shape(**values)


def _lists(name: str, stored: dict[str, Array]) -> CodeLists:
    return CodeLists(
        names=tuple(stored[f"{name}.names"].tolist()),
        start=starts_of(stored[f"{name}.length"]),
        number=stored[f"{name}.number"].astype(np.int32),
        value=stored[f"{name}.value"],
    )


def _pairs(pairs: list[list[str]]) -> tuple[Pair, ...]:
    return tuple((candidate_id, slot_id) for candidate_id, slot_id in pairs)
