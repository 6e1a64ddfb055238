"""The invented life of one organisation, as calls: everything that a run stores occurs in it.

Companies, contracts and people are no one's, and say so. No identity number is used.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

Json = dict[str, Any]

GATES: Mapping[str, Json] = {
    "registered-employer": {},
    "no-business-ban": {},
    "tax-and-fee-debts": {},
    "no-work-environment-faults": {},
    "collective-agreement-or-insurance": {},
    "no-lay-offs-12-months": {},
    "union-consulted": {"askedOn": "2017-01-01", "answeredOn": "2017-01-02"},
    "no-displacement": {"interns": 4, "employees": 38},
}
OF_NEW_STARTS = tuple(GATES)[
    :4
]  # what nystartsjobb asks for, and arbetspraktik is not content with
MOST_APPROVED = 5
PARTIES = ("participant", "supplier", "authority")


class Caller(Protocol):
    """Gives None for what the code does not know, where that may be."""

    def get(self, path: str) -> Json: ...
    def post(self, path: str, body: Json) -> Json: ...
    def post_if_known(self, path: str, body: Json) -> Json | None: ...
    def change_if_known(self, path: str, body: Json) -> Json | None: ...
    def delete(self, path: str) -> None: ...


def live(api: Caller) -> None:
    """Registers, matches, decides, places, and matches again what is left."""
    builder, cleaner, painter = _suppliers(api)
    _own_programme(api, builder)
    clauses = _clauses(api, builder, cleaner)
    slots = _slots(api, builder, cleaner, painter, clauses)
    bodies = list(_people(cleaner))
    people = [api.post("/candidates", body)["id"] for body in bodies]
    again = [body | {"skills": ["exempel"]} for body in bodies[20:22]]
    api.post("/candidate-batches", {"items": again})

    first = api.post("/match-runs", {"asOf": "2018-02-01"})["id"]
    api.delete(f"/candidates/{people.pop()}")  # the run is redacted from now on
    _decide(api, first)
    _live_through(api, clauses["main"]["id"])
    _place_outside_runs(api, people[23], slots["far"])
    _run_again(api, people, slots, clauses)
    _follow_up(api, clauses["main"]["id"])


def _run_again(
    api: Caller, people: list[str], slots: dict[str, str], clauses: dict[str, Json]
) -> None:
    """With pairs that are given, for one contract alone, and under a policy of one's own."""
    here = {"slotId": slots["painter"]}
    pairs: Json = {
        "pins": [here | {"candidateId": people[11]}],
        "forbidden": [here | {"candidateId": people[12]}],
    }
    policy = api.post("/policies", _policy())["id"]
    api.post("/match-runs", {"asOf": "2018-02-01"} | pairs)
    api.post("/match-runs", {"asOf": "2018-05-15", "contractIds": [clauses["main"]["contractId"]]})
    api.post("/match-runs", {"asOf": "2018-06-15", "policyId": policy})


def _policy() -> Json:
    return {
        "name": "Exempel 2018",
        "weights": {"occupation": 200, "skills": 200, "distance": 100, "waiting": 400, "fit": 100},
        "occupationDigits": 2,
        "placementsBeforePoints": True,
        "signedBy": "Exempelnämnden",
        "reason": "Den som har väntat längst går före.",
    }


def _suppliers(api: Caller) -> list[str]:
    """One who has passed every check, one who has those of a single programme, and one without."""
    found = []
    for name, number, gates in (
        ("Exempelbygg i Jämtland AB", "5560000167", tuple(GATES)),
        ("Exempelstäd i Jämtland AB", "5560360793", OF_NEW_STARTS),
        ("Exempelmåleri i Jämtland AB", "5560125790", ()),
    ):
        supplier_id = api.post("/suppliers", {"name": name, "organisationNumber": number})["id"]
        for gate in gates:
            days = {"checkedOn": "2017-01-02", "validUntil": "2100-12-31"}
            check = {"gate": gate, "outcome": "passed", "checkedBy": "Exempelenheten"}
            api.post_if_known(f"/suppliers/{supplier_id}/gate-checks", check | days | GATES[gate])
        found.append(supplier_id)
    return found


def _own_programme(api: Caller, supplier_id: str) -> None:
    """A programme of the organisation's own, which asks for a check of its own."""
    named = {"name": "Exempelintyg", "english": "Example certificate"}
    gate = {"code": "exempelintyg", "validMonths": 24, "per": "supplier"}
    api.post_if_known("/gates", named | gate)
    named = {"name": "Exempelinsats", "english": "Example programme"}
    terms = {"kind": "internship", "longestMonths": 6, "validFrom": "2017-01-01"}
    gates = ["no-business-ban", "exempelintyg"]
    programme = {"code": "exempelinsats", "gates": gates, "countsPer": "person"}
    if api.post_if_known("/programmes", named | terms | programme):
        check = {"gate": "exempelintyg", "outcome": "passed", "checkedOn": "2017-01-02"}
        by = {"checkedBy": "Exempelenheten"}
        api.post(f"/suppliers/{supplier_id}/gate-checks", check | by)


