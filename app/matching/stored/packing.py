"""Everything one matching depends on, and whom it left, as bytes.

The input is canonical: the same gives the same bytes, in any order of rows. Rows stand in canonical
order, lists whose order says nothing are sorted, and only codes that occur have a number.
"""

from dataclasses import asdict, replace
from datetime import date

import numpy as np

from app.matching.answers.column_results import UnmatchedColumns
from app.matching.optimum.tiers import Values
from app.matching.rules.table import ALL_REASONS
from app.matching.stored.named_arrays import Array, from_bytes, to_bytes
from app.matching.values import (
    CandidateColumns,
    CodeLists,
    Given,
    Pair,
    Policy,
    SlotColumns,
    in_order,
)

VERSION = 2
GATE_MISSING = "gate-missing"


def pack(given: Given) -> bytes:
    """Canonical bytes. Raises MatchingInputError for an id that comes twice."""
    given = canonical(given)
    terms = {
        "version": VERSION,
        "asOf": given.as_of.isoformat(),
        "policy": asdict(given.policy),
        "pins": given.pins,
        "forbidden": given.forbidden,
    }
    sides = (("candidates", given.candidates), ("slots", given.slots))
    return to_bytes(terms, (named for name, side in sides for named in side.arrays(name)))


def unpack(content: bytes) -> Given:
    """What ``pack`` packed, in canonical order."""
    terms, stored = from_bytes(content)
    if terms["version"] == 1:
        stored |= _gates_of_version_1(stored)
    return Given(
        candidates=CandidateColumns.from_arrays("candidates", stored),
        slots=SlotColumns.from_arrays("slots", stored),
        policy=Policy(**terms["policy"]),
        as_of=date.fromisoformat(terms["asOf"]),
        pins=_pairs(terms["pins"]),
        forbidden=_pairs(terms["forbidden"]),
    )


def pack_unmatched(unmatched: UnmatchedColumns) -> bytes:
    """Rows of candidates and slots stay what they are in the canonical input."""
    terms = {"version": VERSION, "reasons": ALL_REASONS}
    arrays: dict[str, Array] = {
        "candidate": unmatched.candidate,
        "reasons": unmatched.reasons,
        "nearest": unmatched.nearest,
        "gap.places": unmatched.gap.counts,
        "gap.points": unmatched.gap.points,
    }
    return to_bytes(terms, arrays.items())


def unpack_unmatched(content: bytes) -> UnmatchedColumns:
    """What ``pack_unmatched`` packed, by today's reason codes."""
    terms, stored = from_bytes(content)
    reasons = np.zeros((len(stored["candidate"]), len(ALL_REASONS)), dtype=np.int32)
    reasons[:, [ALL_REASONS.index(code) for code in terms["reasons"]]] = stored["reasons"]
    return UnmatchedColumns(
        candidate=stored["candidate"].astype(np.int32),
        reasons=reasons,
        nearest=stored["nearest"].astype(np.int32),
        gap=Values(stored["gap.places"], stored["gap.points"]),
    )


def canonical(given: Given) -> Given:
    """The same input with nothing left to chance."""
    return replace(
        given,
        candidates=in_order(given.candidates).tidied(),
        slots=in_order(given.slots).tidied(),
        pins=tuple(sorted(set(given.pins))),
        forbidden=tuple(sorted(set(given.forbidden))),
    )


def _gates_of_version_1(stored: dict[str, Array]) -> dict[str, Array]:
    """In version 1 a slot was closed as a whole where every programme lacked a check."""
    kinds = SlotColumns.kinds()
    closed = kinds["closed"].from_arrays("slots.closed", stored)
    programmes = stored["candidates.programmes.names"].tolist()
    gated = np.array([name == GATE_MISSING for name in closed.names], dtype=np.bool_)
    is_gated = gated[closed.number]
    without = set(closed.rows()[is_gated].tolist())
    lists = CodeLists.of(programmes if row in without else () for row in range(len(closed)))
    rest = kinds["closed"].tidied(closed.where(~is_gated))
    found = {"closed": rest, "closed_programmes": lists}
    return {
        path: array
        for name, column in found.items()
        for path, array in kinds[name].arrays(f"slots.{name}", column)
    }


def _pairs(pairs: list[list[str]]) -> tuple[Pair, ...]:
    return tuple((candidate_id, slot_id) for candidate_id, slot_id in pairs)
