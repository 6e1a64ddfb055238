"""Rows and terms as the engine's values, for runs, bookings and lists that a caller sends."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Protocol

from app.matching import values as engine
from app.models.candidates import CandidateTerms
from app.models.clauses import Clause
from app.models.contracts import Contract
from app.models.policies import PolicyRules
from app.models.slots import SlotTerms
from app.models.values import Position
from app.reference.municipalities import MUNICIPALITIES
from app.reference.programmes import KnownProgrammes
from app.services.engine.stored_kinds import record_values, regular
from app.services.ground import last_day_of

TIER_VOLUNTARY = 0
TIER_CONTRACTUAL = 1
TIER_AT_RISK = 2
VOLUNTARY_MONTHS = 1

PairIds = tuple[str, str]

PLACE = ("position", "municipality", "has_position")
OF_CANDIDATES = regular(
    engine.CandidateColumns,
    {"id", "reference", "occupations", "qualifications", "avoided_suppliers", "placed", *PLACE},
) | regular(engine.Qualifications)
OF_SLOTS = regular(
    engine.SlotColumns,
    {"id", "reference", "supplier_id", "ssyk", "tier", "minimum_months", *PLACE}
    | {"minimum_extent", "target_groups", "earliest_start", "end", "closed", "closed_programmes"}
    | {"occupied", "own_start", "placed"},
)


@dataclass(frozen=True, slots=True)
class EngineInput:
    """Everything one matching depends on. Pairs are (candidate id, slot id)."""

    as_of: date
    policy: engine.Policy
    candidates: tuple[engine.Candidate, ...]
    slots: tuple[engine.Slot, ...]
    pins: tuple[PairIds, ...] = ()
    forbidden: tuple[PairIds, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """What a clause, or its absence, adds to a slot's own terms."""

    tier: int = TIER_VOLUNTARY
    minimum_months: int = VOLUNTARY_MONTHS
    minimum_extent: int = 0
    target_groups: frozenset[str] = frozenset()
    first_day: date = date.min
    last_day: date = date.max

    @classmethod
    def of(
        cls, clause: Clause | None, contract: Contract | None, tier: int = TIER_CONTRACTUAL
    ) -> "Duty":
        if clause is None or contract is None:
            return cls()
        return cls(
            tier=tier,
            # A clause in full-time months sets no shortest time for one placement.
            minimum_months=clause.minimum_months or VOLUNTARY_MONTHS,
            minimum_extent=clause.minimum_extent_percent or 0,
            target_groups=frozenset(clause.target_groups),
            first_day=contract.start_date,
            last_day=contract.end_date,
        )


def policy_value(rules: PolicyRules) -> engine.Policy:
    return engine.Policy(
        weights=rules.weights.model_dump(),
        occupation_digits=rules.occupation_digits,
        placements_before_points=rules.placements_before_points,
    )


def candidate_value(
    terms: CandidateTerms,
    name: str,
    reference: str | None,
    avoided: Iterable[object],
    placed: Collection[tuple[date, date]] = (),
) -> engine.Candidate:
    return engine.Candidate(
        id=name,
        reference=reference,
        occupations=tuple(wish.ssyk for wish in terms.occupations),
        **_place(terms.position, terms.municipality_code),
        avoided_suppliers=frozenset(str(supplier) for supplier in avoided),
        placed=tuple(sorted(placed)),
        **record_values(OF_CANDIDATES, terms),
    )


def slot_value(
    terms: SlotTerms,
    name: str,
    reference: str | None,
    supplier: str,
    duty: Duty,
    occupied: int = 0,
    closed: tuple[str, ...] = (),
) -> engine.Slot:
    """``occupied``: how many placements overlap the slot's time."""
    return engine.Slot(
        id=name,
        reference=reference,
        supplier_id=supplier,
        ssyk=terms.occupation.ssyk,
        **_place(terms.position, terms.municipality_code),
        tier=duty.tier,
        minimum_months=duty.minimum_months,
        minimum_extent=duty.minimum_extent,
        target_groups=duty.target_groups,
        earliest_start=max(terms.earliest_start, duty.first_day),
        end=min(terms.end_date, duty.last_day),
        closed=closed,
        occupied=occupied,
        **record_values(OF_SLOTS, terms),
    )


class Offer(Protocol):
    """The fields of a slot that may close it to everyone."""

    @property
    def places(self) -> int: ...
    @property
    def supervisor_capacity(self) -> int | None: ...
    @property
    def earliest_start(self) -> date: ...


def closed_codes(slot: Offer, duty: Duty, taken: int, as_of: date) -> tuple[str, ...]:
    """Why the slot takes nobody more; empty where it does."""
    codes = []
    capacity = slot.supervisor_capacity
    if taken >= slot.places:
        codes.append("no-places-left")
    elif capacity is not None and taken >= capacity:
        codes.append("supervisor-full")
    start = max(slot.earliest_start, duty.first_day, as_of)
    if last_day_of(start, duty.minimum_months) > duty.last_day:
        codes.append("clause-ended")
    return tuple(codes)


def _place(position: Position | None, municipality_code: str) -> dict[str, Any]:
    """The position that was given, or else the municipality's point."""
    at = position or MUNICIPALITIES[municipality_code]
    return {
        "position": (at.latitude, at.longitude),
        "municipality": int(municipality_code),
        "has_position": position is not None,
    }


def programmes_out_of_force_closed(
    slots: Iterable[engine.Slot],
    people: Iterable[engine.Candidate],
    known: KnownProgrammes,
    as_of: date,
) -> Iterator[engine.Slot]:
    """The slots, each closed to programmes that are not in force on its first possible day."""
    codes = {code for person in people for code, _ in person.programmes}

    @cache
    def closed_on(day: date) -> frozenset[str]:
        return frozenset(code for code in codes if known.on(code, day) is None)

    for slot in slots:
        yield replace(slot, closed_programmes=closed_on(max(slot.earliest_start, as_of)))
