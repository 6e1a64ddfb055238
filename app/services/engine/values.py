"""Rows and terms as the engine's values: the one way in, for runs, bookings and given lists."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from app import matching as engine
from app.models.candidates import CandidateTerms
from app.models.clauses import Clause
from app.models.contracts import Contract
from app.models.policies import PolicyRules
from app.models.slots import SlotTerms
from app.models.values import Demands, Position
from app.reference.municipalities import MUNICIPALITIES
from app.services.ground import last_day_of

TIER_VOLUNTARY = 0
TIER_CONTRACTUAL = 1
TIER_AT_RISK = 2
VOLUNTARY_MONTHS = 1

PairIds = tuple[str, str]


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
            # Full-time months have no least time for one placement.
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
        skills=frozenset(terms.skills),
        languages={language.code: language.level for language in terms.languages},
        driving_licences=frozenset(terms.driving_licences),
        certificates=frozenset(terms.certificates),
        position=_place(terms.position, terms.municipality_code),
        maximum_distance_km=terms.maximum_distance_km,
        available_from=terms.available_from,
        available_to=terms.available_to,
        extent=(terms.extent_percent.min, terms.extent_percent.max),
        needed_adaptations=frozenset(terms.needed_adaptations),
        target_groups={group.code: group.valid_to for group in terms.target_groups},
        programmes=tuple((one.code, one.maximum_months) for one in terms.programmes),
        waiting_since=terms.waiting_since,
        avoided_suppliers=frozenset(str(supplier) for supplier in avoided),
        agreed_to_be_proposed=terms.agreed_to_be_proposed,
        placed=tuple(sorted(placed)),
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
        places=terms.places,
        tier=duty.tier,
        earliest_start=max(terms.earliest_start, duty.first_day),
        latest_start=terms.latest_start,
        end=min(terms.end_date, duty.last_day),
        minimum_months=duty.minimum_months,
        extent=(terms.extent_percent.min, terms.extent_percent.max),
        minimum_extent=duty.minimum_extent,
        position=_place(terms.position, terms.municipality_code),
        required=_demands(terms.required),
        preferred=_demands(terms.preferred),
        adaptations=frozenset(terms.adaptations),
        target_groups=duty.target_groups,
        closed=closed,
        supervisor_capacity=terms.supervisor_capacity,
        occupied=occupied,
    )


class Offer(Protocol):
    """What of a slot may close it as a whole."""

    @property
    def places(self) -> int: ...
    @property
    def supervisor_capacity(self) -> int | None: ...
    @property
    def earliest_start(self) -> date: ...


def closed_codes(slot: Offer, duty: Duty, taken: int, as_of: date) -> tuple[str, ...]:
    """Why the slot as a whole takes no one more, if it does not."""
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


def _demands(demands: Demands) -> engine.Demands:
    return engine.Demands(
        skills=frozenset(demands.skills),
        languages={language.code: language.level for language in demands.languages},
        driving_licences=frozenset(demands.driving_licences),
        certificates=frozenset(demands.certificates),
    )


def _place(position: Position | None, municipality_code: str) -> tuple[float, float]:
    """The position where one is given, else the municipality's centroid."""
    if position is not None:
        return position.latitude, position.longitude
    municipality = MUNICIPALITIES[municipality_code]
    return municipality.latitude, municipality.longitude
