"""A candidate and a slot that fit each other in every way; tests change one thing at a time."""

from dataclasses import fields, replace
from datetime import date
from typing import Any, TypeVar

import numpy as np

from app.bench import instances
from app.matching import CRITERIA, Candidate, Demands, Matching, Policy, Slot, match

AS_OF = date(2018, 2, 1)
OSTERSUND = (63.1792, 14.6357)
POLICY = Policy()

Row = TypeVar("Row", Candidate, Slot)


def make_candidate(**changes: Any) -> Candidate:
    values: dict[str, Any] = {
        "id": "anna",
        "reference": None,
        "occupations": ("7111",),
        "skills": frozenset(),
        "languages": {"sv": 2},
        "driving_licences": frozenset({"B"}),
        "certificates": frozenset(),
        "position": OSTERSUND,
        "maximum_distance_km": 40,
        "available_from": date(2018, 1, 1),
        "available_to": None,
        "extent": (50, 100),
        "needed_adaptations": frozenset(),
        "target_groups": {"long-term-unemployed": None},
        "programmes": (("arbetspraktik", 6),),
        "waiting_since": date(2018, 2, 1),
        "avoided_suppliers": frozenset(),
        "agreed_to_be_proposed": True,
    }
    return Candidate(**(values | changes))


def make_slot(**changes: Any) -> Slot:
    values: dict[str, Any] = {
        "id": "carpentry",
        "reference": None,
        "supplier_id": "exempelbygg",
        "ssyk": "7111",
        "places": 1,
        "tier": 1,
        "earliest_start": date(2018, 3, 1),
        "latest_start": date(2018, 9, 1),
        "end": date(2019, 6, 30),
        "minimum_months": 4,
        "extent": (50, 100),
        "minimum_extent": 50,
        "position": OSTERSUND,
        "required": Demands(),
        "preferred": Demands(),
        "adaptations": frozenset(),
        "target_groups": frozenset({"long-term-unemployed"}),
    }
    return Slot(**(values | changes))


Shape = tuple[int, int, int]

POPULATIONS: list[Shape] = [(seed, 60, 25) for seed in range(12)]


def weights(**given: int) -> dict[str, int]:
    """Of a policy in which all other criteria weigh nothing."""
    return dict.fromkeys(CRITERIA, 0) | given


def run(
    people: list[Candidate], slots: list[Slot], policy: Policy = POLICY, **more: Any
) -> Matching:
    return match(people, slots, policy, as_of=AS_OF, **more)


def pairs(result: Matching) -> set[tuple[str, str]]:
    return {(proposal.candidate_id, proposal.slot_id) for proposal in result.proposals}


def population(seed: int, candidates: int, places: int) -> tuple[list[Candidate], list[Slot]]:
    """Dense enough that people compete: everyone can travel, and wishes are wide."""
    people, slots = instances.people_and_slots(seed, candidates, places, most_places=3)
    wide = [
        replace(person, occupations=(*person.occupations, "1", "2", "3"), maximum_distance_km=2000)
        for person in people
    ]
    return wide, slots


def gated(slots: list[Slot]) -> list[Slot]:
    """The same; some are closed to one of the programmes that people have, some to all of them."""
    closed = (
        frozenset[str](),
        frozenset({"arbetspraktik"}),
        frozenset({"introduktionsjobb", "unknown"}),
        frozenset({"arbetspraktik", "introduktionsjobb"}),
    )
    return [replace(one, closed_programmes=closed[row % 4]) for row, one in enumerate(slots)]


def waiting(name: str, days: int, **changes: Any) -> Candidate:
    since = date.fromordinal(AS_OF.toordinal() - days)
    return make_candidate(id=name, waiting_since=since, **changes)


def drawn(seed: int, size: int) -> tuple[list[Candidate], list[Slot]]:
    """People and slots of whom some just fail and some just pass every rule."""
    strict = instances.people_and_slots(seed, size, size, most_places=2)
    loose = population(seed, size, size)
    people = [replace(one, id=f"loose-{one.id}") for one in loose[0]] + strict[0]
    slots = [replace(one, id=f"loose-{one.id}") for one in loose[1]] + strict[1]
    needing = [
        replace(one, needed_adaptations=frozenset({"quiet-room"}) if row % 5 == 0 else frozenset())
        for row, one in enumerate(people)
    ]
    offering = [
        replace(one, adaptations=frozenset({"quiet-room"}) if row % 2 == 0 else frozenset())
        for row, one in enumerate(slots)
    ]
    rng = np.random.default_rng(seed)
    return _mixed(rng, needing), _mixed(rng, gated(offering))


def _mixed(rng: np.random.Generator, records: list[Row]) -> list[Row]:
    """Everything that is said by yes or no, and that most leave at its default, half and half; and
    a few municipalities, wherever the positions lie, or none."""
    said = [one.name for one in fields(records[0]) if isinstance(one.default, bool)]
    changes: Any = (
        {name: bool(rng.random() < 0.5) for name in said} | {"municipality": int(rng.integers(4))}
        for _ in records
    )
    return [replace(one, **change) for one, change in zip(records, changes, strict=True)]
