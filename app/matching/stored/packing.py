"""Everything that one matching depends on, and whom it left, as bytes.

The input is canonical: equal inputs give equal bytes, in any order of rows. Rows are in canonical
order, lists whose order does not matter are sorted, and only codes that occur have a number.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date

import numpy as np

from app.matching.answers.column_results import UnmatchedColumns
from app.matching.errors import UnreadableError as UnreadableError
from app.matching.optimum.tiers import Values
from app.matching.rules.table import ALL_REASONS
from app.matching.stored.earlier_forms import NEWEST, lifted, number_of
from app.matching.stored.named_arrays import Stored, from_bytes, to_bytes
from app.matching.values import (
    CandidateColumns,
    Given,
    Pair,
    Policy,
    SlotColumns,
    in_order,
)


def pack(given: Given) -> bytes:
    """Canonical bytes. Raises MatchingInputError for an id that comes twice."""
    given = canonical(given)
    terms = {
        "version": NEWEST,
        "asOf": given.as_of.isoformat(),
        "policy": asdict(given.policy),
        "pins": given.pins,
        "forbidden": given.forbidden,
    }
    sides = (("candidates", given.candidates), ("slots", given.slots))
    return to_bytes(terms, (named for name, side in sides for named in side.arrays(name)))


def unpack(content: bytes) -> Given:
    """What ``pack`` packed, in this release or an earlier one, in canonical order.

    Raises UnreadableError for what neither did.
    """
    with _reading():
        terms, stored = lifted(*from_bytes(content))
        return Given(
            candidates=CandidateColumns.from_arrays("candidates", stored),
            slots=SlotColumns.from_arrays("slots", stored),
            policy=Policy(**terms["policy"]),
            as_of=date.fromisoformat(terms["asOf"]),
            pins=_pairs(terms["pins"]),
            forbidden=_pairs(terms["forbidden"]),
        )


def check_form(content: bytes) -> None:
    """Raises UnreadableError for an input in a form of a later release, or in no form."""
    with _reading():
        number_of(json.loads(content.partition(b"\n")[0]))


def pack_unmatched(unmatched: UnmatchedColumns) -> bytes:
    """Packs whom a matching left; rows are those of the canonical input."""
    terms = {"version": NEWEST, "reasons": ALL_REASONS}
    arrays: Stored = {
        "candidate": unmatched.candidate,
        "reasons": unmatched.reasons,
        "nearest": unmatched.nearest,
        "gap.places": unmatched.gap.counts,
        "gap.points": unmatched.gap.points,
    }
    return to_bytes(terms, arrays.items())


def unpack_unmatched(content: bytes) -> UnmatchedColumns:
    """What ``pack_unmatched`` packed, in this release or an earlier one, by today's reason codes.

    Raises UnreadableError for what neither did.
    """
    with _reading():
        terms, stored = from_bytes(content)
        number_of(terms)  # all forms so far are read alike, as they name their codes
        reasons = np.zeros((len(stored["candidate"]), len(ALL_REASONS)), dtype=np.int32)
        reasons[:, [ALL_REASONS.index(code) for code in terms["reasons"]]] = stored["reasons"]
        return UnmatchedColumns(
            candidate=stored["candidate"].astype(np.int32),
            reasons=reasons,
            nearest=stored["nearest"].astype(np.int32),
            gap=Values(stored["gap.places"], stored["gap.points"]),
        )


def canonical(given: Given) -> Given:
    """The same input in canonical form."""
    return replace(
        given,
        candidates=in_order(given.candidates).tidied(),
        slots=in_order(given.slots).tidied(),
        pins=tuple(sorted(set(given.pins))),
        forbidden=tuple(sorted(set(given.forbidden))),
    )


@contextmanager
def _reading() -> Iterator[None]:
    """Raises UnreadableError for every error that wrong bytes can cause."""
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise UnreadableError(f"the stored bytes are damaged: {error}") from error


def _pairs(pairs: list[list[str]]) -> tuple[Pair, ...]:
    return tuple((candidate_id, slot_id) for candidate_id, slot_id in pairs)
