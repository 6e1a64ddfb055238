"""Inputs that earlier releases stored, as today's release would have stored them.

Each form has a number, which stands in it; the first had none, and is number 0. One step lifts a
form to the next. A field that came later needs no step where its default says what was true before:
the default takes the place of what is missing.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from app.matching.errors import UnreadableError
from app.matching.stored.first_form import first_form_as_arrays
from app.matching.stored.named_arrays import Array, Stored, arrays_of, lists_in
from app.matching.values.columns import UNLIMITED
from app.matching.values.lists import CodeLists

Terms = dict[str, Any]
Lift = Callable[[Terms, Stored], tuple[Terms, Stored]]

NEWEST = 2
GATE_MISSING = "gate-missing"


def number_of(terms: Terms) -> int:
    """Which form these are the terms of. Raises UnreadableError for one that came later."""
    number = int(terms.get("version", 0))
    if number > NEWEST:
        raise UnreadableError(f"form {number} is of a later release: this one knows up to {NEWEST}")
    return number


def lifted(terms: Terms, stored: Stored) -> tuple[Terms, Stored]:
    """The same input in the newest form."""
    for number in range(number_of(terms), NEWEST):
        terms, stored = LIFTS[number](terms, stored)
    for path, default in DEFAULTS.items():
        if path not in stored and f"{path}.names" not in stored:
            stored = stored | arrays_of(path, default(stored))
    return terms, stored


def _closed_by_programme(terms: Terms, stored: Stored) -> tuple[Terms, Stored]:
    """A slot was closed as a whole where every programme lacked a check."""
    closed = lists_in(stored, "slots.closed")
    programmes = stored["candidates.programmes.names"].tolist()
    gated = np.array([name == GATE_MISSING for name in closed.names], dtype=np.bool_)
    is_gated = gated[closed.number]
    without = set(closed.rows()[is_gated].tolist())
    by_programme = CodeLists.of(programmes if row in without else () for row in range(len(closed)))
    rest = closed.where(~is_gated).tidied(in_order=False)
    lists = arrays_of("slots.closed", rest) | arrays_of("slots.closed_programmes", by_programme)
    return terms, stored | lists


def _unlimited(stored: Stored) -> Array:
    return np.full(len(stored["slots.id"]), UNLIMITED, dtype=np.int64)


def _nobody(stored: Stored) -> Array:
    """``places`` said how many were free."""
    return np.zeros(len(stored["slots.id"]), dtype=np.int64)


def _no_periods(_: Stored) -> Array:
    """``occupied`` and ``earliest_start`` were given."""
    return np.zeros((0, 3), dtype=np.int64)


LIFTS: Mapping[int, Lift] = {0: first_form_as_arrays, 1: _closed_by_programme}
# By the path of the field, what it is where an input was stored before there was such a field.
DEFAULTS: Mapping[str, Callable[[Stored], Array | CodeLists]] = {
    "slots.supervisor_capacity": _unlimited,
    "slots.occupied": _nobody,
    "slots.own_start": lambda stored: stored["slots.earliest_start"],
    "slots.placed": _no_periods,
}
