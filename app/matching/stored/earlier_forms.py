"""Turns inputs that earlier releases stored into the form of today's release.

Each form holds its number; the first held none, and is number 0. One step lifts a form to the
next. A later field needs no step where its default says what was true before: a record declares
that default with its field, and fields that no record has get it here.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from app.matching.errors import UnreadableError
from app.matching.stored.first_form import first_form_as_arrays
from app.matching.stored.named_arrays import Array, Stored
from app.matching.values import CodeLists, Codes

Terms = dict[str, Any]
Lift = Callable[[Terms, Stored], tuple[Terms, Stored]]

NEWEST = 2
GATE_MISSING = "gate-missing"


def number_of(terms: Terms) -> int:
    """The number of the form that has these terms. Raises UnreadableError for a later form."""
    number = int(terms.get("version", 0))
    if number > NEWEST:
        raise UnreadableError(f"form {number} is of a later release: this one knows up to {NEWEST}")
    return number


def lifted(terms: Terms, stored: Stored) -> tuple[Terms, Stored]:
    """The same input in the newest form."""
    for number in range(number_of(terms), NEWEST):
        terms, stored = LIFTS[number](terms, stored)
    missing = DEFAULTS.keys() - stored.keys()
    return terms, stored | {path: DEFAULTS[path](stored) for path in missing}


def _closed_by_programme(terms: Terms, stored: Stored) -> tuple[Terms, Stored]:
    """Form 1 closed a slot as a whole where every programme lacked a check."""
    codes = Codes()
    closed = codes.from_arrays("slots.closed", stored)
    programmes = stored["candidates.programmes.names"].tolist()
    gated = np.array([name == GATE_MISSING for name in closed.names], dtype=np.bool_)
    is_gated = gated[closed.number]
    without = set(closed.rows()[is_gated].tolist())
    by_programme = CodeLists.of(programmes if row in without else () for row in range(len(closed)))
    rest = codes.tidied(closed.where(~is_gated))
    found = {"slots.closed": rest, "slots.closed_programmes": by_programme}
    arrays = {
        name: one for path, column in found.items() for name, one in codes.arrays(path, column)
    }
    return terms, stored | arrays


LIFTS: Mapping[int, Lift] = {0: first_form_as_arrays, 1: _closed_by_programme}
# Before a slot held the placements in it, its start and its free places were given.
DEFAULTS: Mapping[str, Callable[[Stored], Array]] = {
    "slots.own_start": lambda stored: stored["slots.earliest_start"],
    "slots.placed": lambda _: np.zeros((0, 3), dtype=np.int64),
}
