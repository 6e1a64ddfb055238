"""Registers a generated instance as a municipality would: over HTTP, in batches."""

from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

import httpx
from stdnum.luhn import calc_check_digit

from app.demo.example import gate_checks
from app.demo.journey import post
from app.matching.values import Candidate, Demands, Slot
from app.reference.code_lists import SSYK_CODES

Json = dict[str, Any]

SUPPLIERS = 5
BATCH = 2_000
CONTRACT_START, CONTRACT_END = "2017-01-01", "2027-12-31"
CLAUSE_EXTENT = 50


def as_registered(people: list[Candidate], slots: list[Slot]) -> tuple[list[Candidate], list[Slot]]:
    """The instance without placements and risk, which registering alone cannot store.

    Clauses here ask for no group, the slots' many suppliers are merged into a few, and occupations
    become ones that exist.
    """
    official = _official_codes(people, slots)
    suppliers = {f"supplier-{number}" for number in range(SUPPLIERS)}
    return (
        [
            replace(
                person,
                placed=(),
                avoided_suppliers=person.avoided_suppliers & suppliers,
                occupations=tuple(dict.fromkeys(official[wish] for wish in person.occupations)),
            )
            for person in people
        ],
        [
            replace(
                slot,
                supplier_id=_one_of_few(slot.supplier_id),
                tier=min(slot.tier, 1),
                target_groups=frozenset(),
                ssyk=official[slot.ssyk],
            )
            for slot in slots
        ],
    )


def _official_codes(people: list[Candidate], slots: list[Slot]) -> dict[str, str]:
    """A code of SSYK 2012 for each drawn one: a group for each group of three digits."""
    drawn = {wish for person in people for wish in person.occupations}
    drawn |= {slot.ssyk for slot in slots}
    groups = {code[:3] for code in drawn}
    members = [sorted(each) for _, each in groupby(sorted(SSYK_CODES), lambda code: code[:3])]
    of_group = dict(zip(sorted(groups), members[: len(groups)], strict=True))
    return {code: of_group[code[:3]][int(code[3]) % len(of_group[code[:3]])] for code in drawn}


def _one_of_few(supplier: str) -> str:
    return f"supplier-{int(supplier.removeprefix('supplier-')) % SUPPLIERS}"


def register(api: httpx.Client, people: list[Candidate], slots: list[Slot]) -> None:
    """Stores suppliers, contracts, clauses, slots and candidates; a refused line is an error."""
    suppliers, clauses = register_contracts(api, slots)
    _in_batches(api, "/slot-batches", [slot_line(slot, suppliers, clauses) for slot in slots])
    _in_batches(api, "/candidate-batches", [person_line(person, suppliers) for person in people])


def register_contracts(
    api: httpx.Client, slots: list[Slot]
) -> tuple[dict[str, str], dict[tuple[str, int], str]]:
    """Ids of suppliers by name, and of the clauses that the slots are under by name and months."""
    suppliers = {
        f"supplier-{number}": post(api, "/suppliers", _supplier(number))["id"]
        for number in range(SUPPLIERS)
    }
    opened = date.fromisoformat(CONTRACT_START)
    for supplier_id in suppliers.values():
        for check in gate_checks(opened, opened):
            lasting = check | {"validUntil": CONTRACT_END}
            post(api, f"/suppliers/{supplier_id}/gate-checks", lasting)
    return suppliers, _register_clauses(api, suppliers, slots)


def _register_clauses(
    api: httpx.Client, suppliers: dict[str, str], slots: list[Slot]
) -> dict[tuple[str, int], str]:
    contracts = {
        name: post(api, "/contracts", _contract(name, supplier_id))["id"]
        for name, supplier_id in suppliers.items()
    }
    wanted = sorted({(slot.supplier_id, slot.minimum_months) for slot in slots if slot.tier})
    return {
        (name, months): post(api, f"/contracts/{contracts[name]}/clauses", _clause(months))["id"]
        for name, months in wanted
    }


