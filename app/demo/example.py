"""Östersund's contract of 2017 as a function of its start date.

The buyer, the contract and every code are real. The supplier, its slots and the candidates are
invented; any likeness is by chance.
"""

from datetime import date, timedelta
from typing import Any

Json = dict[str, Any]

MONTHS_IN_A_YEAR = 12
OSTERSUND = "2380"
KROKOM_TOWN = {"latitude": 63.327, "longitude": 14.453}
SUNDSVALL = "2281"


def months_later(day: date, months: int) -> date:
    """The first day of the month that comes so many months later."""
    month = day.month - 1 + months
    return date(day.year + month // MONTHS_IN_A_YEAR, month % MONTHS_IN_A_YEAR + 1, 1)


def supplier() -> Json:
    return {"name": "Exempelbygg i Jämtland AB", "organisationNumber": "556000-0167"}


def gate_checks(start: date, today: date) -> list[Json]:
    """What arbetspraktik asks of an employer, checked two weeks before the contract begins, or
    today where that is still to come."""
    day = min(start - timedelta(days=14), today)
    checked = f"{day}"
    passed = {"outcome": "passed", "checkedOn": checked, "checkedBy": "Upphandlingsenheten"}
    return [
        {"gate": "registered-employer", **passed},
        {"gate": "no-business-ban", **passed},
        {"gate": "no-work-environment-faults", **passed},
        {"gate": "union-consulted", **passed}
        | {"askedOn": f"{day - timedelta(days=14)}", "answeredOn": checked},
        {"gate": "no-displacement", **passed, "interns": 4, "employees": 38},
    ]


def contract(start: date, supplier_id: str) -> Json:
    return {
        "reference": "KS 2017/0412",
        "title": "Ombyggnad av Palmcrantzskolan",
        "supplierId": supplier_id,
        "cpvCode": "45214200-2",
        "municipalityCode": OSTERSUND,
        "valueSek": 45_000_000,
        "startDate": f"{start}",
        "endDate": f"{_contract_end(start)}",
    }


def clause(start: date) -> Json:
    return {
        "kind": "internship",
        "places": 4,
        "minimumMonths": 4,
        "minimumExtentPercent": 50,
        "targetGroups": ["long-term-unemployed"],
        "firstStartWithinMonths": 6,
        "earlyEndSharePercent": 75,
        "responsible": "Upphandlingsenheten",
        "nextFollowUpDate": f"{months_later(start, 3)}",
        "purpose": "Fyra personer långt från arbete får pröva på byggbranschen.",
    }


def slots(start: date, supplier_id: str, clause_id: str) -> list[Json]:
    """Seven places: four that the clause asks for, and three voluntary ones."""
    site = {"supplierId": supplier_id, "municipalityCode": OSTERSUND, **_slot_dates(start)}
    swedish = {"languages": [{"code": "sv", "level": 2}]}
    return [
        _slot("Snickare", "7111", 2, site, clauseId=clause_id, required=swedish)
        | {"preferred": {"skills": ["snickeri"]}},
        _slot("Byggarbetare", "9310", 2, site, clauseId=clause_id)
        | {"required": {"certificates": ["safe-construction-training"]}},
        _slot("Målare", "7131", 1, site, required={"drivingLicences": ["B"]}),
        _slot("Städare", "9111", 2, site, adaptations=["step-free-entrance"]),
    ]


def candidates(start: date, supplier_id: str) -> list[Json]:
    """Fifteen people; six of them cannot be placed, each for another reason."""
    trained = {"certificates": ["safe-construction-training"]}
    swedish = {"languages": [{"code": "sv", "level": 3}]}
    return [
        _person(start, 1, ["7111"], 40, **swedish, skills=["snickeri"]),
        _person(start, 2, ["7111", "9310"], 22, **swedish, **trained),
        _person(start, 3, ["9310"], 51, **trained),
        _person(start, 4, ["93", "7111"], 30, **swedish, **trained, position=KROKOM_TOWN),
        _person(start, 5, ["9111"], 18),
        _person(start, 6, ["9111"], 12, neededAdaptations=["step-free-entrance"]),
        _person(start, 7, ["7131"], 9, drivingLicences=["B"]),
        _person(start, 8, ["7111"], 7, **swedish),
        _person(start, 9, ["9310"], 26, **trained, targetGroups=[]),
        _person(start, 10, ["9310"], 33, **trained, municipalityCode=SUNDSVALL),
        _person(start, 11, ["7131"], 28),
        _person(start, 12, ["7111"], 44, languages=[{"code": "sv", "level": 1}]),
        _person(start, 13, ["9111"], 15, programmes=[]),
        _person(start, 14, ["9310"], 37, **trained, agreedToBeProposed=False),
        _person(start, 15, ["7111"], 20, **swedish, avoidedSupplierIds=[supplier_id]),
    ]


def _contract_end(start: date) -> date:
    return months_later(start, 16) - timedelta(days=1)


def _slot_dates(start: date) -> Json:
    return {
        "earliestStart": f"{start}",
        "latestStart": f"{months_later(start, 6)}",
        "endDate": f"{_contract_end(start)}",
        "extentPercent": {"min": 50, "max": 100},
    }


def _slot(title: str, ssyk: str, places: int, site: Json, **more: Any) -> Json:
    return {"title": title, "occupation": {"ssyk": ssyk}, "places": places, **site, **more}


def _person(start: date, number: int, wishes: list[str], months_waited: int, **more: Any) -> Json:
    """A candidate who has waited so long, with the values that most candidates share."""
    return {
        "reference": f"EXEMPEL-{number:02}",
        "occupations": [{"ssyk": wish} for wish in wishes],
        "municipalityCode": OSTERSUND,
        "maximumDistanceKm": 40,
        "availableFrom": f"{start}",
        "extentPercent": {"min": 50, "max": 100},
        "targetGroups": [{"code": "long-term-unemployed"}],
        "programmes": [{"code": "arbetspraktik", "maximumMonths": 6}],
        "waitingSince": f"{months_later(start, -months_waited)}",
        "agreedToBeProposed": True,
        **more,
    }
