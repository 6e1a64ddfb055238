"""Arrays by name as bytes: equal arrays give equal bytes on every machine.

One line of JSON (terms, and name, type and shape of every array), then the arrays' own bytes one
after another. Integers are as narrow as their array allows, and text is UTF-8.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.matching.kit import Names

Array = NDArray[Any]
Stored = dict[str, Array]

INTEGERS = ("<i1", "<i2", "<i4", "<i8")
LISTED, LISTED_AT_FIRST = "arrays", "columns"  # the name under which the line lists the arrays


def to_bytes(terms: Mapping[str, Any], arrays: Iterable[tuple[str, Array]]) -> bytes:
    """``terms``: what JSON can hold. Arrays are of integers, floats, truths or texts."""
    plain = [(name, _plain(array)) for name, array in arrays]
    listed = [(name, array.dtype.str, array.shape) for name, array in plain]
    line = json.dumps(
        {**terms, LISTED: listed}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return b"".join([line.encode(), b"\n", *(array.tobytes() for _, array in plain)])


def from_bytes(content: bytes) -> tuple[dict[str, Any], Stored]:
    """Integers are read as int64. A line that lists no arrays holds only terms."""
    line, _, rest = content.partition(b"\n")
    terms = json.loads(line)
    listed = terms.pop(LISTED if LISTED in terms else LISTED_AT_FIRST, ())
    found, offset = {}, 0
    for name, kind, shape in listed:
        count = int(np.prod(shape))
        array = np.frombuffer(rest, dtype=kind, count=count, offset=offset).reshape(shape)
        found[name] = _native(array)
        offset += array.nbytes
    return terms, found


def _plain(array: Array) -> Array:
    if array.dtype.kind == "U":
        return _utf8(array)
    if array.dtype.kind == "i":
        return array.astype(_narrowest(int(array.min(initial=0)), int(array.max(initial=0))))
    return array.astype(array.dtype.newbyteorder("<"))


def _narrowest(low: int, high: int) -> str:
    fits = (kind for kind in INTEGERS if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max)
    return next(fits)


def _utf8(names: Names) -> Array:
    width = int(np.strings.str_len(names).max(initial=1))
    try:
        return names.astype(f"S{width}")
    except UnicodeEncodeError:
        return np.strings.encode(names, "utf-8")


def _native(array: Array) -> Array:
    if array.dtype.kind == "S":
        return _text(array)
    return array.astype(np.int64 if array.dtype.kind == "i" else array.dtype.newbyteorder("="))


def _text(letters: Array) -> Names:
    try:
        return letters.astype(np.str_)
    except UnicodeDecodeError:
        return np.strings.decode(letters, "utf-8")
