"""A candidate and a slot that fit each other in every way; tests change one thing at a time."""

from datetime import date
from typing import Any

from app.matching import Candidate, Demands, Policy, Slot

AS_OF = date(2018, 2, 1)
OSTERSUND = (63.1792, 14.6357)
POLICY = Policy()


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