def _clauses(api: Caller, builder: str, cleaner: str) -> dict[str, Json]:
    """By a name for each, under a contract of its own."""
    places = {"kind": "internship", "places": 3, "minimumMonths": 4}
    for_whom = {"targetGroups": ["long-term-unemployed", "young"], "minimumExtentPercent": 50}
    asked: dict[str, tuple[str, str, Json]] = {
        "main": (builder, "2019-06-30", places | for_whom | {"earlyEndSharePercent": 75}),
        "short": (builder, "2018-05-31", places),
        "hours": (cleaner, "2019-06-30", {"kind": "employment", "fullTimeMonths": 12}),
        "talk": (cleaner, "2019-06-30", {"kind": "dialogue"}),
    }
    found = {}
    whose = {"responsible": "Exempelenheten", "nextFollowUpDate": "2018-06-01"}
    for name, (supplier_id, end, terms) in asked.items():
        contract_id = api.post("/contracts", _contract(name, supplier_id, end))["id"]
        found[name] = api.post(f"/contracts/{contract_id}/clauses", terms | whose)
    more = {"reportDates": ["2018-09-01"], "effortCounts": True, "effectiveFrom": "2018-03-01"}
    api.change_if_known(f"/clauses/{found['main']['id']}", more)
    return found


def _contract(name: str, supplier_id: str, end: str) -> Json:
    return {
        "reference": f"EXEMPEL {name}",
        "title": f"Exempelavtal {name}",
        "supplierId": supplier_id,
        "cpvCode": "45214200-2",
        "municipalityCode": "2380",
        "valueSek": 45_000_000,
        "startDate": "2018-03-01",
        "endDate": end,
    }


def _slots(
    api: Caller, builder: str, cleaner: str, painter: str, clauses: dict[str, Json]
) -> dict[str, str]:
    """Ids by a name for each: demands of every kind, and every way of being closed."""
    everything = {
        "skills": ["puts"],
        "languages": [{"code": "sv", "level": 2}],
        "drivingLicences": ["B"],
        "certificates": ["safe-construction-training"],
    }
    main, short, hours = (clauses[name]["id"] for name in ("main", "short", "hours"))
    under = {"supplierId": builder, "clauseId": main}
    free, clean = {"supplierId": builder}, {"supplierId": cleaner}
    asked: dict[str, Json] = {
        "carpenter": under | _work("7111", 2) | {"supervisorCapacity": 1},
        "helper": under | _work("9310", 3) | {"preferred": everything},
        "plasterer": under | _work("7112", 1) | {"required": everything},
        "late": under | _work("7111", 1) | {"clauseId": short},
        "painter": free | _work("7131", 1) | {"adaptations": ["ramp", "quiet-room"]},
        "closed": free | _work("7131", 0),
        "unchecked": {"supplierId": painter} | _work("7131", 1),
        "far": free | _work("7111", 1) | {"position": {"latitude": 63.327, "longitude": 14.453}},
        "cleaner": clean | _work("9111", 2) | {"clauseId": hours},
        "part-time": clean | _work("9111", 1) | {"extentPercent": {"min": 20, "max": 40}},
    }
    named = {name: {"title": "Exempelplats", "reference": f"EXEMPEL-{name}"} for name in asked}
    named["far"].pop("reference")
    return {name: api.post("/slots", named[name] | body)["id"] for name, body in asked.items()}


def _work(ssyk: str, places: int) -> Json:
    return {
        "occupation": {"ssyk": ssyk},
        "places": places,
        "earliestStart": "2018-03-01",
        "latestStart": "2018-10-01",
        "endDate": "2019-06-30",
        "extentPercent": {"min": 50, "max": 100},
        "municipalityCode": "2380",
    }


def _people(avoided: str) -> Iterator[Json]:
    """Somebody for every reason that a person can fail by; the last one leaves."""
    swedish = {"languages": [{"code": "sv", "level": 3}, {"code": "so", "level": 4}]}
    able = {"skills": ["puts", "spackling"], "drivingLicences": ["B", "C"]}
    trained = {"certificates": ["safe-construction-training", "hot-work"]}
    new_start = {"programmes": [{"code": "nystartsjobb", "maximumMonths": 12}]}
    several = {
        "programmes": [*new_start["programmes"], {"code": "arbetsträning", "maximumMonths": 3}]
    }
    until = [{"code": "long-term-unemployed", "validTo": "2018-12-31"}, {"code": "young"}]
    yield _person(1, ["7111"])
    yield _person(2, ["7111", "9310"], **swedish, **able)
    yield _person(3, ["93", "7"], targetGroups=until)
    yield _person(4, ["9310"], **trained)
    yield _person(5, ["7112", "9310"], **swedish, **able, **trained)
    yield _person(6, ["7112"], **able, **trained, languages=[{"code": "sv", "level": 1}])
    yield _person(7, ["7112"], **swedish, **trained, skills=["puts"])
    yield _person(8, ["7112"], **swedish, **able)
    yield _person(9, ["7111"], targetGroups=[])
    yield _person(10, ["9310"], municipalityCode="2281", maximumDistanceKm=5)
    yield _person(11, ["7111"], availableFrom="2018-06-01", availableTo="2018-08-31")
    yield _person(12, ["7131"], neededAdaptations=["ramp"])
    yield _person(13, ["7131"], neededAdaptations=["quiet-room"])
    yield _person(14, ["7131"], neededAdaptations=["hearing-loop"])
    yield _person(15, ["9111"], avoidedSupplierIds=[avoided])
    yield _person(16, ["9111"], **several)
    yield _person(17, ["9111"])
    yield _person(18, ["9111"], **new_start, extentPercent={"min": 20, "max": 30})
    yield _person(19, ["9310"], programmes=[])
    yield _person(20, ["9310"], programmes=[{"code": "arbetspraktik", "maximumMonths": 2}])
    yield _person(21, ["9310"], agreedToBeProposed=False)
    yield _person(22, ["2611"])
    yield _person(23, ["7111"], position={"latitude": 63.18, "longitude": 14.64})
    yield _person(24, ["7111"], waitingSince="2017-12-01")
    yield _person(25, ["9310"])
    yield _person(26, ["9310"], waitingSince="2018-01-10")
    yield _person(99, ["7111"])