def _in_batches(api: httpx.Client, path: str, items: list[Json]) -> None:
    for first in range(0, len(items), BATCH):
        rejected = post(api, path, {"items": items[first : first + BATCH]})["rejected"]
        if rejected:
            raise RuntimeError(f"{path} refused a generated line: {rejected[0]}")


def _supplier(number: int) -> Json:
    digits = f"55600010{number}"
    return {"name": f"Exempel {number} AB", "organisationNumber": digits + calc_check_digit(digits)}


def _contract(name: str, supplier_id: str) -> Json:
    return {
        "reference": name,
        "title": f"Exempelavtal {name}",
        "supplierId": supplier_id,
        "cpvCode": "45214200-2",
        "municipalityCode": "2380",
        "startDate": CONTRACT_START,
        "endDate": CONTRACT_END,
    }


def _clause(months: int) -> Json:
    return {
        "kind": "internship",
        "places": 10_000,
        "minimumMonths": months,
        "minimumExtentPercent": CLAUSE_EXTENT,
        "responsible": "Upphandlingsenheten",
        "nextFollowUpDate": "2018-06-01",
    }


def slot_line(slot: Slot, suppliers: dict[str, str], clauses: dict[tuple[str, int], str]) -> Json:
    return {
        "reference": slot.id,
        "supplierId": suppliers[slot.supplier_id],
        "clauseId": clauses[slot.supplier_id, slot.minimum_months] if slot.tier else None,
        "title": f"Exempelplats {slot.id}",
        "occupation": {"ssyk": slot.ssyk},
        "places": slot.places,
        "earliestStart": _day(slot.earliest_start),
        "latestStart": _day(slot.latest_start),
        "endDate": _day(slot.end),
        "extentPercent": {"min": slot.extent[0], "max": slot.extent[1]},
        **_where(slot.position),
        "required": _demands(slot.required),
        "preferred": _demands(slot.preferred),
        "adaptations": sorted(slot.adaptations),
    }


def person_line(person: Candidate, suppliers: dict[str, str]) -> Json:
    return {
        "reference": person.reference,
        "occupations": [{"ssyk": wish} for wish in person.occupations],
        "skills": sorted(person.skills),
        "languages": _levels(person.languages),
        "drivingLicences": sorted(person.driving_licences),
        "certificates": sorted(person.certificates),
        **_where(person.position),
        "maximumDistanceKm": person.maximum_distance_km,
        "availableFrom": _day(person.available_from),
        "availableTo": _day(person.available_to) if person.available_to else None,
        "extentPercent": {"min": person.extent[0], "max": person.extent[1]},
        "neededAdaptations": sorted(person.needed_adaptations),
        "targetGroups": [
            {"code": code, "validTo": _day(until) if until else None}
            for code, until in person.target_groups.items()
        ],
        "programmes": [
            {"code": code, "maximumMonths": months} for code, months in person.programmes
        ],
        "waitingSince": _day(person.waiting_since),
        "avoidedSupplierIds": [suppliers[name] for name in sorted(person.avoided_suppliers)],
        "agreedToBeProposed": person.agreed_to_be_proposed,
    }


def _where(position: tuple[float, float]) -> Json:
    """All get Östersund's code, because matching uses the position."""
    latitude, longitude = position
    return {
        "municipalityCode": "2380",
        "position": {"latitude": latitude, "longitude": longitude},
    }


def _demands(demands: Demands) -> Json:
    return {
        "skills": sorted(demands.skills),
        "languages": _levels(demands.languages),
        "drivingLicences": sorted(demands.driving_licences),
        "certificates": sorted(demands.certificates),
    }


def _levels(languages: Any) -> list[Json]:
    return [{"code": code, "level": level} for code, level in sorted(languages.items())]


def _day(day: date) -> str:
    return day.isoformat()
