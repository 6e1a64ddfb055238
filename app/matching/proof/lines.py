"""A result that anyone can check: written line by line, and verified only by the stated rule.

The lines are plain values, one JSON object each: a header with the rule and the counts; every
slot with places, tier, bonus and price; every candidate with their price; each slot's feasible
pairs with points; the pairing; an end. Integers beyond 2**53, which JSON readers may round, are
strings of digits. ``verify`` needs numpy and nothing of the engine.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from app.matching.answers.column_results import ColumnMatching
from app.matching.kit import Indices
from app.matching.proof.verification import RULE, VERSION
from app.matching.values import TIERS

Line = Mapping[str, Any]

EXACT = 2**53
"""Beyond it a JSON number may be rounded."""


def proof_lines(
    result: ColumnMatching, of: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Line]:
    """The proof of a matching. Pinned pairs are given, and the rest is proven around them.

    ``of``: what the proof is about, which the header holds unchanged.
    """
    solution = result.solution
    edges = solution.market.edges
    tiers = [tier for tier in TIERS if tier > 0 or solution.market.placements_before_points]
    yield {
        "kind": "header",
        "version": VERSION,
        "rule": RULE,
        "of": dict(of),
        "tiers": tiers,
        "slots": edges.slots,
        "candidates": edges.candidates,
        "pairs": len(edges),
        "matched": int(np.count_nonzero(solution.slot_of >= 0)),
        "pins": _pins(result),
    }
    yield from _slots(result)
    yield from _candidates(result)
    for slot in np.flatnonzero(edges.degrees()).tolist():
        part = slice(edges.indptr[slot], edges.indptr[slot + 1])
        points = [plain(value) for value in solution.market.points[part].tolist()]
        people = edges.candidate[part].tolist()
        yield {"kind": "pairs", "slot": slot, "candidates": people, "points": points}
    yield from _pairing(solution.slot_of)
    yield {"kind": "end"}


def _pins(result: ColumnMatching) -> list[dict[str, int]]:
    found, pinned = result.proposals, result.proposals.pinned
    columns = found.slot[pinned], found.candidate[pinned], found.terms.points[pinned]
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [
        {"slot": slot, "candidate": candidate, "points": points} for slot, candidate, points in rows
    ]


def plain(value: int) -> int | str:
    """An integer, or its digits where JSON readers could round it."""
    return value if abs(value) <= EXACT else str(value)


def _slots(result: ColumnMatching) -> Iterator[Line]:
    solution = result.solution
    columns = (
        solution.market.places,
        solution.market.tiers.astype(np.int64),
        solution.blocks.of_slot,
        solution.bonus,
        solution.prices.slot_minimum,
    )
    rows = zip(result.slot_id.tolist(), *(column.tolist() for column in columns), strict=True)
    for slot, (name, places, tier, block, bonus, price) in enumerate(rows):
        yield {
            "kind": "slot",
            "slot": slot,
            "id": name,
            "places": places,
            "tier": tier,
            "block": block,
            "bonus": plain(bonus),
            "price": plain(price),
        }


def _candidates(result: ColumnMatching) -> Iterator[Line]:
    solution = result.solution
    columns = (solution.blocks.of_candidate, solution.prices.candidate_maximum)
    rows = zip(result.candidate_id.tolist(), *(column.tolist() for column in columns), strict=True)
    for candidate, (name, block, price) in enumerate(rows):
        yield {
            "kind": "candidate",
            "candidate": candidate,
            "id": name,
            "block": block,
            "price": plain(price),
        }


def _pairing(slot_of: Indices) -> Iterator[Line]:
    people = np.flatnonzero(slot_of >= 0)
    people = people[np.argsort(slot_of[people], kind="stable")]
    for person, slot in zip(people.tolist(), slot_of[people].tolist(), strict=True):
        yield {"kind": "matched", "slot": slot, "candidate": person}