def _person(number: int, wishes: list[str], **more: Any) -> Json:
    return {
        "reference": f"EXEMPEL-{number:02}",
        "occupations": [{"ssyk": wish} for wish in wishes],
        "municipalityCode": "2380",
        "maximumDistanceKm": 40,
        "availableFrom": "2018-02-01",
        "extentPercent": {"min": 50, "max": 100},
        "targetGroups": [{"code": "long-term-unemployed"}],
        "programmes": [{"code": "arbetspraktik", "maximumMonths": 6}],
        "waitingSince": f"201{number % 7}-0{1 + number % 9}-15",
        "agreedToBeProposed": True,
    } | more


def _decide(api: Caller, run_id: str) -> None:
    """One proposal is declined for good, one for a while, and others are approved."""
    proposals = api.get(f"/match-runs/{run_id}/proposals?limit=100")["items"]
    lifted, declined, *others = proposals
    for proposal in (lifted, declined):
        decision = {"outcome": "declined", "reason": "supplier-declined", "comment": "Exempel."}
        made = api.post(f"/proposals/{proposal['id']}/decisions", decision)
        if proposal is lifted:
            reason = {"reason": "Leverantören har fått en ny handledare."}
            api.post_if_known(f"/decisions/{made['id']}/lifts", reason)
    for proposal in [one for one in others if one["contractual"]][:MOST_APPROVED]:
        decision = {"outcome": "approved", "reason": "good-fit"}
        api.post(f"/proposals/{proposal['id']}/decisions", decision)


def _live_through(api: Caller, clause_id: str) -> None:
    """Of the clause's placements one is over, one has ended early and one goes on."""
    placements = api.get("/placements?limit=100")["items"]
    found = [one for one in placements if one["clauseId"] == clause_id]
    for placement in found[:3]:
        _begin(api, placement)
    over, ended = (f"/placements/{one['id']}" for one in found[:2])
    month = {"month": "2018-04", "daysPlanned": 20, "daysAttended": 18}
    api.post_if_known(f"{over}/attendance-months", month)
    api.post_if_known(f"{over}/transitions", {"to": "completed", "on": found[0]["endDate"]})
    outcome = {"afterMonths": 0, "outcome": "in-work", "on": found[0]["endDate"]}
    api.post_if_known(f"{over}/outcomes", outcome)
    left = {"to": "ended-early", "on": "2018-04-30", "endedBy": "participant"}
    api.post_if_known(f"{ended}/transitions", left | {"reason": "found-work"})


def _begin(api: Caller, placement: Json) -> None:
    path = f"/placements/{placement['id']}"
    for party in PARTIES:
        api.post_if_known(f"{path}/signatures", {"party": party, "signedOn": "2018-02-20"})
    for to, day in (("ready", "2018-02-25"), ("active", placement["startDate"])):
        api.post_if_known(f"{path}/transitions", {"to": to, "on": day})


def _place_outside_runs(api: Caller, candidate_id: str, slot_id: str) -> None:
    """And let it go on for longer than was agreed."""
    who = {"candidateId": candidate_id, "slotId": slot_id, "programme": "arbetspraktik"}
    agreed = {"startDate": "2018-03-01", "endDate": "2018-05-31", "reason": "candidate-wish"}
    placement = api.post("/placements", who | agreed | {"overrides": []})
    _begin(api, placement)
    longer = {"endDate": "2018-07-31", "reason": "candidate-wish"}
    api.post_if_known(f"/placements/{placement['id']}/extensions", longer)


def _follow_up(api: Caller, clause_id: str) -> None:
    report = {"kind": "report", "on": "2018-08-28", "text": "En är klar och en har fått arbete."}
    report |= {"nextFollowUpDate": "2018-12-01"}
    api.post_if_known(f"/clauses/{clause_id}/follow-ups", report)
    api.post_if_known("/report-links", {"asOf": "2018-09-01"})
