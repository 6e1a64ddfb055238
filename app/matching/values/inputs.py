"""What a caller hands to the engine: people, slots and the policy, as plain frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

CRITERIA = ("occupation", "skills", "distance", "waiting", "fit")
WEIGHT_SUM = 1000
TIERS = (2, 1, 0)
"""At-risk clause, other clause, voluntary; in the order in which they count."""

DEFAULT_WEIGHTS: Mapping[str, int] = {
    "occupation": 300,
    "skills": 250,
    "distance": 200,
    "waiting": 150,
    "fit": 100,
}


@dataclass(frozen=True, slots=True)
class Demands:
    """What a slot requires or prefers of a person. Languages: code -> level 1..4."""

    skills: frozenset[str] = frozenset()
    languages: Mapping[str, int] = field(default_factory=dict)
    driving_licences: frozenset[str] = frozenset()
    certificates: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person who may be placed, pseudonymous.

    ``occupations``: SSYK codes of one to four digits, in order of wish. ``languages``: code ->
    level 1..4. ``position``: latitude, longitude in degrees. ``extent``: percent of full time,
    min and max. ``target_groups``: code -> last valid day, None without end. ``programmes``:
    (code, longest remaining months) in order of preference. ``placed``: periods of placements
    that stand, first and last day.
    """

    id: str
    reference: str | None
    occupations: tuple[str, ...]
    skills: frozenset[str]
    languages: Mapping[str, int]
    driving_licences: frozenset[str]
    certificates: frozenset[str]
    position: tuple[float, float]
    maximum_distance_km: int
    available_from: date
    available_to: date | None
    extent: tuple[int, int]
    needed_adaptations: frozenset[str]
    target_groups: Mapping[str, date | None]
    programmes: tuple[tuple[str, int], ...]
    waiting_since: date
    avoided_suppliers: frozenset[str]
    agreed_to_be_proposed: bool
    placed: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to work. Its free places are the lesser of ``places`` and ``supervisor_capacity``
    (None: as many as places) less those ``occupied``; a slot without any is still priced.

    ``tier``: 2 at-risk clause, 1 other clause, 0 voluntary. ``end``: the earliest of the slot's
    and the contract's end. ``extent``: percent of full time, min and max; ``minimum_extent`` is
    the clause's. ``target_groups``: the clause's, empty = anyone. ``closed``: reason codes that
    close the slot as a whole; a closed slot pairs with no one. ``closed_programmes``: those that
    cannot carry a placement there, because the employer has not passed what they ask for.
    """

    id: str
    reference: str | None
    supplier_id: str
    ssyk: str
    places: int
    tier: int
    earliest_start: date
    latest_start: date
    end: date
    minimum_months: int
    extent: tuple[int, int]
    minimum_extent: int
    position: tuple[float, float]
    required: Demands
    preferred: Demands
    adaptations: frozenset[str]
    target_groups: frozenset[str]
    closed: tuple[str, ...] = ()
    closed_programmes: frozenset[str] = frozenset()
    supervisor_capacity: int | None = None
    occupied: int = 0

    def free_places(self) -> int:
        """How many more people it has room for."""
        capacity = self.supervisor_capacity
        room = self.places if capacity is None else min(self.places, capacity)
        return max(0, room - self.occupied)


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules people set: points per criterion (sum 1000) and how tiers count.

    Always in this order: filled places of tier 2, filled places of tier 1, then points. With
    ``placements_before_points`` filled places of tier 0 come third, before points.
    """

    weights: Mapping[str, int] = field(default_factory=lambda: dict(DEFAULT_WEIGHTS))
    occupation_digits: int = 3
    placements_before_points: bool = False
