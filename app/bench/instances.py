"""Seeded instances of any size, shaped like Sweden.

Municipalities have lognormal populations, and a share of them lies in three metropolitan
clusters. Slots have 1-12 places; people wish for 1-4 occupations and travel 15-60 km. Both have
periods, eight requirement bits (licences, certificates, adaptations) and sets of 64 skills. Four
places in five are contractual. The same seed gives the same instance.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from app.matching import Candidate, Demands, Market, Slot
from app.matching.kit import Floats

AS_OF = date(2018, 2, 1)
LICENCES = ("B", "C", "D")
CERTIFICATES = ("safe-construction", "food-handling", "hot-work")
ADAPTATIONS = ("step-free-entrance", "quiet-room")
SKILLS = tuple(f"skill-{number:02}" for number in range(64))
GROUPS = ("long-term-unemployed", "newly-arrived", "young")


@dataclass(frozen=True)
class Country:
    """Municipalities (m, 2) with their share of the population, and occupations with theirs."""

    centres: Floats
    population: Floats
    occupations: tuple[str, ...]
    demand: Floats


def country(rng: np.random.Generator, candidates: int) -> Country:
    """A part of Sweden with a municipality for each 1 200 candidates; 290 are the whole country.
    A third of them lie within some twenty kilometres of three metropoles."""
    municipalities = min(max(candidates // 1200, 4), 290)
    side = np.array([11.5, 10.0]) * np.sqrt(municipalities / 290)
    centres = (55.5, 12.0) + side * rng.random((municipalities, 2))
    near = np.flatnonzero(rng.random(municipalities) < 1 / 3)
    metropoles = (55.5, 12.0) + side * rng.random((3, 2))
    around = metropoles[rng.integers(0, 3, len(near))]
    centres[near] = around + rng.normal(0, (0.15, 0.3), (len(near), 2))
    population = rng.lognormal(0.0, 1.0, municipalities)
    occupations = _occupations(rng, candidates)
    demand = 1 / np.arange(1, len(occupations) + 1) ** 0.7
    return Country(
        centres.round(4),
        population / population.sum(),
        occupations,
        demand / demand.sum(),
    )


def people_and_slots(
    seed: int, candidates: int, places: int, most_places: int = 12
) -> tuple[list[Candidate], list[Slot]]:
    """``candidates`` people and slots of 1..most_places places that sum to ``places``."""
    rng = np.random.default_rng(seed)
    land = country(rng, candidates)
    people = [person(rng, land, number) for number in range(candidates)]
    slots: list[Slot] = []
    while places > 0:
        room = min(places, int(rng.integers(1, most_places + 1)))
        slots.append(slot(rng, land, len(slots), room))
        places -= room
    return people, slots


def person(rng: np.random.Generator, land: Country, number: int) -> Candidate:
    """One candidate; a few are not available or have not agreed to be proposed."""
    wishes = rng.choice(len(land.occupations), int(rng.integers(1, 5)), False, p=land.demand)
    least = int(rng.integers(4, 16)) * 5
    start = AS_OF + timedelta(days=int(rng.integers(-60, 200)))
    end = start + timedelta(days=int(rng.integers(150, 900))) if rng.random() < 0.3 else None
    return Candidate(
        id=f"c{number:06}",
        reference=f"AF-{int(rng.integers(0, 10**9)):09}-{number}",
        occupations=tuple(land.occupations[wish] for wish in wishes),
        skills=_some(rng, SKILLS, 0.2),
        languages={"sv": int(rng.integers(1, 5))} | _english(rng),
        driving_licences=_some(rng, LICENCES, 0.6),
        certificates=_some(rng, CERTIFICATES, 0.6),
        position=_position(rng, land),
        maximum_distance_km=int(rng.integers(15, 61)),
        available_from=start,
        available_to=end,
        extent=(least, int(rng.integers(least // 5, 21)) * 5),
        needed_adaptations=_some(rng, ADAPTATIONS, 0.05),
        target_groups={group: _validity(rng) for group in sorted(_some(rng, GROUPS, 0.6))},
        programmes=_programmes(rng),
        waiting_since=AS_OF - timedelta(days=int(rng.integers(0, 1500))),
        avoided_suppliers=_some(rng, ("supplier-0", "supplier-1"), 0.02),
        agreed_to_be_proposed=bool(rng.random() < 0.97),
        placed=((AS_OF, AS_OF + timedelta(days=100)),) if rng.random() < 0.05 else (),
    )


def slot(rng: np.random.Generator, land: Country, number: int, places: int) -> Slot:
    """One slot; four in five are contractual, and a third of those at risk."""
    start = AS_OF + timedelta(days=int(rng.integers(0, 120)))
    latest = start + timedelta(days=int(rng.integers(90, 300)))
    contractual = bool(rng.random() < 0.8)
    tier = int(rng.choice([1, 1, 2])) if contractual else 0
    least = int(rng.integers(5, 15)) * 5
    return Slot(
        id=f"s{number:05}",
        reference=None,
        supplier_id=f"supplier-{int(rng.integers(0, 50))}",
        ssyk=land.occupations[int(rng.choice(len(land.occupations), p=land.demand))],
        places=places,
        tier=tier,
        earliest_start=start,
        latest_start=latest,
        end=latest + timedelta(days=int(rng.integers(100, 400))),
        minimum_months=int(rng.integers(2, 7)) if contractual else 1,
        extent=(least, 100),
        minimum_extent=50 if contractual else 0,
        position=_position(rng, land),
        required=Demands(
            languages={"sv": int(rng.integers(1, 4))} if rng.random() < 0.5 else {},
            driving_licences=_some(rng, LICENCES, 0.1),
            certificates=_some(rng, CERTIFICATES, 0.1),
            skills=_some(rng, SKILLS[:8], 0.02),
        ),
        preferred=Demands(skills=_some(rng, SKILLS, 0.06), languages=_english(rng)),
        adaptations=_some(rng, ADAPTATIONS, 0.7),
        target_groups=_some(rng, GROUPS, 0.3) if contractual else frozenset(),
    )


def random_market(
    rng: np.random.Generator,
    slots: int,
    candidates: int,
    share: float,
    most_places: int = 3,
    most_points: int = 1000,
    placements_before_points: bool = False,
) -> Market:
    """Ready-made pairs: each feasible with probability ``share``, points 1..most_points."""
    slot_rows, people = np.nonzero(rng.random((slots, candidates)) < share)
    return Market.from_arrays(
        places=rng.integers(0, most_places + 1, slots),
        tiers=rng.integers(0, 3, slots),
        candidates=candidates,
        slot=slot_rows,
        candidate=people,
        points=rng.integers(1, most_points + 1, len(people)),
        placements_before_points=placements_before_points,
    )


def _occupations(rng: np.random.Generator, candidates: int) -> tuple[str, ...]:
    """Codes in groups of three digits, the most common first: some 350 in 140 groups, or fewer
    where there are few people."""
    count = min(max(candidates // 70, 6), 140)
    groups = rng.choice(np.arange(111, 970), count, replace=False)
    codes = [f"{group}{last}" for group in groups for last in range(1, int(rng.integers(2, 5)))]
    return tuple(str(code) for code in rng.permutation(codes))


def _some(rng: np.random.Generator, codes: tuple[str, ...], share: float) -> frozenset[str]:
    drawn = rng.random(len(codes)) < share
    return frozenset(code for code, taken in zip(codes, drawn, strict=True) if taken)


def _english(rng: np.random.Generator) -> dict[str, int]:
    return {"en": int(rng.integers(1, 5))} if rng.random() < 0.4 else {}


def _position(rng: np.random.Generator, land: Country) -> tuple[float, float]:
    """Half at the municipality's centre, half some kilometres from it."""
    centre = land.centres[int(rng.choice(len(land.centres), p=land.population))]
    if rng.random() < 0.5:
        centre = (centre + rng.normal(0, (0.04, 0.08))).round(4)
    return float(centre[0]), float(centre[1])


def _validity(rng: np.random.Generator) -> date | None:
    return AS_OF + timedelta(days=int(rng.integers(0, 400))) if rng.random() < 0.2 else None


def _programmes(rng: np.random.Generator) -> tuple[tuple[str, int], ...]:
    draw = rng.random()
    practice = ("arbetspraktik", int(rng.integers(2, 7)))
    if draw < 0.05:
        return ()
    return (
        (practice,) if draw < 0.7 else (practice, ("introduktionsjobb", int(rng.integers(6, 25))))
    )
